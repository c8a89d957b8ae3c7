import type { Pruned } from '../core/ports/upkeep-store.ts';
import { counted } from './amounts.ts';

export interface RestoreView {
  readonly from: string;
  readonly database: string;
  /** Where the database lies that was replaced; null: there was none. */
  readonly replaced: string | null;
}

export interface VerifyStoreView {
  readonly file: string;
  readonly checks: readonly { readonly check: string; readonly problems: readonly string[] }[];
}

/** Ends with a line break. */
export const renderBackup = (file: string): string => `The database was copied to ${file}\n`;

/** Ends with a line break. */
export const renderRestore = ({ from, database, replaced }: RestoreView): string =>
  `${from} is the database now (${database}).\n${replaced === null ? '' : `What was there before lies in ${replaced}\n`}`;

/** Ends with a line break. */
export function renderVerifyStore({ file, checks }: VerifyStoreView): string {
  const bad = checks.filter(({ problems }) => problems.length > 0);
  const lines = checks.flatMap(({ check, problems }) =>
    problems.length === 0 ? [`well     ${check}`] : problems.map((problem) => `problem  ${check}: ${problem}`),
  );
  const verdict =
    bad.length === 0
      ? `${file} is sound.`
      : `${file} has ${counted(bad.length, 'problem')}. Put a backup in its place with \`easyflip restore FILE\`.`;
  return `${[...lines, verdict].join('\n')}\n`;
}

export const isSound = ({ checks }: VerifyStoreView): boolean => checks.every(({ problems }) => problems.length === 0);

export const backupJson = (file: string): Record<string, unknown> => ({ type: 'backup.made', file });
export const restoreJson = (view: RestoreView): Record<string, unknown> => ({ type: 'backup.restored', ...view });
export const verifyStoreJson = (view: VerifyStoreView): Record<string, unknown> => ({
  type: 'store.verified',
  sound: isSound(view),
  ...view,
});

export interface PruneView extends Pruned {
  readonly dryRun: boolean;
  readonly days: number;
}

/** Ends with a line break. */
export function renderPrune({ dryRun, days, items, results, answers, runs, bytes, givenBack }: PruneView): string {
  const what = `${counted(results, 'result')} of ${counted(items, 'item')}, ${counted(answers, 'paid answer')}, ${counted(runs, 'run')}`;
  const room = `${(bytes / 1_000_000).toFixed(1)} MB`;
  if (dryRun) return `Over for ${days} days, would go: ${what}; ${room}.\n`;
  return `Over for ${days} days, gone: ${what}; ${room} ${givenBack ? 'given back to the disk' : 'free inside the database'}.\n`;
}

export const pruneJson = (view: PruneView): Record<string, unknown> => ({ type: 'prune.finished', ...view });
