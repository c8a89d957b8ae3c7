import * as browse from '../buy/browse.ts';
import * as buyItems from '../buy/items.ts';
import * as catalog from '../commerce/catalog.ts';
import * as policies from '../commerce/category-policies.ts';
import { getUser } from '../commerce/identity.ts';
import * as media from '../commerce/media.ts';
import * as metadata from '../commerce/metadata.ts';
import * as taxonomy from '../commerce/taxonomy.ts';
import operationData from '../data/operations.json' with { type: 'json' };
import type { Market } from '../ground/market.ts';
import * as oauth from '../oauth/oauth.ts';
import * as account from '../sell/account.ts';
import * as bulk from '../sell/bulk.ts';
import { getTransactions } from '../sell/finances.ts';
import * as items from '../sell/items.ts';
import { getListingFees } from '../sell/listing-fees.ts';
import * as locations from '../sell/locations.ts';
import { bulkMigrateListing } from '../sell/migrate-listing.ts';
import * as offers from '../sell/offers.ts';
import * as orders from '../sell/orders.ts';
import { bulkUpdatePriceQuantity } from '../sell/price-quantity.ts';
import * as programs from '../sell/programs.ts';
import { issueRefund } from '../sell/refunds.ts';
import * as shipments from '../sell/shipments.ts';
import { getTrafficReport } from '../sell/traffic.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { getRateLimits } from './call-counts.ts';

export type Handler = (market: Market, request: Request) => Reply;

/** An operation of eBay's documents: where it lives, who may call it, what it demands. */
interface Operation {
  readonly id: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** Any one of them suffices; empty for the token endpoint, which has its own check. */
  readonly scopes: readonly string[];
  readonly requiredHeaders: readonly string[];
}

const TOKEN: Operation = {
  id: 'oauth.token',
  method: 'POST',
  host: 'api.ebay.com',
  path: '/identity/v1/oauth2/token',
  scopes: [],
  requiredHeaders: [],
};

/** All of the old XML Trading API is one address. */
const TRADING: Operation = {
  id: 'trading.call',
  method: 'POST',
  host: 'api.ebay.com',
  path: '/ws/api.dll',
  scopes: [],
  requiredHeaders: [],
};

