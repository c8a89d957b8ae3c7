import type { OutStream } from '../report/report-context.ts';

/** What a command knows of the world around the program; tests hand in their own. */
export interface Shell {
  readonly env: NodeJS.ProcessEnv;
  readonly out: OutStream;
  readonly err: OutStream;
  /** The exit code; the last word counts. */
  readonly exit: (code: number) => void;
  /** The database is open: from now on trouble with it ends something that had begun. */
  readonly opened?: () => void;
}
