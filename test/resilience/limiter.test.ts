import { describe, expect, it } from 'vitest';
import { defers } from '../../src/resilience/deferring.ts';
import { pacificDay } from '../../src/resilience/limiter.ts';
import { settle } from './fake-clock.ts';
import { callOf, gate, makeWorld, rateLimited, seeded, unavailable, watch } from './fakes.ts';

const REQUEST = { service: 'taxonomy', operation: 'taxonomy.suggest' } as const;

describe('places', () => {
  it.each([1, 3, 10])(
    'never makes more than %i attempts at once, also with failures and retries, and uses them all',
    async (concurrency) => {
      const { outgoing, clock } = makeWorld({ concurrency, tries: 20, strategy: 'fixed' }, { breakerPatienceMs: 600_000 });
      const random = seeded(concurrency);
      let now = 0;
      let most = 0;
      const runs = Array.from({ length: 200 }, () =>
        outgoing.run(REQUEST, callOf({ priority: Math.floor(random() * 9) }), async () => {
          now += 1;
          most = Math.max(most, now);
          await clock.sleep(Math.floor(random() * 500));
          now -= 1;
          if (random() < 0.2) throw unavailable();
        }),
      );
      const end = watch(Promise.all(runs));
      await clock.advance(600_000);
      expect(end.state).toBe('done');
      expect(most).toBe(concurrency);
      expect(clock.timers).toBe(0);
      expect(outgoing.state().taxonomy).toMatchObject({ active: 0, waiting: 0, breaker: 'closed' });
    },
  );

  it('lets items further along go first, else first come first served', async () => {
    const { outgoing } = makeWorld({ concurrency: 1 });
    const blocker = gate();
    const order: string[] = [];
    const runs = [outgoing.run(REQUEST, callOf(), () => blocker.promise)];
    const wanted: readonly (readonly [string, number])[] = [
      ['early 1', 1],
      ['early 2', 1],
      ['late 1', 8],
      ['middle', 4],
      ['late 2', 8],
    ];
    for (const [name, priority] of wanted) runs.push(outgoing.run(REQUEST, callOf({ priority }), async () => void order.push(name)));
    await settle();
    expect(outgoing.state().taxonomy).toMatchObject({ active: 1, waiting: 5 });
    blocker.open();
    await Promise.all(runs);
    expect(order).toEqual(['late 1', 'late 2', 'middle', 'early 1', 'early 2']);
  });

  it('keeps services apart', async () => {
    const { outgoing } = makeWorld({ concurrency: 1 });
    const blocker = gate();
    const run = outgoing.run(REQUEST, callOf(), () => blocker.promise);
    await expect(outgoing.run({ service: 'media', operation: 'media.upload' }, callOf(), async () => 'up')).resolves.toBe('up');
    blocker.open();
    await run;
  });
});

