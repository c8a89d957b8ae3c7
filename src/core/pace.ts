import type { DailyWindow } from './daily-window.ts';
import { openedAt, shareElapsed } from './daily-window.ts';

/** So many new listings a day or an hour, spread evenly over it. */
export interface Pace {
  readonly count: number;
  readonly per: 'day' | 'hour';
}

const WHOLE_DAY: DailyWindow = { fromMinute: 0, toMinute: 24 * 60 };

/** `40/day`, `5/hour`; undefined: it is none. */
export function parsePace(text: string): Pace | undefined {
  const match = /^([1-9]\d{0,5})\s*\/\s*(day|hour)$/.exec(text.trim());
  return match ? { count: Number(match[1]), per: match[2] as Pace['per'] } : undefined;
}

/** The time from which listings count for a pace: when the day, the hour or the open window began. */
export function paceSince({ per }: Pace, window: DailyWindow | undefined, ms: number): number {
  return per === 'hour' ? startOfHour(ms) : openedAt(window ?? WHOLE_DAY, ms);
}

/**
 * How many may be begun at `ms`, when `listed` went live since `paceSince`: one at once, the others one by one over the day (or
 * its open window, or the hour). Pure.
 */
export function dueBy(pace: Pace, window: DailyWindow | undefined, ms: number, listed: number): number {
  const share = pace.per === 'hour' ? (ms - startOfHour(ms)) / 3_600_000 : shareElapsed(window ?? WHOLE_DAY, ms);
  return Math.max(0, Math.min(pace.count, Math.floor(pace.count * share) + 1) - listed);
}

function startOfHour(ms: number): number {
  const at = new Date(ms);
  at.setMinutes(0, 0, 0);
  return at.getTime();
}
