import type { ErrorCode } from '../core/errors.ts';
import type { Outcome } from './error-guide/entry.ts';
import { table } from './table.ts';
import type { TextStyle } from './text-style.ts';

/** One code, as `easyflip explain` and docs/errors.md tell it. */
export interface Explained {
  readonly code: ErrorCode;
  readonly outcome: Outcome;
  readonly means: string;
  readonly cure: string;
  /** Within the run, by itself. */
  readonly repeated: boolean;
  /** By the next run, without a word of yours. */
  readonly nextRun: boolean;
  readonly endsRun: boolean;
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  told: 'only told; everything goes on',
  held: 'the item waits for you; the others go on',
  failed: 'the item or photo goes no further; the others go on',
  refused: 'the command does nothing',
  stopped: 'put off; what was finished is saved',
};

/** Whether it is tried again, in a few words. */
function againText({ outcome, repeated, nextRun, endsRun }: Explained): string {
  if (outcome === 'told') return 'nothing to repeat';
  const parts = [
    repeated && 'in the run, up to `services.NAME.tries`',
    nextRun ? 'by the next run' : repeated && 'then by `retry-failed`',
    endsRun && 'the run ends',
  ].filter((part) => typeof part === 'string');
  if (parts.length > 0) return parts.join('; ');
  return outcome === 'failed' ? 'by `retry-failed`, or when photo, sidecar or setting changes' : 'when you have acted';
}

/** One code in whole sentences, or a table of all. Ends with a line break. */
export function renderExplained(codes: readonly Explained[], { columns }: TextStyle): string {
  const [only, ...others] = codes;
  if (only && others.length === 0) {
    return `${only.code}: ${only.means}\nWhat becomes of it: ${OUTCOMES[only.outcome]}.\nWhat to do: ${only.cure}\nTried again: ${againText(only)}.\n`;
  }
  const lines = table({
    columns: [{ title: 'CODE' }, { title: 'MEANS', shrinks: true }, { title: 'WHAT TO DO', shrinks: true }],
    rows: codes.map(({ code, means, cure }) => [code, means, cure]),
    width: columns,
  });
  return `${lines.join('\n')}\n`;
}

/** docs/errors.md, between its marks: a table for each area. */
export function explainedPage(codes: readonly Explained[]): string {
  const areas = new Map<string, Explained[]>();
  for (const one of codes) {
    const [area = ''] = one.code.split('.');
    areas.set(area, [...(areas.get(area) ?? []), one]);
  }
  return [...areas]
    .map(
      ([area, members]) =>
        `## ${area}\n\n| code | what becomes of it | means | what to do | tried again |\n| --- | --- | --- | --- | --- |\n${members
          .map((one) => `| \`${one.code}\` | ${one.outcome} | ${one.means} | ${one.cure} | ${againText(one)} |`)
          .join('\n')}`,
    )
    .join('\n\n');
}

/** A line for each code, in the published form. */
export const explainedJson = (one: Explained): Record<string, unknown> => ({ type: 'code', ...one });
