import type { StoreCondition } from './store.ts';

/** Care of the store itself. */
export interface UpkeepStore {
  /**
   * Copies everything into a new file while others go on working; absent: one in the folder for backups. Answers the file.
   * Errors: `usage.invalid` (the file exists), `store.*`.
   */
  backUp(file?: string): Promise<string>;
  /** The same once a day (UTC), and old ones go. Undefined: there is one of today, or none are wanted. Errors: `store.*`. */
  backUpDaily(): Promise<string | undefined>;
  /** Looks through the whole file once a day (UTC) over all processes. Undefined: it was done today. Errors: `store.*`. */
  inspectDaily(): Promise<StoreCondition | undefined>;
  /** When the newest backup of the folder for backups was made (ISO time); undefined: there is none. */
  latestBackup(): Promise<string | undefined>;
  /**
   * Forgets the detail of items that have been over for `days`; never what tells items apart, what was approved, sold or spent.
   * `dryRun`: says what would go, and changes nothing. May be repeated. Errors: `store.*`.
   */
  prune(days: number, dryRun: boolean): Promise<Pruned>;
  /** The same once a day (UTC) over all processes. Undefined: it was done today. */
  pruneDaily(days: number): Promise<Pruned | undefined>;
}

export interface Pruned {
  /** Items that lost detail, and how many results of stages they lost. */
  readonly items: number;
  readonly results: number;
  /** Paid answers and uploads. */
  readonly answers: number;
  readonly runs: number;
  /** That became free inside the database. */
  readonly bytes: number;
  /** The file became smaller by it; else the room is used again. */
  readonly givenBack: boolean;
}
