import { checkShape, withoutNulls } from '../wire/shape.ts';
import { refuse } from '../wire/wire.ts';
import { isSku } from './item-rules.ts';
import { OFFER_SHAPE, type OfferBody } from './offer-types.ts';

const DESCRIPTION_MAX = 500_000;
const LOCATION_KEY_MAX = 36;
/** "The timestamp supplied in this field should be in UTC format" (Inventory document, listingStartDate). */
const UTC_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/;

/** What creating or updating an offer refuses; everything else waits until it is published. */
export function checkOffer(body: unknown): OfferBody {
  const offer = withoutNulls(body) as OfferBody;
  checkShape(offer, OFFER_SHAPE);
  for (const field of ['sku', 'marketplaceId', 'format'] as const) {
    if ((offer[field] ?? '') === '') throw refuse(25709, [field], { fieldName: field });
  }
  // 25707 is not among the errors of these calls.
  if (!isSku(offer.sku ?? '')) throw refuse(25709, ['sku'], { fieldName: 'sku' });
  if ([...(offer.listingDescription ?? '')].length > DESCRIPTION_MAX)
    throw refuse(25709, ['listingDescription'], { fieldName: 'listingDescription' });
  if ((offer.merchantLocationKey ?? '').length > LOCATION_KEY_MAX)
    throw refuse(25709, ['merchantLocationKey'], { fieldName: 'merchantLocationKey' });
  if ((offer.availableQuantity ?? 0) < 0) throw refuse(25709, ['availableQuantity'], { fieldName: 'availableQuantity' });
  const { listingStartDate } = offer;
  if (listingStartDate !== undefined && !(UTC_TIME.test(listingStartDate) && !Number.isNaN(Date.parse(listingStartDate))))
    throw refuse(25752);
  if (offer.format === 'AUCTION') checkAuction(offer);
  else checkFixedPrice(offer);
  return offer;
}

function checkAuction(offer: OfferBody): void {
  const { auctionStartPrice, minimumAdvertisedPrice, originalRetailPrice } = offer.pricingSummary ?? {};
  if (offer.listingDuration === undefined) throw refuse(25755);
  if (auctionStartPrice === undefined) throw refuse(25757);
  if (minimumAdvertisedPrice !== undefined || originalRetailPrice !== undefined) throw refuse(25761);
  if (offer.availableQuantity !== undefined) throw refuse(25762);
  if (offer.quantityLimitPerBuyer !== undefined) throw refuse(25763);
  if (offer.listingPolicies?.eBayPlusIfEligible === true) throw refuse(25764);
}

function checkFixedPrice(offer: OfferBody): void {
  const { auctionStartPrice, auctionReservePrice } = offer.pricingSummary ?? {};
  if (auctionStartPrice !== undefined || auctionReservePrice !== undefined) throw refuse(25758);
}
