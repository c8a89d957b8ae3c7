import { EasyflipError } from '../core/errors.ts';
import type { ServiceName } from '../core/settings.ts';

/** A service that asks for a longer pause than this is not waited for: its items are put off instead. */
export const LONGEST_RETRY_AFTER_MS = 5 * 60_000;

/** The error for a pause that is too long to wait out; not retryable, so that the item is deferred. */
export function rateLimitedTooLong(service: ServiceName, retryAfterMs: number, details: { mayHaveHappened?: boolean } = {}): EasyflipError {
  const minutes = Math.ceil(retryAfterMs / 60_000);
  return new EasyflipError('provider.rate-limited', `The ${service} service asks us to wait ${minutes} minutes.`, {
    hint: `Run \`easyflip resume\` in ${minutes} minutes.`,
    retryAfterMs,
    ...details,
  });
}
