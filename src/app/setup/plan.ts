import { EasyflipError } from '../../core/errors.ts';
import type { Call } from '../../core/ports/index.ts';
import type { SetupStep } from '../../report/setup.ts';
import { type Answers, choice, type QuestionKey } from './questions.ts';

/** What was settled by looking and asking; carried out later, when nothing can be missing any more. */
export type Plan = (call: Call) => Promise<SetupStep>;

interface Existing {
  readonly id: string;
  readonly name: string;
}

/** The configured one if it still exists, else the one named by flag, else the only one, else the one chosen; undefined when there is none. */
export async function among(
  existing: readonly Existing[],
  configured: string | null,
  key: QuestionKey,
  what: string,
  { answers }: { readonly answers: Answers },
): Promise<SetupStep | undefined> {
  const named = answers.given[key];
  const kept = named === undefined ? existing.find(({ id }) => id === configured) : undefined;
  if (kept) return { what, id: kept.id, name: kept.name, how: 'kept' };
  const [only] = existing;
  if (!only && named !== undefined) {
    throw new EasyflipError('usage.invalid', `--${key} ${named}: the account has no ${what} yet.`, {
      hint: 'Leave it out, and a new one can be created.',
    });
  }
  if (!only) return undefined;
  if (existing.length === 1 && named === undefined) return { what, id: only.id, name: only.name, how: 'only' };
  const id = await choice(
    answers,
    key,
    existing.map((one) => ({ value: one.id, label: one.name || one.id })),
  );
  return { what, id, name: existing.find((one) => one.id === id)?.name ?? '', how: 'chosen' };
}
