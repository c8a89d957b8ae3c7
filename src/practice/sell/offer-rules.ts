import { checkShape } from '../wire/shape.ts';
import { refuse } from '../wire/wire.ts';
import { checkSku } from './item-rules.ts';
import { OFFER_SHAPE, type OfferBody } from './offer-types.ts';

const DESCRIPTION_MAX = 500_000;
const LOCATION_KEY_MAX = 36;

/** What creating or updating an offer refuses; everything else waits until it is published. */
export function checkOffer(body: unknown): OfferBody {
  checkShape(body, OFFER_SHAPE);
  const offer = body as OfferBody;
  for (const field of ['sku', 'marketplaceId', 'format'] as const) {
    if ((offer[field] ?? '') === '') throw refuse(25709, [field], { fieldName: field });
  }
  checkSku(offer.sku ?? '');
  if ([...(offer.listingDescription ?? '')].length > DESCRIPTION_MAX)
    throw refuse(25709, ['listingDescription'], { fieldName: 'listingDescription' });
  if ((offer.merchantLocationKey ?? '').length > LOCATION_KEY_MAX)
    throw refuse(25709, ['merchantLocationKey'], { fieldName: 'merchantLocationKey' });
  if ((offer.availableQuantity ?? 0) < 0) throw refuse(25004, ['The quantity must not be negative.']);
  if (offer.listingStartDate !== undefined && Number.isNaN(Date.parse(offer.listingStartDate))) throw refuse(25752);
  checkFormat(offer);
  return offer;
}

function checkFormat(offer: OfferBody): void {
  const { auctionStartPrice, auctionReservePrice } = offer.pricingSummary ?? {};
  if (offer.format === 'AUCTION') {
    if (offer.listingDuration === undefined) throw refuse(25755);
    if (auctionStartPrice === undefined) throw refuse(25757);
    if (offer.availableQuantity !== undefined) throw refuse(25762);
  } else if (auctionStartPrice !== undefined || auctionReservePrice !== undefined) {
    throw refuse(25758);
  }
}
