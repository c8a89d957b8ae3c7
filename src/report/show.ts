import type { ChalkInstance } from 'chalk';
import { Chalk } from 'chalk';
import type { PriceBasis } from '../core/listing.ts';
import { moneyLabel } from '../core/money.ts';
import { costText, counted, durationText } from './amounts.ts';
import { basisText, evidenceText } from './evidence.ts';
import { htmlText } from './html-text.ts';
import { placeText, reasonText } from './item-lines.ts';
import { moneyJson, reasonJson } from './json-lines.ts';
import { nextCommand } from './next-command.ts';
import { salesTable, storedSaleJson, trafficJson, trafficText } from './sale.ts';
import { statusItemJson } from './status.ts';
import { storyLines, storyPartsJson } from './story.ts';
import { table } from './table.ts';
import { clean, padEnd, wrap } from './text.ts';
import type { TextStyle } from './text-style.ts';
import type { ShownStage, ShowView } from './views.ts';

/** `easyflip show ITEM`: what is known and from where, what each stage did, and the command that settles what is open. */
export function renderShow(view: ShowView, style: TextStyle): string {
  const paint = new Chalk({ level: style.color ? 1 : 0 });
  const sections = [
    heading(view, paint, style),
    listingPart(view, style),
    section(paint, 'Item specifics', aspectLines(view)),
    section(paint, 'Facts', factLines(view, style.columns)),
    section(
      paint,
      'Not known',
      view.unknowns.map(({ name, why }) => `${name}: ${clean(why)}`),
    ),
    section(paint, 'Description', view.description === null ? [] : paragraphs(htmlText(view.description), style.columns)),
    section(
      paint,
      'Photos',
      view.photos.flatMap((photo) => photoLines(photo, style)),
    ),
    section(paint, 'Stages', stageLines(view.stages, style.columns)),
    section(paint, 'What happened', storyLines({ ...view.story, item: view.item }, style.columns - 2)),
    section(paint, 'Sales', salesLines(view, style.columns)),
    openPart(view, paint, style),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function heading({ item }: ShowView, paint: ChalkInstance, { cwd = process.cwd() }: TextStyle): string[] {
  const title = clean(item.title ?? placeText(item.source, cwd));
  const facts = [item.state, ...(item.stage === null ? [] : [item.stage]), counted(item.photos, 'photo'), `cost ${costText(item.costUsd)}`];
  return [paint.bold(title), `${item.id}  SKU ${clean(item.sku)}  ${facts.join(', ')}`, placeText(item.source, cwd)];
}

function listingPart({ item, categoryPath, condition, parcel, priceBasis, decision }: ShowView, { columns }: TextStyle): string[] {
  const rows: [string, string][] = [];
  if (item.categoryId !== null) rows.push(['category', `${item.categoryId}${categoryPath === null ? '' : ` ${categoryPath}`}`]);
  if (condition) rows.push(['condition', `${condition.word} (${condition.id})${condition.note === null ? '' : `: ${condition.note}`}`]);
  if (parcel?.weight)
    rows.push(['parcel', `${parcel.weight.value} ${parcel.weight.unit.toLowerCase()}${parcel.estimated ? ', an estimate' : ''}`]);
  if (item.price) rows.push(['price', `${moneyLabel(item.price)}${priceBasis ? `, ${basisText(priceBasis)}` : ''}`]);
  if (item.listingId !== null) rows.push(['listing', `${item.listingId}${item.listingUrl === null ? '' : ` ${item.listingUrl}`}`]);
  if (decision) rows.push(['decision', `${decision.kind}, ${decision.at}`]);
  return rows.flatMap(([name, text]) => hanging(padEnd(name, 11), clean(text), columns));
}

const aspectLines = ({ aspects }: ShowView): string[] =>
  aspects.map(({ name, values, fact }) => `${clean(name)}: ${clean(values.join(', '))}${fact ? ` (${evidenceText(fact)})` : ''}`);

function factLines({ facts }: ShowView, columns: number): string[] {
  if (facts.length === 0) return [];
  return table({
    columns: [
      { title: 'FACT' },
      { title: 'VALUE', shrinks: true },
      { title: 'SURE', align: 'right' },
      { title: 'PROVEN' },
      { title: 'EVIDENCE', shrinks: true },
    ],
    rows: facts.map(({ name, fact, proven }) => [
      name,
      fact.value,
      `${Math.round(fact.confidence * 100)} %`,
      proven ? 'yes' : 'no',
      evidenceText(fact),
    ]),
    width: columns - 2,
  });
}

function photoLines(photo: ShowView['photos'][number], { cwd = process.cwd() }: TextStyle): string[] {
  const { number, path, width, height, takenAt, place, removed, changes, problems } = photo;
  const taken = takenAt === null ? '' : `, taken ${clean(takenAt).replace('T', ' ')}`;
  const shown = place === null || place === number ? '' : `, ${place === 1 ? 'the cover' : `shown as ${place}`}`;
  return [
    `${String(number).padStart(2)}  ${placeText(path, cwd)}  ${width} x ${height}${taken}${shown}`,
    ...(removed.length > 0 ? [`    removed: ${removed.join(', ').replaceAll('-', ' ')}`] : []),
    ...(changes.length > 0 ? [`    changed: ${changes.map(({ what, note }) => `${what.replace('-', ' ')} ${note}`).join(', ')}`] : []),
    ...problems.map(({ severity, reason }) => `    ${severity === 'hold' ? 'holds it' : 'warning'}: ${reasonText(reason)}`),
  ];
}

function stageLines(stages: readonly ShownStage[], columns: number): string[] {
  if (stages.length === 0) return [];
  return table({
    columns: [
      { title: 'STAGE' },
      { title: 'RESULT' },
      { title: 'TRIES', align: 'right' },
      { title: 'STARTED' },
      { title: 'TOOK', align: 'right' },
      { title: 'REASON', shrinks: true },
    ],
    rows: stages.map(({ stage, kind, attempts, startedAt, finishedAt, reason }) => [
      stage,
      // The program died or is still at it.
      kind === 'started' ? 'unfinished' : kind,
      String(attempts),
      startedAt,
      tookText(startedAt, finishedAt),
      reason ? reasonText(reason) : '',
    ]),
    width: columns - 2,
  });
}

function tookText(startedAt: string, finishedAt: string | null): string {
  const ms = finishedAt === null ? Number.NaN : Date.parse(finishedAt) - Date.parse(startedAt);
  return Number.isFinite(ms) ? durationText(ms / 1000) : '-';
}

function openPart({ item }: ShowView, paint: ChalkInstance, { columns, commandSuffix }: TextStyle): string[] {
  const command = nextCommand(item.id, item.state, item.reason ?? undefined, commandSuffix);
  const lines: string[] = [];
  if (item.reason) lines.push(...wrap(reasonText(item.reason), columns), ...wrap(clean(item.reason.hint), columns));
  if (command) lines.push(`${paint.bold('Next:')} ${paint.cyan(command)}`);
  return lines;
}

function salesLines({ sales, traffic }: ShowView, columns: number): readonly string[] {
  return [
    ...(sales.length > 0
      ? salesTable(sales, { title: 'ORDER', of: ({ orderId }) => clean(orderId), columns: columns - 2, label: ({ label }) => label })
      : []),
    ...(traffic ? [trafficText(traffic)] : []),
  ];
}

const section = (paint: ChalkInstance, title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [paint.bold(title), ...lines.map((line) => `  ${line}`)];

const paragraphs = (text: string, columns: number): string[] =>
  text.split(/\r?\n/).flatMap((line) => (line === '' ? [''] : wrap(clean(line), columns - 2)));

const hanging = (name: string, text: string, columns: number): string[] =>
  wrap(text, columns - name.length).map((line, at) => (at === 0 ? name : ' '.repeat(name.length)) + line);

/** `easyflip show ITEM --json`: the status form with everything behind it. */
export function showJson(view: ShowView, commandSuffix = ''): Record<string, unknown> {
  const {
    item,
    photos,
    categoryPath,
    condition,
    parcel,
    priceBasis,
    description,
    aspects,
    facts,
    unknowns,
    stages,
    decision,
    sales,
    traffic,
  } = view;
  return {
    ...statusItemJson(item),
    photos: photos.map(({ number, path, width, height, takenAt, place, removed, changes, warnings, problems }) => ({
      number,
      path,
      width,
      height,
      takenAt,
      place,
      removed,
      changes: changes.map(({ what, note }) => ({ what, note })),
      warnings: warnings.map(reasonJson),
      problems: problems.map(({ severity, reason }) => ({ severity, ...reasonJson(reason) })),
    })),
    categoryPath,
    condition,
    parcel,
    priceBasis: priceBasis && basisJson(priceBasis),
    description,
    aspects: aspects.map(({ name, values, fact }) => ({ name, values, evidence: fact?.evidence ?? [] })),
    facts: facts.map(({ name, fact, proven }) => ({
      name,
      value: fact.value,
      confidence: fact.confidence,
      proven,
      evidence: fact.evidence,
    })),
    unknowns: unknowns.map(({ name, why }) => ({ name, why })),
    stages: stages.map(({ stage, kind, attempts, startedAt, finishedAt, reason }) => ({
      stage,
      kind,
      attempts,
      startedAt,
      finishedAt,
      reason: reason && reasonJson(reason),
    })),
    decision: decision && { kind: decision.kind, at: decision.at },
    sales: sales.map(storedSaleJson),
    traffic: traffic && trafficJson(traffic),
    ...storyPartsJson(view.story),
    next: nextCommand(item.id, item.state, item.reason ?? undefined, commandSuffix) ?? null,
  };
}

function basisJson(basis: PriceBasis): Record<string, unknown> {
  if (basis.kind === 'seller') return { kind: 'seller' };
  if (basis.kind === 'margin') return { kind: 'margin', cost: moneyJson(basis.cost), percent: basis.percent };
  const { kind, by, count, low, median, high, query, withShipping, askedAt } = basis;
  return { kind, by, count, low: moneyJson(low), median: moneyJson(median), high: moneyJson(high), query, withShipping, askedAt };
}
