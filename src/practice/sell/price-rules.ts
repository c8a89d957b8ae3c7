import type { Market } from '../ground/market.ts';
import type { WireError } from '../wire/wire.ts';
import { wireError } from '../wire/wire.ts';
import { type Candidate, effectiveQuantity, siteOf } from './candidate.ts';
import type { Amount } from './offer-types.ts';

const AUCTION_DURATIONS = new Set(['DAYS_1', 'DAYS_3', 'DAYS_5', 'DAYS_7', 'DAYS_10']);
/** The VAT rate is a percentage. */
const VAT_MAX = 100;

/** The price a buyer pays, or the one bidding starts at: a positive amount in the site's currency. */
export function priceProblems(_market: Market, candidate: Candidate): readonly WireError[] {
  const { offer } = candidate;
  const { price, auctionStartPrice, auctionReservePrice } = offer.pricingSummary ?? {};
  if (offer.format !== 'AUCTION') return amountProblems(candidate, price, 'price');
  const start = amountProblems(candidate, auctionStartPrice, 'auctionStartPrice');
  if (start.length > 0 || auctionReservePrice === undefined) return start;
  const reserve = amountProblems(candidate, auctionReservePrice, 'auctionReservePrice');
  if (reserve.length > 0 || Number(auctionStartPrice?.value) < Number(auctionReservePrice.value)) return reserve;
  return [wireError(25003, ['The auctionStartPrice must be lower than the auctionReservePrice.'], { fieldName: 'auctionReservePrice' })];
}

function amountProblems(candidate: Candidate, given: Amount | undefined, fieldName: string): readonly WireError[] {
  if (given?.value === undefined || given.currency === undefined)
    return [wireError(25003, [`The ${fieldName} is missing.`], { fieldName })];
  const currency = siteOf(candidate)?.currency;
  if (currency !== undefined && given.currency !== currency) {
    return [wireError(25003, [`The currency must be ${currency}.`], { currency: given.currency })];
  }
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(given.value) || Number(given.value) <= 0) {
    return [wireError(25003, ['The price must be a positive amount with two decimal places.'], { [fieldName]: given.value })];
  }
  return [];
}

/** `bestOfferTerms`: accept below the price, decline below accept (Inventory document, BestOffer). */
export function bestOfferProblems(_market: Market, candidate: Candidate): readonly WireError[] {
  const { offer } = candidate;
  const terms = offer.listingPolicies?.bestOfferTerms;
  if (terms?.bestOfferEnabled !== true) return [];
  const accept = terms.autoAcceptPrice;
  const decline = terms.autoDeclinePrice;
  const misshapen = [
    ...(accept === undefined ? [] : amountProblems(candidate, accept, 'autoAcceptPrice')),
    ...(decline === undefined ? [] : amountProblems(candidate, decline, 'autoDeclinePrice')),
  ];
  if (misshapen.length > 0) return misshapen;
  const price = Number(offer.pricingSummary?.price?.value ?? Number.POSITIVE_INFINITY);
  const ceiling = accept === undefined ? price : Number(accept.value);
  return [
    ...(accept !== undefined && Number(accept.value) >= price ? [badTerms('autoAcceptPrice', 'the price of the listing')] : []),
    ...(decline !== undefined && Number(decline.value) >= Math.min(ceiling, price)
      ? [badTerms('autoDeclinePrice', 'the price of the listing and the autoAcceptPrice')]
      : []),
  ];
}

function badTerms(fieldName: string, than: string): WireError {
  return wireError(25006, [`The ${fieldName} must be lower than ${than}.`], { fieldName });
}

/** Stock behind the offer, and enough of it. */
export function quantityProblems(_market: Market, candidate: Candidate): readonly WireError[] {
  const { item, offer } = candidate;
  const stock = item.availability?.shipToLocationAvailability?.quantity;
  if (stock === undefined) return [wireError(25004, ['shipToLocationAvailability.quantity is missing.'], { fieldName: 'quantity' })];
  if (offer.format === 'AUCTION') return stock >= 1 ? [] : [wireError(25760)];
  const wanted = effectiveQuantity(candidate);
  if (wanted < 1 && !(candidate.revision === true && wanted === 0))
    return [wireError(25004, ['The quantity must be 1 or more.'], { quantity: String(wanted) })];
  if (wanted > stock)
    return [wireError(25004, ['The quantity of the offer is larger than what is in stock.'], { quantity: String(wanted) })];
  return [];
}

/** GTC for a fixed price, days for an auction (Inventory document, listingDuration). */
export function durationProblems(_market: Market, { offer }: Candidate): readonly WireError[] {
  const { format, listingDuration } = offer;
  const fits = format === 'AUCTION' ? AUCTION_DURATIONS.has(listingDuration ?? '') : listingDuration === 'GTC';
  if (fits) return [];
  const why = format === 'AUCTION' ? 'An auction lasts 1, 3, 5, 7 or 10 days.' : 'A fixed price listing needs the duration GTC.';
  return [wireError(25006, [why], { fieldName: 'listingDuration' })];
}

export function optionProblems(_market: Market, { offer }: Candidate): readonly WireError[] {
  const vat = offer.tax?.vatPercentage;
  const limit = offer.quantityLimitPerBuyer;
  return [
    ...(vat !== undefined && (vat < 0 || vat > VAT_MAX)
      ? [wireError(25011, ['The VAT percentage is out of range.'], { vatPercentage: String(vat) })]
      : []),
    ...(limit !== undefined && limit < 1 ? [wireError(25016, ['quantityLimitPerBuyer', 'It must be 1 or more.'])] : []),
    ...(offer.lotSize !== undefined && offer.lotSize < 1 ? [wireError(25016, ['lotSize', 'It must be 1 or more.'])] : []),
    ...((offer.storeCategoryNames ?? []).length > 2 ? [wireError(25016, ['storeCategoryNames', 'One or two are allowed.'])] : []),
  ];
}

/** A start in the past is ignored, with a warning (25753); so is a new one once the listing is live. */
export function startDateWarnings({ offer, revision }: Candidate, now: number): readonly WireError[] {
  if (offer.listingStartDate === undefined) return [];
  return revision === true || Date.parse(offer.listingStartDate) <= now ? [wireError(25753)] : [];
}
