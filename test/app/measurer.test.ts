import { expect, it } from 'vitest';
import { createMeasurer, type Measurer } from '../../src/app/metrics/measurer.ts';
import type { RunEvent } from '../../src/core/events.ts';
import type { ItemId } from '../../src/core/item.ts';
import type { Measure } from '../../src/core/measure.ts';
import type { LoginSeen, StoredItem } from '../../src/core/ports/index.ts';
import { item } from '../store/support/samples.ts';
import { movableClock } from '../store/support/world.ts';

const T0 = Date.UTC(2026, 2, 1, 10);
const one = item('one');
const stored: StoredItem = { item: one, firstSeenAt: new Date(T0 - 90_000).toISOString(), sidecar: {}, set: {} };

function measuring(dryRun = false) {
  const [written, logins, passed]: [Measure[], LoginSeen[], RunEvent[]] = [[], [], []];
  const clock = movableClock(T0);
  const store = {
    add: async (measures: readonly Measure[], seen: readonly LoginSeen[]) => {
      written.push(...measures);
      logins.push(...seen);
    },
  };
  const measurer = createMeasurer(store, clock, { emit: (event) => passed.push(event), dryRun });
  return { measurer, clock, written, logins, passed };
}

const stage = (kind: 'done' | 'failed' | 'reused', ms: number, known?: true): RunEvent => ({
  type: 'stage.finished',
  item: one.id,
  stage: 'price',
  kind,
  ms,
  ...(known ? { known } : {}),
});
const call = (ms: number, code?: 'provider.auth' | 'provider.timeout'): RunEvent => ({
  type: 'call.finished',
  service: 'browse',
  operation: 'browse.search',
  attempt: 1,
  ms,
  ...(code ? { code } : {}),
});
const ended = (outcome: 'listed' | 'failed' | 'already', id: ItemId = one.id): RunEvent => ({
  type: 'item.finished',
  item: id,
  sku: one.sku,
  source: one.source,
  outcome,
});
const lines = (measures: readonly Measure[]): readonly string[] =>
  measures
    .map(({ day, what, label, detail, bound, count, sum }) => [day, what, label, detail, bound, count, sum].join(' ').replace(/ +/g, ' '))
    .sort();

it('sums up what was really done, and passes every event on', async () => {
  const { measurer, written, passed } = measuring();
  const events = [stage('reused', 1), stage('done', 120), stage('done', 200), call(30), call(400, 'provider.timeout')];
  for (const event of events) measurer.emit(event);
  measurer.emit({
    type: 'call.retried',
    service: 'browse',
    attempt: 1,
    waitMs: 5,
    reason: { code: 'provider.timeout', message: '', hint: '' },
  });
  measurer.item(stored, { outcome: 'listed' }, undefined);
  measurer.emit(ended('listed'));
  await measurer.flush();
  expect(lines(written)).toEqual([
    '2026-03-01 call browse failed 500 1 400',
    '2026-03-01 call browse ok 50 1 30',
    '2026-03-01 live 300000 1 90000',
    '2026-03-01 retry browse 0 1 0',
    '2026-03-01 stage price done 250 2 320',
    '2026-03-01T10 item listed 0 1 0',
  ]);
  expect(passed).toHaveLength(7);
});

it('an item that failed for good is counted once, however many runs meet it', async () => {
  const { measurer, written } = measuring();
  measurer.emit(stage('failed', 70));
  measurer.emit(ended('failed'));
  await measurer.flush();
  const first = written.length;
  measurer.emit(stage('reused', 1));
  measurer.emit(stage('failed', 3, true));
  measurer.emit(ended('failed'));
  measurer.emit(ended('already'));
  await measurer.flush();
  expect([first, written.length]).toEqual([2, 2]);
});

it('a dry run lists nothing', async () => {
  const { measurer, written } = measuring(true);
  measurer.emit(stage('done', 70));
  measurer.item(stored, { outcome: 'listed' }, undefined);
  measurer.emit(ended('listed'));
  await measurer.flush();
  expect(lines(written)).toEqual(['2026-03-01 stage price done 100 1 70']);
});

it('who waited for a person says nothing of speed; how sure the facts are is a mean', async () => {
  const { measurer, written } = measuring();
  measurer.emit(stage('done', 70));
  const fact = (confidence: number) => ({ value: 'x', confidence, evidence: [] });
  measurer.item(
    { ...stored, decision: { kind: 'approve', at: '' } },
    { outcome: 'listed' },
    { provider: 'local', facts: { brand: fact(0.5), size: fact(1) }, unknowns: {}, categoryQueries: [] },
  );
  await measurer.flush();
  expect(lines(written)).toEqual(['2026-03-01 confidence 0 1 0.75', '2026-03-01 stage price done 100 1 70']);
});

it('knows which login was taken and which was refused, also before any call', async () => {
  const { measurer, logins, clock } = measuring();
  measurer.emit(call(5));
  clock.ms += 1000;
  measurer.emit(call(5, 'provider.auth'));
  measurer.emit(call(5, 'provider.timeout'));
  measurer.broke({ code: 'config.missing-credentials', message: '', hint: '' });
  measurer.broke({ code: 'input.no-photos', message: '', hint: '' });
  await measurer.flush();
  const [then, later] = [new Date(T0).toISOString(), new Date(T0 + 1000).toISOString()];
  expect(logins).toEqual([
    { service: 'browse', takenAt: then, refusedAt: later },
    { service: 'inventory', takenAt: null, refusedAt: later },
  ]);
});

it('writes from time to time, and goes on where it cannot be written', async () => {
  const clock = movableClock(T0);
  let tries = 0;
  const store = {
    add: async () => {
      tries += 1;
      throw new Error('the disk is full');
    },
  };
  const measurer: Measurer = createMeasurer(store, clock, { emit: () => {} });
  for (let n = 0; n < 30; n += 1) {
    clock.ms += 1_000;
    measurer.emit(call(5));
  }
  await measurer.flush();
  expect(tries).toBe(3);
});
