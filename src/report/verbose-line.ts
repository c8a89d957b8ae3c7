import type { RunEvent } from '../core/events.ts';
import { durationText } from './amounts.ts';
import { reasonText } from './item-lines.ts';
import { clean } from './text.ts';

/** What only --verbose shows, as one plain line for standard error; undefined for other events. */
export function verboseLine(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'call.retried':
      return `retry     ${event.service}: attempt ${event.attempt} failed, again in ${durationText(event.waitMs / 1000)}: ${reasonText(event.reason)}`;
    case 'breaker.opened':
      return `pause     ${event.service} does not answer; its calls wait`;
    case 'breaker.closed':
      return `resumed   ${event.service} answers again`;
    case 'item.started':
      return `started   ${event.item} ${clean(event.source)}`;
    case 'stage.finished':
      return `stage     ${event.item} ${clean(event.stage)} ${event.kind} in ${durationText(event.ms / 1000)}`;
    default:
      return undefined;
  }
}
