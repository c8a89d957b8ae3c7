import { describe, expect, it } from 'vitest';
import { EasyflipError } from '../../src/core/errors.ts';
import { defers, endsRun } from '../../src/resilience/deferring.ts';
import { settle } from './fake-clock.ts';
import type { World } from './fakes.ts';
import { callOf, cancelled, gate, makeWorld, rejected, unavailable, watch } from './fakes.ts';

const REQUEST = { service: 'media', operation: 'media.upload' } as const;
const ONE_TRY = { tries: 1 };

const fail = async ({ outgoing }: World, error: unknown, times: number): Promise<void> => {
  for (let at = 0; at < times; at += 1) await outgoing.run(REQUEST, callOf(), () => Promise.reject(error)).catch(() => undefined);
};
const breakerOf = ({ outgoing }: World): string => outgoing.state().media.breaker;
const told = ({ events }: World): readonly string[] => events.map(({ type }) => type).filter((type) => type.startsWith('breaker.'));

describe('opening', () => {
  it('opens after five failures in a row, and then lets nothing through', async () => {
    const world = makeWorld({ ...ONE_TRY, dailyQuota: 100, window: { calls: 100, perMs: 1_000 } });
    await fail(world, unavailable(), 4);
    expect(breakerOf(world)).toBe('closed');
    await fail(world, unavailable(), 1);
    expect(breakerOf(world)).toBe('open');
    let attempts = 0;
    const error = await world.outgoing.run(REQUEST, callOf(), async () => (attempts += 1)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'breaker.open', retryable: false, retryAfterMs: 30_000 });
    expect([defers(error), endsRun(error)]).toEqual([true, false]);
    expect(attempts).toBe(0);
    expect(told(world)).toEqual(['breaker.opened']);
    // What does not leave uses up neither the day's quota nor a place in the window.
    expect([...world.rates.days.values()]).toEqual([5]);
    expect(world.rates.taken).toHaveLength(5);
  });

  it('takes the number of failures, and the first pause, from the settings; the pause is never longer than the longest', async () => {
    const once = makeWorld({ ...ONE_TRY, failuresInARow: 1, firstProbeMs: 2_000, longestProbeMs: 7_000 });
    const refused = (): Promise<unknown> => once.outgoing.run(REQUEST, callOf(), async () => 'up').catch((thrown: unknown) => thrown);
    await fail(once, unavailable(), 1);
    const error = await refused();
    expect(error).toMatchObject({ code: 'breaker.open', retryAfterMs: 2_000 });
    expect((error as Error).message).toBe('The media service failed and is left alone for now.');
    await once.clock.advance(2_000);
    await fail(once, unavailable(), 1);
    expect(await refused()).toMatchObject({ retryAfterMs: 4_000 });
    await once.clock.advance(4_000);
    await fail(once, unavailable(), 1);
    expect(await refused()).toMatchObject({ retryAfterMs: 7_000 });

    const often = makeWorld({ ...ONE_TRY, failuresInARow: 9, firstProbeMs: 60_000, longestProbeMs: 10_000 });
    await fail(often, unavailable(), 8);
    expect(breakerOf(often)).toBe('closed');
    await fail(often, unavailable(), 1);
    expect(await often.outgoing.run(REQUEST, callOf(), async () => 'up').catch((thrown: unknown) => thrown)).toMatchObject({
      message: 'The media service failed 9 times in a row and is left alone for now.',
      retryAfterMs: 10_000,
    });
  });

  it.each([
    ['refusals of what we sent', rejected()],
    ['rate limits', new EasyflipError('provider.rate-limited', 'Too fast.', { hint: 'Wait.', retryable: true })],
    ['bugs', new RangeError('oops')],
  ])('does not open for %s', async (_what, error) => {
    const world = makeWorld(ONE_TRY);
    await fail(world, error, 12);
    expect(breakerOf(world)).toBe('closed');
  });

  it('counts timeouts', async () => {
    const world = makeWorld({ ...ONE_TRY, concurrency: 5, timeoutMs: 2_000 });
    const runs = Array.from({ length: 5 }, () => watch(world.outgoing.run(REQUEST, callOf(), () => new Promise<void>(() => undefined))));
    await world.clock.advance(2_000);
    expect(runs.map(({ error }) => error)).toEqual(
      Array(5).fill(expect.objectContaining({ code: 'provider.timeout', mayHaveHappened: true })),
    );
    expect(breakerOf(world)).toBe('open');
  });

  it('does not count what was cancelled', async () => {
    const world = makeWorld(ONE_TRY);
    for (let at = 0; at < 8; at += 1) {
      const stop = new AbortController();
      const run = watch(world.outgoing.run(REQUEST, callOf({ signal: stop.signal }), () => new Promise<void>(() => undefined)));
      await settle();
      stop.abort(unavailable());
      await settle();
      expect(run.state).toBe('failed');
    }
    expect(breakerOf(world)).toBe('closed');
  });

  it.each([
    ['an answer', undefined],
    ['a refusal', rejected()],
  ])('begins to count anew after %s', async (_what, between) => {
    const world = makeWorld(ONE_TRY);
    await fail(world, unavailable(), 4);
    await world.outgoing
      .run(REQUEST, callOf(), async () => (between === undefined ? 'ok' : Promise.reject(between)))
      .catch(() => undefined);
    await fail(world, unavailable(), 4);
    expect(breakerOf(world)).toBe('closed');
  });
});

