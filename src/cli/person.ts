import type { Person } from '../app/setup/questions.ts';
import { EasyflipError } from '../core/errors.ts';
import { canAsk } from './confirm.ts';

/** Whoever sits at the terminal; undefined in a pipe, in cron, with --json. */
export async function personAtTerminal(): Promise<Person | undefined> {
  if (!canAsk()) return undefined;
  const { confirm, isCancel, password, select, text } = await import('@clack/prompts');
  const answered = async <T>(question: Promise<T | symbol>): Promise<T> => {
    const answer = await question;
    if (!isCancel(answer)) return answer as T;
    throw new EasyflipError('run.cancelled', 'You left before the end.', {
      hint: 'Run the same command again.',
    });
  };
  return {
    choose: (message, options) =>
      answered<string>(select({ message, options: options.map(({ value, label }) => ({ value, label, hint: value })) })),
    write: (message, initial, problem) =>
      answered<string>(
        text({
          message,
          ...(initial === undefined ? {} : { initialValue: initial }),
          validate: (value) => problem((value ?? '').trim()),
        }),
      ),
    writeSecret: (message, problem) => answered<string>(password({ message, validate: (value) => problem((value ?? '').trim()) })),
    agree: (message) => answered<boolean>(confirm({ message })),
  };
}