/** What this marketplace can do; every other operation that eBay documents is answered with 501. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
  'oauth.token': oauth.token,

  'commerce_taxonomy.getDefaultCategoryTreeId': taxonomy.getDefaultCategoryTreeId,
  'commerce_taxonomy.getCategoryTree': taxonomy.getCategoryTree,
  'commerce_taxonomy.getCategorySubtree': taxonomy.getCategorySubtree,
  'commerce_taxonomy.getCategorySuggestions': taxonomy.getCategorySuggestions,
  'commerce_taxonomy.getItemAspectsForCategory': taxonomy.getItemAspectsForCategory,

  'commerce_taxonomy.fetchItemAspects': taxonomy.fetchItemAspects,
  'commerce_taxonomy.getExpiredCategories': taxonomy.getExpiredCategories,
  'commerce_taxonomy.getCompatibilityProperties': taxonomy.getCompatibilityProperties,
  'commerce_taxonomy.getCompatibilityPropertyValues': taxonomy.getCompatibilityPropertyValues,

  'sell_metadata.getItemConditionPolicies': metadata.getItemConditionPolicies,
  'sell_metadata.getRegulatoryPolicies': policies.getRegulatoryPolicies,
  'sell_metadata.getReturnPolicies': policies.getReturnPolicies,
  'sell_metadata.getListingStructurePolicies': policies.getListingStructurePolicies,
  'sell_metadata.getListingTypePolicies': policies.getListingTypePolicies,
  'sell_metadata.getNegotiatedPricePolicies': policies.getNegotiatedPricePolicies,
  'sell_metadata.getExtendedProducerResponsibilityPolicies': policies.getExtendedProducerResponsibilityPolicies,
  'sell_metadata.getAutomotivePartsCompatibilityPolicies': policies.getAutomotivePartsCompatibilityPolicies,
  'sell_metadata.getCurrencies': policies.getCurrencies,

  'commerce_catalog.search': catalog.search,
  'commerce_catalog.getProduct': catalog.getProduct,

  'sell_account.getFulfillmentPolicies': account.getPolicies('fulfillment'),
  'sell_account.getFulfillmentPolicy': account.getPolicy('fulfillment'),
  'sell_account.getFulfillmentPolicyByName': account.getPolicyByName('fulfillment'),
  'sell_account.createFulfillmentPolicy': account.createPolicy('fulfillment'),
  'sell_account.updateFulfillmentPolicy': account.updatePolicy('fulfillment'),
  'sell_account.deleteFulfillmentPolicy': account.deletePolicy('fulfillment'),
  'sell_account.getPaymentPolicies': account.getPolicies('payment'),
  'sell_account.getPaymentPolicy': account.getPolicy('payment'),
  'sell_account.getPaymentPolicyByName': account.getPolicyByName('payment'),
  'sell_account.createPaymentPolicy': account.createPolicy('payment'),
  'sell_account.updatePaymentPolicy': account.updatePolicy('payment'),
  'sell_account.deletePaymentPolicy': account.deletePolicy('payment'),
  'sell_account.getReturnPolicies': account.getPolicies('return'),
  'sell_account.getReturnPolicy': account.getPolicy('return'),
  'sell_account.getReturnPolicyByName': account.getPolicyByName('return'),
  'sell_account.createReturnPolicy': account.createPolicy('return'),
  'sell_account.updateReturnPolicy': account.updatePolicy('return'),
  'sell_account.deleteReturnPolicy': account.deletePolicy('return'),
  'sell_account.getPrivileges': account.getPrivileges,
  'sell_account.getOptedInPrograms': programs.getOptedInPrograms,
  'sell_account.optInToProgram': programs.optInToProgram,
  'sell_account.optOutOfProgram': programs.optOutOfProgram,

  'sell_inventory.createInventoryLocation': locations.createInventoryLocation,
  'sell_inventory.getInventoryLocation': locations.getInventoryLocation,
  'sell_inventory.getInventoryLocations': locations.getInventoryLocations,
  'sell_inventory.deleteInventoryLocation': locations.deleteInventoryLocation,
  'sell_inventory.enableInventoryLocation': locations.enableInventoryLocation,
  'sell_inventory.disableInventoryLocation': locations.disableInventoryLocation,

  'sell_inventory.createOrReplaceInventoryItem': items.createOrReplaceInventoryItem,
  'sell_inventory.getInventoryItem': items.getInventoryItem,
  'sell_inventory.getInventoryItems': items.getInventoryItems,
  'sell_inventory.deleteInventoryItem': items.deleteInventoryItem,
  'sell_inventory.bulkCreateOrReplaceInventoryItem': bulk.bulkCreateOrReplaceInventoryItem,
  'sell_inventory.bulkGetInventoryItem': bulk.bulkGetInventoryItem,
  'sell_inventory.bulkUpdatePriceQuantity': bulkUpdatePriceQuantity,
  'sell_inventory.bulkMigrateListing': bulkMigrateListing,

  'sell_inventory.createOffer': offers.createOffer,
  'sell_inventory.updateOffer': offers.updateOffer,
  'sell_inventory.getOffer': offers.getOffer,
  'sell_inventory.getOffers': offers.getOffers,
  'sell_inventory.deleteOffer': offers.deleteOffer,
  'sell_inventory.publishOffer': offers.publishOffer,
  'sell_inventory.withdrawOffer': offers.withdrawOffer,
  'sell_inventory.getListingFees': getListingFees,
  'sell_inventory.bulkCreateOffer': bulk.bulkCreateOffer,
  'sell_inventory.bulkPublishOffer': bulk.bulkPublishOffer,

  'commerce_media.createImageFromFile': media.createImageFromFile,
  'commerce_media.createImageFromUrl': media.createImageFromUrl,
  'commerce_media.getImage': media.getImage,

  'buy_browse.search': browse.search,
  'buy_browse.getItem': buyItems.getItem,
  'buy_browse.getItemByLegacyId': buyItems.getItemByLegacyId,
  'buy_browse.getItemsByItemGroup': buyItems.getItemsByItemGroup,

  'sell_fulfillment.getOrders': orders.getOrders,
  'sell_fulfillment.getOrder': orders.getOrder,
  'sell_fulfillment.createShippingFulfillment': shipments.createShippingFulfillment,
  'sell_fulfillment.getShippingFulfillments': shipments.getShippingFulfillments,
  'sell_fulfillment.getShippingFulfillment': shipments.getShippingFulfillment,
  'sell_fulfillment.issueRefund': issueRefund,

  'sell_analytics.getTrafficReport': getTrafficReport,
  'sell_finances.getTransactions': getTransactions,
  'commerce_identity.getUser': getUser,

  'developer_analytics.getRateLimits': getRateLimits,
  'developer_analytics.getUserRateLimits': getRateLimits,
};

export interface Match {
  readonly operation: Operation;
  readonly params: Readonly<Record<string, string>>;
}

interface Route {
  readonly operation: Operation;
  readonly segments: readonly string[];
  readonly literals: number;
}

/** Fixed words before parameters: `offer/get_listing_fees` must not be read as `offer/{offerId}`. */
const ROUTES: readonly Route[] = [TOKEN, TRADING, ...(operationData as readonly Operation[])]
  .map((operation) => {
    const segments = split(operation.path);
    return { operation, segments, literals: segments.filter((segment) => !segment.startsWith('{')).length };
  })
  .sort((a, b) => b.literals - a.literals);

/** The operation behind a path, `'method'` when only the method is wrong, undefined when eBay knows no such path. */
export function matchRoute(method: string, pathname: string): Match | 'method' | undefined {
  const given = split(pathname);
  let wrongMethod = false;
  for (const route of ROUTES) {
    if (route.segments.length !== given.length) continue;
    const params = matchSegments(route.segments, given);
    if (params === undefined) continue;
    if (route.operation.method === method) return { operation: route.operation, params };
    wrongMethod = true;
  }
  return wrongMethod ? 'method' : undefined;
}

function matchSegments(wanted: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const text = given[index] ?? '';
    if (segment.startsWith('{')) {
      const value = decode(text);
      if (value === undefined) return undefined;
      params[segment.slice(1, -1)] = value;
    } else if (segment !== text) {
      return undefined;
    }
  }
  return params;
}

/** A trailing slash makes no difference: eBay's documents have it on some paths and not on their twins. */
function split(path: string): string[] {
  return path.replace(/\/$/, '').split('/').slice(1);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
