import type { ErrorCode } from '../../core/errors.ts';

/**
 * What becomes of what it is said of. `told`: nothing, it is only said. `held`: the item waits for a person. `failed`: the item, or the
 * photo, goes no further. `refused`: the command does nothing. `stopped`: the run or the item is put off and can go on later.
 */
export type Outcome = 'told' | 'held' | 'failed' | 'refused' | 'stopped';

/** What becomes of it, what it means, what to do. */
export type Entry = readonly [outcome: Outcome, means: string, cure: string];

/** Codes of these areas: `photo.empty` is of `photo`. */
export type Of<Area extends string> = Extract<ErrorCode, Area | `${Area}.${string}`>;
