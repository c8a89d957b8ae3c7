import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { ServiceSettings } from '../../src/core/settings.ts';
import { defers, endsRun } from '../../src/resilience/deferring.ts';
import type { OutgoingOptions } from '../../src/resilience/guard.ts';
import { withTimeout } from '../../src/resilience/timeout.ts';
import { settle } from './fake-clock.ts';
import type { World } from './fakes.ts';
import { callOf, cancelled, gate, makeWorld, rateLimited, unavailable, watch } from './fakes.ts';

const REQUEST = { service: 'browse', operation: 'browse.search' } as const;
const PAID = { ...REQUEST, worstCaseMicroUsd: 10_000 };
const never = (): Promise<never> => new Promise(() => undefined);

interface WaitPoint {
  readonly where: string;
  readonly settings?: Partial<ServiceSettings>;
  readonly options?: Partial<OutgoingOptions>;
  /** Brings the service into the state in which the next call waits there. */
  readonly before?: (world: World) => Promise<unknown>;
  readonly attempt?: () => Promise<unknown>;
}

const WAIT_POINTS: readonly WaitPoint[] = [
  { where: 'in the queue', settings: { concurrency: 1 }, before: ({ outgoing }) => void outgoing.run(REQUEST, callOf(), never) as never },
  {
    where: 'for the rate window',
    settings: { window: { calls: 1, perMs: 60_000 } },
    before: ({ outgoing }) => outgoing.run(REQUEST, callOf(), async () => undefined),
  },
  {
    where: 'for a service that asked for quiet',
    settings: { tries: 1 },
    before: async ({ outgoing }) => {
      for (let at = 0; at < 2; at += 1)
        await outgoing.run(REQUEST, callOf(), () => Promise.reject(rateLimited(60_000))).catch(() => undefined);
    },
  },
  {
    where: 'for an open breaker',
    settings: { tries: 1 },
    options: { breakerPatienceMs: 60_000 },
    before: async ({ outgoing }) => {
      for (let at = 0; at < 5; at += 1) await outgoing.run(REQUEST, callOf(), () => Promise.reject(unavailable())).catch(() => undefined);
    },
  },
  {
    where: 'for room in the budget',
    options: { spendLimits: { run: 12_000 } },
    before: ({ outgoing }) => void outgoing.run(PAID, callOf(), never) as never,
  },
  { where: 'in the attempt', attempt: never },
  { where: 'in a retry pause', attempt: () => Promise.reject(unavailable()) },
  { where: 'in the pause the service asked for', attempt: () => Promise.reject(rateLimited(60_000)) },
];

describe('a cancel ends every wait at once', () => {
  it.each(WAIT_POINTS)('$where', async ({ settings, options, before, attempt = async () => 'done' }) => {
    const world = makeWorld(settings, options);
    await before?.(world);
    await settle();
    const timersBefore = world.clock.timers;
    const stop = new AbortController();
    const run = watch(world.outgoing.run(PAID, callOf({ signal: stop.signal }), attempt));
    await settle();
    expect(run.state).toBe('waiting');
    const reason = cancelled();
    stop.abort(reason);
    await settle();
    expect(run.error).toBe(reason);
    expect(world.clock.timers).toBe(timersBefore);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });

  it('before anything else when it came before the call', async () => {
    const { outgoing } = makeWorld();
    const reason = cancelled();
    let attempts = 0;
    await expect(outgoing.run(REQUEST, callOf({ signal: AbortSignal.abort(reason) }), async () => (attempts += 1))).rejects.toBe(reason);
    expect(attempts).toBe(0);
  });

  it('for many calls with one signal, without a warning from Node', async () => {
    const warnings = collectWarnings();
    const { outgoing } = makeWorld();
    const stop = new AbortController();
    const runs = Promise.allSettled(Array.from({ length: 50 }, () => outgoing.run(REQUEST, callOf({ signal: stop.signal }), never)));
    await settle();
    const reason = cancelled();
    stop.abort(reason);
    expect(await runs).toEqual(Array(50).fill({ status: 'rejected', reason }));
    await settle();
    expect(warnings()).toEqual([]);
  });

  it("reaches the attempt's own signal", async () => {
    const { outgoing } = makeWorld();
    const stop = new AbortController();
    let seen: AbortSignal | undefined;
    const run = watch(
      outgoing.run(REQUEST, callOf({ signal: stop.signal }), ({ signal }) => {
        seen = signal;
        return never();
      }),
    );
    await settle();
    const reason = cancelled();
    stop.abort(reason);
    await settle();
    expect(seen?.reason).toBe(reason);
    expect(run.state).toBe('failed');
  });
});

