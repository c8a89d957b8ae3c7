import type { Alert } from '../../core/alert.ts';
import { moneyLabel } from '../../core/money.ts';
import type { StoredSale } from '../../core/ports/index.ts';
import { isoDay, type Situation } from './situation.ts';

const DAY_MS = 86_400_000;

/** What came of yesterday, and of the last whole week (Monday to Sunday), in UTC; nothing where nothing happened. Pure. */
export function reports(situation: Situation): readonly Alert[] {
  const { rules, nowMs } = situation;
  const today = Date.parse(isoDay(nowMs));
  const daysSinceMonday = (new Date(today).getUTCDay() + 6) % 7;
  const monday = today - daysSinceMonday * DAY_MS;
  return [
    ...(rules.dailyReport ? reportOf(situation, 'report-daily', today - DAY_MS, today) : []),
    ...(rules.weeklyReport ? reportOf(situation, 'report-weekly', monday - 7 * DAY_MS, monday) : []),
  ];
}

function reportOf(
  { measures, spent, listed: live, sales, figures: { states } }: Situation,
  rule: 'report-daily' | 'report-weekly',
  fromMs: number,
  toMs: number,
): Alert[] {
  const [from, to] = [isoDay(fromMs), isoDay(toMs)];
  const inside = (at: string): boolean => at >= from && at < to;
  const count = (outcome: string): number =>
    measures.reduce((sum, { what, label, day, count: n }) => sum + (what === 'item' && label === outcome && inside(day) ? n : 0), 0);
  const listed = live.reduce((sum, { day, listed: n }) => sum + (inside(day) ? n : 0), 0);
  const [failed, held] = [count('failed'), count('held')];
  const costUsd = spent.reduce((sum, { day, microUsd }) => sum + (inside(day) ? microUsd : 0), 0) / 1e6;
  const sold = sales.filter(({ soldAt, state }) => inside(soldAt) && state !== 'unpaid' && state !== 'cancelled');
  if (listed + failed + held + sold.length === 0 && costUsd === 0) return [];
  const pieces = sold.reduce((sum, { quantity }) => sum + quantity, 0);
  const name = rule === 'report-daily' ? `Day ${from}` : `Week ${from} to ${isoDay(toMs - DAY_MS)}`;
  return [
    {
      key: `${rule}:${from}`,
      rule,
      level: 'info',
      message:
        `${name}: ${listed} listed, ${held} held, ${failed} failed; ${pieces} sold${revenueText(sold)}; models cost $${costUsd.toFixed(2)}. ` +
        `Now ${states.live} are live, ${states.waiting} wait, ${states.held} are held.`,
      hint: 'More with `easyflip stats` and `easyflip status`.',
      figures: {
        from,
        to: isoDay(toMs - DAY_MS),
        listed,
        held,
        failed,
        sold: pieces,
        costUsd: Math.round(costUsd * 1e6) / 1e6,
        ...byCurrency(sold),
      },
    },
  ];
}

function revenueText(sold: readonly StoredSale[]): string {
  const parts = currencies(sold).map((currency) => {
    const { amount, fees } = sums(sold, currency);
    return `${moneyLabel({ minor: amount, currency })} (fees so far ${moneyLabel({ minor: fees, currency })})`;
  });
  return parts.length === 0 ? '' : ` for ${parts.join(' and ')}`;
}

const byCurrency = (sold: readonly StoredSale[]): Record<string, number> =>
  Object.fromEntries(
    currencies(sold).flatMap((currency) => {
      const { amount, fees } = sums(sold, currency);
      return [
        [`revenueMinor${currency}`, amount],
        [`feesMinor${currency}`, fees],
      ];
    }),
  );

const currencies = (sold: readonly StoredSale[]): readonly string[] => [...new Set(sold.map(({ amount }) => amount.currency))].sort();

function sums(sold: readonly StoredSale[], currency: string): { readonly amount: number; readonly fees: number } {
  const ours = sold.filter((sale) => sale.amount.currency === currency);
  return {
    amount: ours.reduce((sum, { amount }) => sum + amount.minor, 0),
    fees: ours.reduce((sum, { fee }) => sum + (fee?.minor ?? 0), 0),
  };
}
