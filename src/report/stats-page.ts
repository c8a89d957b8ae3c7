import { type Figure, isKnown } from '../core/figure.ts';
import { microUsdToUsd } from '../core/money.ts';
import type { Environment } from '../core/settings.ts';
import { costText, counted, durationText } from './amounts.ts';
import { amountText, figureText, numberText, shareText } from './figure-text.ts';
import { escapeHtml as safe } from './listings-style.ts';
import { bar, dayColumns, stacked } from './stats-charts.ts';
import { STATS_STYLE } from './stats-page-style.ts';
import type { BottleneckView, BusinessView, ProjectionView, StatsView, WorkView } from './stats-view.ts';

/** `easyflip report --html`: one page that needs nothing else, neither network nor script. */
export function statsPage(view: StatsView, environment: Environment): string {
  const { since, until, work, business, projection, bottleneck, accuracy } = view;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>easyflip: ${safe(since.slice(0, 10))} to ${safe(until.slice(0, 10))}</title><style>${STATS_STYLE}</style></head><body>
<header><h1>Your listings, ${safe(since.slice(0, 10))} to ${safe(until.slice(0, 10))}</h1>
<p>${environment === 'practice' ? 'On the practice marketplace: nothing of this was really sold. ' : ''}${business.syncedTo === null ? 'Sales were never synced.' : `Sales known up to ${safe(business.syncedTo.slice(0, 16).replace('T', ' '))} UTC.`}</p></header>
<main>
${summary(view)}
${target(projection)}
${sales(business)}
${listed(work)}
${heldUp(bottleneck)}
${stages(work)}
${stale(business)}
${right(accuracy)}
</main>
<footer>What is not known says why; it is never counted as zero. All times are UTC.</footer></body></html>
`;
}

const card = <T>(name: string, figure: Figure<T>, text: (value: T) => string): string =>
  isKnown(figure)
    ? `<div><dt>${safe(name)}</dt><dd>${safe(text(figure.value))}</dd></div>`
    : `<div><dt>${safe(name)}</dt><dd class="unknown">${sentence(figureText(figure, text))}</dd></div>`;

const summary = ({ work, business, projection }: StatsView): string =>
  `<h2>At a glance</h2><dl class="cards">${[
    card('went live', { value: work.listed }, String),
    card('of the tried are listed', work.success, shareText),
    card('sales', business.sales, ({ sales: count }) => String(count)),
    card('of this time’s listings sold', business.conversion, ({ share }) => shareText(share)),
    card('sell-through', business.sellThrough, ({ share }) => shareText(share)),
    card('average value', business.averageValue, amountText),
    card('revenue', business.revenue, amountText),
    card('profit', business.profit, ({ amount }) => amountText(amount)),
    card('margin', business.margin, shareText),
    card('short of the target', projection.shortPerDay, (value) => (value === 0 ? 'nothing' : `${numberText(value)} listings a day`)),
  ].join('')}</dl>`;

/** A table of its own region, so that it scrolls by itself and can be reached with the keyboard. */
const tableOf = (name: string, head: readonly string[], rows: readonly string[]): string =>
  `<div class="scroll" tabindex="0" role="region" aria-label="${safe(name)}"><table>${head.length > 0 ? `<thead><tr>${head.map(headCell).join('')}</tr></thead>` : ''}<tbody>${rows.join('')}</tbody></table></div>`;
/** Heads of columns of words. */
const WORDS: ReadonlySet<string> = new Set(['alone to the target', 'how', 'title']);
/** Above a drawing stands nothing: it repeats what the next column says. */
const headCell = (title: string): string =>
  title === '' ? '<td></td>' : `<th scope="col"${WORDS.has(title) ? ' class="words"' : ''}>${safe(title)}</th>`;
const row = (name: string, cells: readonly string[]): string => `<tr><th scope="row">${safe(name)}</th>${cells.join('')}</tr>`;
const cell = (text: string): string => `<td>${safe(text)}</td>`;
const words = (text: string): string => `<td class="words">${sentence(text)}</td>`;
/** Commands are shown as such. */
const sentence = (text: string): string => safe(text).replace(/`([^`]+)`/g, '<code>$1</code>');
const drawn = (share: number, kind?: string): string => `<td class="drawn">${bar(share, kind)}</td>`;

function target(view: ProjectionView): string {
  const { revenue, levers } = view;
  const share = isKnown(revenue) ? revenue.value.minor / Math.max(1, view.target.minor) : 0;
  const rows = [
    ['listings a day now', figureText(view.listedPerDay, numberText)],
    ['listings a day needed', figureText(view.neededPerDay, numberText)],
    ['in 30 days at this pace', figureText(revenue, amountText)],
    ['profit of that', figureText(view.profit, amountText)],
  ] as const;
  return `<h2>Your target: ${safe(amountText(view.target))} in 30 days, ${safe(numberText(view.marginPercent))} % left over</h2>
${isKnown(revenue) ? `<figure>${bar(share, share >= 1 ? 'good' : '')}<figcaption><span>${safe(amountText(revenue.value))} at this pace</span><span>${safe(shareText(share))} of the target</span></figcaption></figure>` : ''}
${tableOf(
  'Target',
  [],
  rows.map(([name, text]) => row(name, [words(text)])),
)}
${
  isKnown(levers) && levers.value.length > 0
    ? `<h3>What brings you nearer, most first</h3>${tableOf(
        'Levers',
        ['each alone, in 30 days', 'sold', 'profit', 'alone to the target', 'how'],
        levers.value.map((one) =>
          row(one.step, [
            cell(`+${amountText(one.revenue)}`),
            cell(one.profit ? `+${amountText(one.profit)}` : 'unknown'),
            words(one.alone ?? '–'),
            words(one.how),
          ]),
        ),
      )}`
    : `<p class="note">Levers: ${safe(figureText(levers, () => 'none'))}.</p>`
}`;
}

function sales(view: BusinessView): string {
  const { profit, fees, shipping, cost, refunds } = view;
  const whole = isKnown(profit) && profit.value.left === 0 && isKnown(fees) && isKnown(shipping) && isKnown(cost) && isKnown(refunds);
  const parts = whole
    ? ([
        ['profit', profit.value.amount],
        ['cost', cost.value],
        ['shipping', shipping.value.amount],
        ['fees', fees.value],
        ['refunds', refunds.value.amount],
      ] as const)
    : [];
  const rows = [
    ['revenue', figureText(view.revenue, amountText)],
    ['delivery paid by buyers', figureText(view.delivery, amountText)],
    ['fees', figureText(fees, amountText)],
    [
      'shipping',
      figureText(
        shipping,
        ({ amount, estimated }) =>
          `${amountText(amount)}${estimated > 0 ? `, ${counted(estimated, 'parcel')} by your pricing.shippingCost` : ''}`,
      ),
    ],
    ['cost', figureText(cost, amountText)],
    [
      'refunds',
      figureText(refunds, ({ amount, sales: count, share }) => `${amountText(amount)} of ${counted(count, 'sale')} (${shareText(share)})`),
    ],
    [
      'profit',
      figureText(
        profit,
        ({ amount, sales: count, left }) =>
          `${amountText(amount)} of ${counted(count, 'sale')}${left > 0 ? `; of ${left} more fees or cost are not known` : ''}`,
      ),
    ],
    ['margin', figureText(view.margin, shareText)],
    [
      'traffic',
      figureText(
        view.traffic,
        ({ listings, impressions, views }) =>
          `${impressions} times shown, ${counted(views, 'view')} of ${counted(listings, 'listing')} in 30 days`,
      ),
    ],
  ] as const;
  return `<h2>Sales</h2>
${
  whole
    ? stacked(
        parts.map(([name, amount]) => ({ name, text: amountText(amount), size: amount.minor })),
        'Where the money goes',
      )
    : ''
}
${tableOf(
  'Sales',
  [],
  rows.map(([name, text]) => row(name, [words(text)])),
)}
${view.otherCurrencies > 0 ? `<p class="note">${counted(view.otherCurrencies, 'sale')} in another currency than ${safe(view.currency)} left out.</p>` : ''}`;
}

const listed = ({ days, items }: WorkView): string => `<h2>Listings by day</h2>
${
  days.length > 0
    ? dayColumns(
        days,
        `Listings by day: ${days
          .filter((one) => one.listed > 0)
          .map(({ day, listed: count }) => `${day} ${count}`)
          .join(', ')}`,
      )
    : '<p class="note">Nothing went live in this time.</p>'
}
<p class="note">Items first seen in this time: ${Object.entries(items)
  .map(([name, count]) => `${count} ${name}`)
  .join(', ')}.</p>`;

const heldUp = (view: Figure<BottleneckView>): string => `<h2>What holds things up</h2>
${
  isKnown(view)
    ? `<div class="finding"><p>${safe(`${counted(view.value.items, 'item')} in ${counted(view.value.runs, 'run')} of ${durationText(view.value.wallMs / 1000)}: ${numberText(view.value.itemsPerHour)} an hour.`)}</p><p><strong>${safe(view.value.finding)}</strong></p><p>${sentence(view.value.cure)}</p></div>
<h3>How busy each service was</h3>${tableOf(
        'Services',
        ['service', '', 'busy', 'places', 'calls', 'failed', 'items an hour at most'],
        view.value.services.map((one) =>
          row(one.service, [
            drawn(one.utilisation, one.service === view.value.service ? 'full' : ''),
            cell(shareText(Math.min(1, one.utilisation))),
            ...[one.atOnce, one.calls, one.failed].map((value) => cell(String(value))),
            cell(numberText(one.itemsPerHour)),
          ]),
        ),
      )}`
    : `<p class="note">${safe(figureText(view, () => ''))}.</p>`
}`;

function stages({ stages: all, spend, microUsd }: WorkView): string {
  const longest = all.reduce((most, { p95Ms }) => Math.max(most, p95Ms), 1);
  return `<h2>Stages</h2>
${
  all.length === 0
    ? '<p class="note">No stage came to an end in this time.</p>'
    : tableOf(
        'Stages',
        ['stage', '', 'median', '95 % within', 'done', 'held', 'failed'],
        all.map((one) =>
          row(one.stage, [
            drawn(one.medianMs / longest),
            ...[one.medianMs, one.p95Ms].map((ms) => cell(one.done > 0 ? durationText(ms / 1000) : '–')),
            ...[one.done, one.held, one.failed].map((value) => cell(String(value))),
          ]),
        ),
      )
}
<h3>Paid for: ${safe(costText(microUsdToUsd(microUsd)))}</h3>
${
  spend.length === 0
    ? '<p class="note">No paid call was made.</p>'
    : tableOf(
        'Costs',
        ['call', '', 'cost', 'calls'],
        spend.map((one) =>
          row(one.operation, [
            drawn(one.microUsd / Math.max(1, microUsd)),
            cell(costText(microUsdToUsd(one.microUsd))),
            cell(String(one.calls)),
          ]),
        ),
      )
}`;
}

const stale = ({ stale: { days, count, value, oldest } }: BusinessView): string => `<h2>Stale stock</h2>
${
  count === 0
    ? `<p class="note">Nothing is live for ${days} days or longer.</p>`
    : `<p class="note">${safe(`${counted(count, 'listing')} live for ${days} days or longer, ${amountText(value)} asked${count > oldest.length ? `; the oldest ${oldest.length}` : ''}.`)}</p>${tableOf(
        'Stale stock',
        ['item', 'days', 'price', 'views', 'title'],
        oldest.map((one) =>
          row(one.item, [
            cell(String(one.days)),
            cell(one.price ? amountText(one.price) : '–'),
            cell(one.views === null ? '–' : String(one.views)),
            words(one.title ?? ''),
          ]),
        ),
      )}`
}`;

const right = ({ fields, total }: StatsView['accuracy']): string => `<h2>Accuracy of the analysis</h2>
${
  total.reviewed + total.added === 0
    ? '<p class="note">Unknown: you have approved, edited or updated nothing that was proposed.</p>'
    : tableOf(
        'Accuracy by field',
        ['field', '', 'right', 'reviewed', 'kept', 'changed', 'removed', 'added'],
        fields.map((one) =>
          row(one.field, [
            drawn(one.accuracy ?? 0, 'good'),
            cell(one.accuracy === null ? '–' : shareText(one.accuracy)),
            ...[one.reviewed, one.kept, one.changed, one.removed, one.added].map((value) => cell(String(value))),
          ]),
        ),
      )
}`;
