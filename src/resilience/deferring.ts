import type { ErrorCode } from '../core/errors.ts';
import { isEasyflipError } from '../core/errors.ts';

/** Nothing is wrong with the item: it goes on when the reason has passed. */
const DEFERRING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'breaker.open',
  'budget.exhausted',
  'budget.item-exhausted',
  'time.exhausted',
  'time.outside-window',
  'run.paused',
  'service.paused',
  'run.cancelled',
  'provider.quota-exhausted',
  'provider.rate-limited',
  'provider.auth',
  'provider.no-credit',
  'provider.model-missing',
  'provider.no-batches',
  'batch.waiting',
  'listing.selling-limit',
  'claim.lost',
  'machine.disk-low',
  'machine.memory-low',
  'store.full',
  'store.read-only',
  'store.damaged',
  'store.unusable',
]);

/** No other item would fare better. An open breaker and a used-up quota are not here: they concern one service. */
const RUN_ENDING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'budget.exhausted',
  'time.exhausted',
  'time.outside-window',
  'run.paused',
  'provider.auth',
  'provider.no-credit',
  'provider.model-missing',
  'provider.no-batches',
  'listing.selling-limit',
  'store.full',
  'store.read-only',
  'store.damaged',
  'store.unusable',
]);

/**
 * True: the item is put off, keeps its progress, and `resume` takes it up again. False: it failed.
 *
 * A service that is unavailable or times out until the last try fails the item (`retry-failed` takes it):
 * as long as the breaker is closed others get through, so it may well be this item's call. A service that
 * is down for everybody opens the breaker, and that defers. Rate limits defer always: the item is not to blame.
 */
export const defers = (error: unknown): boolean => isEasyflipError(error) && DEFERRING.has(error.code);

/**
 * True: the run ends in order, with exit code 4, and is continued later. Not for `run.cancelled`, which
 * ends it with 130. What is already paid for and needs nothing of the kind may still be finished.
 */
export const endsRun = (error: unknown): boolean => isEasyflipError(error) && RUN_ENDING.has(error.code);

const INTAKE_CLOSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'budget.exhausted',
  'time.outside-window',
  'run.paused',
  'machine.disk-low',
  'machine.memory-low',
]);

/**
 * True: no new item is begun, but those under way go on, and then the run ends. What is left of a budget does not do for
 * the next call; what was paid for already should not wait beside it. On a machine that runs short, what is nearly done needs least.
 */
export const closesIntake = (error: unknown): boolean => isEasyflipError(error) && INTAKE_CLOSING.has(error.code);
