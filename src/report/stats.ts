import { Chalk, type ChalkInstance } from 'chalk';
import { type Figure, isKnown } from '../core/figure.ts';
import { microUsdToUsd } from '../core/money.ts';
import { accuracyLines } from './accuracy.ts';
import { costText, counted, durationText } from './amounts.ts';
import { amountText, figureText, numberText, shareText } from './figure-text.ts';
import type { BottleneckView, BusinessView, ProjectionView, StatsView, WorkView } from './stats-view.ts';
import { table } from './table.ts';
import { clean } from './text.ts';
import type { TextStyle } from './text-style.ts';

/** Days that are drawn; older ones are in `--json` and on the page. */
const DAYS_SHOWN = 14;
const OLDEST_SHOWN = 5;

/** `easyflip stats`: a heading for each part. Ends with a line break. */
export function renderStats(view: StatsView, { color, columns }: TextStyle): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const span = `${view.since.slice(0, 10)} to ${view.until.slice(0, 10)}`;
  const parts: readonly (readonly [string, readonly string[]])[] = [
    [`Listings, ${span}`, workLines(view.work, columns, paint)],
    ['What holds things up', bottleneckLines(view.bottleneck)],
    ['Sales', businessLines(view.business, columns, paint)],
    ['Your target', projectionLines(view.projection, columns, paint)],
    [`Accuracy of the analysis, ${span}`, accuracyLines(view.accuracy, columns, paint.dim)],
  ];
  return `${parts.map(([title, lines]) => [paint.bold(title), ...lines].join('\n')).join('\n\n')}\n`;
}

/** `easyflip stats --bottleneck`: every service. Ends with a line break. */
export function renderBottleneck(view: StatsView, { color, columns }: TextStyle): string {
  const { dim } = new Chalk({ level: color ? 1 : 0 });
  const { bottleneck } = view;
  const lines = [...bottleneckLines(bottleneck)];
  if (isKnown(bottleneck)) {
    lines.push(
      '',
      ...table({
        columns: [
          { title: 'SERVICE' },
          ...['BUSY', 'PLACES', 'CALLS', 'FAILED', 'TIME', 'ITEMS/H AT MOST'].map((title) => ({ title, align: 'right' as const })),
        ],
        rows: bottleneck.value.services.map(({ service, utilisation, atOnce, calls, failed, busyMs, itemsPerHour }) => [
          service,
          shareText(Math.min(1, utilisation)),
          ...[atOnce, calls, failed].map(String),
          durationText(busyMs / 1000),
          numberText(itemsPerHour),
        ]),
        width: columns,
        paint: (cell, row) => (row < 0 ? dim(cell) : cell),
      }),
      '',
      dim('Busy: time of its calls ÷ (places × time of the runs). At most: places ÷ time of its calls for an item.'),
    );
  }
  return `${lines.join('\n')}\n`;
}

const heading = (dim: ChalkInstance) => ({ paint: (cell: string, row: number) => (row < 0 ? dim(cell) : cell) });

