import { isAbsolute, relative } from 'node:path';
import type { ItemFinished, RunEvent } from '../core/events.ts';
import { moneyLabel } from '../core/money.ts';
import type { Outcome } from '../core/outcome.ts';
import { clean } from './text.ts';

/** Words for people; each fits the same column. */
const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  listed: 'listed',
  already: 'already',
  held: 'held',
  failed: 'failed',
  deferred: 'deferred',
  skipped: 'skipped',
};

/** What a dry run would have done. */
export const outcomeWord = (outcome: Outcome, dryRun: boolean): string =>
  dryRun && outcome === 'listed' ? 'would list' : OUTCOME_WORDS[outcome];

/** Files that lie among photos rightly: a person need not see each of them. */
export const isOrdinaryFile = (event: Extract<RunEvent, { type: 'file.refused' }>): boolean => event.reason.code.startsWith('file.');

/** A path as a person would type it here, cleaned for printing. */
export function placeText(path: string, cwd: string): string {
  const near = isAbsolute(path) ? relative(cwd, path) : path;
  if (near === '') return '.';
  return clean(near.startsWith('..') ? path : near);
}

/** `No brand was found. [facts.missing]` */
export const reasonText = ({ message, code }: { readonly message: string; readonly code: string }): string => `${clean(message)} [${code}]`;

/** `$19.99, of which eBay takes about $3.22 (fee table of 2026-02-01)` */
export const estimateText = ({ price, fees, feesAsOf }: NonNullable<ItemFinished['estimate']>): string =>
  `${moneyLabel(price)}, of which eBay takes about ${moneyLabel(fees)} (estimate, fee table of ${feesAsOf})`;

/** The title when there is one, else the folder's name. */
export function nameOf({ title, source }: Pick<ItemFinished, 'title' | 'source'>, cwd: string): string {
  return title === undefined || title === '' ? placeText(source, cwd) : clean(title);
}
