import type { Market } from '../ground/market.ts';
import { EU_COUNTRIES } from '../ground/sites.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { leavesOrRefusal, leavesWithWarnings, policyReply, siteOfPath } from './category-filter.ts';

/*
 * The other policies of a category. Their shapes are those of the Metadata document; no answer of eBay's was recorded,
 * so every category of a site has the same, usual, policy here.
 */

/** Clothing, Shoes & Accessories: where variations are usual. */
const CLOTHING = '11450';
const RETURN_PERIODS = [14, 30, 60].map((value) => ({ value, unit: 'DAY' }));
const AUCTION_DAYS = ['DAYS_1', 'DAYS_3', 'DAYS_5', 'DAYS_7', 'DAYS_10'];
/** Named after the containers of an offer's `regulatory` that the General Product Safety Regulation asks for. */
const EU_ATTRIBUTES = ['MANUFACTURER', 'RESPONSIBLE_PERSONS', 'PRODUCT_SAFETY', 'DOCUMENTS'];
const CURRENCY_NAMES: Readonly<Record<string, string>> = {
  USD: 'US Dollar',
  GBP: 'Pound Sterling',
  EUR: 'Euro',
  AUD: 'Australian Dollar',
  CAD: 'Canadian Dollar',
};

export function getReturnPolicies(_market: Market, request: Request): Reply {
  return policyReply(request, 'returnPolicies', (_leaf, site) => {
    // "User-supplied return policy details are allowed only in the DE, ES, FR, and IT marketplaces" (ReturnPolicyDetails).
    const details = {
      policyDescriptionEnabled: site.marketplace === 'EBAY_DE',
      refundMethods: ['MONEY_BACK'],
      returnMethods: ['REPLACEMENT'],
      returnPeriods: RETURN_PERIODS,
      returnsAcceptanceEnabled: true,
      returnShippingCostPayers: ['BUYER', 'SELLER'],
    };
    return { required: true, domestic: details, international: details };
  });
}

export function getListingStructurePolicies(_market: Market, request: Request): Reply {
  return policyReply(request, 'listingStructurePolicies', (leaf) => ({
    variationsSupported: leaf.ancestors.some(({ id }) => id === CLOTHING),
  }));
}
export function getListingTypePolicies(_market: Market, request: Request): Reply {
  return policyReply(request, 'listingTypePolicies', () => ({
    listingDurations: [
      { listingType: 'FIXED_PRICE_ITEM', durationValues: ['GTC'] },
      { listingType: 'CHINESE', durationValues: AUCTION_DAYS },
    ],
    digitalGoodDeliveryEnabled: false,
    pickupDropOffEnabled: false,
  }));
}

export function getNegotiatedPricePolicies(_market: Market, request: Request): Reply {
  return policyReply(request, 'negotiatedPricePolicies', () => ({
    bestOfferAutoAcceptEnabled: true,
    bestOfferAutoDeclineEnabled: true,
    bestOfferCounterEnabled: true,
  }));
}

/** Only the EU sites have any; elsewhere 204. */
export function getRegulatoryPolicies(_market: Market, request: Request): Reply {
  const site = siteOfPath(request);
  const leaves = leavesOrRefusal(request, site);
  if (!EU_COUNTRIES.has(site.country) || leaves.length === 0) return { status: 204 };
  // Publishing asks for the first or the second of them with new goods (25029, sell/regulatory-rules.ts).
  const supportedAttributes = EU_ATTRIBUTES.map((name) => ({ name, usage: name === 'MANUFACTURER' ? 'REQUIRED' : 'RECOMMENDED' }));
  const policies = leaves.map((leaf) => ({ categoryTreeId: site.treeId, categoryId: leaf.id, supportedAttributes }));
  return { status: 200, body: { regulatoryPolicies: policies } };
}

/** "IDs are no longer set at the listing level so category-level metadata is no longer returned" (Metadata document). */
export function getExtendedProducerResponsibilityPolicies(_market: Market, request: Request): Reply {
  return nothingBut(request, 'extendedProducerResponsibilities');
}

/** There is no category for vehicle parts here: "204 if that marketplace does not contain policy information". */
export function getAutomotivePartsCompatibilityPolicies(_market: Market, request: Request): Reply {
  return nothingBut(request, 'automotivePartsCompatibilityPolicies');
}

export function getCurrencies(_market: Market, request: Request): Reply {
  const { marketplace, currency } = siteOfPath(request);
  return {
    status: 200,
    body: { marketplaceId: marketplace, defaultCurrency: { code: currency, description: CURRENCY_NAMES[currency] ?? currency } },
  };
}

/** No policy at all, only what is wrong with the filter. */
function nothingBut(request: Request, name: string): Reply {
  const { warnings } = leavesWithWarnings(request, siteOfPath(request));
  return warnings.length === 0 ? { status: 204 } : { status: 200, body: { [name]: [], warnings } };
}
