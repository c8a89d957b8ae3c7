import { findLeaf } from '../commerce/catalogue.ts';
import { gtin13 } from '../commerce/products.ts';
import { type Market, SELLER } from '../ground/market.ts';
import { findSite } from '../ground/sites.ts';
import { CONDITION_IDS, type InventoryItem } from '../sell/item-types.ts';
import type { ListingContent } from '../sell/listings.ts';
import type { OfferBody } from '../sell/offer-types.ts';
import type { Found } from './found.ts';

interface Row {
  readonly id: string;
  readonly content: string;
  readonly quantity: number;
  readonly started_at: number;
  readonly marketplace: string;
  readonly offer: string;
  readonly item: string;
  readonly fulfillment: string | null;
  readonly returns: string | null;
  readonly location: string | null;
}

const SELECT = `SELECT listings.id, listings.content, listings.quantity, listings.started_at, offers.marketplace,
    offers.body AS offer, items.body AS item, fulfillment.body AS fulfillment, returns.body AS returns, locations.body AS location
  FROM listings JOIN offers ON offers.id = listings.offer_id JOIN items ON items.sku = listings.sku
  LEFT JOIN policies AS fulfillment ON fulfillment.kind = 'fulfillment'
    AND fulfillment.id = json_extract(offers.body, '$.listingPolicies.fulfillmentPolicyId')
  LEFT JOIN policies AS returns ON returns.kind = 'return'
    AND returns.id = json_extract(offers.body, '$.listingPolicies.returnPolicyId')
  LEFT JOIN locations ON locations.key = json_extract(offers.body, '$.merchantLocationKey')
  WHERE listings.started_at <= ?`;

/** What the practice seller has live on a site, newest first. */
export function ownListings(market: Market, marketplace: string, max: number): readonly Found[] {
  const sql = `${SELECT} AND listings.status = 'ACTIVE' AND offers.marketplace = ? ORDER BY listings.started_at DESC, listings.id DESC LIMIT ?`;
  return market.state.all<Row>(sql, market.now(), marketplace, max).map(foundOf);
}

/** One of the seller's listings, live or sold out; an ended one is not found (11001). */
export function findOwn(market: Market, legacyId: string): Found | undefined {
  const row = market.state.get<Row>(`${SELECT} AND listings.id = ? AND listings.status <> 'ENDED'`, market.now(), legacyId);
  return row === undefined ? undefined : foundOf(row);
}

function foundOf(row: Row): Found {
  const content = JSON.parse(row.content) as ListingContent;
  const offer = JSON.parse(row.offer) as OfferBody;
  const { product } = JSON.parse(row.item) as InventoryItem;
  const conditionId = CONDITION_IDS[content.condition ?? ''];
  const gtin = [...(product?.upc ?? []), ...(product?.ean ?? []), ...(product?.isbn ?? [])].find((number) => /^\d{8,14}$/.test(number));
  const takesOffers = offer.listingPolicies?.bestOfferTerms?.bestOfferEnabled === true;
  const address = parsed<{ location?: { address?: { country?: string; postalCode?: string } } }>(row.location)?.location?.address;
  return {
    legacyId: row.id,
    marketplace: row.marketplace,
    categoryId: content.categoryId,
    title: content.title,
    priceMinor: Math.round(Number(content.price.value) * 100),
    shippingMinor: shippingMinor(row.fulfillment),
    shipsAbroad: false,
    conditionId,
    conditionName: findLeaf(content.categoryId, row.marketplace)?.conditions.find((one) => one.id === conditionId)?.name,
    buyingOptions: offer.format === 'AUCTION' ? ['AUCTION'] : takesOffers ? ['FIXED_PRICE', 'BEST_OFFER'] : ['FIXED_PRICE'],
    gtin: gtin === undefined ? undefined : gtin13(gtin),
    ...(product?.epid === undefined ? {} : { epid: product.epid }),
    seller: { username: SELLER, accountType: 'INDIVIDUAL', feedbackScore: 1284, feedbackPercentage: '99.4' },
    aspects: content.aspects,
    returnsAccepted: parsed<{ returnsAccepted?: boolean }>(row.returns)?.returnsAccepted === true,
    quantity: row.quantity,
    country: address?.country ?? findSite(row.marketplace)?.country ?? '',
    postalCode: masked(address?.postalCode ?? ''),
    startedAt: row.started_at,
    imageUrls: content.imageUrls,
    description: content.description,
    ...(content.conditionNote === undefined ? {} : { conditionNote: content.conditionNote }),
  };
}

/** What the first service of the fulfilment policy costs; undefined when it is calculated. */
function shippingMinor(body: string | null): number | undefined {
  interface Policy {
    readonly shippingOptions?: readonly {
      readonly shippingServices?: readonly { readonly freeShipping?: boolean; readonly shippingCost?: { readonly value?: string } }[];
    }[];
  }
  const service = parsed<Policy>(body)?.shippingOptions?.[0]?.shippingServices?.[0];
  if (service?.freeShipping === true) return 0;
  const value = service?.shippingCost?.value;
  return value === undefined ? undefined : Math.round(Number(value) * 100);
}

/** `10001` → `100**`: eBay does not show a seller's whole postal code. */
function masked(postalCode: string): string {
  return postalCode.length < 3 ? postalCode : `${postalCode.slice(0, 3)}${'*'.repeat(postalCode.length - 3)}`;
}

function parsed<T>(body: string | null): T | undefined {
  return body === null ? undefined : (JSON.parse(body) as T);
}
