import { statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { Store } from '../../src/core/ports/store.ts';
import { openStore } from '../../src/store/sqlite-store.ts';
import { verifyDatabase } from '../../src/store/verify.ts';
import { done, item } from './support/samples.ts';
import { claimed, movableClock, tempFile } from './support/world.ts';

const STAGES = ['admit', 'prepare', 'read', 'draft', 'classify', 'specify', 'price', 'check', 'upload', 'publish'];
const KEPT = ['specify', 'price', 'publish'];
const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const at = (day: number): string => new Date(START + day * DAY_MS).toISOString();
const clock = movableClock(START);

async function add(store: Store, name: string, stages: readonly string[], padding = 100): Promise<void> {
  const each = item(name);
  await store.items.save(each, undefined);
  const claim = await claimed(store, each);
  for (const stage of stages) {
    const output = stage === 'publish' ? { listingId: name, url: 'u' } : { text: 'x'.repeat(padding) };
    await store.outcomes.record({ ...done(each, stage, output), startedAt: at(0), finishedAt: at(0) }, claim);
  }
  await store.claims.release(claim);
}

/** Items of every state, all of day 0; what ended did so on day 1. */
async function world(): Promise<{ readonly file: string; readonly store: Store }> {
  const file = tempFile();
  clock.ms = START;
  const store = await openStore(file, { environment: 'practice', clock });
  for (const name of ['live', 'sold', 'ended', 'withdrawn', 'busy', 'late']) await add(store, name, STAGES);
  await add(store, 'skipped', STAGES.slice(0, 5));
  await add(store, 'waiting', STAGES.slice(0, 4));
  const failed = item('failed');
  await add(store, 'failed', STAGES.slice(0, 3));
  const claim = await claimed(store, failed);
  const reason = { code: 'provider.timeout', message: 'It took too long.', hint: 'Try again.' } as const;
  await store.outcomes.record(
    { itemId: failed.id, stage: 'draft', fingerprint: '', kind: 'failed', reason, attempts: 2, startedAt: at(0), finishedAt: at(0) },
    claim,
  );
  for (const name of ['sold', 'busy'] as const) await store.items.markListingEnd(item(name).id, { kind: 'sold', at: at(1) });
  await store.items.markListingEnd(item('ended').id, { kind: 'ended', at: at(1) });
  await store.items.markListingEnd(item('late').id, { kind: 'sold', at: at(60) });
  await store.items.markWithdrawn(item('withdrawn').id, at(1));
  await store.items.decide(item('withdrawn').id, { kind: 'approve', contentHash: 'approved', at: at(0) });
  await store.items.decide(item('skipped').id, { kind: 'skip', at: at(1) });
  await store.items.rememberLook(item('sold').photos[0]?.sha256 as never, 'f'.repeat(16));
  return { file, store };
}

const stagesOf = async (store: Store, name: string): Promise<readonly string[]> =>
  (await store.outcomes.ofItem(item(name).id)).map(({ stage }) => stage);

it('forgets the detail of what has been over for so long, and nothing of anything else', async () => {
  const { file, store } = await world();
  const before = await store.items.all();
  clock.ms = START + 110 * DAY_MS;
  await store.claims.take(item('busy').id, 60_000);
  const pruned = await store.upkeep.prune(100, false);
  expect([pruned.items, pruned.results]).toEqual([4, 3 * 7 + 5]);

  for (const name of ['sold', 'ended', 'withdrawn']) expect(await stagesOf(store, name)).toEqual(KEPT);
  expect(await stagesOf(store, 'skipped')).toEqual([]);
  for (const name of ['live', 'busy', 'late']) expect(await stagesOf(store, name)).toEqual(STAGES);
  expect(await stagesOf(store, 'waiting')).toEqual(STAGES.slice(0, 4));
  expect(await stagesOf(store, 'failed')).toEqual(STAGES.slice(0, 4));
  // Everything that tells items apart, and what was approved.
  expect(await store.items.all()).toEqual(before);
  expect(await store.items.approvals()).toBe(1);
  expect(await store.items.nearDuplicates(item('live').id, ['f'.repeat(16)])).toHaveLength(1);
  expect(await store.items.ownListings(['live', 'sold', 'withdrawn'])).toEqual(new Set(['live', 'sold', 'withdrawn']));
  expect((await store.upkeep.prune(100, false)).results).toBe(0);
  await store.close();
  expect((await verifyDatabase(file, 'practice')).flatMap(({ problems }) => problems)).toEqual([]);
});

it('a dry run says the same and changes nothing', async () => {
  const { store } = await world();
  clock.ms = START + 110 * DAY_MS;
  const told = await store.upkeep.prune(100, true);
  expect(await stagesOf(store, 'sold')).toEqual(STAGES);
  const { givenBack: _, ...same } = await store.upkeep.prune(100, false);
  expect({ ...same, givenBack: false }).toEqual(told);
  await store.close();
});

it('forgets paid answers only when nobody can want them any more, and never what was not answered, nor what was spent', async () => {
  const { store } = await world();
  const { journal, ledger } = store;
  await ledger.reserve({ runId: 'run', itemId: item('sold').id, service: 'model', operation: 'draft', microUsd: 70, limits: {} });
  await store.runs.start({ id: 'first', command: 'list', dryRun: false, startedAt: at(0) });
  await store.runs.start({ id: 'last', command: 'list', dryRun: false, startedAt: at(1) });
  await journal.answered('reply', 'model:draft', { title: 'Shirt' });
  await journal.answered('picture', 'ebay:picture:1', { url: 'u' });
  await journal.answered('offer', 'EFSKU', { offerId: '1' });
  await journal.sent('flying', 'model:draft');
  clock.ms = START + 110 * DAY_MS;
  // The failed item was seen before these answers: it may want them when it is tried again.
  expect((await store.upkeep.prune(100, false)).answers).toBe(0);
  await store.items.remove(item('failed').id);
  const pruned = await store.upkeep.prune(100, false);
  expect(pruned.answers).toBe(2);
  expect([await journal.read('reply'), await journal.read('picture')]).toEqual([undefined, undefined]);
  expect([(await journal.read('offer'))?.state, (await journal.read('flying'))?.state]).toEqual(['answered', 'sent']);
  expect([await ledger.spentByRun('run'), (await ledger.spentByItem()).get(item('sold').id)]).toEqual([70, 70]);
  expect((await store.runs.latest())?.id).toBe('last');
  await store.close();
});

it('gives the space back to the disk', async () => {
  const file = tempFile();
  clock.ms = START;
  const store = await openStore(file, { environment: 'practice', clock });
  for (let n = 0; n < 30; n += 1) {
    await add(store, `big-${n}`, ['draft', 'publish'], 60_000);
    await store.items.markListingEnd(item(`big-${n}`).id, { kind: 'sold', at: at(1) });
  }
  await add(store, 'live', STAGES);
  clock.ms = START + 110 * DAY_MS;
  const before = statSync(file).size + statSync(`${file}-wal`).size;
  const { bytes, givenBack } = await store.upkeep.prune(100, false);
  expect(givenBack).toBe(true);
  expect(bytes).toBeGreaterThan(1_500_000);
  expect(statSync(file).size + statSync(`${file}-wal`).size).toBeLessThan(before - 1_500_000);
  await store.close();
  const db = new Sqlite(file);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
});

it('by itself it runs once a day', async () => {
  const { file, store } = await world();
  clock.ms = START + 110 * DAY_MS;
  const other = await openStore(file, { environment: 'practice', clock });
  expect((await store.upkeep.pruneDaily(100))?.items).toBe(5);
  expect(await other.upkeep.pruneDaily(100)).toBeUndefined();
  clock.ms += DAY_MS;
  expect((await other.upkeep.pruneDaily(100))?.items).toBe(0);
  await other.close();
  await store.close();
});
