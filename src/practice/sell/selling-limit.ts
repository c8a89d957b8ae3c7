import { CURRENCY, type Market } from '../ground/market.ts';
import { refuse } from '../wire/wire.ts';

/** What the practice seller may have on sale at a time: roomy, but it exists (getPrivileges says so). */
export const SELLING_LIMIT = { amount: { value: '10000000.00', currency: CURRENCY }, quantity: 100_000 };

export function checkSellingLimit(market: Market, quantity: number, priceMinor: number): void {
  const held = market.state.get<{ quantity: number; minor: number }>(
    "SELECT coalesce(sum(quantity), 0) AS quantity, coalesce(sum(quantity * price_minor), 0) AS minor FROM listings WHERE status = 'ACTIVE'",
  );
  const overCount = (held?.quantity ?? 0) + quantity > SELLING_LIMIT.quantity;
  const overAmount = (held?.minor ?? 0) + quantity * priceMinor > Number(SELLING_LIMIT.amount.value) * 100;
  if (overCount || overAmount) throw refuse(25026, ['You have reached your selling limit.']);
}
