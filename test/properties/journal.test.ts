import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EasyflipError } from '../../src/core/errors.ts';
import type { JournalStore } from '../../src/core/ports/store.ts';
import { once } from '../../src/resilience/journaled.ts';
import { open, tempFile } from '../store/support/world.ts';
import { runs } from './runs.ts';

/** What may happen to one attempt. A crash is a promise that never ends: its program is gone, and what it wrote stays. */
type Fate =
  | 'answered'
  | 'refused'
  | 'lost before the work'
  | 'lost after the work'
  | 'killed before it left'
  | 'killed after the work'
  | 'killed before the answer was kept';

const fate = fc.constantFrom<Fate>(
  'answered',
  'refused',
  'lost before the work',
  'lost after the work',
  'killed before it left',
  'killed after the work',
  'killed before the answer was kept',
);
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
const noAnswer = () => new EasyflipError('provider.timeout', 'No answer.', { hint: 'Wait.', retryable: true, mayHaveHappened: true });
const refusal = () => new EasyflipError('listing.rejected', 'No.', { hint: 'Mend it.' });

/** The service, as it is in truth: how often it has done the work. */
class Service {
  done = 0;
  work(): { n: number } {
    this.done += 1;
    return { n: this.done };
  }
}

/** One program: a view on the journal of its own (flights are kept by it), which may be cut off while it writes. */
const programOn = (journal: JournalStore, cutOff: (doing: 'sent' | 'answered') => boolean): JournalStore => ({
  read: (key) => journal.read(key),
  ofScope: (scope) => journal.ofScope(scope),
  sent: (key, scope) => (cutOff('sent') ? never() : journal.sent(key, scope)),
  answered: (key, scope, answer) => (cutOff('answered') ? never() : journal.answered(key, scope, answer)),
  drop: (key) => journal.drop(key),
  dropScope: (scope) => journal.dropScope(scope),
});

/** Lets everything run that can; a promise that is still open then will stay so. */
async function outcomeOf<T>(promise: Promise<T>): Promise<T | 'killed' | EasyflipError> {
  const killed = new Promise<'killed'>((resolve) => {
    let turns = 0;
    const turn = (): void => void (turns++ < 20 ? setImmediate(turn) : resolve('killed'));
    turn();
  });
  return Promise.race([promise.catch((error: unknown) => error as EasyflipError), killed]);
}

async function attempt(journal: JournalStore, key: string, what: Fate, service: Service, settles: boolean): Promise<unknown> {
  const program = programOn(
    journal,
    (doing) =>
      (what === 'killed before it left' && doing === 'sent') || (what === 'killed before the answer was kept' && doing === 'answered'),
  );
  const run = async (): Promise<{ n: number }> => {
    if (what === 'refused') throw refusal();
    if (what === 'lost before the work') throw noAnswer();
    const answer = service.work();
    if (what === 'lost after the work') throw noAnswer();
    return what === 'killed after the work' ? never() : answer;
  };
  const settle = async (): Promise<{ n: number } | undefined> => (service.done > 0 ? { n: service.done } : undefined);
  return outcomeOf(once(program, { key, scope: 's', ...(settles ? { settle } : {}) }, run));
}

describe('a call in the journal, whatever happens to its attempts', () => {
  it('is done once where the service can be asked, and never again after its answer was kept', async () => {
    const { journal } = await open(tempFile());
    let calls = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 8 }), fc.boolean(), async (fates, settles) => {
        calls += 1;
        const key = `call-${calls}`;
        const service = new Service();
        let kept: unknown;
        let doneAfterWhichNothingIsKnown = 0;
        for (const what of [...fates, 'answered' as const]) {
          const before = service.done;
          const end = await attempt(journal, key, what, service, settles);
          const entry = await journal.read(key);
          if (kept !== undefined) {
            // Answered before: the same answer, and the service was not asked.
            expect([end, service.done]).toEqual([kept, before]);
          } else if (entry?.state === 'answered') kept = end;
          else if (service.done > before) doneAfterWhichNothingIsKnown += 1;
          // Without a way to ask, a refusal of the next attempt may wipe the mark: there is nobody to ask about it.
          if (settles && service.done > 0) expect(entry?.state).not.toBeUndefined();
        }
        expect(kept).toEqual({ n: service.done });
        if (settles) expect(service.done).toBe(1);
        // Without a way to ask, each attempt of which no answer came may be one more, and no other.
        else expect(service.done).toBe(doneAfterWhichNothingIsKnown + 1);
      }),
      runs(150),
    );
  });

  it('callers at the same time share one flight', async () => {
    const { journal } = await open(tempFile());
    let calls = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 6 }), fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), async (callers, later) => {
        calls += 1;
        const key = `call-${calls}`;
        const service = new Service();
        const call = async (at: number): Promise<{ n: number }> => {
          if (later[at]) await new Promise(setImmediate);
          return once(journal, { key, scope: 's' }, async () => service.work());
        };
        expect(await Promise.all(Array.from({ length: callers }, (_, at) => call(at)))).toEqual(Array(callers).fill({ n: 1 }));
      }),
      runs(40),
    );
  });
});
