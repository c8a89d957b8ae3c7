import { derived, isKnown } from '../core/figure.ts';
import { microUsdToUsd } from '../core/money.ts';
import { moneyFigure } from './figure-text.ts';
import { moneyJson } from './json-lines.ts';
import type { BusinessView, ProjectionView, StatsView, WorkView } from './stats-view.ts';

/** `easyflip stats --json`: one object in the published form. A figure that is not known is null beside `unknown`, the reason. */
export const statsJson = ({ since, until, work, bottleneck, business, projection, accuracy }: StatsView): Record<string, unknown> => ({
  type: 'stats',
  since,
  until,
  work: workJson(work),
  bottleneck: derived(bottleneck, ({ service, advice, ...rest }) => ({ ...rest, service: service ?? null, advice: advice ?? null })),
  business: businessJson(business),
  projection: projectionJson(projection),
  accuracy,
});

const workJson = ({ spend, microUsd, ...work }: WorkView): Record<string, unknown> => ({
  ...work,
  costUsd: microUsdToUsd(microUsd),
  spend: spend.map(({ microUsd: micro, ...one }) => ({ ...one, costUsd: microUsdToUsd(micro) })),
});

const businessJson = (view: BusinessView): Record<string, unknown> => ({
  ...view,
  revenue: moneyFigure(view.revenue),
  averageValue: moneyFigure(view.averageValue),
  delivery: moneyFigure(view.delivery),
  refunds: derived(view.refunds, (one) => ({ ...one, amount: moneyJson(one.amount) })),
  fees: moneyFigure(view.fees),
  shipping: derived(view.shipping, (one) => ({ ...one, amount: moneyJson(one.amount) })),
  cost: moneyFigure(view.cost),
  profit: derived(view.profit, (one) => ({ ...one, amount: moneyJson(one.amount), of: moneyJson(one.of) })),
  stale: {
    ...view.stale,
    value: moneyJson(view.stale.value),
    oldest: view.stale.oldest.map((one) => ({ ...one, price: one.price && moneyJson(one.price) })),
  },
});

const projectionJson = (view: ProjectionView): Record<string, unknown> => ({
  ...view,
  target: moneyJson(view.target),
  targetProfit: moneyJson(view.targetProfit),
  revenue: moneyFigure(view.revenue),
  profit: moneyFigure(view.profit),
  levers: isKnown(view.levers)
    ? derived(view.levers, (levers) =>
        levers.map(({ revenue, profit, ...one }) => ({ ...one, revenue: moneyJson(revenue), profit: profit && moneyJson(profit) })),
      )
    : view.levers,
});
