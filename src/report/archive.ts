import type { Reason } from '../core/errors.ts';
import { counted } from './amounts.ts';
import { placeText, reasonText } from './item-lines.ts';
import { reasonJson } from './json-lines.ts';

export interface ArchiveView {
  readonly dryRun: boolean;
  readonly items: readonly { readonly item: string; readonly from: string; readonly to: string | null; readonly reason: Reason | null }[];
}

export interface VerifyView {
  readonly checked: number;
  readonly damaged: readonly { readonly item: string; readonly path: string; readonly state: 'changed' | 'missing' | 'unreadable' }[];
}

/** Ends with a line break. */
export function renderArchive({ dryRun, items }: ArchiveView, cwd = process.cwd()): string {
  const lines = items.map(({ item, from, to, reason }) =>
    to === null
      ? `stays       ${item} ${placeText(from, cwd)}: ${reason ? reasonText(reason) : ''}`
      : `${dryRun ? 'would move' : 'moved'.padEnd(10)}  ${item} ${placeText(from, cwd)} to ${placeText(to, cwd)}`,
  );
  const moved = items.filter(({ to }) => to !== null).length;
  return `${[...lines, `${counted(moved, 'item')} ${dryRun ? 'would be moved' : 'moved'}, ${items.length - moved} stay`].join('\n')}\n`;
}

/** Ends with a line break. */
export function renderVerify({ checked, damaged }: VerifyView, cwd = process.cwd()): string {
  const lines = damaged.map(({ item, path, state }) => `${state.padEnd(12)}${item} ${placeText(path, cwd)}`);
  return `${[...lines, `${counted(checked, 'original')} read, ${damaged.length} not as listed`].join('\n')}\n`;
}

export const archiveJson = ({ dryRun, items }: ArchiveView): Record<string, unknown> => ({
  type: 'archive.finished',
  dryRun,
  items: items.map(({ item, from, to, reason }) => ({ item, from, to, ...(reason && { reason: reasonJson(reason) }) })),
});

export const verifyJson = ({ checked, damaged }: VerifyView): Record<string, unknown> => ({ type: 'archive.verified', checked, damaged });
