import { describe, expect, it } from 'vitest';
import { EasyflipError } from '../../src/core/errors.ts';
import { defers } from '../../src/resilience/deferring.ts';
import { pauseMs } from '../../src/resilience/retry.ts';
import { settle } from './fake-clock.ts';
import { callOf, cancelled, gate, makeWorld, rateLimited, rejected, seeded, unavailable, watch } from './fakes.ts';

const REQUEST = { service: 'inventory', operation: 'inventory.publishOffer' } as const;

describe('pauses', () => {
  it('jitters over the whole of 1 s, 2 s, 4 s … 30 s', () => {
    const random = seeded(7);
    for (let failed = 1; failed <= 9; failed += 1) {
      const ceiling = Math.min(30_000, 1_000 * 2 ** (failed - 1));
      const pauses = Array.from({ length: 500 }, () => pauseMs('exponential', failed, random));
      expect(Math.min(...pauses)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...pauses)).toBeLessThanOrEqual(ceiling);
      expect(Math.min(...pauses)).toBeLessThan(ceiling * 0.05);
      expect(Math.max(...pauses)).toBeGreaterThan(ceiling * 0.95);
    }
  });

  it.each([
    ['linear', [1_000, 2_000, 3_000, 30_000]],
    ['fixed', [1_000, 1_000, 1_000, 1_000]],
    ['immediate', [0, 0, 0, 0]],
  ] as const)('%s', (strategy, expected) => {
    expect([1, 2, 3, 90].map((failed) => pauseMs(strategy, failed, () => 0.99))).toEqual(expected);
  });
});

describe('retries', () => {
  it('repeats until it works, numbers the attempts and tells of each pause', async () => {
    const { outgoing, clock, events } = makeWorld({ tries: 5 });
    const numbers: number[] = [];
    const end = watch(
      outgoing.run(REQUEST, callOf(), async ({ number }) => {
        numbers.push(number);
        if (number < 4) throw unavailable();
        return 'listed';
      }),
    );
    await clock.advance(500);
    expect(numbers).toEqual([1, 2]);
    await clock.advance(10_000);
    expect(end).toMatchObject({ state: 'done', value: 'listed' });
    expect(numbers).toEqual([1, 2, 3, 4]);
    expect(events.flatMap((event) => (event.type === 'call.retried' ? [[event.attempt, event.waitMs, event.reason.code]] : []))).toEqual([
      [1, 500, 'provider.unavailable'],
      [2, 1_000, 'provider.unavailable'],
      [3, 2_000, 'provider.unavailable'],
    ]);
    expect(clock.timers).toBe(0);
  });

  it('stops after the last try with its error', async () => {
    const { outgoing, clock } = makeWorld({ tries: 3, strategy: 'fixed' });
    let attempts = 0;
    const end = watch(
      outgoing.run(REQUEST, callOf(), async () => {
        attempts += 1;
        throw unavailable();
      }),
    );
    await clock.advance(60_000);
    expect(attempts).toBe(3);
    expect(end).toMatchObject({ state: 'failed', error: { code: 'provider.unavailable' } });
  });

  it.each([
    ['a refusal', rejected()],
    ['a bug', new TypeError('x is undefined')],
  ])('does not repeat %s', async (_what, error) => {
    const { outgoing } = makeWorld();
    let attempts = 0;
    const run = outgoing.run(REQUEST, callOf(), async () => {
      attempts += 1;
      throw error;
    });
    await expect(run).rejects.toBe(error);
    expect(attempts).toBe(1);
  });

  it('waits as long as the service asks', async () => {
    const { outgoing, clock } = makeWorld();
    const at: number[] = [];
    const end = watch(
      outgoing.run(REQUEST, callOf(), async ({ number }) => {
        at.push(clock.now());
        if (number === 1) throw rateLimited(90_000);
      }),
    );
    await clock.advance(200_000);
    expect(end.state).toBe('done');
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBe(90_000);
  });

  it('puts the item off when the service asks for more than five minutes', async () => {
    const { outgoing, clock } = makeWorld();
    const error = await outgoing.run(REQUEST, callOf(), () => Promise.reject(rateLimited(300_001))).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'provider.rate-limited', retryable: false, retryAfterMs: 300_001 });
    expect(defers(error)).toBe(true);
    expect(clock.timers).toBe(0);
  });

  it('says that the call may have happened if any of its attempts may have', async () => {
    const { outgoing, clock } = makeWorld({ strategy: 'immediate' });
    const end = watch(
      outgoing.run(REQUEST, callOf(), async ({ number }) => {
        throw number === 1 ? unavailable({ mayHaveHappened: true }) : rejected();
      }),
    );
    await clock.advance(0);
    expect(end.error).toBeInstanceOf(EasyflipError);
    expect(end).toMatchObject({ error: { code: 'listing.rejected', mayHaveHappened: true } });
  });

  it("does not write that onto a cancel's reason, which all calls of a run share", async () => {
    const { outgoing } = makeWorld();
    const stop = new AbortController();
    const run = watch(outgoing.run(REQUEST, callOf({ signal: stop.signal }), () => Promise.reject(unavailable({ mayHaveHappened: true }))));
    await settle();
    const reason = cancelled();
    stop.abort(reason);
    await settle();
    expect(run.error).toBe(reason);
    expect(reason.mayHaveHappened).toBe(false);
  });

  it('holds no place while it pauses', async () => {
    const { outgoing, clock } = makeWorld({ concurrency: 1, strategy: 'fixed' });
    const first = watch(
      outgoing.run(REQUEST, callOf(), async ({ number }) => {
        if (number === 1) throw unavailable();
      }),
    );
    await settle();
    expect(outgoing.state().inventory).toMatchObject({ active: 0, waiting: 0 });
    await outgoing.run(REQUEST, callOf(), async () => undefined);
    expect(first.state).toBe('waiting');
    await clock.advance(1_000);
    expect(first.state).toBe('done');
  });

  it('keeps its priority when it comes back', async () => {
    const { outgoing, clock } = makeWorld({ concurrency: 1, strategy: 'fixed' });
    const order: string[] = [];
    const blocker = gate();
    const urgent = outgoing.run(REQUEST, callOf({ priority: 9 }), async ({ number }) => {
      order.push(`urgent ${number}`);
      if (number === 1) throw unavailable();
    });
    await settle();
    const others = [outgoing.run(REQUEST, callOf(), () => blocker.promise)];
    for (const name of ['a', 'b']) others.push(outgoing.run(REQUEST, callOf(), async () => void order.push(name)));
    await clock.advance(1_000);
    blocker.open();
    await Promise.all([urgent, ...others]);
    expect(order).toEqual(['urgent 1', 'urgent 2', 'a', 'b']);
  });

  it('keeps a paid answer when the cancel comes while its cost is being written down', async () => {
    const { outgoing, ledger } = makeWorld();
    const written = gate();
    ledger.settle = () => written.promise;
    const stop = new AbortController();
    const run = watch(outgoing.run({ ...REQUEST, worstCaseMicroUsd: 10 }, callOf({ signal: stop.signal }), async () => 'described'));
    await settle();
    stop.abort(cancelled());
    await settle();
    expect(run.state).toBe('waiting');
    written.open();
    await settle();
    expect(run).toMatchObject({ state: 'done', value: 'described' });
  });
});
