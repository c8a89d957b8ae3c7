import { table } from './table.ts';

export interface GroupingScores {
  readonly piles: readonly {
    readonly pile: string;
    readonly items: number;
    readonly exact: number;
    readonly precision: number;
    readonly recall: number;
    readonly wrongFlagged: number;
    readonly rightFlagged: number;
  }[];
}

/** Ends with a line break. */
export function renderGroupingScores({ piles }: GroupingScores): string {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const lines = table({
    columns: [
      { title: 'PILE' },
      ...['ITEMS', 'EXACT', 'PRECISION', 'RECALL', 'WRONG FLAGGED', 'RIGHT FLAGGED'].map((title) => ({ title, align: 'right' as const })),
    ],
    rows: piles.map(({ pile, items, exact, precision, recall, wrongFlagged, rightFlagged }) => [
      pile,
      String(items),
      ...[exact, precision, recall, wrongFlagged, rightFlagged].map(percent),
    ]),
    width: Number.POSITIVE_INFINITY,
  });
  return `${lines.join('\n')}\n`;
}

export const groupingScoresJson = ({ piles }: GroupingScores): Record<string, unknown> => ({ type: 'eval.grouping', piles });
