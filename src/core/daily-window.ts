/** Part of every day in which work may begin, by the machine's own clock: minutes since midnight. It may pass midnight. */
export interface DailyWindow {
  readonly fromMinute: number;
  readonly toMinute: number;
}

const MINUTES = 24 * 60;

/** `20:00-06:00`; undefined: it is none. From and to alike is none: nobody can say whether that is always or never. */
export function parseWindow(text: string): DailyWindow | undefined {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim());
  if (!match) return undefined;
  const [fromHour, fromMinute, toHour, toMinute] = match.slice(1).map(Number) as [number, number, number, number];
  const window = { fromMinute: fromHour * 60 + fromMinute, toMinute: toHour * 60 + toMinute };
  return window.fromMinute === window.toMinute ? undefined : window;
}

/** Whether it is open at `ms` (milliseconds since 1970). The end no longer belongs to it. */
export function isOpen({ fromMinute, toMinute }: DailyWindow, ms: number): boolean {
  const minute = minuteOfDay(ms);
  return fromMinute < toMinute ? minute >= fromMinute && minute < toMinute : minute >= fromMinute || minute < toMinute;
}

/** How much of the open time of this day (or night) has passed at `ms`: 0 to below 1. A window that is closed counts as not begun. */
export function shareElapsed({ fromMinute, toMinute }: DailyWindow, ms: number): number {
  if (!isOpen({ fromMinute, toMinute }, ms)) return 0;
  // A whole day is as long as no time, counted round the clock.
  const length = (toMinute - fromMinute + MINUTES) % MINUTES || MINUTES;
  return (((exactMinuteOfDay(ms) - fromMinute + MINUTES) % MINUTES) / length) % 1;
}

/** When the window that is open at `ms` was opened; milliseconds since 1970. On days when clocks change it is off by the change. */
export function openedAt({ fromMinute }: DailyWindow, ms: number): number {
  return ms - ((exactMinuteOfDay(ms) - fromMinute + MINUTES) % MINUTES) * 60_000;
}

/** Milliseconds until it opens next; 0 while it is open. */
export function opensInMs(window: DailyWindow, ms: number): number {
  return isOpen(window, ms) ? 0 : Math.ceil(((window.fromMinute - exactMinuteOfDay(ms) + MINUTES) % MINUTES) * 60_000);
}

/** `20:00-06:00` */
export const windowText = ({ fromMinute, toMinute }: DailyWindow): string => `${timeText(fromMinute)}-${timeText(toMinute)}`;

const timeText = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const minuteOfDay = (ms: number): number => Math.floor(exactMinuteOfDay(ms));

function exactMinuteOfDay(ms: number): number {
  const at = new Date(ms);
  return at.getHours() * 60 + at.getMinutes() + (at.getSeconds() * 1000 + at.getMilliseconds()) / 60_000;
}
