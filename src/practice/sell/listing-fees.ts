import type { Market } from '../ground/market.ts';
import { findSite } from '../ground/sites.ts';
import { checkShape, type Shape, withoutNulls } from '../wire/shape.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { jsonBody, refuse } from '../wire/wire.ts';
import type { OfferBody } from './offer-types.ts';
import { findOffer, type OfferRow } from './offers.ts';

const OFFERS_MAX = 250;
/** "$5 or 7.5% of the Reserve Price, whichever is greater" (Inventory document, auctionReservePrice). */
const RESERVE_FEE_MIN = 5;
const RESERVE_FEE_RATE = 0.075;

const SHAPE: Shape = { fields: { offers: { listOf: { fields: { offerId: 'string' } } } } };

/** POST offer/get_listing_fees: summed up per marketplace, for unpublished offers only (25754). Listing itself is free here. */
export function getListingFees(market: Market, request: Request): Reply {
  const body = withoutNulls(jsonBody(request));
  checkShape(body, SHAPE);
  const { offers = [] } = body as { readonly offers?: readonly { readonly offerId?: string }[] };
  if (offers.length === 0 || offers.length > OFFERS_MAX) throw refuse(25709, ['offers'], { fieldName: 'offers' });
  const rows = offers.map(({ offerId = '' }) => {
    const row = findOffer(market, offerId);
    if (row === undefined || row.listing_id !== null) throw refuse(25754, [], { offerId });
    return row;
  });
  const marketplaces = [...new Set(rows.map((row) => row.marketplace))];
  return {
    status: 200,
    body: {
      feeSummaries: marketplaces.map((id) =>
        summary(
          id,
          rows.filter((row) => row.marketplace === id),
        ),
      ),
    },
  };
}

function summary(marketplaceId: string, rows: readonly OfferRow[]): unknown {
  const currency = findSite(marketplaceId)?.currency ?? 'USD';
  const reserve = rows.reduce((sum, row) => sum + reserveFee(JSON.parse(row.body) as OfferBody), 0);
  const fee = (feeType: string, value: string) => ({
    feeType,
    amount: { value, currency },
    promotionalDiscount: { value: '0.0', currency },
  });
  return { marketplaceId, fees: [fee('InsertionFee', '0.0'), fee('ReserveFee', reserve === 0 ? '0.0' : reserve.toFixed(2))] };
}

function reserveFee({ pricingSummary }: OfferBody): number {
  const reserve = pricingSummary?.auctionReservePrice?.value;
  return reserve === undefined ? 0 : Math.max(RESERVE_FEE_MIN, Number(reserve) * RESERVE_FEE_RATE);
}
