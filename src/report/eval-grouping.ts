import { table } from './table.ts';

/** How well piles of one kind were taken apart. Shares are 0 to 1. */
export interface PileScore {
  readonly pile: string;
  readonly items: number;
  /** Items whose photos are exactly those of one item. */
  readonly exact: number;
  /** Of the borders that were drawn, how many are right; of those that are there, how many were drawn. */
  readonly precision: number;
  readonly recall: number;
  /** Of the groups that are not exactly one item, the share that a person is asked to look at. */
  readonly wrongFlagged: number;
  /** Of the groups that are right, the share that a person is asked to look at all the same. */
  readonly rightFlagged: number;
}

/** Ends with a line break. */
export function renderGroupingScores(piles: readonly PileScore[]): string {
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

export const groupingScoresJson = (piles: readonly PileScore[]): Record<string, unknown> => ({ type: 'eval.grouping', piles });
