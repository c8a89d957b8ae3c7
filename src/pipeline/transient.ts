import type { ErrorCode } from '../core/errors.ts';

/**
 * Failures whose cause lies in the moment: the next run tries them again by itself. All others are
 * remembered and wait for `retry-failed`.
 */
const TRANSIENT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'provider.unavailable',
  'provider.timeout',
  'provider.rate-limited',
  // A gateway's page, half an answer. What a model was paid for and is no use has codes of its own.
  'provider.bad-reply',
  'practice.unreachable',
]);

export const canPassByItself = (code: ErrorCode): boolean => TRANSIENT.has(code);
