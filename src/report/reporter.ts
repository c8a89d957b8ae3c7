import { Chalk } from 'chalk';
import { JsonReporter } from './json-reporter.ts';
import { PlainReporter } from './plain-reporter.ts';
import type { OutStream, ReportContext, Reporter } from './report-context.ts';
import { TerminalReporter } from './terminal-reporter.ts';

export type ReportFormat = 'terminal' | 'plain' | 'json';

export interface ReporterOptions {
  readonly format: ReportFormat;
  /** Results. */
  readonly out: OutStream;
  /** Progress and what --verbose adds. */
  readonly err: OutStream;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  /** Default: what the stream says at that moment, else 80. */
  readonly columns?: number | undefined;
  /** The same for its height, else 24. */
  readonly rows?: number | undefined;
  /** Added to commands that are proposed, so that they can be copied: ` --env sandbox`. */
  readonly commandSuffix?: string;
  /** Paths are shown relative to it. Default: the working folder. */
  readonly cwd?: string;
  /** Milliseconds, for the remaining time. Default: Date.now. */
  readonly now?: () => number;
}

export function createReporter(options: ReporterOptions): Reporter {
  const { format, out, err, quiet, verbose, color, columns, rows, commandSuffix = '', cwd = process.cwd(), now = Date.now } = options;
  const context: ReportContext = {
    out,
    err,
    quiet,
    verbose,
    paint: new Chalk({ level: color && format === 'terminal' ? 1 : 0 }),
    columns: () => Math.max(20, columns ?? out.columns ?? err.columns ?? 80),
    rows: () => rows ?? out.rows ?? err.rows ?? 24,
    commandSuffix,
    cwd,
    now,
  };
  if (format === 'json') return new JsonReporter(context);
  return format === 'plain' ? new PlainReporter(context) : new TerminalReporter(context);
}

/**
 * The form that fits the streams: JSON when asked for, colours and a bar only on a terminal that can.
 * NO_COLOR (no-color.org) takes colours away when it is not empty; TERM=dumb means plain lines.
 */
export function outputStyle(
  flags: { readonly json?: boolean | undefined },
  env: NodeJS.ProcessEnv,
  out: OutStream,
): { readonly format: ReportFormat; readonly color: boolean } {
  if (flags.json) return { format: 'json', color: false };
  if (out.isTTY !== true || env.TERM === 'dumb') return { format: 'plain', color: false };
  return { format: 'terminal', color: !env.NO_COLOR };
}
