import { expect, it } from 'vitest';
import type { StageOutcome } from '../../src/core/ports/store.ts';
import { done, item } from './support/samples.ts';
import { claimed, open, tempFile } from './support/world.ts';

const shirt = item('shirt');
const reason = { code: 'listing.rejected', message: 'eBay refused it.', hint: 'Read the reason.' } as const;
const failed = (attempts: number): StageOutcome => ({
  itemId: shirt.id,
  stage: 'publish',
  fingerprint: 'f',
  kind: 'failed',
  reason,
  attempts,
  startedAt: `2026-01-02T03:04:${String(attempts).padStart(2, '0')}.000Z`,
  finishedAt: '2026-01-02T04:00:00.000Z',
});

it('every failure is kept with its outcome, the last twenty, also after it went well', async () => {
  const file = tempFile();
  const store = await open(file);
  await store.items.save(shirt, undefined);
  const claim = await claimed(store, shirt);
  for (let attempt = 1; attempt <= 23; attempt += 1) await store.outcomes.record(failed(attempt), claim);
  await store.outcomes.record(done(shirt, 'publish', { listingId: '110' }), claim);
  const kept = await (await open(file)).failures.ofItem(shirt.id);
  expect(kept.map(({ attempts }) => attempts)).toEqual(Array.from({ length: 20 }, (_, at) => at + 4));
  const { stage, startedAt, finishedAt: failedAt } = failed(23);
  expect(kept.at(-1)).toEqual({ itemId: shirt.id, stage, attempts: 23, startedAt, failedAt, reason });
});

it('a lost claim writes neither the outcome nor the failure', async () => {
  const store = await open(tempFile());
  await store.items.save(shirt, undefined);
  const claim = await claimed(store, shirt);
  await expect(store.outcomes.record(failed(1), { ...claim, token: claim.token + 1 })).rejects.toMatchObject({ code: 'claim.lost' });
  expect(await store.failures.ofItem(shirt.id)).toEqual([]);
});

it('calls add up over runs; all goes with the item', async () => {
  const store = await open(tempFile());
  await store.items.save(shirt, undefined);
  await store.failures.addCalls(shirt.id, [{ service: 'media', calls: 2, failed: 1, ms: 1000.4 }]);
  await store.failures.addCalls(shirt.id, [
    { service: 'media', calls: 1, failed: 0, ms: 500 },
    { service: 'inventory', calls: 4, failed: 0, ms: 100 },
  ]);
  expect(await store.failures.callsOf(shirt.id)).toEqual([
    { service: 'inventory', calls: 4, failed: 0, ms: 100 },
    { service: 'media', calls: 3, failed: 1, ms: 1500 },
  ]);
  await store.outcomes.record(failed(1), await claimed(store, shirt));
  await store.items.remove(shirt.id);
  expect([await store.failures.callsOf(shirt.id), await store.failures.ofItem(shirt.id)]).toEqual([[], []]);
  // Counts that arrive late for an item that is gone are nobody's.
  await store.failures.addCalls(shirt.id, [{ service: 'media', calls: 1, failed: 0, ms: 1 }]);
  expect(await store.failures.callsOf(shirt.id)).toEqual([]);
});

it('inspect finds a database whole, or counts what is wrong with it', async () => {
  const file = tempFile();
  const store = await open(file);
  await store.items.save(shirt, undefined);
  expect(await store.inspect()).toMatchObject({ problems: 0, engine: expect.stringMatching(/^SQLite 3\./) });
  const { default: Sqlite } = await import('better-sqlite3');
  const db = new Sqlite(file);
  db.pragma('foreign_keys = OFF');
  db.exec('DELETE FROM items');
  db.close();
  // Three photos without their item.
  expect((await store.inspect()).problems).toBe(3);
});
