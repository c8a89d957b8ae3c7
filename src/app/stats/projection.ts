import { derived, type Figure, isKnown, known, unknown } from '../../core/figure.ts';
import { type Money, moneyLabel, percentOf } from '../../core/money.ts';
import type { BusinessView, Lever, ProjectionView, WorkView } from '../../report/stats-view.ts';

/** A month of the target. */
const MONTH_DAYS = 30;
const DAY_MS = 86_400_000;
/** By how much a lever is moved, so that their effects can be compared. */
const STEP = 0.1;

interface ProjectionRequest {
  readonly target: { readonly monthly: Money; readonly marginPercent: number };
  readonly since: string;
  readonly until: string;
  readonly work: Pick<WorkView, 'days' | 'listed' | 'items'>;
  readonly business: Pick<
    BusinessView,
    'currency' | 'averageValue' | 'conversion' | 'margin' | 'revenue' | 'fees' | 'cost' | 'refunds' | 'delivery'
  >;
}

/**
 * How far the target is: listings a day that it takes are target ÷ (average value × conversion), over 30 days. Levers are moved one at
 * a time, all else equal; profit follows revenue by the margin, but for a higher price, of which all but the fees is profit. Pure.
 */
export function projectionOf(request: ProjectionRequest): ProjectionView {
  const { target, business } = request;
  const { averageValue, conversion, margin } = business;
  const overDays = daysOf(request);
  const listedPerDay: Figure<number> =
    request.work.listed === 0 ? unknown('nothing was listed in this time') : known(request.work.listed / overDays);
  const perListing: Figure<number> = !isKnown(averageValue)
    ? averageValue
    : derived(conversion, ({ share }) => averageValue.value.minor * share);
  const neededPerDay = derived(perListing, (worth) => target.monthly.minor / worth / MONTH_DAYS);
  const both = (make: (pace: number, worth: number) => number): Figure<number> =>
    !isKnown(listedPerDay) ? listedPerDay : derived(perListing, (worth) => make(listedPerDay.value, worth));
  const revenueMinor = both((pace, worth) => pace * MONTH_DAYS * worth);
  const revenue = derived(revenueMinor, (minor) => money(minor, request));
  return {
    target: target.monthly,
    marginPercent: target.marginPercent,
    targetProfit: percentOf(target.monthly, target.marginPercent),
    overDays,
    listedPerDay,
    neededPerDay,
    shortPerDay: !isKnown(listedPerDay) ? listedPerDay : derived(neededPerDay, (needed) => Math.max(0, needed - listedPerDay.value)),
    revenue,
    profit: !isKnown(margin) ? margin : derived(revenue, ({ minor }) => money(minor * margin.value, request)),
    levers: derived(revenueMinor, (minor) => levers(minor, request, overDays)),
  };
}

/** From the first listing of the period on: who has just begun is not measured by the days before. */
function daysOf({ since, until, work }: ProjectionRequest): number {
  const first = work.days[0]?.day;
  const from = first === undefined ? Date.parse(since) : Math.max(Date.parse(since), Date.parse(first));
  return Math.max(1, (Date.parse(until) - from) / DAY_MS);
}

const money = (minor: number, { business: { currency } }: ProjectionRequest): Money => ({ minor: Math.round(minor), currency });

function levers(monthly: number, request: ProjectionRequest, overDays: number): readonly Lever[] {
  const { target, work, business } = request;
  const { averageValue, conversion, margin, revenue, fees, cost, refunds } = business;
  if (!isKnown(averageValue) || !isKnown(conversion) || !isKnown(revenue)) return [];
  const value = averageValue.value.minor;
  const { share } = conversion.value;
  const pace = work.listed / overDays;
  const toMonth = MONTH_DAYS / overDays;
  const missing = target.monthly.minor / monthly;
  const cash = (minor: number): Money => money(minor, request);
  const byMargin = (minor: number): Money | null => (isKnown(margin) ? cash(minor * margin.value) : null);
  const reached = missing <= 1;
  const alone = (text: string | null): string | null => (reached ? null : text);
  const tenth = monthly * STEP;
  const afterFees = isKnown(fees) && revenue.value.minor > 0 ? 1 - fees.value.minor / revenue.value.minor : undefined;
  const items = (count: number): number => count * toMonth * share * value;

  const all: (Lever | undefined)[] = [
    {
      lever: 'pace',
      step: 'list a tenth more',
      revenue: cash(tenth),
      profit: byMargin(tenth),
      alone: alone(`${rounded(pace * missing)} listings a day instead of ${rounded(pace)}`),
      how: 'More folders for `easyflip watch` or `list`; `easyflip stats --bottleneck` tells what holds the machine up.',
    },
    {
      lever: 'conversion',
      step: 'let a tenth more of them sell',
      revenue: cash(tenth),
      profit: byMargin(tenth),
      alone: alone(share * missing > 1 ? null : `${percent(share * missing)} sold instead of ${percent(share)}`),
      how: 'Better photos and specifics; lower the price of what is stale: `easyflip update ITEM --reprice`.',
    },
    {
      lever: 'value',
      step: 'sell for a tenth more apiece',
      revenue: cash(tenth),
      profit: afterFees === undefined ? null : cash(tenth * afterFees),
      alone: alone(`${moneyLabel(cash(value * missing))} apiece instead of ${moneyLabel(averageValue.value)}`),
      how: 'Pick dearer things, list lots; pricing.percentile sets where among the asking prices you stand.',
    },
    isKnown(cost) && cost.value.minor > 0
      ? {
          lever: 'cost',
          step: 'buy for a tenth less',
          revenue: cash(0),
          profit: cash(cost.value.minor * toMonth * STEP),
          alone: null,
          how: 'The `cost` of your sidecars is what is summed here.',
        }
      : undefined,
    isKnown(refunds) && refunds.value.amount.minor > 0
      ? {
          lever: 'refunds',
          step: `have no refunds (${refunds.value.sales} in this time)`,
          revenue: cash(0),
          profit: cash(refunds.value.amount.minor * toMonth),
          alone: null,
          how: 'Say what is wrong with a thing: flaws and measurements in the sidecar.',
        }
      : undefined,
    work.items.held > 0
      ? {
          lever: 'held',
          step: `settle the ${itemsThat(work.items.held, 'is', 'are')} held`,
          revenue: cash(items(work.items.held)),
          profit: byMargin(items(work.items.held)),
          alone: null,
          how: '`easyflip status` names them with their questions, `easyflip export --state held` puts them into a table.',
        }
      : undefined,
    work.items.failed > 0
      ? {
          lever: 'failed',
          step: `mend the ${work.items.failed === 1 ? '1 item' : `${work.items.failed} items`} that failed`,
          revenue: cash(items(work.items.failed)),
          profit: byMargin(items(work.items.failed)),
          alone: null,
          how: '`easyflip status --failed`, then `easyflip retry-failed`.',
        }
      : undefined,
  ];
  const effect = ({ profit, revenue: more }: Lever): number => (isKnown(margin) ? (profit?.minor ?? 0) : more.minor);
  return all.filter((lever) => lever !== undefined).sort((a, b) => effect(b) - effect(a));
}

const rounded = (value: number): string => (value < 10 ? String(Math.round(value * 10) / 10) : String(Math.ceil(value)));
const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

const itemsThat = (count: number, one: string, several: string): string =>
  count === 1 ? `1 item that ${one}` : `${count} items that ${several}`;
