import { Chalk } from 'chalk';
import type { Reason } from '../core/errors.ts';
import { isEasyflipError, ProblemsError, reasonOf } from '../core/errors.ts';
import { clean } from './text.ts';

export interface ErrorStyle {
  readonly verbose: boolean;
  readonly color: boolean;
  /** Covers secrets; stacks and messages of bugs may hold anything. Default: nothing is covered. */
  readonly redact?: (text: string) => string;
}

/**
 * An error for people: sentence, code, every problem, next step; ends with a line break. A bug shows its
 * stack always, an expected error only with `verbose`. The cause is never shown: it may carry tokens.
 */
export function renderError(error: unknown, { verbose, color, redact = (text) => text }: ErrorStyle): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const { code, message, hint } = reasonOf(error);
  const safe = (text: string): string => clean(redact(text));
  const lines = [`${paint.red('error:')} ${safe(message)} ${paint.dim(`[${code}]`)}`];
  if (error instanceof ProblemsError) lines.push(...error.problems.map((problem) => `  - ${safe(problem)}`));
  if (verbose || !isEasyflipError(error)) lines.push(...stackOf(error).map((line) => paint.dim(`    ${safe(line)}`)));
  lines.push(`${paint.bold('next:')}  ${safe(hint)}`);
  return `${lines.join('\n')}\n`;
}

export interface ErrorLine {
  readonly type: 'error';
  readonly reason: Reason;
  readonly problems?: readonly string[];
}

/** The same for scripts: one JSON line under `--json`. */
export function errorJson(error: unknown, redact: (text: string) => string = (text) => text): ErrorLine {
  const { code, message, hint } = reasonOf(error);
  const reason = { code, message: redact(message), hint: redact(hint) };
  if (!(error instanceof ProblemsError)) return { type: 'error', reason };
  return { type: 'error', reason, problems: error.problems.map(redact) };
}

/** The frames only: the message has been said, and the cause must not be. */
function stackOf(error: unknown): string[] {
  if (!(error instanceof Error) || error.stack === undefined) return [];
  return error.stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '));
}
