import { findLeaf } from '../commerce/catalogue.ts';
import type { NamedNode } from '../commerce/leaf.ts';
import { findSite, type Site } from '../ground/sites.ts';
import type { Found } from './found.ts';

const HOSTS: Readonly<Record<string, string>> = {
  EBAY_US: 'www.ebay.com',
  EBAY_GB: 'www.ebay.co.uk',
  EBAY_DE: 'www.ebay.de',
  EBAY_AU: 'www.ebay.com.au',
  EBAY_CA: 'www.ebay.ca',
};

/** One entry of a search. */
export function summary(one: Found, site: Site, isExtended: boolean): unknown {
  const path = pathOf(one);
  return {
    ...identity(one),
    leafCategoryIds: [one.categoryId],
    categories: path.map((node) => ({ categoryId: node.id, categoryName: node.name })),
    ...(one.imageUrls[0] === undefined ? {} : { image: { imageUrl: one.imageUrls[0] } }),
    ...offerFacts(one, site.currency),
    itemHref: `https://api.ebay.com/buy/browse/v1/item/${encodeURIComponent(itemId(one))}`,
    seller: {
      username: one.seller.username,
      feedbackPercentage: one.seller.feedbackPercentage,
      feedbackScore: one.seller.feedbackScore,
      ...(site.marketplace === 'EBAY_DE' || site.marketplace === 'EBAY_GB' ? { sellerAccountType: one.seller.accountType } : {}),
    },
    ...(isExtended ? { shortDescription: plain(one.description ?? one.title).slice(0, 200) } : {}),
  };
}

/** Everything of one listing, as getItem gives it. */
export function fullItem(one: Found): unknown {
  const path = [...pathOf(one)].reverse();
  const [image, ...more] = one.imageUrls;
  const currency = findSite(one.marketplace)?.currency ?? 'USD';
  return {
    ...identity(one),
    categoryId: one.categoryId,
    categoryIdPath: path.map((node) => node.id).join('|'),
    categoryPath: path.map((node) => node.name).join('|'),
    ...(image === undefined ? {} : { image: { imageUrl: image } }),
    ...(more.length === 0 ? {} : { additionalImages: more.map((imageUrl) => ({ imageUrl })) }),
    ...offerFacts(one, currency),
    description: one.description ?? one.title,
    shortDescription: plain(one.description ?? one.title).slice(0, 200),
    ...(one.conditionNote === undefined ? {} : { conditionDescription: one.conditionNote }),
    ...(one.gtin === undefined ? {} : { gtin: one.gtin }),
    ...(one.epid === undefined ? {} : { epid: one.epid }),
    seller: {
      username: one.seller.username,
      feedbackPercentage: one.seller.feedbackPercentage,
      feedbackScore: one.seller.feedbackScore,
    },
    estimatedAvailabilities: [
      {
        deliveryOptions: ['SHIP_TO_HOME'],
        estimatedAvailabilityStatus: one.quantity > 0 ? 'IN_STOCK' : 'OUT_OF_STOCK',
        estimatedAvailableQuantity: one.quantity,
      },
    ],
    returnTerms: { returnsAccepted: one.returnsAccepted },
    localizedAspects: Object.entries(one.aspects).map(([name, values]) => ({ type: 'STRING', name, value: values.join(', ') })),
  };
}

const itemId = (one: Found): string => `v1|${one.legacyId}|0`;

function identity(one: Found) {
  return {
    itemId: itemId(one),
    legacyItemId: one.legacyId,
    title: one.title,
    itemWebUrl: `https://${HOSTS[one.marketplace] ?? 'www.ebay.com'}/itm/${one.legacyId}`,
    itemCreationDate: new Date(one.startedAt).toISOString(),
    listingMarketplaceId: one.marketplace,
  };
}

function offerFacts(one: Found, currency: string) {
  const price = { value: (one.priceMinor / 100).toFixed(2), currency };
  return {
    ...(one.buyingOptions.includes('AUCTION') ? { currentBidPrice: price, bidCount: 1 } : {}),
    price,
    buyingOptions: one.buyingOptions,
    ...(one.conditionId === undefined ? {} : { condition: one.conditionName ?? '', conditionId: one.conditionId }),
    shippingOptions: [
      one.shippingMinor === undefined
        ? { shippingCostType: 'CALCULATED' }
        : { shippingCostType: 'FIXED', shippingCost: { value: (one.shippingMinor / 100).toFixed(2), currency } },
    ],
    itemLocation: { postalCode: one.postalCode, country: one.country },
  };
}

/** The leaf and what is above it, the leaf first. */
function pathOf(one: Found): readonly NamedNode[] {
  const leaf = findLeaf(one.categoryId, one.marketplace);
  return leaf === undefined ? [] : [leaf, ...leaf.ancestors];
}

function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
