import type { EvalComparison, EvalRun, ReadingRun } from './eval-view.ts';

/** `easyflip eval DIR --json`: one object. */
export const evalJson = (run: EvalRun, comparison: EvalComparison | null): Record<string, unknown> => ({
  type: 'eval',
  ...run,
  comparison,
});

/** `easyflip eval DIR --reading --json`: one object. */
export const readingJson = (run: ReadingRun): Record<string, unknown> => ({ type: 'eval.reading', ...run });
