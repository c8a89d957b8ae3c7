import { Chalk } from 'chalk';
import { type AccuracyView, accuracyLines } from './accuracy.ts';
import type { TextStyle } from './text-style.ts';

export interface StatsView {
  /** ISO times, UTC. */
  readonly since: string;
  readonly until: string;
  readonly accuracy: AccuracyView;
}

/** `easyflip stats`: a heading for each part. Ends with a line break. */
export function renderStats({ since, until, accuracy }: StatsView, { color, columns }: TextStyle): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const lines = [
    paint.bold(`Accuracy of the analysis, ${since.slice(0, 10)} to ${until.slice(0, 10)}`),
    ...accuracyLines(accuracy, columns, paint.dim),
  ];
  return `${lines.join('\n')}\n`;
}

/** `easyflip stats --json`: one object in the published form. */
export const statsJson = (view: StatsView): Record<string, unknown> => ({ type: 'stats', ...view });
