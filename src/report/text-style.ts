/** How a text is to look. */
export interface TextStyle {
  readonly color: boolean;
  /** Columns of the terminal; Infinity when piped. */
  readonly columns: number;
  /** Every item; otherwise only the newest of those that need nothing. Default: false. */
  readonly all?: boolean;
  readonly commandSuffix?: string;
  /** Paths are shown relative to it. Default: the working folder. */
  readonly cwd?: string;
}
