import type { RunEvent } from '../core/events.ts';
import { reasonText } from './item-lines.ts';
import { logEntry } from './log/log-entry.ts';
import { clean } from './text.ts';

/** What --verbose adds; the rest of the log stands on standard output in words of its own. */
const SHOWN: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'run.begun',
  'item.started',
  'stage.finished',
  'call.finished',
  'call.retried',
  'breaker.opened',
  'breaker.closed',
  'places.changed',
]);

/**
 * The line of the log in readable form, for standard error, with what the log must not keep and its owner may see: sentences
 * and folders. Undefined for other events. `10:00:00.000 warn  call.retried    service=model attempt=1 …: A sentence. [code]`
 */
export function verboseLine(event: RunEvent, nowMs: number): string | undefined {
  if (!SHOWN.has(event.type)) return undefined;
  const { level, fields } = logEntry(event);
  const told = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return `${new Date(nowMs).toISOString().slice(11, 23)} ${level.padEnd(5)} ${event.type.padEnd(14)} ${told.join(' ')}${wordsOf(event)}`;
}

function wordsOf(event: RunEvent): string {
  if (event.type === 'item.started') return ` ${clean(event.source)}`;
  return event.type === 'call.retried' ? `: ${reasonText(event.reason)}` : '';
}
