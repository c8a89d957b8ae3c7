import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EasyflipError } from '../../src/core/errors.ts';
import { createPlaces } from '../../src/resilience/places.ts';
import { runs } from '../properties/runs.ts';
import { callOf, makeWorld, rateLimited, rejected, unavailable, watch } from './fakes.ts';

const REQUEST = { service: 'inventory', operation: 'inventory.createOffer' } as const;
const timedOut = (): EasyflipError =>
  new EasyflipError('provider.timeout', 'No answer.', { hint: 'Wait.', retryable: true, mayHaveHappened: true });

type Weather = 'well' | 'refuses' | 'busy' | 'down' | 'silent';
const THROWN: Readonly<Record<Weather, (() => unknown) | undefined>> = {
  well: undefined,
  refuses: rejected,
  busy: () => rateLimited(700),
  down: unavailable,
  silent: timedOut,
};

describe('places of a service', () => {
  it('are never passed by what begins, whatever the weather, and all come back when it is fair', async () => {
    const call = fc.record({
      afterMs: fc.nat({ max: 400 }),
      takesMs: fc.nat({ max: 900 }),
      priority: fc.nat({ max: 8 }),
      weather: fc.constantFrom<Weather>('well', 'well', 'refuses', 'busy', 'down', 'silent'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.array(call, { minLength: 1, maxLength: 60 }),
        fc.option(fc.record({ calls: fc.integer({ min: 1, max: 9 }), perMs: fc.constantFrom(300, 1_000) }), { nil: null }),
        async (concurrency, calls, window) => {
          const { outgoing, clock, events } = makeWorld(
            { concurrency, window, tries: 2, strategy: 'fixed', failuresInARow: 1_000 },
            { breakerPatienceMs: 600_000 },
          );
          let underWay = 0;
          const attempt = async (takesMs: number, thrown: (() => unknown) | undefined): Promise<void> => {
            underWay += 1;
            const { limit } = outgoing.state().inventory;
            expect(underWay).toBeLessThanOrEqual(limit);
            expect(limit).toBeGreaterThanOrEqual(1);
            expect(limit).toBeLessThanOrEqual(concurrency);
            await clock.sleep(takesMs);
            underWay -= 1;
            if (thrown) throw thrown();
          };
          const struck = calls.map(async ({ afterMs, takesMs, priority, weather }) => {
            await clock.sleep(afterMs);
            await outgoing
              .run(REQUEST, callOf({ priority }), () => attempt(takesMs, THROWN[weather]))
              .catch((error: unknown) => {
                // What a call must be is not the attempt's failure.
                if (!(error instanceof EasyflipError)) throw error;
              });
          });
          const end = watch(Promise.all(struck));
          await clock.advance(900_000);
          expect(end).toMatchObject({ state: 'done' });

          const fair = watch(
            Promise.all(Array.from({ length: 100 }, () => outgoing.run(REQUEST, callOf(), () => attempt(100, undefined)))),
          );
          await clock.advance(120_000);
          expect(fair).toMatchObject({ state: 'done' });
          expect(outgoing.state().inventory).toMatchObject({ active: 0, waiting: 0, limit: concurrency });
          // What is told is what holds.
          expect(events.findLast(({ type }) => type === 'places.changed') ?? { places: concurrency }).toMatchObject({
            places: concurrency,
          });
        },
      ),
      runs(60),
    );
  }, 240_000);

  it('are all used from the first call on, and stay, while the service is well', async () => {
    const { outgoing, clock, events } = makeWorld({ concurrency: 8 });
    let underWay = 0;
    const seen: number[] = [];
    const startMs = clock.now();
    const all = Promise.all(
      Array.from({ length: 80 }, (_, at) =>
        outgoing.run(REQUEST, callOf(), async () => {
          underWay += 1;
          seen.push(underWay);
          await clock.sleep(1_000);
          underWay -= 1;
          // What the seller sent may be refused as often as it likes.
          if (at % 3 === 0) throw rejected();
        }),
      ).map((run) => run.catch(() => undefined)),
    );
    const end = watch(all.then(() => clock.now() - startMs));
    await clock.advance(60_000);
    expect(Math.max(...seen)).toBe(8);
    // Ten rounds of eight calls: as long as without any of this.
    expect(end).toMatchObject({ state: 'done', value: 10_000 });
    expect(events.filter(({ type }) => type === 'places.changed')).toEqual([]);
  });

  it('do not leave in one moment after a pause that the service asked for', async () => {
    const { outgoing, clock } = makeWorld({ concurrency: 8, tries: 3 });
    let underWay = 0;
    let most = 0;
    const quietMs = clock.now() + 30_000;
    const end = watch(
      Promise.all(
        Array.from({ length: 16 }, () =>
          outgoing.run(REQUEST, callOf(), async () => {
            if (clock.now() < quietMs) {
              await clock.sleep(10);
              throw rateLimited(quietMs - clock.now());
            }
            underWay += 1;
            most = Math.max(most, underWay);
            await clock.sleep(1_000);
            underWay -= 1;
          }),
        ),
      ),
    );
    await clock.advance(30_500);
    // Eight met the first refusal together: that is one decrease, to four.
    expect(most).toBe(4);
    await clock.advance(60_000);
    expect(end.state).toBe('done');
  });
});

describe('what takes and gives places', () => {
  const make = (most: number, watchesTime = true, watchesPace = true) => {
    let nowMs = 0;
    const told: number[] = [];
    const places = createPlaces({ most, watchesTime, watchesPace, now: () => nowMs, changed: (limit) => told.push(limit) });
    const call = (ms: number, thrown?: unknown, operation = 'offer'): void => {
      const ended = places.begin(operation);
      nowMs += ms;
      ended(thrown === undefined ? {} : { thrown });
    };
    return { places, told, call };
  };

  it.each([
    ['too fast', rateLimited(1_000), 5],
    ['a server error', unavailable(), 5],
    ['no answer in time', timedOut(), 5],
    ['a refusal', rejected(), 10],
    ['a bug of ours', new TypeError('undefined is not a function'), 10],
  ])('%s', (_, thrown, limit) => {
    const { places, call } = make(10);
    call(10, thrown);
    expect(places.limit).toBe(limit);
  });

  it('too fast for a window, which is what says how fast calls leave: as many places as before, but for other trouble', () => {
    const { places, call } = make(10, true, false);
    call(10, rateLimited(1_000));
    expect(places.limit).toBe(10);
    call(10, unavailable());
    expect(places.limit).toBe(5);
  });

  it('calls that met the same trouble take places once', () => {
    const { places, told } = make(10);
    const together = Array.from({ length: 10 }, () => places.begin('offer'));
    for (const ended of together) ended({ thrown: unavailable() });
    expect(told).toEqual([5]);
  });

  it('a round of answers gives one place', () => {
    const { places, call, told } = make(8);
    for (let at = 0; at < 5; at += 1) call(10, unavailable());
    expect(places.limit).toBe(1);
    const needed: number[] = [];
    for (let answers = 1, before = 1; places.limit < 8; answers += 1) {
      call(10);
      if (places.limit > before) needed.push(answers);
      if (places.limit > before) answers = 0;
      before = places.limit;
    }
    expect(needed).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(told).toEqual([4, 2, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('answers that take four times as long as usual, three in a row', () => {
    const { places, call } = make(10);
    for (let at = 0; at < 20; at += 1) call(800);
    call(6_000);
    call(6_000);
    call(800);
    call(6_000);
    expect(places.limit).toBe(10);
    call(8_000);
    call(8_000);
    expect(places.limit).toBe(5);
  });

  it('but not what is quick all the same, a kind of call that is slow by nature, or what is slow for good', () => {
    const { places, call, told } = make(10);
    for (let at = 0; at < 20; at += 1) call(20);
    for (let at = 0; at < 20; at += 1) call(2_000);
    for (let at = 0; at < 20; at += 1) call(9_000, undefined, 'bulk publish');
    expect(told).toEqual([]);
    for (let at = 0; at < 200; at += 1) call(9_000);
    expect(places.limit).toBe(10);
  });

  it('nor what this machine does by itself', () => {
    const { places, call } = make(10, false);
    for (let at = 0; at < 20; at += 1) call(100);
    for (let at = 0; at < 20; at += 1) call(60_000);
    expect(places.limit).toBe(10);
  });
});
