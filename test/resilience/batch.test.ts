import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { BatcherOptions } from '../../src/resilience/batch.ts';
import { createBatcher } from '../../src/resilience/batch.ts';
import { FakeClock, settle } from './fake-clock.ts';
import { cancelled, gate, rejected, seeded, watch } from './fakes.ts';

type Options = BatcherOptions<string, string>;

function makeBatcher(options: Partial<Options> = {}) {
  const clock = new FakeClock();
  const batches: { readonly requests: readonly string[]; readonly atMs: number; readonly signal: AbortSignal }[] = [];
  const start = clock.now();
  const batcher = createBatcher<string, string>({
    max: 3,
    lingerMs: 100,
    clock,
    ...options,
    async run(requests, signal) {
      batches.push({ requests, atMs: clock.now() - start, signal });
      return options.run?.(requests, signal) ?? requests.map((request) => request.toUpperCase());
    },
  });
  return { clock, batches, batcher, sent: () => batches.map(({ requests }) => requests.join(' ')) };
}

describe('joining', () => {
  it('leaves at once when it is full, and gives each caller its own answer', async () => {
    const { batcher, sent, clock } = makeBatcher();
    await expect(Promise.all(['a', 'b', 'c'].map((name) => batcher.add(name)))).resolves.toEqual(['A', 'B', 'C']);
    expect(sent()).toEqual(['a b c']);
    expect(clock.timers).toBe(0);
  });

  it('leaves when the oldest has waited long enough', async () => {
    const { batcher, batches, sent, clock } = makeBatcher();
    const first = watch(batcher.add('a'));
    await clock.advance(60);
    const second = watch(batcher.add('b'));
    await clock.advance(39);
    expect(sent()).toEqual([]);
    await clock.advance(1);
    expect(sent()).toEqual(['a b']);
    expect([first.value, second.value]).toEqual(['A', 'B']);
    void batcher.add('c').catch(() => undefined);
    await clock.advance(200);
    expect(batches.map(({ atMs }) => atMs)).toEqual([100, 200]);
  });

  it('joins what is asked for in one go even without lingering', async () => {
    const { batcher, sent, clock } = makeBatcher({ lingerMs: 0 });
    const ends = ['a', 'b'].map((name) => watch(batcher.add(name)));
    await clock.advance(0);
    expect(sent()).toEqual(['a b']);
    expect(ends.map(({ value }) => value)).toEqual(['A', 'B']);
  });

  it('never holds anyone longer than that, never more than fit, each exactly once, and never a key twice', async () => {
    const { batcher, batches, clock } = makeBatcher({ max: 5, keyOf: (request) => request.split(':')[0] ?? '' });
    const random = seeded(11);
    const start = clock.now();
    const askedAt = new Map<string, number>();
    const ends = [];
    for (let at = 0; at < 300; at += 1) {
      const name = `${Math.floor(random() * 12)}:${at}`;
      askedAt.set(name, clock.now() - start);
      ends.push(watch(batcher.add(name)));
      await clock.advance(Math.floor(random() * 60));
    }
    await clock.advance(1_000);
    expect(ends.every(({ state }) => state === 'done')).toBe(true);
    expect(batches.flatMap(({ requests }) => requests).toSorted()).toEqual([...askedAt.keys()].toSorted());
    expect(batches.some(({ requests }) => requests.length > 2)).toBe(true);
    for (const { requests, atMs } of batches) {
      expect(requests.length).toBeLessThanOrEqual(5);
      expect(new Set(requests.map((request) => request.split(':')[0])).size).toBe(requests.length);
      for (const request of requests) expect(atMs - (askedAt.get(request) ?? 0)).toBeLessThanOrEqual(100);
    }
    expect(clock.timers).toBe(0);
  });
});

describe('errors', () => {
  it('gives each request its own error', async () => {
    const refusal = rejected();
    const { batcher } = makeBatcher({ run: async () => ['A', refusal, 'C'] });
    const ends = await Promise.allSettled(['a', 'b', 'c'].map((name) => batcher.add(name)));
    expect(ends.map((end) => (end.status === 'fulfilled' ? end.value : end.reason))).toEqual(['A', refusal, 'C']);
  });

  it('gives all of them what the whole call threw', async () => {
    const failure = rejected();
    const { batcher } = makeBatcher({ run: () => Promise.reject(failure) });
    const ends = await Promise.allSettled(['a', 'b', 'c'].map((name) => batcher.add(name)));
    expect(ends.map((end) => end.status === 'rejected' && end.reason)).toEqual([failure, failure, failure]);
  });

  it('takes a missing answer for a bug', async () => {
    const { batcher } = makeBatcher({ run: async () => ['A'] });
    const ends = await Promise.allSettled(['a', 'b', 'c'].map((name) => batcher.add(name)));
    for (const end of ends) expect(end).toMatchObject({ status: 'rejected', reason: expect.any(RangeError) });
  });
});

describe('callers that abort', () => {
  it('and those that do not: nothing stays on their signal', async () => {
    const { batcher } = makeBatcher();
    const { signal } = new AbortController();
    await Promise.all(['a', 'b', 'c'].map((name) => batcher.add(name, signal)));
    await settle();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('are taken out before the batch leaves, and leave no timer behind', async () => {
    const { batcher, sent, clock } = makeBatcher();
    const stop = new AbortController();
    const gone = watch(batcher.add('gone', stop.signal));
    await clock.advance(50);
    const stays = watch(batcher.add('stays'));
    const reason = cancelled();
    stop.abort(reason);
    await clock.advance(50);
    expect(gone.error).toBe(reason);
    expect(sent()).toEqual([]);
    await clock.advance(50);
    expect(sent()).toEqual(['stays']);
    expect(stays.value).toBe('STAYS');
    const alone = new AbortController();
    const last = watch(batcher.add('alone', alone.signal));
    alone.abort(reason);
    await settle();
    expect([last.error, clock.timers]).toEqual([reason, 0]);
    await expect(batcher.add('too late', alone.signal)).rejects.toBe(reason);
  });

  it('are let go after it left; the call itself is aborted only when all have gone', async () => {
    const answers = gate<readonly string[]>();
    const { batcher, batches } = makeBatcher({ max: 2, run: () => answers.promise });
    const stops = [new AbortController(), new AbortController()];
    const ends = stops.map(({ signal }, at) => watch(batcher.add(`${at}`, signal)));
    await settle();
    stops[0]?.abort(cancelled());
    await settle();
    expect(ends.map(({ state }) => state)).toEqual(['failed', 'waiting']);
    expect(batches[0]?.signal.aborted).toBe(false);
    stops[1]?.abort(cancelled());
    await settle();
    expect(ends.map(({ state }) => state)).toEqual(['failed', 'failed']);
    expect(batches[0]?.signal.aborted).toBe(true);
    answers.open(['', '']);
  });
});
