import { Chalk } from 'chalk';
import type { EvalComparison, EvalRun, FieldTally, ReadingRun } from './eval-view.ts';
import { table } from './table.ts';
import { clean } from './text.ts';
import type { TextStyle } from './text-style.ts';

export const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`);
export const usd = (amount: number): string => `${amount.toFixed(4)} USD`;
const seconds = (value: number | null): string => (value === null ? '–' : `${value.toFixed(1)} s`);

const COLUMNS = ['field', 'right', 'wrong', 'missing', 'rightly absent', 'wrong rate', 'recall', 'wrong and certain'];
const cells = (name: string, one: FieldTally): string[] => [
  name,
  ...[one.right, one.wrong, one.missing, one['rightly-absent']].map(String),
  percent(one.wrongRate),
  percent(one.recall),
  String(one.wrongAndCertain),
];

/** `easyflip eval DIR`. Ends with a line break. */
export function renderEval({ provider, model, tally, items, notes }: EvalRun, { color, columns }: TextStyle): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const rows = [...Object.entries(tally.fields).map(([name, one]) => cells(name, one)), cells('all', tally.all)];
  const { abstention, categories, titles } = tally;
  const wrong = items.flatMap(({ item, fields }) =>
    fields
      .filter(({ verdict }) => verdict === 'wrong')
      .map(
        ({ field, stated, expected }) =>
          `  ${clean(item)}: ${field} "${clean(stated ?? '')}", ${expected ? `true is ${clean(expected.join(' or '))}` : 'not visible'}`,
      ),
  );
  const faults = Object.entries(titles.faults).filter(([, count]) => count > 0);
  return [
    paint.bold(`${provider}${model ? ` ${clean(model)}` : ''}: ${tally.items} items, ${tally.failed} failed`),
    '',
    ...table({
      columns: COLUMNS.map((title, at) => ({ title, align: at === 0 ? ('left' as const) : ('right' as const) })),
      rows,
      width: columns,
    }),
    '',
    `silent where the photos show nothing: ${percent(abstention.kept)}; silences that were right: ${percent(abstention.justified)}`,
    `inventions: ${tally.inventions}`,
    `category: ${categories.judged === 0 ? 'not judged' : `first ${percent(categories.top1)}, among three ${percent(categories.top3)} (${categories.judged} items)`}`,
    `titles: ${titles.built} built, sound ${percent(titles.sound)}${faults.length > 0 ? ` (${faults.map(([fault, count]) => `${fault} ${count}`).join(', ')})` : ''}`,
    `cost: ${usd(tally.costUsd)}, ${usd(tally.costPerItemUsd ?? 0)} an item; time: ${seconds(tally.medianSeconds)} an item (median)`,
    ...(wrong.length > 0 ? ['', paint.red('Wrong:'), ...wrong] : []),
    ...items.flatMap(({ item, failed }) => (failed ? [paint.red(`failed: ${clean(item)}: ${clean(failed)}`)] : [])),
    ...notes.map((note) => paint.yellow(clean(note))),
    '',
  ].join('\n');
}

/** Both sides of the measure: filling in more is no gain where more of it is wrong. */
export const rates = ({ all }: EvalRun['tally']): string => `wrong rate ${percent(all.wrongRate)}, recall ${percent(all.recall)}`;

/** `--compare`: what changed, and the two rates beside each other. Ends with a line break. */
export function renderComparison(
  { with: other, changes, better, worse, before }: EvalComparison,
  now: EvalRun,
  { color }: TextStyle,
): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const said = (one: (typeof changes)[number]['now']): string => `${one.verdict}${one.stated === null ? '' : ` "${clean(one.stated)}"`}`;
  return [
    paint.bold(`Against ${clean(other)}: ${better} better, ${worse} worse`),
    `  before: ${rates(before)}`,
    `  now:    ${rates(now.tally)}`,
    ...changes.map((change) => `  ${clean(change.item)}: ${change.field} was ${said(change.before)}, is ${said(change.now)}`),
    '',
  ].join('\n');
}

/** `easyflip eval DIR --reading`. Ends with a line break. */
export function renderReading(run: ReadingRun, { color, columns }: TextStyle): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const rows = run.files.map(({ file, text, codes, seconds: took }) => [
    file,
    text ? percent(text.read / Math.max(text.expected, 1)) : '–',
    codes ? codes.readability : '–',
    codes ? (codes.wrong.length > 0 ? `WRONG ${codes.wrong.join(' ')}` : codes.read.join(' ') || 'none') : '–',
    seconds(took),
  ]);
  return [
    paint.bold(`reader ${run.reader}: ${run.files.length} photos`),
    '',
    ...table({
      columns: [
        { title: 'file', shrinks: true },
        { title: 'text', align: 'right' },
        { title: 'code is' },
        { title: 'code read' },
        { title: 'time', align: 'right' },
      ],
      rows,
      width: columns,
    }),
    '',
    `text: ${percent(run.text.characterRecall)} of the characters on ${run.text.files} photos`,
    ...run.codes.map(({ readability, files, hit, wrong }) => `codes, ${readability}: ${hit} of ${files}, ${wrong} wrong`),
    ...run.files.flatMap(({ file, claimsUnreadable }) =>
      claimsUnreadable ? [paint.red(`${clean(file)}: text is claimed that a person cannot read`)] : [],
    ),
    `cost: ${usd(run.costUsd)}; time: ${seconds(run.medianSeconds)} a photo (median)`,
    '',
  ].join('\n');
}