describe("a run's deadline", () => {
  it('aborts what is under way and lets nothing leave after it', async () => {
    const deadlineMs = Date.parse('2026-03-02T12:01:00Z');
    const { outgoing, clock } = makeWorld({ concurrency: 1, timeoutMs: 600_000 }, { deadlineMs });
    const early = outgoing.run(REQUEST, callOf(), async () => 'in time');
    await expect(early).resolves.toBe('in time');
    expect(clock.timers).toBe(0);
    const runs = [never, async () => 'late'].map((attempt) => watch(outgoing.run(REQUEST, callOf(), attempt)));
    await clock.advance(59_999);
    expect(runs.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    await clock.advance(1);
    for (const { error } of runs) {
      expect(error).toMatchObject({ code: 'time.exhausted' });
      expect([defers(error), endsRun(error)]).toEqual([true, true]);
    }
    await expect(outgoing.run(REQUEST, callOf(), async () => 'too late')).rejects.toMatchObject({ code: 'time.exhausted' });
    expect(clock.timers).toBe(0);
  });
});

describe('idle', () => {
  it('waits for calls, their pauses, and attempts that were given up but go on', async () => {
    const { outgoing, clock } = makeWorld({ timeoutMs: 1_000, tries: 2, strategy: 'fixed' });
    await outgoing.idle();
    const straggler = gate();
    const run = watch(outgoing.run(REQUEST, callOf(), ({ number }) => (number === 1 ? straggler.promise : Promise.resolve())));
    const idle = watch(outgoing.idle());
    await clock.advance(1_500);
    expect(run.state).toBe('waiting');
    await clock.advance(1_000);
    expect([run.state, idle.state]).toEqual(['done', 'waiting']);
    straggler.open();
    await settle();
    expect(idle.state).toBe('done');
    expect(clock.timers).toBe(0);
  });

  it('waits for a deaf attempt five seconds at most', async () => {
    const { outgoing, clock } = makeWorld({ timeoutMs: 1_000, tries: 1 });
    outgoing.run(REQUEST, callOf(), never).catch(() => undefined);
    await clock.advance(1_000);
    const idle = watch(outgoing.idle());
    await clock.advance(4_999);
    expect(idle.state).toBe('waiting');
    await clock.advance(1);
    expect(idle.state).toBe('done');
  });
});

it('works by the real clock too, also with a deadline that no timer can hold', async () => {
  const warnings = collectWarnings();
  const sixtyDays = 60 * 86_400_000;
  const { outgoing } = makeWorld(
    { timeoutMs: 20, tries: 2, strategy: 'immediate' },
    { clock: systemClock, deadlineMs: Date.now() + sixtyDays },
  );
  const run = outgoing.run(REQUEST, callOf(), ({ number, signal }) =>
    number > 1
      ? Promise.resolve('second')
      : new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
  );
  await expect(run).resolves.toBe('second');
  await outgoing.idle();
  expect(warnings()).toEqual([]);
});

it('a timeout leaves no listener on its signal', async () => {
  const { signal } = new AbortController();
  await expect(withTimeout({ operation: 'x', timeoutMs: 1_000, clock: systemClock, signal }, async () => 'done')).resolves.toBe('done');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

/** What Node warned of since; ends the collecting. */
function collectWarnings(): () => readonly Error[] {
  const warnings: Error[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning);
  process.on('warning', onWarning);
  return () => {
    process.off('warning', onWarning);
    return warnings;
  };
}
