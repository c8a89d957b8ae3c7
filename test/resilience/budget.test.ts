import { describe, expect, it } from 'vitest';
import { EasyflipError } from '../../src/core/errors.ts';
import type { ItemId } from '../../src/core/item.ts';
import { defers, endsRun } from '../../src/resilience/deferring.ts';
import { settle } from './fake-clock.ts';
import { callOf, cancelled, gate, makeWorld, rejected, unavailable, watch } from './fakes.ts';

const PAID = { service: 'model', operation: 'model.describe', worstCaseMicroUsd: 10_000 } as const;
const ONE_TRY = { tries: 1 };

describe('what a call costs', () => {
  it('replaces the worst case by the true cost, and keeps whose it was', async () => {
    const { outgoing, ledger } = makeWorld();
    await outgoing.run(PAID, callOf({ itemId: 'ITEM' as ItemId }), async ({ settle: pay }) => {
      expect(ledger.spent).toBe(10_000);
      pay(2_345);
    });
    expect(ledger.rows).toEqual([{ reserved: 10_000, settled: 2_345, itemId: 'ITEM', operation: 'model.describe' }]);
  });

  it('leaves the worst case where the attempt did not say', async () => {
    const { outgoing, ledger } = makeWorld();
    await outgoing.run(PAID, callOf(), async () => 'answer');
    expect(ledger.spent).toBe(10_000);
  });

  it('asks nothing of the ledger for a free call', async () => {
    const { outgoing, ledger } = makeWorld({}, { spendLimits: { run: 0 } });
    await outgoing.run({ service: 'inventory', operation: 'inventory.getItem' }, callOf(), async () => 'free');
    expect(ledger.rows).toEqual([]);
  });

  const failure = (code: 'provider.bad-reply' | 'provider.refused'): EasyflipError =>
    new EasyflipError(code, 'No use.', { hint: 'Try again.' });
  it.each([
    ['a refusal costs nothing', rejected(), undefined, 0],
    ['a service that was down costs nothing', unavailable(), undefined, 0],
    ['one that may have worked keeps the worst case', unavailable({ mayHaveHappened: true }), undefined, 10_000],
    ['one that may have worked but was told costs that', unavailable({ mayHaveHappened: true }), 777, 777],
    ['a useless reply was billed', failure('provider.bad-reply'), undefined, 10_000],
    ["a model's no was billed", failure('provider.refused'), undefined, 10_000],
    ['a bug keeps the worst case', new TypeError('oops'), undefined, 10_000],
  ])('%s', async (_what, error, told, spent) => {
    const { outgoing, ledger } = makeWorld(ONE_TRY);
    const run = outgoing.run(PAID, callOf(), async ({ settle: pay }) => {
      if (told !== undefined) pay(told);
      throw error;
    });
    await expect(run).rejects.toBe(error);
    expect(ledger.spent).toBe(spent);
  });

  it('pays every attempt', async () => {
    const { outgoing, ledger, clock } = makeWorld({ tries: 3, timeoutMs: 5_000, strategy: 'immediate' });
    const end = watch(
      outgoing.run(PAID, callOf(), async ({ number, settle: pay }) => {
        if (number === 1) return new Promise<void>(() => undefined);
        if (number === 2) throw unavailable();
        pay(1_000);
      }),
    );
    await clock.advance(5_000);
    expect(end.state).toBe('done');
    expect(ledger.rows.map(({ settled }) => settled)).toEqual([10_000, 0, 1_000]);
  });

  it('a cancelled attempt keeps the worst case; one that had not left costs nothing', async () => {
    const { outgoing, ledger } = makeWorld({ concurrency: 1 });
    const stop = new AbortController();
    const runs = [1, 2].map(() => watch(outgoing.run(PAID, callOf({ signal: stop.signal }), () => new Promise<void>(() => undefined))));
    await settle();
    stop.abort(cancelled());
    await settle();
    expect(runs.map(({ state }) => state)).toEqual(['failed', 'failed']);
    expect(ledger.rows.map(({ settled }) => settled).toSorted()).toEqual([0, 10_000]);
  });

  it('does not lose a paid answer to a ledger that fails', async () => {
    const { outgoing, ledger } = makeWorld();
    ledger.broken = true;
    await expect(outgoing.run(PAID, callOf(), async () => 'answer')).resolves.toBe('answer');
    expect(ledger.spent).toBe(10_000);
  });
});

describe('the limit', () => {
  it('refuses what could go over, before any attempt', async () => {
    const { outgoing } = makeWorld({}, { spendLimits: { run: 15_000 } });
    await outgoing.run(PAID, callOf(), async () => 'answer');
    let attempts = 0;
    const error = await outgoing.run(PAID, callOf(), async () => (attempts += 1)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'budget.exhausted', message: expect.stringContaining('0.015 USD') });
    expect([defers(error), endsRun(error), attempts]).toEqual([true, true, 0]);
  });

  it('is never passed, and is used up although worst cases are far above true costs', async () => {
    const { outgoing, ledger, clock } = makeWorld({ concurrency: 50 }, { spendLimits: { run: 100_000 } });
    let most = 0;
    const runs = Array.from({ length: 100 }, () =>
      watch(
        outgoing.run(PAID, callOf(), async ({ settle: pay }) => {
          most = Math.max(most, ledger.spent);
          await clock.sleep(1_000);
          pay(2_000);
        }),
      ),
    );
    await clock.advance(100_000);
    expect(most).toBeLessThanOrEqual(100_000);
    // The last one that still has its worst case free leaves at 90,000 at the latest.
    expect(runs.filter(({ state }) => state === 'done').length).toBe(46);
    expect(ledger.spent).toBe(92_000);
    for (const { state, error } of runs) if (state !== 'done') expect(error).toMatchObject({ code: 'budget.exhausted' });
    expect(clock.timers).toBe(0);
  });

  it('gives room that comes free to the item that is further along', async () => {
    const { outgoing } = makeWorld({}, { spendLimits: { run: 12_000 } });
    const first = gate();
    const order: string[] = [];
    const ask = (name: string, priority: number): Promise<void> =>
      outgoing.run(PAID, callOf({ priority }), async ({ settle: pay }) => {
        if (name === 'first') await first.promise;
        order.push(name);
        pay(500);
      });
    const runs = [ask('first', 0)];
    await settle();
    runs.push(ask('early', 1), ask('late', 8));
    await settle();
    expect(order).toEqual([]);
    first.open();
    await Promise.all(runs);
    expect(order).toEqual(['first', 'late', 'early']);
  });

  it('lets go of a caller that aborts while it waits for room', async () => {
    const { outgoing } = makeWorld({}, { spendLimits: { run: 12_000 } });
    const first = gate();
    const run = outgoing.run(PAID, callOf(), () => first.promise);
    await settle();
    const stop = new AbortController();
    const waiter = watch(outgoing.run(PAID, callOf({ signal: stop.signal }), async () => undefined));
    await settle();
    expect(waiter.state).toBe('waiting');
    const reason = cancelled();
    stop.abort(reason);
    await settle();
    expect(waiter.error).toBe(reason);
    first.open();
    await run;
  });
});
