import type { Pause, Paused } from '../core/ports/index.ts';
import type { App } from './app.ts';

/** Answers everything that is paused now. Repeatable. */
export async function pause({ store, clock }: App, what: Paused): Promise<readonly Pause[]> {
  await store.pauses.pause(what, new Date(clock.now()).toISOString());
  return await store.pauses.pauses();
}

/** Undefined: everything. Answers what went on, and what is still paused. Repeatable. */
export async function unpause(
  { store }: App,
  what?: Paused,
): Promise<{ readonly ended: readonly Pause[]; readonly still: readonly Pause[] }> {
  const ended = await store.pauses.unpause(what);
  return { ended, still: await store.pauses.pauses() };
}
