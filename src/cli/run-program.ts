import { CommanderError } from 'commander';
import { EXIT, exitCodeOfError } from '../app/exit-code.ts';
import { nearest } from '../config/nearest.ts';
import { redact } from '../config/redact.ts';
import { secretsIn } from '../config/secrets.ts';
import { refuseWithoutTls } from '../config/tls.ts';
import { EasyflipError, reasonOf } from '../core/errors.ts';
import { errorJson, renderError } from '../report/error.ts';
import { jsonLine } from '../report/json-lines.ts';
import { outputStyle } from '../report/reporter.ts';
import { createProgram } from './program.ts';
import type { Shell } from './shell.ts';

/** Arguments to exit code: the only place that catches everything. */
export async function runProgram(argv: readonly string[], shell: Shell, version: string): Promise<void> {
  let begun = false;
  const opened = (): void => {
    begun = true;
  };
  const program = createProgram({ ...shell, opened }, version);
  program.hook('preAction', () => refuseWithoutTls(shell.env));
  try {
    if (argv.length === 0) {
      program.outputHelp();
      return shell.exit(EXIT.usage);
    }
    await program.parseAsync(argv, { from: 'user' });
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return;
    const error = thrown instanceof CommanderError ? usageError(thrown, argv) : thrown;
    report(error, argv, shell);
    shell.exit(exitCodeOfError(reasonOf(error), begun));
  }
}

function report(error: unknown, argv: readonly string[], shell: Shell): void {
  const covered = (text: string): string => redact(text, secretsIn(shell.env));
  if (argv.includes('--json')) {
    shell.out.write(jsonLine(errorJson(error, covered)));
    return;
  }
  const { color } = outputStyle({}, shell.env, shell.err);
  shell.err.write(renderError(error, { verbose: argv.includes('--verbose'), color, redact: covered }));
}

function usageError({ message }: CommanderError, argv: readonly string[]): EasyflipError {
  const [first = '', suggestion] = message.replace(/^error: /, '').split('\n');
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}${/[.!?)]$/.test(first) ? '' : '.'}`;
  const help = suggestion ?? choiceNear(first);
  // Of `easyflip config sett`, config is known.
  const command = argv.find((word) => !word.startsWith('-') && !message.includes(`unknown command '${word}'`));
  return new EasyflipError('usage.invalid', help ? `${sentence} ${help}` : sentence, {
    hint: `Run \`easyflip ${command ? `${command} ` : ''}--help\`.`,
  });
}

/** Of commands and options commander itself tells the nearest, of values it does not. */
function choiceNear(message: string): string | undefined {
  const [, value = '', choices = ''] = /'([^']*)' is invalid.* Allowed choices are (.*)\.$/.exec(message) ?? [];
  const near = nearest(value, choices.split(', '));
  return near ? `(Did you mean ${near}?)` : undefined;
}
