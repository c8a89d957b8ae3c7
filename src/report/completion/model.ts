/** What a shell has to know of one command to complete its words. */
export interface CompletedCommand {
  /** Names from the program down: `[]` is the program, `['group', 'merge']`. */
  readonly path: readonly string[];
  readonly description: string;
  readonly options: readonly {
    /** `--env`. */
    readonly flag: string;
    readonly description: string;
    /** A word follows. */
    readonly takesValue: boolean;
    /** What the word may be; empty: anything, such as a file. */
    readonly choices: readonly string[];
  }[];
  /** What its first word may be, where only some words will do. */
  readonly words: readonly string[];
}

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type ShellName = (typeof SHELLS)[number];

/** Commands directly below one. */
export const below = (all: readonly CompletedCommand[], path: readonly string[]): readonly CompletedCommand[] =>
  all.filter((one) => one.path.length === path.length + 1 && path.every((name, at) => one.path[at] === name));

/** In single quotes, for any of the three shells. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
