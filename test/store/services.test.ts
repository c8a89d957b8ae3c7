import { describe, expect, it } from 'vitest';
import { movableClock, open, tempFile } from './support/world.ts';

const NO_COUNTS = { items: 0, listed: 0, already: 0, held: 0, failed: 0, deferred: 0, skipped: 0 };

describe('the journal', () => {
  it('tells a call in flight from an answered one, across a restart', async () => {
    const [file, clock] = [tempFile(), movableClock()];
    const store = await open(file, clock);
    await store.journal.sent('call', 'EFSKU');
    expect(await store.journal.read('call')).toEqual({ state: 'sent', at: '2026-01-02T03:04:05.000Z' });
    await store.close();

    const again = await open(file, clock);
    expect(await again.journal.read('call')).toMatchObject({ state: 'sent' });
    clock.ms += 1_000;
    await again.journal.answered('call', 'EFSKU', { offerId: '7', list: [1, null] });
    expect(await again.journal.read('call')).toEqual({
      state: 'answered',
      at: '2026-01-02T03:04:06.000Z',
      answer: { offerId: '7', list: [1, null] },
    });
    await again.journal.sent('call', 'EFSKU');
    expect(await again.journal.read('call')).toEqual({ state: 'sent', at: '2026-01-02T03:04:06.000Z' });
  });

  it('keeps answers that are empty, and calls that were answered without being announced', async () => {
    const store = await open(tempFile());
    await store.journal.answered('empty', '', undefined);
    await store.journal.answered('null', '', null);
    expect(await store.journal.read('empty')).toMatchObject({ state: 'answered', answer: undefined });
    expect(await store.journal.read('null')).toMatchObject({ state: 'answered', answer: null });
  });

  it('forgets one call or all of a scope', async () => {
    const store = await open(tempFile());
    for (const key of ['a', 'b', 'c']) await store.journal.sent(key, key === 'c' ? 'other' : 'scope');
    await store.journal.drop('a');
    expect(await store.journal.read('a')).toBeUndefined();
    await store.journal.dropScope('scope');
    expect(await store.journal.read('b')).toBeUndefined();
    expect(await store.journal.read('c')).toBeDefined();
  });
});

describe('the ledger', () => {
  const entry = { runId: 'run', service: 'model', operation: 'draft', limits: { run: 100 } } as const;
  const shirt = 'SHIRT' as never;
  const ask = async (
    store: Awaited<ReturnType<typeof open>>,
    more: Partial<Parameters<typeof store.ledger.reserve>[0]> & { microUsd: number },
  ) => {
    const reserved = await store.ledger.reserve({ ...entry, ...more });
    return 'over' in reserved ? reserved.over : reserved.reservation;
  };

  it('reserves up to the limit, and gives back what a call did not cost', async () => {
    const store = await open(tempFile());
    const first = Number(await ask(store, { microUsd: 60 }));
    expect(await ask(store, { microUsd: 41 })).toBe('run');
    expect(await store.ledger.spentByRun('run')).toBe(60);
    expect(await ask(store, { microUsd: 40 })).toBeTypeOf('number');
    expect(await ask(store, { microUsd: 1 })).toBe('run');
    await store.ledger.settle(first, 10);
    expect(await store.ledger.spentByRun('run')).toBe(50);
    await store.ledger.settle(first, 20);
    expect(await store.ledger.spentByRun('run')).toBe(60);
    expect(await ask(store, { microUsd: 40 })).toBeTypeOf('number');
  });

  it('lets a call cost more than was reserved, and then stops', async () => {
    const store = await open(tempFile());
    await store.ledger.settle(Number(await ask(store, { microUsd: 10 })), 100.2);
    expect(await store.ledger.spentByRun('run')).toBe(101);
    expect(await ask(store, { microUsd: 0.1 })).toBe('run');
    expect(await ask(store, { microUsd: 5, limits: { run: null } })).toBeTypeOf('number');
  });

  it('counts by run and by item', async () => {
    const store = await open(tempFile());
    await ask(store, { itemId: shirt, microUsd: 5 });
    await store.ledger.settle(Number(await ask(store, { runId: 'earlier', itemId: shirt, microUsd: 7 })), 3);
    await ask(store, { microUsd: 11 });
    expect([await store.ledger.spentByRun('run'), await store.ledger.spentByRun('earlier'), await store.ledger.spentByRun('none')]).toEqual(
      [16, 3, 0],
    );
    expect([...(await store.ledger.spentByItem())]).toEqual([[shirt, 8]]);
  });

  it('binds an item and a day over all runs; a new day (UTC) has its own sum', async () => {
    const clock = movableClock();
    const store = await open(tempFile(), clock);
    const limits = { item: 10, day: 25 };
    expect(await ask(store, { itemId: shirt, microUsd: 8, limits })).toBeTypeOf('number');
    expect(await ask(store, { runId: 'second', itemId: shirt, microUsd: 3, limits })).toBe('item');
    expect(await ask(store, { runId: 'second', microUsd: 17, limits })).toBeTypeOf('number');
    expect(await ask(store, { runId: 'third', microUsd: 1, limits })).toBe('day');
    clock.ms += 86_400_000;
    const late = Number(await ask(store, { runId: 'third', microUsd: 25, limits }));
    await store.ledger.settle(late, 5);
    expect(await ask(store, { runId: 'third', microUsd: 20, limits })).toBeTypeOf('number');
    expect(await ask(store, { runId: 'third', itemId: shirt, microUsd: 3, limits: { item: 10 } })).toBe('item');
  });

  it('tells what was bought: by day, run, item and model, with tokens, pictures and time', async () => {
    const clock = movableClock();
    const store = await open(tempFile(), clock);
    const paid = { provider: 'openai', model: 'gpt-4o', pictures: 4 };
    for (const cost of [900, 700]) {
      const call = Number(await ask(store, { itemId: shirt, microUsd: 2_000, limits: {}, paid }));
      clock.ms += 1_500;
      await store.ledger.settle(call, cost, { input: 3_000, cached: 1_024, output: 500 });
    }
    clock.ms += 86_400_000;
    await ask(store, { runId: 'second', microUsd: 50, limits: {}, paid });
    expect(await store.ledger.spending()).toEqual([
      expect.objectContaining({
        day: '2026-01-03',
        runId: 'second',
        itemId: null,
        calls: 1,
        unsettled: 1,
        microUsd: 50,
        pictures: 4,
        ms: 0,
      }),
      {
        day: '2026-01-02',
        runId: 'run',
        itemId: shirt,
        provider: 'openai',
        model: 'gpt-4o',
        calls: 2,
        unsettled: 0,
        inputTokens: 6_000,
        cachedTokens: 2_048,
        outputTokens: 1_000,
        pictures: 8,
        microUsd: 1_600,
        ms: 3_000,
      },
    ]);
    expect(await store.ledger.spending('2026-01-03')).toHaveLength(1);
  });

  it('refuses what is not an amount, and a reservation it does not have', async () => {
    const store = await open(tempFile());
    await expect(ask(store, { microUsd: -1 })).rejects.toThrow(RangeError);
    await expect(ask(store, { microUsd: Number.NaN })).rejects.toThrow(RangeError);
    await expect(store.ledger.settle(99, 1)).rejects.toThrow('no reservation');
    expect(await store.ledger.spentByRun('run')).toBe(0);
  });
});

