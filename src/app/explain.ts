import { EasyflipError, ERROR_CODES, type ErrorCode } from '../core/errors.ts';
import { nearestKey } from '../intake/nearest-key.ts';
import { canPassByItself } from '../pipeline/transient.ts';
import { ERROR_GUIDE } from '../report/error-guide/guide.ts';
import type { Explained } from '../report/explain.ts';
import { defers, endsRun } from '../resilience/deferring.ts';

/** Errors of these codes are repeated within the run, up to `services.NAME.tries`, wherever the service says that it may pass. */
const REPEATED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'provider.rate-limited',
  'provider.unavailable',
  'provider.timeout',
  'provider.bad-reply',
  'provider.wrong-shape',
  'provider.empty-reply',
]);

/** All codes, or the one that is named. Errors: `usage.invalid`. */
export function explain(name: string | undefined): readonly Explained[] {
  if (name === undefined) return ERROR_CODES.map(explained);
  const code = ERROR_CODES.find((known) => known === name);
  if (code) return [explained(code)];
  const near = nearestKey(name, ERROR_CODES);
  throw new EasyflipError('usage.invalid', `There is no code "${name.slice(0, 60)}".`, {
    hint: near ? `Did you mean "${near}"?` : '`easyflip explain` lists all of them.',
  });
}

function explained(code: ErrorCode): Explained {
  const [outcome, means, cure] = ERROR_GUIDE[code];
  const error = new EasyflipError(code, '', { hint: '' });
  return {
    code,
    outcome,
    means,
    cure,
    repeated: REPEATED.has(code),
    nextRun: outcome === 'stopped' || defers(error) || canPassByItself(code),
    endsRun: endsRun(error),
  };
}
