import { canonicalJson } from '../../core/hash.ts';
import { CONDITIONS_WITHOUT_NOTE, type ListingContent } from '../../core/listing.ts';
import { decimalText, type Money, parseMoney } from '../../core/money.ts';
import type { ReadyListing } from '../../core/ports/marketplace.ts';
import type { Site } from '../../core/site.ts';
import type { WireItem, WireOffer } from './wire.ts';

export const FORMAT = 'FIXED_PRICE';

/** An inventory item as bulkCreateOrReplaceInventoryItem wants it: what the content says, and nothing else. */
export function itemBody({ sku, content, pictures }: ReadyListing, site: Site) {
  const { condition, identifiers, packageWeight, packageSize } = content;
  const note = condition !== undefined && !CONDITIONS_WITHOUT_NOTE.has(condition.word) ? condition.note : undefined;
  return withoutUndefined({
    sku,
    // Written with an underscore here, with a hyphen in the header (CONTRACTS 2.1).
    locale: site.language.replace('-', '_'),
    availability: { shipToLocationAvailability: { quantity: content.quantity } },
    condition: condition?.word,
    conditionDescription: note === '' ? undefined : note,
    conditionDescriptors: condition?.descriptors?.map(({ values, ...named }) => ({ ...named, ...(values ? { values: [...values] } : {}) })),
    packageWeightAndSize: packageWeight || packageSize ? withoutUndefined({ weight: packageWeight, dimensions: packageSize }) : undefined,
    product: withoutUndefined({
      title: content.title,
      description: content.description,
      aspects: aspectsOf(content),
      imageUrls: pictures.map(({ url }) => url),
      brand: identifiers.brand,
      mpn: identifiers.mpn,
      upc: listed(identifiers.upc),
      ean: listed(identifiers.ean),
      isbn: listed(identifiers.isbn),
    }),
  });
}
export type ItemBody = ReturnType<typeof itemBody>;

/**
 * An offer as bulkCreateOffer and updateOffer want it. The description is on the offer too, because
 * updateOffer requires it for a live listing. Catalogue details are refused unless the seller wants them: eBay
 * would put its own title, words and picture over what was approved.
 */
export function offerBody({ sku, content }: ReadyListing, site: Site) {
  const { policies, price, bestOffer, storeCategories, startsAt, regulatory } = content;
  return withoutUndefined({
    sku,
    marketplaceId: site.id,
    format: FORMAT,
    categoryId: content.categoryId,
    listingDescription: content.description,
    listingDuration: 'GTC',
    listingStartDate: startsAt,
    includeCatalogProductDetails: content.catalogText === true,
    merchantLocationKey: policies.merchantLocationKey,
    pricingSummary: { price: amountOf(price) },
    storeCategoryNames: storeCategories && [...storeCategories],
    regulatory,
    listingPolicies: withoutUndefined({
      fulfillmentPolicyId: policies.fulfillmentPolicyId,
      paymentPolicyId: policies.paymentPolicyId,
      returnPolicyId: policies.returnPolicyId,
      bestOfferTerms:
        bestOffer &&
        withoutUndefined({
          bestOfferEnabled: true,
          autoAcceptPrice: bestOffer.autoAccept && amountOf(bestOffer.autoAccept),
          autoDeclinePrice: bestOffer.autoDecline && amountOf(bestOffer.autoDecline),
        }),
    }),
  });
}

const amountOf = (money: Money): { readonly value: string; readonly currency: string } => ({
  value: decimalText(money),
  currency: money.currency,
});
export type OfferBody = ReturnType<typeof offerBody>;

/** True when what eBay holds is what we would write, in every field that we write. */
export const itemCarries = (theirs: WireItem, ours: ItemBody): boolean => canonicalJson(itemView(theirs)) === canonicalJson(itemView(ours));

export const offerCarries = (theirs: WireOffer, ours: OfferBody): boolean =>
  canonicalJson(offerView(theirs)) === canonicalJson(offerView(ours));

function itemView(item: WireItem) {
  const { product, packageWeightAndSize: box } = item;
  return {
    quantity: item.availability?.shipToLocationAvailability?.quantity ?? 0,
    condition: item.condition ?? undefined,
    note: item.conditionDescription ?? undefined,
    descriptors: (item.conditionDescriptors ?? []).map(({ name, values, additionalInfo }) => ({
      name,
      values: values ?? [],
      additionalInfo: additionalInfo ?? undefined,
    })),
    weight: box?.weight ?? undefined,
    dimensions: box?.dimensions ?? undefined,
    title: product?.title,
    description: product?.description,
    aspects: product?.aspects ?? {},
    imageUrls: product?.imageUrls ?? [],
    brand: product?.brand ?? undefined,
    mpn: product?.mpn ?? undefined,
    upc: product?.upc ?? [],
    ean: product?.ean ?? [],
    isbn: product?.isbn ?? [],
  };
}

function offerView(offer: WireOffer | OfferBody) {
  const price = offer.pricingSummary?.price;
  const terms = offer.listingPolicies?.bestOfferTerms;
  return {
    categoryId: offer.categoryId,
    description: offer.listingDescription,
    duration: offer.listingDuration,
    catalogue: offer.includeCatalogProductDetails ?? true,
    location: offer.merchantLocationKey,
    price: moneyOf(price),
    fulfillment: offer.listingPolicies?.fulfillmentPolicyId,
    payment: offer.listingPolicies?.paymentPolicyId,
    return: offer.listingPolicies?.returnPolicyId,
    bestOffer: terms?.bestOfferEnabled ? { accept: moneyOf(terms.autoAcceptPrice), decline: moneyOf(terms.autoDeclinePrice) } : undefined,
    storeCategories: offer.storeCategoryNames ?? [],
    startsAt: offer.listingStartDate ? Date.parse(offer.listingStartDate) : undefined,
    regulatory: offer.regulatory ?? undefined,
  };
}

const moneyOf = (amount: { readonly value: string; readonly currency: string } | null | undefined): Money | undefined =>
  amount ? parseMoney(amount.value, amount.currency) : undefined;

const aspectsOf = ({ aspects }: ListingContent): Record<string, string[]> =>
  Object.fromEntries(Object.entries(aspects).map(([name, values]) => [name, [...values]]));

const listed = (value: string | undefined): string[] | undefined => (value === undefined ? undefined : [value]);

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
/** Leaves out what is not known: an explicit null would erase it at eBay. */
const withoutUndefined = <T extends object>(value: T): Partial<Defined<T>> & Pick<T, RequiredKeys<T>> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<Defined<T>> & Pick<T, RequiredKeys<T>>;
type RequiredKeys<T> = { [K in keyof T]: undefined extends T[K] ? never : K }[keyof T];
