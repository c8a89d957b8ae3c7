import * as z from 'zod';
import { type Money, parseMoney } from '../../core/money.ts';
import type { ListingFees } from '../../core/ports/marketplace.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import { EbayError } from './errors.ts';
import type { Transport } from './transport.ts';

/** "One or more provided offerId(s) are invalid": the offer is gone, or live by now (Inventory API, getListingFees). */
const NOT_AN_UNPUBLISHED_OFFER = 25754;

const amount = z.object({ value: z.coerce.string(), currency: z.string() });
const answer = z.object({
  feeSummaries: z
    .array(
      z.object({
        marketplaceId: z.string().nullish(),
        fees: z
          .array(z.object({ feeType: z.string().nullish(), amount: amount.nullish(), promotionalDiscount: amount.nullish() }))
          .nullish(),
      }),
    )
    .nullish(),
});

/**
 * eBay's own figure for publishing one offer (getListingFees). The answer is a sum by marketplace and never by offer, so
 * each is asked for alone. Undefined when eBay knows no such offer that is not live. Never writes.
 */
export async function offerFees(transport: Transport, offerId: string, call: Call): Promise<ListingFees | undefined> {
  const { id, currency } = transport.site;
  try {
    const summaries = await transport.request(
      {
        token: 'user',
        service: 'inventory',
        operation: 'inventory.getListingFees',
        send: (ebay) => ebay.sell.inventory.getListingFees({ offers: [{ offerId }] }),
        read: (body) => {
          const read = answer.safeParse(body);
          return read.success ? (read.data.feeSummaries ?? []) : undefined;
        },
      },
      call,
    );
    const ours = summaries.filter(({ marketplaceId }) => marketplaceId === id).flatMap(({ fees }) => fees ?? []);
    const charged = ours.flatMap(({ feeType, amount: fee, promotionalDiscount }) => {
      const money = moneyOf(fee, currency);
      const discount = moneyOf(promotionalDiscount, currency);
      // Many kinds of fee are named although they are zero.
      return money && money.minor > 0 ? [{ type: feeType ?? 'fee', amount: money, discount: discount ?? { minor: 0, currency } }] : [];
    });
    return { fees: charged, total: { minor: charged.reduce((sum, fee) => sum + fee.amount.minor, 0), currency } };
  } catch (error) {
    if (error instanceof EbayError && error.errorIds.includes(NOT_AN_UNPUBLISHED_OFFER)) return undefined;
    throw error;
  }
}

/** eBay writes `0.0` and may write `0.350`. */
function moneyOf(fee: { readonly value: string; readonly currency: string } | null | undefined, currency: string): Money | undefined {
  if (fee?.currency !== currency) return undefined;
  return parseMoney(fee.value, currency) ?? parseMoney(Number(fee.value).toFixed(2), currency);
}
