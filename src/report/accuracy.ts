import { counted } from './amounts.ts';
import { table } from './table.ts';
import { clean } from './text.ts';

/** What sellers made of proposals. */
export interface Judged {
  /** Proposals that a seller looked at: kept, changed or removed. */
  readonly reviewed: number;
  readonly kept: number;
  readonly changed: number;
  readonly removed: number;
  /** Values that the seller gave where nothing had been proposed. */
  readonly added: number;
  /** Kept of reviewed, 0 to 1; null where nothing was reviewed. */
  readonly accuracy: number | null;
}

/** Each most often judged first. */
export interface AccuracyView {
  readonly items: number;
  readonly total: Judged;
  readonly fields: readonly (Judged & { readonly field: string })[];
  readonly providers: readonly (Judged & {
    readonly provider: string;
    readonly model: string | null;
    readonly fields: readonly (Judged & { readonly field: string })[];
  })[];
  readonly evidence: readonly (Judged & { readonly evidence: string })[];
}

/** Lines of `easyflip stats` about how right the analysis is. `dim` paints what is beside the point. */
export function accuracyLines(
  { items, total, fields, providers, evidence }: AccuracyView,
  columns: number,
  dim: (text: string) => string,
): string[] {
  if (total.reviewed + total.added === 0)
    return ['You have approved, edited or updated nothing that was proposed; how right the analysis is shows here once you have.'];
  const part = <Row extends Judged>(title: string, rows: readonly Row[], nameOf: (row: Row) => string): string[] => [
    '',
    ...table({
      columns: [
        { title, shrinks: true },
        ...['RIGHT', 'REVIEWED', 'KEPT', 'CHANGED', 'REMOVED', 'ADDED'].map((name) => ({ title: name, align: 'right' as const })),
      ],
      rows: rows.map((row) => [
        clean(nameOf(row)),
        percent(row.accuracy),
        ...[row.reviewed, row.kept, row.changed, row.removed, row.added].map(String),
      ]),
      width: columns,
      paint: (cell, row) => (row < 0 ? dim(cell) : cell),
    }),
  ];
  return [
    `${percent(total.accuracy)} of ${counted(total.reviewed, 'proposal')} on ${counted(items, 'item')} were right`,
    ...part('FIELD', fields, ({ field }) => field),
    ...part('BY', providers, ({ provider, model }) => (model === null ? provider : `${provider} ${model}`)),
    ...part('RESTING ON', evidence, (row) => row.evidence),
    '',
    dim('Kept counts where you approved an item; a field counts as changed whenever you gave another value.'),
  ];
}

const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 1000) / 10} %`);
