import type { RunEvent, RunFinished, WatchCounts, WatchWaiting } from '../core/events.ts';
import { counted } from './amounts.ts';
import { placeText } from './item-lines.ts';
import { summaryLine } from './summary.ts';

type Told = Extract<RunEvent, { readonly type: 'watch.started' | 'watch.stopped' }>;

/** The first and the last line of a watch. */
export function watchLine(event: Told, cwd: string): string {
  const place = placeText(event.folder, cwd);
  if (event.type === 'watch.stopped') return `Watch of ${place} stopped in order: ${countsText(event.counts)}`;
  return `Watching ${place}: a folder is taken when it was quiet for ${event.quietSeconds} s. Ctrl-C stops in order.`;
}

/** The first and the last lines of `review`. */
export function reviewLines(event: Extract<RunEvent, { readonly type: 'review.started' | 'review.stopped' }>): readonly string[] {
  if (event.type === 'review.stopped') return ['The review was stopped in order.'];
  return [`Decide at ${event.url} (opens once)`, `Look on at ${event.viewerUrl}`, 'Ctrl-C stops in order.'];
}

/** `waiting  3 items settle, 2 items wait (paused)  12 listed, 1 held`: the last line of the terminal while nothing is under way. */
export function waitingText({ settling, queued, why, until, counts }: WatchWaiting): string {
  const parts = [
    settling > 0 ? `${counted(settling, 'item')} not quiet yet` : '',
    queued > 0 || why !== null
      ? `${queued > 0 ? `${counted(queued, 'item')} wait${queued === 1 ? 's' : ''}` : 'waiting'}${why === null ? '' : ` (${reasonOf(why, until)})`}`
      : '',
  ].filter((part) => part !== '');
  return `watching  ${parts.length > 0 ? `${parts.join(', ')}  ` : ''}${countsText(counts)}`;
}

/** One run of many, in a line; `suffix` makes the command meet the same database. */
export function watchedRunLine(end: RunFinished, suffix: string): string {
  const asks = end.counts.held + end.counts.failed > 0;
  return `${summaryLine(end)}${asks ? `; easyflip status${suffix} tells what they need` : ''}`;
}

export const WAITS = ['paused', 'window', 'pace', 'trouble'] as const satisfies readonly NonNullable<WatchWaiting['why']>[];

function reasonOf(why: NonNullable<WatchWaiting['why']>, until: string | null): string {
  const at = until === null ? '' : new Date(until).toTimeString().slice(0, 5);
  switch (why) {
    case 'paused':
      return 'paused: easyflip unpause';
    case 'window':
      return `until ${at}`;
    case 'pace':
      return 'for the pace';
    case 'trouble':
      return at === '' ? 'tried again' : `tried again at ${at}`;
  }
}

function countsText({ listed, held, failed, deferred }: WatchCounts): string {
  const others = [
    [held, 'held'],
    [failed, 'failed'],
    [deferred, 'left for later'],
  ] as const;
  return [`${listed} listed`, ...others.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)].join(', ');
}
