import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../src/core/item.ts';
import type { Store } from '../../src/core/ports/store.ts';
import { childProcesses } from '../store/support/child.ts';
import { type Answer, program, type Step } from '../store/support/interleave.ts';
import { item } from '../store/support/samples.ts';
import { type MovableClock, movableClock, open, tempFile } from '../store/support/world.ts';
import { runs } from './runs.ts';

const ITEMS = 2;
const KEYS = 2;
const RUNS = 2;
const LIMIT = 100;
const PROGRAMS = 2;

/** What a store must be like, as one would write it down on paper: one thing at a time. */
interface Model {
  readonly claims: readonly { readonly token: number; readonly owner: number | null; readonly untilMs: number }[];
  /** The token each program holds of each item, also when it has been lost meanwhile. */
  readonly held: readonly (readonly (number | null)[])[];
  readonly recorded: readonly (number | null)[];
  readonly journal: readonly (string | number | null)[];
  readonly spent: readonly number[];
  readonly last: readonly ({ readonly run: number; readonly microUsd: number } | null)[];
}

const EMPTY: Model = {
  claims: Array.from({ length: ITEMS }, () => ({ token: 0, owner: null, untilMs: 0 })),
  held: Array.from({ length: PROGRAMS }, () => Array.from({ length: ITEMS }, () => null)),
  recorded: Array.from({ length: ITEMS }, () => null),
  journal: Array.from({ length: KEYS }, () => null),
  spent: Array.from({ length: RUNS }, () => 0),
  last: Array.from({ length: PROGRAMS }, () => null),
};

const put = <T>(list: readonly T[], at: number, value: T): readonly T[] => list.with(at, value);

/** One step of one program: what it is told, and how things are then. */
function after(model: Model, who: number, step: Step, nowMs: number): readonly [Answer, Model] {
  const { claims, held, recorded, journal, spent, last } = model;
  const holds = (at: number): boolean => {
    const [claim, token] = [claims[at], held[who]?.[at]];
    return claim !== undefined && claim.owner === who && claim.token === token;
  };
  switch (step.do) {
    case 'take': {
      const claim = claims[step.item] ?? { token: 0, owner: null, untilMs: 0 };
      if (claim.owner !== null && claim.owner !== who && claim.untilMs > nowMs) return [null, model];
      const token = claim.token + 1;
      const taken = { token, owner: who, untilMs: nowMs + step.leaseMs };
      return [token, { ...model, claims: put(claims, step.item, taken), held: put(held, who, put(held[who] ?? [], step.item, token)) }];
    }
    case 'renew':
    case 'release': {
      if (held[who]?.[step.item] == null) return [null, model];
      const claim = claims[step.item];
      if (!claim || !holds(step.item)) return ['ok', model];
      const next = step.do === 'renew' ? { ...claim, untilMs: nowMs + 60_000 } : { token: claim.token, owner: null, untilMs: 0 };
      return ['ok', { ...model, claims: put(claims, step.item, next) }];
    }
    case 'record':
      if (held[who]?.[step.item] == null) return [null, model];
      return holds(step.item) ? ['recorded', { ...model, recorded: put(recorded, step.item, step.value) }] : ['claim.lost', model];
    case 'reserve': {
      const sum = (spent[step.run] ?? 0) + step.microUsd;
      if (sum > step.limit) return ['run', model];
      return ['reserved', { ...model, spent: put(spent, step.run, sum), last: put(last, who, { run: step.run, microUsd: step.microUsd }) }];
    }
    case 'settle': {
      const reserved = last[who];
      if (!reserved) return [null, model];
      const sum = (spent[reserved.run] ?? 0) - reserved.microUsd + step.microUsd;
      return [
        'settled',
        { ...model, spent: put(spent, reserved.run, sum), last: put(last, who, { ...reserved, microUsd: step.microUsd }) },
      ];
    }
    case 'sent':
      return ['ok', { ...model, journal: put(journal, step.key, 'sent') }];
    case 'answered':
      return ['ok', { ...model, journal: put(journal, step.key, step.value) }];
    case 'drop':
      return ['ok', { ...model, journal: put(journal, step.key, null) }];
  }
}

/** What is in the database, in the model's words. */
async function inside(store: Store, items: readonly Item[], namespace: string): Promise<Pick<Model, 'recorded' | 'journal' | 'spent'>> {
  const recorded = await Promise.all(
    items.map(async ({ id }) => {
      const [outcome] = await store.outcomes.ofItem(id);
      if (!outcome) return null;
      expect(outcome.output).toEqual({ value: Number(outcome.fingerprint) });
      return Number(outcome.fingerprint);
    }),
  );
  const journal = await Promise.all(
    Array.from({ length: KEYS }, async (_, key) => {
      const entry = await store.journal.read(`${namespace}${key}`);
      return entry === undefined ? null : entry.state === 'sent' ? 'sent' : (entry.answer as number);
    }),
  );
  const spent = await Promise.all(Array.from({ length: RUNS }, (_, run) => store.ledger.spentByRun(`${namespace}${run}`)));
  return { recorded, journal, spent };
}

