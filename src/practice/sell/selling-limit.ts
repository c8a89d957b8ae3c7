import { CURRENCY, type Market } from '../ground/market.ts';
import { readSettings } from '../ground/settings.ts';
import { refuse } from '../wire/wire.ts';

interface SellingLimit {
  readonly amount: { readonly value: string; readonly currency: string };
  readonly quantity: number;
}

/** What the practice seller may have on sale at a time, as getPrivileges tells it: roomy unless a tester narrows it. */
export function sellingLimit({ state }: Market): SellingLimit {
  const { sellingLimitAmount, sellingLimitQuantity } = readSettings(state);
  return { amount: { value: sellingLimitAmount, currency: CURRENCY }, quantity: sellingLimitQuantity };
}

export function checkSellingLimit(market: Market, quantity: number, priceMinor: number): void {
  const held = market.state.get<{ quantity: number; minor: number }>(
    "SELECT coalesce(sum(quantity), 0) AS quantity, coalesce(sum(quantity * price_minor), 0) AS minor FROM listings WHERE status = 'ACTIVE'",
  );
  const limit = sellingLimit(market);
  const overCount = (held?.quantity ?? 0) + quantity > limit.quantity;
  const overAmount = (held?.minor ?? 0) + quantity * priceMinor > Math.round(Number(limit.amount.value) * 100);
  if (overCount || overAmount) throw refuse(25026, ['You have reached your selling limit.']);
}