describe('rate windows', () => {
  const window = { calls: 3, perMs: 1_000 };

  it('slide: never more than allowed in any window, and the wait is exact', async () => {
    const store = await open(tempFile());
    const take = (nowMs: number) => store.rates.take('browse', window, nowMs).then(({ waitMs }) => waitMs);
    const start = 1_000_000;
    expect([await take(start), await take(start + 400), await take(start + 900)]).toEqual([0, 0, 0]);
    expect(await take(start + 950)).toBe(50);
    expect(await take(start + 999)).toBe(1);
    expect(await take(start + 1_000)).toBe(0);
    expect(await take(start + 1_000)).toBe(400);
    expect(await store.rates.take('media', window, start + 1_000)).toEqual({ waitMs: 0 });
  });

  it('hold for any order and any gaps of calls', async () => {
    const store = await open(tempFile());
    let [now, seed] = [5_000_000, 7];
    const taken: number[] = [];
    for (let n = 0; n < 300; n += 1) {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      now += seed % 600;
      const at = now - (seed % 50);
      if ((await store.rates.take('browse', window, at)).waitMs === 0) taken.push(at);
    }
    taken.sort((a, b) => a - b);
    expect(taken.length).toBeGreaterThan(100);
    expect(taken.length).toBeLessThan(300);
    for (const [n, time] of taken.entries())
      expect((taken[n + window.calls] ?? Number.POSITIVE_INFINITY) - time).toBeGreaterThanOrEqual(window.perMs);
  });

  it('do not wait for ever when the clock is set back', async () => {
    const store = await open(tempFile());
    for (let n = 0; n < 3; n += 1) await store.rates.take('browse', window, 900_000_000);
    const back = 1_000_000;
    expect(await store.rates.take('browse', window, back)).toEqual({ waitMs: 1_000 });
    expect(await store.rates.take('browse', window, back + 1_000)).toEqual({ waitMs: 0 });
  });

  it('do not pile up old calls', async () => {
    const file = tempFile();
    const store = await open(file);
    for (let n = 0; n < 200; n += 1) await store.rates.take('browse', window, n * 10_000);
    const { openDatabase } = await import('../../src/store/open-database.ts');
    const { db } = await openDatabase(file, 'practice');
    expect(Number(db.prepare('SELECT count(*) FROM rate_calls').pluck().get())).toBeLessThanOrEqual(10);
    db.close();
  });
});

describe('daily quotas', () => {
  it('count by service and day, across a restart', async () => {
    const file = tempFile();
    const store = await open(file);
    const count = (who: typeof store, service: 'browse' | 'media', day: string, quota: number) => who.rates.count(service, day, quota);
    expect([await count(store, 'browse', '2026-01-02', 2), await count(store, 'browse', '2026-01-02', 2)]).toEqual([true, true]);
    await store.close();
    const again = await open(file);
    expect(await count(again, 'browse', '2026-01-02', 2)).toBe(false);
    expect(await count(again, 'browse', '2026-01-02', 3)).toBe(true);
    expect(await count(again, 'browse', '2026-01-03', 2)).toBe(true);
    expect(await count(again, 'media', '2026-01-02', 2)).toBe(true);
    expect(await count(again, 'media', '2026-01-04', 0)).toBe(false);
  });
});

describe('runs', () => {
  it('are remembered with how they ended', async () => {
    const store = await open(tempFile());
    expect(await store.runs.latest()).toBeUndefined();
    const run = { id: 'r1', command: 'list ./photos', dryRun: false, startedAt: '2026-01-02T03:04:05.000Z' };
    await store.runs.start(run);
    expect(await store.runs.latest()).toEqual(run);
    const end = { finishedAt: '2026-01-02T03:09:05.000Z', counts: { ...NO_COUNTS, items: 3, listed: 3 }, exitCode: 0 };
    await store.runs.finish('r1', end);
    expect(await store.runs.latest()).toEqual({ ...run, ...end });
    const dry = { ...run, id: 'r2', dryRun: true, startedAt: '2026-01-03T03:04:05.000Z' };
    await store.runs.start(dry);
    expect(await store.runs.latest()).toEqual(dry);
  });
});
