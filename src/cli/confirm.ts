import { EasyflipError } from '../core/errors.ts';

/** Can a person be asked? Both ends must be a terminal: a question into a pipe would wait for ever. */
export const canAsk = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true;

/** Asks yes or no on the terminal; no is the answer of Enter and of Ctrl-C. Errors: `usage.invalid` where nobody can be asked. */
export async function confirm(question: string, flag: string): Promise<boolean> {
  if (!canAsk()) {
    throw new EasyflipError('usage.invalid', `${question} Nobody can be asked here.`, { hint: `Say yes beforehand with ${flag}.` });
  }
  const { confirm: ask } = await import('@clack/prompts');
  return (await ask({ message: question, initialValue: false })) === true;
}