function workLines({ days, listed, items, success, stages, spend, microUsd }: WorkView, columns: number, { dim }: ChalkInstance): string[] {
  const shown = days.slice(-DAYS_SHOWN);
  const most = shown.reduce((top, day) => Math.max(top, day.listed), 1);
  const seen = Object.entries(items)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`);
  return [
    `${counted(listed, 'listing')} went live; ${figureText(success, (share) => `${shareText(share)} of the items that were tried are listed`)}`,
    ...(seen.length > 0 ? [`Items first seen in this time: ${seen.join(', ')}`] : []),
    ...shown.map((day) => `  ${day.day}  ${String(day.listed).padStart(5)}  ${'█'.repeat(Math.round((day.listed / most) * 30))}`),
    ...(stages.length > 0
      ? [
          '',
          ...table({
            columns: [
              { title: 'STAGE' },
              ...['DONE', 'HELD', 'FAILED', 'MEDIAN', '95 % WITHIN'].map((title) => ({ title, align: 'right' as const })),
            ],
            rows: stages.map(({ stage, done, held, failed, medianMs, p95Ms }) => [
              stage,
              ...[done, held, failed].map(String),
              ...[medianMs, p95Ms].map((ms) => (done > 0 ? durationText(ms / 1000) : '–')),
            ]),
            width: columns,
            ...heading(dim),
          }),
        ]
      : []),
    '',
    microUsd === 0 && spend.length === 0
      ? 'Nothing was paid for.'
      : `Paid for: ${costText(microUsdToUsd(microUsd))} (${spend.map(({ operation, calls, microUsd: micro }) => `${operation} ${costText(microUsdToUsd(micro))} for ${counted(calls, 'call')}`).join(', ')})`,
  ];
}

function bottleneckLines(bottleneck: Figure<BottleneckView>): readonly string[] {
  if (!isKnown(bottleneck)) return [`${figureText(bottleneck, () => '')}.`];
  const { runs, items, wallMs, itemsPerHour, finding, cure } = bottleneck.value;
  return [
    `${counted(items, 'item')} in ${counted(runs, 'run')} of ${durationText(wallMs / 1000)}: ${numberText(itemsPerHour)} an hour`,
    finding,
    cure,
  ];
}

function businessLines(view: BusinessView, columns: number, { dim }: ChalkInstance): string[] {
  const rows: readonly (readonly [string, string])[] = [
    [
      'Sales',
      figureText(
        view.sales,
        ({ sales, pieces, cancelled, unpaid }) =>
          `${sales} (${counted(pieces, 'piece')}${cancelled > 0 ? `; ${cancelled} cancelled` : ''}${unpaid > 0 ? `; ${unpaid} not paid yet` : ''})`,
      ),
    ],
    [
      'Conversion',
      figureText(view.conversion, ({ sold, listed, share }) => `${shareText(share)}: ${sold} of ${listed} listed in this time have sold`),
    ],
    [
      'Sell-through',
      figureText(view.sellThrough, ({ sold, offered, share }) => `${shareText(share)}: ${sold} of ${offered} on offer sold in this time`),
    ],
    [
      'Traffic',
      figureText(
        view.traffic,
        ({ listings, impressions, views, viewsPerListing }) =>
          `${impressions} times shown, ${counted(views, 'view')} of ${counted(listings, 'listing')}, ${numberText(viewsPerListing)} each (30 days)`,
      ),
    ],
    ['Revenue', figureText(view.revenue, amountText)],
    ['Average value', figureText(view.averageValue, amountText)],
    ['Delivery paid', figureText(view.delivery, amountText)],
    [
      'Refunds',
      figureText(view.refunds, ({ amount, sales, share }) => `${amountText(amount)} of ${counted(sales, 'sale')} (${shareText(share)})`),
    ],
    ['Fees', figureText(view.fees, amountText)],
    [
      'Shipping',
      figureText(
        view.shipping,
        ({ amount, estimated }) =>
          `${amountText(amount)}${estimated > 0 ? `, ${counted(estimated, 'parcel')} by your pricing.shippingCost` : ''}`,
      ),
    ],
    ['Cost', figureText(view.cost, amountText)],
    [
      'Profit',
      figureText(
        view.profit,
        ({ amount, sales, left }) =>
          `${amountText(amount)} of ${counted(sales, 'sale')}${left > 0 ? `; of ${left} more fees or cost are not known` : ''}`,
      ),
    ],
    ['Margin', figureText(view.margin, shareText)],
  ];
  const { stale } = view;
  return [
    ...joined(rows),
    ...(view.otherCurrencies > 0
      ? [dim(`  ${counted(view.otherCurrencies, 'sale')} in another currency than ${view.currency} left out.`)]
      : []),
    `  ${'Stale'.padEnd(14)} ${stale.count === 0 ? `nothing is live for ${stale.days} days or longer` : `${counted(stale.count, 'listing')} live for ${stale.days} days or longer, ${amountText(stale.value)} asked`}`,
    ...(stale.count > 0
      ? table({
          columns: [
            { title: '  ITEM' },
            { title: 'DAYS', align: 'right' },
            { title: 'PRICE', align: 'right' },
            { title: 'VIEWS', align: 'right' },
            { title: 'TITLE', shrinks: true },
          ],
          rows: stale.oldest
            .slice(0, OLDEST_SHOWN)
            .map(({ item, days, price, views, title }) => [
              `  ${item}`,
              String(days),
              price ? amountText(price) : '–',
              views === null ? '–' : String(views),
              clean(title ?? ''),
            ]),
          width: columns,
          ...heading(dim),
        })
      : []),
  ];
}

/** What is unknown for one reason is told in one line: thirteen times the same would hide what is known. */
function joined(rows: readonly (readonly [name: string, text: string])[]): readonly string[] {
  const unknown = new Map<string, string[]>();
  for (const [name, text] of rows) if (text.startsWith('unknown: ')) unknown.set(text, [...(unknown.get(text) ?? []), name]);
  const shared = new Set([...unknown].filter(([, names]) => names.length > 2).map(([text]) => text));
  return [
    ...rows.filter(([, text]) => !shared.has(text)).map(([name, text]) => `  ${name.padEnd(14)} ${text}`),
    ...[...shared].map(
      (text) => `  ${capital(text.slice('unknown: '.length))}. Unknown therefore: ${(unknown.get(text) ?? []).join(', ')}`,
    ),
  ];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function projectionLines(view: ProjectionView, columns: number, { dim }: ChalkInstance): string[] {
  const { levers } = view;
  return [
    `${amountText(view.target)} in 30 days, ${numberText(view.marginPercent)} % of it (${amountText(view.targetProfit)}) left over`,
    `  ${'Pace'.padEnd(14)} ${figureText(view.listedPerDay, (value) => `${numberText(value)} listings a day (${counted(Math.round(view.overDays), 'day')})`)}`,
    `  ${'Needed'.padEnd(14)} ${figureText(view.neededPerDay, (value) => `${numberText(value)} listings a day`)}`,
    `  ${'Short'.padEnd(14)} ${figureText(view.shortPerDay, (value) => (value === 0 ? 'nothing' : `${numberText(value)} listings a day`))}`,
    `  ${'At this pace'.padEnd(14)} ${figureText(view.revenue, (revenue) => `${amountText(revenue)} in 30 days`)}`,
    `  ${'Profit'.padEnd(14)} ${figureText(view.profit, amountText)}`,
    ...(isKnown(levers) && levers.value.length > 0
      ? [
          '',
          ...table({
            columns: [
              { title: 'LEVER', shrinks: true },
              { title: 'SOLD', align: 'right' },
              { title: 'PROFIT', align: 'right' },
              { title: 'ALONE TO THE TARGET', shrinks: true },
            ],
            rows: levers.value.map(({ step, revenue, profit, alone }) => [
              step,
              `+${amountText(revenue)}`,
              profit ? `+${amountText(profit)}` : 'unknown',
              alone ?? '–',
            ]),
            width: columns,
            ...heading(dim),
          }),
          dim('In 30 days, each lever moved alone, all else as it is.'),
        ]
      : []),
  ];
}
