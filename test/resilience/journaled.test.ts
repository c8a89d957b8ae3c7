import { describe, expect, it } from 'vitest';
import { EasyflipError } from '../../src/core/errors.ts';
import { once } from '../../src/resilience/journaled.ts';
import { settle } from './fake-clock.ts';
import { cancelled, gate, MemoryJournal, rejected, unavailable, watch } from './fakes.ts';

const CALL = { key: 'publish:EF1', scope: 'EF1' };

describe('once', () => {
  it('records the call before it leaves and its answer before it is returned', async () => {
    const journal = new MemoryJournal();
    const answer = await once(journal, CALL, async () => {
      expect(await journal.read(CALL.key)).toMatchObject({ state: 'sent' });
      return { listingId: '110' };
    });
    expect(answer).toEqual({ listingId: '110' });
    expect(journal.rows.get(CALL.key)).toMatchObject({ scope: 'EF1', entry: { state: 'answered', answer: { listingId: '110' } } });
  });

  it('never makes an answered call again', async () => {
    const journal = new MemoryJournal();
    await once(journal, CALL, async () => 'first');
    await expect(once(journal, CALL, () => Promise.reject(new Error('called twice')))).resolves.toBe('first');
  });

  it('keeps an answer without content', async () => {
    const journal = new MemoryJournal();
    await once(journal, CALL, async () => undefined);
    expect(await journal.read(CALL.key)).toMatchObject({ state: 'answered', answer: null });
  });

  it('does not run when the journal cannot be written, and keeps `sent` when the answer cannot', async () => {
    const full = new EasyflipError('store.full', 'The disk is full.', { hint: 'Make room.' });
    const journal = new MemoryJournal();
    let runs = 0;
    const run = async (): Promise<number> => (runs += 1);
    journal.answered = () => Promise.reject(full);
    await expect(once(journal, CALL, run)).rejects.toBe(full);
    expect([runs, (await journal.read(CALL.key))?.state]).toEqual([1, 'sent']);
    journal.sent = () => Promise.reject(full);
    await expect(once(journal, CALL, run)).rejects.toBe(full);
    expect(runs).toBe(1);
  });
});

describe('a call that was in flight when the program died', () => {
  const died = async (): Promise<MemoryJournal> => {
    const journal = new MemoryJournal();
    await journal.sent(CALL.key, CALL.scope);
    return journal;
  };

  it('is settled from outside and not made again', async () => {
    const journal = await died();
    let runs = 0;
    const run = async (): Promise<string> => {
      runs += 1;
      return 'run';
    };
    await expect(once(journal, { ...CALL, settle: async () => 'found' }, run)).resolves.toBe('found');
    await expect(once(journal, { ...CALL, settle: () => Promise.reject(new Error('asked twice')) }, run)).resolves.toBe('found');
    expect(runs).toBe(0);
  });

  it.each([
    ['it did not happen', async () => undefined],
    ['nobody can tell', undefined],
  ])('is made again when %s', async (_what, settleCall) => {
    const journal = await died();
    await expect(once(journal, { ...CALL, ...(settleCall && { settle: settleCall }) }, async () => 'again')).resolves.toBe('again');
    expect(await journal.read(CALL.key)).toMatchObject({ state: 'answered', answer: 'again' });
  });

  it('stays open when it cannot be settled now', async () => {
    const journal = await died();
    let runs = 0;
    const call = { ...CALL, settle: () => Promise.reject(unavailable()) };
    await expect(once(journal, call, async () => (runs += 1))).rejects.toMatchObject({ code: 'provider.unavailable' });
    expect([runs, (await journal.read(CALL.key))?.state]).toEqual([0, 'sent']);
  });
});

describe('a call that fails', () => {
  it.each([
    ['is forgotten when nothing happened', rejected(), undefined],
    ['stays open when it may have happened', unavailable({ mayHaveHappened: true }), 'sent'],
    ['stays open when it was cut off', cancelled(), 'sent'],
    ['stays open after a bug', new TypeError('oops'), 'sent'],
  ])('%s', async (_what, error, state) => {
    const journal = new MemoryJournal();
    await expect(once(journal, CALL, () => Promise.reject(error))).rejects.toBe(error);
    expect((await journal.read(CALL.key))?.state).toBe(state);
  });

  it("stays open when the caller's signal cut it off, whatever the error says", async () => {
    const journal = new MemoryJournal();
    const stop = new AbortController();
    const run = once(journal, { ...CALL, signal: stop.signal }, async () => {
      stop.abort(rejected());
      throw stop.signal.reason;
    });
    await expect(run).rejects.toMatchObject({ code: 'listing.rejected' });
    expect((await journal.read(CALL.key))?.state).toBe('sent');
  });
});

describe('several callers of the same call', () => {
  it('share one flight', async () => {
    const journal = new MemoryJournal();
    const answer = gate<string>();
    let runs = 0;
    const run = (): Promise<string> => {
      runs += 1;
      return answer.promise;
    };
    const ends = [1, 2, 3].map(() => once(journal, CALL, run));
    const other = once(journal, { key: 'another', scope: 'EF2' }, async () => 'other');
    await expect(other).resolves.toBe('other');
    answer.open('answer');
    await expect(Promise.all(ends)).resolves.toEqual(['answer', 'answer', 'answer']);
    expect(runs).toBe(1);
  });

  it('share its failure', async () => {
    const journal = new MemoryJournal();
    const answer = gate<string>();
    let runs = 0;
    const ends = [1, 2].map(() =>
      once(journal, { ...CALL, signal: new AbortController().signal }, () => {
        runs += 1;
        return answer.promise;
      }),
    );
    const settled = Promise.allSettled(ends);
    await settle();
    const refusal = rejected();
    answer.fail(refusal);
    expect(await settled).toEqual([
      { status: 'rejected', reason: refusal },
      { status: 'rejected', reason: refusal },
    ]);
    expect(runs).toBe(1);
  });

  it('one that leaves does not end it for the others', async () => {
    const journal = new MemoryJournal();
    const answer = gate<string>();
    const stop = new AbortController();
    const first = watch(once(journal, CALL, () => answer.promise));
    const second = watch(once(journal, { ...CALL, signal: stop.signal }, () => answer.promise));
    await settle();
    const reason = cancelled();
    stop.abort(reason);
    await settle();
    expect([first.state, second.error]).toEqual(['waiting', reason]);
    answer.open('answer');
    await settle();
    expect(first.value).toBe('answer');
  });

  it('one that was called off in flight leaves it to the next, who settles it', async () => {
    const journal = new MemoryJournal();
    const stop = new AbortController();
    const order: string[] = [];
    const fly = (name: string, signal: AbortSignal): Promise<string> => {
      const settleCall = async (): Promise<undefined> => {
        order.push(`${name} asks`);
      };
      return once<string>(journal, { ...CALL, signal, settle: settleCall }, () => {
        order.push(`${name} flies`);
        return new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
          if (name === 'second') resolve('answer');
        });
      });
    };
    const first = watch(fly('first', stop.signal));
    await settle();
    const second = fly('second', new AbortController().signal);
    stop.abort(cancelled());
    await expect(second).resolves.toBe('answer');
    expect(first.error).toMatchObject({ code: 'run.cancelled' });
    expect(order).toEqual(['first flies', 'second asks', 'second flies']);
  });
});
