import type { Reason } from '../core/errors.ts';
import type { ItemFinished, RunEvent } from '../core/events.ts';
import { decimalText, type Money } from '../core/money.ts';

/** The events that scripts get, in the published form (schemas.ts); the others are for people only. */
const PUBLISHED = {
  'run.started': ['run', 'environment', 'dryRun', 'at'],
  'run.notice': ['message'],
  'run.stopping': ['reason'],
  'scan.finished': ['items', 'photos', 'refused'],
  'file.refused': ['path', 'reason'],
  'file.warned': ['path', 'item', 'reason'],
  'batch.sent': ['batch', 'questions', 'costUsdMax'],
  'batch.progress': ['batch', 'status', 'total', 'completed', 'failed'],
  'batch.finished': ['batch', 'status', 'answered', 'failed', 'costUsd'],
  'watch.started': ['folder', 'quietSeconds'],
  'watch.waiting': ['settling', 'queued', 'why', 'until', 'counts'],
  'watch.stopped': ['folder', 'counts'],
  'review.started': ['url', 'viewerUrl'],
  'review.stopped': [],
  'item.finished': ['item', 'sku', 'source', 'outcome', 'listingId', 'listingUrl', 'title', 'estimate', 'reason'],
  'run.finished': ['run', 'environment', 'dryRun', 'counts', 'removed', 'costUsd', 'seconds', 'exitCode'],
} as const satisfies { [Type in RunEvent['type']]?: readonly (keyof Extract<RunEvent, { type: Type }>)[] };

const COUNTS = ['items', 'listed', 'already', 'held', 'failed', 'deferred', 'skipped'] as const;

/**
 * The JSON form of an event, or undefined when scripts do not get it. Only the published keys, in
 * their order: an event that carries more in the program does not change what scripts see.
 */
export function eventJson(event: RunEvent): Record<string, unknown> | undefined {
  const keys = (PUBLISHED as Readonly<Record<string, readonly string[] | undefined>>)[event.type];
  if (!keys) return undefined;
  const line: Record<string, unknown> = { type: event.type };
  for (const key of keys) {
    const value = (event as unknown as Readonly<Record<string, unknown>>)[key];
    if (value === undefined) continue;
    if (key === 'reason') line[key] = reasonJson(value as Reason);
    else if (key === 'estimate') line[key] = estimateJson(value as NonNullable<ItemFinished['estimate']>);
    else if (key === 'counts' && event.type === 'run.finished') line[key] = pick(value as Readonly<Record<string, unknown>>, COUNTS);
    else line[key] = value;
  }
  return line;
}

export const reasonJson = ({ code, message, hint }: Reason): Reason => ({ code, message, hint });

/** As eBay writes amounts: `{ "value": "24.99", "currency": "USD" }`. */
export const moneyJson = (money: Money): { value: string; currency: string } => ({ value: decimalText(money), currency: money.currency });

const estimateJson = ({ price, fees, feesAsOf }: NonNullable<ItemFinished['estimate']>): Record<string, unknown> => ({
  price: moneyJson(price),
  fees: moneyJson(fees),
  feesAsOf,
});

function pick(from: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, from[key]]));
}

/** One line of JSON with its line break. */
export const jsonLine = (value: unknown): string => `${jsonText(value)}\n`;

/**
 * JSON without a line break. Characters that JSON allows but that end lines, drive terminals or turn the order
 * of letters around (DEL, C1 controls, U+2028 and U+2029, marks of direction) are escaped, so that the value is kept and the line stays one line.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
