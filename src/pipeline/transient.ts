import type { ErrorCode } from '../core/errors.ts';

/**
 * Failures whose cause lies in the moment: the next run tries them again by itself. All others are
 * remembered and wait for `retry-failed`.
 */
const TRANSIENT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'provider.unavailable',
  'provider.timeout',
  'provider.rate-limited',
  'practice.unreachable',
]);

export const canPassByItself = (code: ErrorCode): boolean => TRANSIENT.has(code);