const itemAt = fc.nat({ max: ITEMS - 1 });
const value = fc.nat({ max: 9 });
const step = (leases: fc.Arbitrary<number>): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('take' as const), item: itemAt, leaseMs: leases }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('renew' as const, 'release' as const), item: itemAt }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('record' as const), item: itemAt, value }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('reserve' as const),
        run: fc.nat({ max: RUNS - 1 }),
        microUsd: fc.nat({ max: 60 }),
        limit: fc.constant(LIMIT),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('settle' as const), microUsd: fc.nat({ max: 60 }) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constantFrom('sent' as const, 'answered' as const, 'drop' as const),
        key: fc.nat({ max: KEYS - 1 }),
        value,
      }),
    },
  );

/** The orders in which the model may have seen steps that were made at the same time, as far as they fit the answers. */
function explained(models: readonly Model[], steps: readonly Step[], answers: readonly Answer[], nowMs: number): readonly Model[] {
  return models.flatMap((model) =>
    [
      [0, 1],
      [1, 0],
    ].flatMap((order) => {
      let now = model;
      for (const who of order) {
        const [answer, next] = after(now, who, steps[who] as Step, nowMs);
        if (answer !== answers[who]) return [];
        now = next;
      }
      return [now];
    }),
  );
}

let rounds = 0;
/** New items and names for each round, so that one database serves them all. */
async function freshRound(store: Store): Promise<{ items: readonly Item[]; namespace: string }> {
  rounds += 1;
  const items = Array.from({ length: ITEMS }, (_, at) => item(`round-${rounds}-${at}`));
  for (const each of items) await store.items.save(each, undefined);
  return { items, namespace: `${rounds}:` };
}

describe('two programs on one database, whatever they do at the same time', () => {
  it('are as if one had gone after the other: two connections, with leases that run out', async () => {
    const file = tempFile();
    const clock: MovableClock = movableClock();
    const stores = [await open(file, clock), await open(file, clock)] as const;
    const leases = fc.constantFrom(10, 100, 60_000);
    const turn = fc.tuple(step(leases), step(leases), fc.constantFrom(0, 0, 0, 5, 50, 500));
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 25 }), async (turns) => {
        const { items, namespace } = await freshRound(stores[0]);
        const programs = stores.map((store) =>
          program(
            store,
            items.map(({ id }) => id),
            namespace,
          ),
        );
        let models: readonly Model[] = [EMPTY];
        for (const [first, second, pause] of turns) {
          clock.ms += pause;
          const answers = await Promise.all([programs[0]?.(first), programs[1]?.(second)]);
          models = explained(models, [first, second], answers as Answer[], clock.ms);
          expect(models.length, JSON.stringify({ first, second, answers })).toBeGreaterThan(0);
          models = [...new Map(models.map((model) => [JSON.stringify(model), model])).values()];
        }
        const { recorded, journal, spent } = await inside(stores[1], items, namespace);
        expect(models.map((model) => ({ recorded: model.recorded, journal: model.journal, spent: model.spent }))).toContainEqual({
          recorded,
          journal,
          spent,
        });
        for (const sum of spent) expect(sum).toBeLessThanOrEqual(LIMIT + 60);
      }),
      runs(40),
    );
  });
});

const children = childProcesses();

describe('two real processes on one database, one of which is killed now and then', () => {
  it('are as if one had gone after the other, and the dead one holds nothing', async () => {
    const file = tempFile();
    const store = await open(file);
    const turn = fc.record({
      steps: fc.tuple(step(fc.constant(3_600_000)), step(fc.constant(3_600_000))),
      kill: fc.constantFrom(null, null, null, null, null, 0, 1),
    });
    const start = () => children.start('interleave', file);
    const crew = [start(), start()];
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 15 }), async (turns) => {
        const { items, namespace } = await freshRound(store);
        const greet = async (who: number): Promise<void> => {
          crew[who]?.process.stdin.write(`${JSON.stringify({ ids: items.map(({ id }) => id), namespace })}\n`);
          expect(await crew[who]?.next()).toBe('ready');
        };
        await Promise.all([greet(0), greet(1)]);
        let models: readonly Model[] = [EMPTY];
        for (const { steps, kill } of turns) {
          for (const [who, one] of steps.entries()) crew[who]?.process.stdin.write(`${JSON.stringify(one)}\n`);
          const answers = (await Promise.all(crew.map((child) => child.next()))) as Answer[];
          models = explained(models, steps, answers, 0);
          expect(models.length, JSON.stringify({ steps, answers })).toBeGreaterThan(0);
          if (kill === null) continue;
          await crew[kill]?.kill();
          crew[kill] = start();
          await greet(kill);
          // The dead one's claims are free at once; its successor knows of no claim and no reservation.
          models = models.map((model) => ({
            ...model,
            claims: model.claims.map((claim) => (claim.owner === kill ? { ...claim, owner: null, untilMs: 0 } : claim)),
            held: put(
              model.held,
              kill,
              Array.from({ length: ITEMS }, () => null),
            ),
            last: put(model.last, kill, null),
          }));
        }
        const { recorded, journal, spent } = await inside(store, items, namespace);
        expect(models.map((model) => ({ recorded: model.recorded, journal: model.journal, spent: model.spent }))).toContainEqual({
          recorded,
          journal,
          spent,
        });
      }),
      // A counterexample of real processes is not made smaller: each try costs processes.
      { ...runs(12), endOnFailure: true },
    );
  });
});
