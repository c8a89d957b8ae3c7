/** A wait this long is no wait any more; it keeps times from leaving the range of dates. */
const LONGEST_MS = 365 * 86_400_000;

/** The three forms of a date in HTTP (RFC 9110, 5.6.7). Date.parse alone makes a date of nearly anything: of `-1` and of `wait 5 minutes`. */
const HTTP_DATE =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun), \d{2} [a-z]{3} \d{4} \d{2}:\d{2}:\d{2} gmt|(?:mon|tues|wednes|thurs|fri|satur|sun)day, \d{2}-[a-z]{3}-\d{2} \d{2}:\d{2}:\d{2} gmt|(?:mon|tue|wed|thu|fri|sat|sun) [a-z]{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4})$/i;

/**
 * How long a service asks us to wait, in whole milliseconds: `Retry-After` in seconds (also with decimals, as some
 * send them) or as an HTTP date (RFC 9110, 10.2.3). Undefined for anything else, so that garbage is no order. Pure.
 */
export function retryAfterMs(header: unknown, nowMs: number): number | undefined {
  if (typeof header !== 'string' && typeof header !== 'number') return undefined;
  const text = String(header).trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return atMost(Number(text) * 1_000);
  if (!HTTP_DATE.test(text)) return undefined;
  const at = Date.parse(/gmt$/i.test(text) ? text : `${text} GMT`);
  return Number.isNaN(at) ? undefined : atMost(at - nowMs);
}

const atMost = (ms: number): number => Math.min(LONGEST_MS, Math.max(0, Math.round(ms)));
