import type { Reason } from '../core/errors.ts';
import type { Tally } from '../core/outcome.ts';

/** What scripts are told (DESIGN section 7); documented in README and `--help`. */
export const EXIT = {
  ok: 0,
  bug: 1,
  usage: 2,
  someFailed: 3,
  stoppedEarly: 4,
  interrupted: 130,
} as const;

/** The run's exit code: stopped early wins over failed items, which win over all well. */
export function exitCodeOf(tally: Tally, stop: Reason | undefined): number {
  const { failed, deferred } = tally.counts();
  if (tally.hasBug()) return EXIT.bug;
  if (stop?.code === 'run.cancelled') return EXIT.interrupted;
  if (stop || deferred > 0) return EXIT.stoppedEarly;
  return failed > 0 ? EXIT.someFailed : EXIT.ok;
}

const STOPPED: ReadonlySet<string> = new Set([
  'practice.unreachable',
  'provider.unavailable',
  'provider.auth',
  'provider.timeout',
  'provider.rate-limited',
  'provider.quota-exhausted',
]);

/** For an error that kept a command from starting, or ended one that is no run. `begun`: the database was open already. */
export function exitCodeOfError(reason: Reason, begun: boolean): number {
  if (reason.code === 'bug') return EXIT.bug;
  if (reason.code === 'run.cancelled') return EXIT.interrupted;
  if (reason.code.startsWith('store.')) return begun ? EXIT.stoppedEarly : EXIT.usage;
  return STOPPED.has(reason.code) ? EXIT.stoppedEarly : EXIT.usage;
}
