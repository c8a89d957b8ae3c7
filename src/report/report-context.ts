import type { Chalk } from 'chalk';
import type { RunEvent } from '../core/events.ts';

/** Shows a run while it happens. `on` never throws because of what an event holds. */
export interface Reporter {
  on(event: RunEvent): void;
  /** Takes the progress bar away and gives the terminal back; call it in every case, also after an error. Repeatable. */
  close(): void;
}

/** A stream as process.stdout and process.stderr are; tests hand in their own. */
export interface OutStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** What the three reporters share, resolved. */
export interface ReportContext {
  readonly out: OutStream;
  readonly err: OutStream;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly paint: InstanceType<typeof Chalk>;
  readonly columns: () => number;
  readonly rows: () => number;
  readonly commandSuffix: string;
  readonly cwd: string;
  readonly now: () => number;
}
