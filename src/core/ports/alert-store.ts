import type { Alert, AlertLevel, StoredAlert } from '../alert.ts';

/** What a channel is to be told. `resolved`: it was told before that it was the case, and it no longer is. */
export interface Notice {
  readonly alert: StoredAlert;
  readonly state: 'firing' | 'resolved';
}

export interface NoticeRules {
  readonly from: AlertLevel;
  /** What is still the case is told again after so long; null: never. Milliseconds. */
  readonly repeatMs: number | null;
  /** What comes back sooner than this after it was told to be over is not told at once. Milliseconds. */
  readonly flapMs: number;
  /** Unless something critical is new, notices wait until so long after the last message, and go in one. Milliseconds. */
  readonly gatherMs: number;
}

/** Notices that were handed out, and what to put back if they did not arrive. */
interface TakenNotices {
  readonly notices: readonly Notice[];
  giveBack(): Promise<void>;
}

/**
 * What is the matter, and who was told of it: shared by all processes, so that ten of them tell once.
 * Errors: `store.*`.
 */
export interface AlertStore {
  /** The whole truth of this moment: what is not among `found` is over. Repeatable. */
  observe(found: readonly Alert[], at: string): Promise<void>;
  /** Still the case, most serious first, then oldest. */
  firing(): Promise<readonly StoredAlert[]>;
  /**
   * Takes what this channel is to be told now, in one transaction; nobody else gets it. Give it back if it could not be sent.
   * A program that dies between the two tells it again with the next repetition.
   */
  take(channel: string, rules: NoticeRules, nowMs: number): Promise<TakenNotices>;
}
