import { type ErrorCode, isEasyflipError, type Reason } from '../core/errors.ts';
import type { Call, Describer, Description } from '../core/ports/index.ts';

/**
 * The first describer that answers. One behind the first says in its description whom it stands in for; what `local` makes
 * of it is then held for review, since it sees much less. Errors: the first one's, when none answers.
 */
export function withFallback(describers: readonly Describer[]): Describer {
  const [first, ...behind] = describers;
  if (!first) throw new RangeError('there is no describer');
  if (behind.length === 0) return first;
  return {
    name: first.name,
    describe: (request, call) => firstAnswer((describer) => describer.describe(request, call), [first, ...behind], call),
    ...(first.lookAgain ? { lookAgain: first.lookAgain.bind(first) } : {}),
  };
}

async function firstAnswer(
  ask: (describer: Describer) => Promise<Description>,
  describers: readonly Describer[],
  { signal }: Call,
): Promise<Description> {
  let failure: { readonly error: unknown; readonly reason: Reason } | undefined;
  for (const describer of describers) {
    try {
      const description = await ask(describer);
      return failure ? { ...description, insteadOf: failure.reason } : description;
    } catch (error) {
      if (signal.aborted || !isEasyflipError(error) || !isProviders(error.code)) throw error;
      failure ??= { error, reason: error.reason };
    }
  }
  throw failure?.error;
}

/** The provider's own trouble. A budget, a stop and a full disk are no reason to ask somebody else. */
const isProviders = (code: ErrorCode): boolean => code.startsWith('provider.') || code === 'breaker.open';
