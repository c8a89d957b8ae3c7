import type { ItemId } from '../item.ts';
import type { MicroUsd } from '../money.ts';
import type { ServiceName } from '../settings.ts';

/** Travels with every call to a port: who asks, how urgent it is, and when to stop. */
export interface Call {
  readonly signal: AbortSignal;
  /** Higher goes first. The runner gives later stages more, so that listings go live early. */
  readonly priority: number;
  readonly itemId?: ItemId;
  /** One attempt and no more: for what would be good to know. */
  readonly once?: boolean;
}

/** Who is paid for a call, as the ledger keeps it. */
export interface PaidCall {
  readonly provider: string;
  readonly model: string;
  /** Pictures in the request. */
  readonly pictures: number;
}

/** What the other side says it counted. */
export interface TokenUsage {
  readonly input: number;
  /** The part of `input` that came from the provider's cache. */
  readonly cached: number;
  readonly output: number;
}

export interface OutgoingRequest {
  readonly service: ServiceName;
  /** For events and logs: `inventory.publishOffer`. */
  readonly operation: string;
  /** Worst case of what this attempt may cost; reserved before, settled after. Default: free. */
  readonly worstCaseMicroUsd?: MicroUsd;
  /** Set: the call is written into the ledger with its tokens, also when it costs nothing. */
  readonly paid?: PaidCall;
}

/** Given to each attempt. */
export interface Attempt {
  /** Aborts on cancel, on the attempt's timeout and on the run's deadline: hand it to the request. */
  readonly signal: AbortSignal;
  /** 1 for the first. */
  readonly number: number;
  /** Report the true cost once it is known; without it the worst case stands. */
  readonly settle: (cost: MicroUsd, usage?: TokenUsage) => void;
  /** Tell what the service answered, for events and logs; the newest word counts. */
  readonly answered: (answer: ServiceAnswer) => void;
}

/** What may be told of an answer: numbers, and the service's own name for the request. Never its words. */
export interface ServiceAnswer {
  /** HTTP status. */
  readonly status?: number;
  readonly requestId?: string;
  readonly errorIds?: readonly number[];
}

/**
 * The only door to the network (and to CPU-heavy local engines). Each call waits for its turn,
 * for its rate window and quota, for the breaker, is retried as its service's settings say, and
 * is paid from the budget.
 *
 * Errors: what the attempt threw (an EasyflipError) after the last try; `breaker.open`,
 * `budget.exhausted`, `budget.item-exhausted`, `provider.quota-exhausted` without an attempt; the signal's reason when aborted.
 * An attempt must throw EasyflipError only, already translated; `retryable` decides about another try.
 */
export interface Outgoing {
  run<T>(request: OutgoingRequest, call: Call, attempt: (attempt: Attempt) => Promise<T>): Promise<T>;
}