describe('probing', () => {
  const opened = async (settings = {}, options = {}): Promise<World> => {
    const world = makeWorld({ ...ONE_TRY, ...settings }, options);
    await fail(world, unavailable(), 5);
    return world;
  };

  it('sends one call after 30 s; the others wait for what it finds, then go', async () => {
    const world = await opened();
    await world.clock.advance(29_999);
    await expect(world.outgoing.run(REQUEST, callOf(), async () => 'no')).rejects.toMatchObject({ code: 'breaker.open', retryAfterMs: 1 });
    await world.clock.advance(1);
    const probe = gate();
    const first = watch(world.outgoing.run(REQUEST, callOf(), () => probe.promise));
    let others = 0;
    const rest = [1, 2].map(() => world.outgoing.run(REQUEST, callOf(), async () => (others += 1)));
    await settle();
    expect(breakerOf(world)).toBe('half-open');
    expect(others).toBe(0);
    probe.open();
    await Promise.all(rest);
    expect([others, first.state]).toEqual([2, 'done']);
    expect(breakerOf(world)).toBe('closed');
    expect(told(world)).toEqual(['breaker.opened', 'breaker.closed']);
    expect(world.clock.timers).toBe(0);
  });

  it('stays open for another 30 s when the probe fails, and says so once', async () => {
    const world = await opened();
    await world.clock.advance(30_000);
    await fail(world, unavailable(), 1);
    expect(breakerOf(world)).toBe('open');
    await expect(world.outgoing.run(REQUEST, callOf(), async () => 'no')).rejects.toMatchObject({
      code: 'breaker.open',
      retryAfterMs: 30_000,
    });
    expect(told(world)).toEqual(['breaker.opened']);
  });

  it('closes when the probe is refused: the service answers again', async () => {
    const world = await opened();
    await world.clock.advance(30_000);
    await expect(world.outgoing.run(REQUEST, callOf(), () => Promise.reject(rejected()))).rejects.toMatchObject({
      code: 'listing.rejected',
    });
    expect(breakerOf(world)).toBe('closed');
    await fail(world, unavailable(), 4);
    expect(breakerOf(world)).toBe('closed');
  });

  it('learns nothing from a cancelled probe: the next call probes', async () => {
    const world = await opened();
    await world.clock.advance(30_000);
    const stop = new AbortController();
    const probe = watch(world.outgoing.run(REQUEST, callOf({ signal: stop.signal }), () => new Promise<void>(() => undefined)));
    await settle();
    stop.abort(cancelled());
    await settle();
    expect(probe).toMatchObject({ state: 'failed', error: { code: 'run.cancelled' } });
    expect(breakerOf(world)).toBe('open');
    expect(told(world)).toEqual(['breaker.opened']);
    await expect(world.outgoing.run(REQUEST, callOf(), async () => 'through')).resolves.toBe('through');
    expect(breakerOf(world)).toBe('closed');
  });

  it('lets the next one that waits probe when the probe is cancelled', async () => {
    const world = await opened();
    await world.clock.advance(30_000);
    const stop = new AbortController();
    const probe = watch(world.outgoing.run(REQUEST, callOf({ signal: stop.signal }), () => new Promise<void>(() => undefined)));
    await settle();
    const waiter = watch(world.outgoing.run(REQUEST, callOf(), async () => 'through'));
    await settle();
    expect(waiter.state).toBe('waiting');
    stop.abort(cancelled());
    await settle();
    expect([probe.state, waiter.state, waiter.value]).toEqual(['failed', 'done', 'through']);
    expect(breakerOf(world)).toBe('closed');
  });

  it('lets a caller go that aborts while it waits for the probe', async () => {
    const world = await opened();
    await world.clock.advance(30_000);
    const probe = gate();
    const first = world.outgoing.run(REQUEST, callOf(), () => probe.promise);
    const stop = new AbortController();
    let attempts = 0;
    const waiters = [1, 2].map(() => watch(world.outgoing.run(REQUEST, callOf({ signal: stop.signal }), async () => (attempts += 1))));
    await settle();
    const reason = cancelled();
    stop.abort(reason);
    await settle();
    expect(waiters.map(({ error }) => error)).toEqual([reason, reason]);
    probe.open();
    await first;
    await world.outgoing.idle();
    expect(attempts).toBe(0);
  });

  it('may be waited for: with patience an outage costs time, not items', async () => {
    const world = makeWorld({ tries: 4, concurrency: 10 }, { breakerPatienceMs: 120_000 });
    const downUntil = world.clock.now() + 70_000;
    let attempts = 0;
    const runs = Array.from({ length: 40 }, () =>
      world.outgoing.run(REQUEST, callOf(), async () => {
        attempts += 1;
        if (world.clock.now() < downUntil) throw unavailable();
        return 'up';
      }),
    );
    const end = watch(Promise.all(runs));
    await world.clock.advance(200_000);
    expect(end).toMatchObject({ state: 'done', value: Array(40).fill('up') });
    // Ten that were out when it fell over, two probes that failed, forty that got through.
    expect(attempts).toBe(52);
    expect(world.clock.timers).toBe(0);
  });
});
