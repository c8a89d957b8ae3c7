/** Care of the store itself. */
export interface UpkeepStore {
  /**
   * Copies everything into a new file while others go on working; absent: one in the folder for backups. Answers the file.
   * Errors: `usage.invalid` (the file exists), `store.*`.
   */
  backUp(file?: string): Promise<string>;
  /** The same once a day (UTC), and old ones go. Undefined: there is one of today, or none are wanted. Errors: `store.*`. */
  backUpDaily(): Promise<string | undefined>;
}
