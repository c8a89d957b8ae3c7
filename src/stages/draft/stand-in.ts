import type { ErrorCode } from '../../core/errors.ts';
import type { Description } from '../../core/ports/index.ts';

/** The local analysis looked, because the chosen provider did not answer. */
export const isStandIn = ({ provider, insteadOf }: Description): boolean => provider === 'local' && insteadOf !== undefined;

/** What cost nothing and may have passed. After a refusal or a useless answer nobody is asked again unasked: each is paid for. */
const OUTAGES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'provider.unavailable',
  'provider.timeout',
  'provider.rate-limited',
  'provider.quota-exhausted',
  'provider.auth',
  'provider.no-credit',
  'provider.model-missing',
  'breaker.open',
]);

/** Serves only until the chosen provider can be reached again. */
export const isForOutage = (described: Description): boolean =>
  isStandIn(described) && described.insteadOf !== undefined && OUTAGES.has(described.insteadOf.code);