describe('rate window and quota', () => {
  it('never lets more than the window through, and no less than it may', async () => {
    const window = { calls: 7, perMs: 1_000 };
    const { outgoing, clock } = makeWorld({ concurrency: 25, window });
    const random = seeded(3);
    const left: number[] = [];
    const runs = Array.from({ length: 70 }, async () => {
      await clock.sleep(Math.floor(random() * 3_000));
      await outgoing.run(REQUEST, callOf(), async () => {
        left.push(clock.now());
        await clock.sleep(Math.floor(random() * 200));
      });
    });
    const end = watch(Promise.all(runs));
    await clock.advance(20_000);
    expect(end.state).toBe('done');
    for (const at of left)
      expect(left.filter((other) => other >= at && other < at + window.perMs).length).toBeLessThanOrEqual(window.calls);
    expect(Math.max(...left) - Math.min(...left)).toBeLessThanOrEqual(11_000);
    expect(clock.timers).toBe(0);
  });

  it('is asked for by the first in the line only, not by all who would wait too', async () => {
    const { outgoing, clock, rates } = makeWorld({ concurrency: 50, window: { calls: 5, perMs: 1_000 } });
    const end = watch(Promise.all(Array.from({ length: 50 }, () => outgoing.run(REQUEST, callOf(), async () => undefined))));
    await clock.advance(20_000);
    expect(end.state).toBe('done');
    // Once for each call, and once more for the first of each window.
    expect(rates.asked).toBeLessThanOrEqual(50 + 10);
  });

  it('lets the next one ask when the first gives up', async () => {
    const { outgoing, clock } = makeWorld({ concurrency: 5, window: { calls: 1, perMs: 1_000 } });
    await outgoing.run(REQUEST, callOf(), async () => undefined);
    const impatient = new AbortController();
    const first = watch(outgoing.run(REQUEST, callOf({ signal: impatient.signal }), async () => undefined));
    const second = watch(outgoing.run(REQUEST, callOf(), async () => 'through'));
    await settle();
    impatient.abort(new Error('enough'));
    await settle();
    expect(first.state).toBe('failed');
    await clock.advance(1_000);
    expect(second).toMatchObject({ state: 'done', value: 'through' });
    expect(clock.timers).toBe(0);
  });

  it('counts the day of California, also over summer time', () => {
    expect(pacificDay(Date.parse('2026-03-02T07:59:59Z'))).toBe('2026-03-01');
    expect(pacificDay(Date.parse('2026-03-02T08:00:00Z'))).toBe('2026-03-02');
    expect(pacificDay(Date.parse('2026-07-02T06:59:59Z'))).toBe('2026-07-01');
    expect(pacificDay(Date.parse('2026-07-02T07:00:00Z'))).toBe('2026-07-02');
  });

  it('puts off what the day has no calls left for, and goes on the next day', async () => {
    const { outgoing, clock, rates } = makeWorld({ dailyQuota: 2 });
    let attempts = 0;
    const run = (): Promise<number> => outgoing.run(REQUEST, callOf(), async () => (attempts += 1));
    await run();
    await run();
    const error = await run().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'provider.quota-exhausted' });
    expect(defers(error)).toBe(true);
    expect(attempts).toBe(2);
    expect([...rates.days]).toEqual([['taxonomy 2026-03-02', 2]]);
    await clock.advance(24 * 3_600_000);
    await expect(run()).resolves.toBe(3);
  });
});

describe('a service that says "too fast"', () => {
  it('is left in peace by all calls from the second refusal in a row on', async () => {
    const { outgoing, clock } = makeWorld({ concurrency: 2, tries: 3 });
    const left: number[] = [];
    const start = clock.now();
    const runs = Array.from({ length: 6 }, () =>
      outgoing.run(REQUEST, callOf(), async () => {
        left.push(clock.now() - start);
        if (clock.now() - start < 20_000) throw rateLimited(20_000 - (clock.now() - start));
      }),
    );
    const end = watch(Promise.all(runs));
    await clock.advance(100_000);
    expect(end.state).toBe('done');
    expect(left.filter((at) => at < 20_000)).toHaveLength(2);
  });

  it('does not stop the others for a single refusal', async () => {
    const { outgoing } = makeWorld();
    const refused = watch(
      outgoing.run(REQUEST, callOf(), async ({ number }) => {
        if (number === 1) throw rateLimited(10_000);
      }),
    );
    await settle();
    await expect(outgoing.run(REQUEST, callOf(), async () => 'through')).resolves.toBe('through');
    expect(refused.state).toBe('waiting');
  });

  it('counts refusals in a row: an answer in between begins anew', async () => {
    const { outgoing, clock } = makeWorld();
    const refusedOnce = (): ReturnType<typeof watch<void>> =>
      watch(
        outgoing.run(REQUEST, callOf(), async ({ number }) => {
          if (number === 1) throw rateLimited(10_000);
        }),
      );
    const first = refusedOnce();
    await settle();
    await outgoing.run(REQUEST, callOf(), async () => undefined);
    const second = refusedOnce();
    await settle();
    await expect(outgoing.run(REQUEST, callOf(), async () => 'through')).resolves.toBe('through');
    await clock.advance(10_000);
    expect([first.state, second.state]).toEqual(['done', 'done']);
  });

  it('puts calls off without an attempt while it asks for a long pause', async () => {
    const { outgoing, clock } = makeWorld();
    let attempts = 0;
    const run = (): Promise<unknown> =>
      outgoing
        .run(REQUEST, callOf(), async () => {
          attempts += 1;
          throw rateLimited(3_600_000);
        })
        .catch((thrown: unknown) => thrown);
    for (let at = 0; at < 5; at += 1) expect(await run()).toMatchObject({ code: 'provider.rate-limited', retryable: false });
    expect(attempts).toBe(2);
    await clock.advance(3_600_000);
    await run();
    expect(attempts).toBe(3);
  });
});
