import type { Reason } from './errors.ts';

/** Something about one photo of an item that its seller should know before buyers see it. */
export interface PhotoIssue {
  /** 1-based, in listing order. */
  readonly photo: number;
  /** `hold`: a person must look before it goes live. `warn`: it is said and the item goes on. */
  readonly severity: 'warn' | 'hold';
  readonly reason: Reason;
}
