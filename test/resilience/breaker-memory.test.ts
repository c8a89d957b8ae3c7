import { expect, it } from 'vitest';
import type { OpenBreaker } from '../../src/core/ports/index.ts';
import type { ServiceName } from '../../src/core/settings.ts';
import type { World } from './fakes.ts';
import { callOf, gate, makeWorld, unavailable, watch } from './fakes.ts';

const REQUEST = { service: 'media', operation: 'media.upload' } as const;

/** What a store keeps between runs. */
class Memory {
  readonly open = new Map<ServiceName, OpenBreaker>();
  breakers = async (): Promise<ReadonlyMap<ServiceName, OpenBreaker>> => new Map(this.open);
  keepBreaker = async (service: ServiceName, breaker: OpenBreaker | undefined): Promise<void> => {
    if (breaker === undefined) this.open.delete(service);
    else this.open.set(service, breaker);
  };
}

const run = (world: World, attempt: () => Promise<unknown>) => watch(world.outgoing.run(REQUEST, callOf(), attempt));
async function failing(memory: Memory): Promise<World> {
  const world = makeWorld({ tries: 1 }, { services: memory });
  for (let at = 0; at < 5; at += 1) await world.outgoing.run(REQUEST, callOf(), () => Promise.reject(unavailable())).catch(() => undefined);
  await world.outgoing.idle();
  return world;
}

it('an open breaker is remembered, with its time, and forgotten when it closes', async () => {
  const memory = new Memory();
  const world = await failing(memory);
  expect(memory.open.get('media')).toEqual({ sinceMs: world.clock.now(), probeAtMs: world.clock.now() + 30_000 });
  const since = world.clock.now();
  await world.clock.advance(30_000);
  await world.outgoing.run(REQUEST, callOf(), () => Promise.reject(unavailable())).catch(() => undefined);
  await world.outgoing.idle();
  expect(memory.open.get('media')).toEqual({ sinceMs: since, probeAtMs: since + 60_000 });
  await world.clock.advance(30_000);
  await world.outgoing.run(REQUEST, callOf(), async () => 'up');
  await world.outgoing.idle();
  expect(memory.open.size).toBe(0);
});

it('the next run does not call before the time has come', async () => {
  const memory = new Memory();
  const first = await failing(memory);
  const next = makeWorld({ tries: 1 }, { services: memory, clock: first.clock });
  let attempts = 0;
  const call = run(next, async () => (attempts += 1));
  await first.clock.advance(1);
  expect(call).toMatchObject({ state: 'failed', error: { code: 'breaker.open' } });
  expect(attempts).toBe(0);
  expect(next.events.map(({ type }) => type)).toContain('breaker.opened');
});

it('after that one call probes for all, and a dead service costs one call', async () => {
  const memory = new Memory();
  const first = await failing(memory);
  await first.clock.advance(30_000);
  const next = makeWorld({ tries: 1, concurrency: 5 }, { services: memory, clock: first.clock });
  const probe = gate();
  let attempts = 0;
  const calls = Array.from({ length: 5 }, () =>
    run(next, () => {
      attempts += 1;
      return probe.promise;
    }),
  );
  await first.clock.advance(1);
  expect(attempts).toBe(1);
  probe.fail(unavailable());
  await first.clock.advance(1);
  expect(attempts).toBe(1);
  expect(calls.map(({ state }) => state)).toEqual(Array(5).fill('failed'));
  expect(memory.open.get('media')?.probeAtMs).toBeGreaterThan(first.clock.now() + 29_000);
});

it('a probe that is answered opens the way for the others, and the memory is clear', async () => {
  const memory = new Memory();
  const first = await failing(memory);
  await first.clock.advance(30_000);
  const next = makeWorld({ tries: 1, concurrency: 5 }, { services: memory, clock: first.clock });
  const calls = Array.from({ length: 5 }, () => run(next, async () => 'up'));
  await first.clock.advance(1);
  await next.outgoing.idle();
  expect(calls.map(({ value }) => value)).toEqual(Array(5).fill('up'));
  expect(memory.open.size).toBe(0);
});

it('a clock that was set back keeps no service shut: the next run probes at once, however short it is', async () => {
  const memory = new Memory();
  const world = makeWorld({ tries: 1 }, { services: memory });
  const hour = 3_600_000;
  memory.open.set('media', { sinceMs: world.clock.now() + hour, probeAtMs: world.clock.now() + hour + 30_000 });
  let attempts = 0;
  const up = async () => {
    attempts += 1;
    return 'up';
  };
  expect(await world.outgoing.run(REQUEST, callOf(), up)).toBe('up');
  await world.outgoing.idle();
  expect(attempts).toBe(1);
  expect(memory.open.size).toBe(0);
});

it('a clock that is set back while the program runs keeps no service shut either', async () => {
  const memory = new Memory();
  const world = await failing(memory);
  world.clock.setBack(3_600_000);
  expect(await world.outgoing.run(REQUEST, callOf(), async () => 'up')).toBe('up');
});

it('pauses double with every probe that fails, up to the setting, also over runs, and begin anew when it answered', async () => {
  const memory = new Memory();
  const settings = { tries: 1, longestProbeMs: 200_000 };
  let world = makeWorld(settings, { services: memory });
  const { clock } = world;
  const down = async (times: number): Promise<number> => {
    for (let at = 0; at < times; at += 1)
      await world.outgoing.run(REQUEST, callOf(), () => Promise.reject(unavailable())).catch(() => undefined);
    await world.outgoing.idle();
    return ((memory.open.get('media')?.probeAtMs ?? 0) - clock.now()) / 1_000;
  };
  const pauses = [await down(5)];
  for (let run = 0; run < 4; run += 1) {
    await clock.advance((pauses.at(-1) ?? 0) * 1_000);
    // Every other probe is another program's.
    if (run % 2 === 1) world = makeWorld(settings, { services: memory, clock });
    pauses.push(await down(1));
  }
  expect(pauses).toEqual([30, 60, 120, 200, 200]);
  await clock.advance(200_000);
  await world.outgoing.run(REQUEST, callOf(), async () => 'up');
  expect(await down(5)).toBe(30);
});
