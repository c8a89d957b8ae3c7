import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../src/core/item.ts';
import { openDatabase } from '../../src/store/open-database.ts';
import { hasEnded, thisProcess } from '../../src/store/process-identity.ts';
import { childProcesses } from './support/child.ts';
import { done, item } from './support/samples.ts';
import { claimed, open, tempFile } from './support/world.ts';

const children = childProcesses();
const LONG_LEASE_MS = '3600000';

async function storeWith(...items: readonly Item[]): Promise<{ file: string; store: Awaited<ReturnType<typeof open>> }> {
  const file = tempFile();
  const store = await open(file);
  for (const each of items) await store.items.save(each, undefined);
  return { file, store };
}

describe('several processes on one database', () => {
  it('may all create it at the same moment', async () => {
    const file = tempFile();
    const starters = ['a', 'b', 'c', 'd'].map((name) => children.start('create', file, name));
    expect(await Promise.all(starters.map((child) => child.next()))).toEqual(['created', 'created', 'created', 'created']);
    const { db } = await openDatabase(file, 'practice');
    expect(db.prepare('SELECT id FROM runs ORDER BY id').pluck().all()).toEqual(['a', 'b', 'c', 'd']);
    db.close();
  });

  it('share the items: each goes to exactly one of them', async () => {
    const items = Array.from({ length: 60 }, (_, n) => item(`shirt-${n}`));
    const { file } = await storeWith(...items);
    const workers = [children.start('share', file), children.start('share', file)];
    const got = (await Promise.all(workers.map((child) => child.next()))) as string[][];
    expect(got.flat().sort()).toEqual(items.map(({ id }) => id).sort());
  });

  it('keep the window together: never more calls in any 300 ms than allowed', async () => {
    const { file } = await storeWith();
    const workers = Array.from({ length: 3 }, () => children.start('rate', file, '-', '5', '300', '8'));
    const times = ((await Promise.all(workers.map((child) => child.next()))) as number[][]).flat().sort((a, b) => a - b);
    expect(times).toHaveLength(24);
    for (const [at, time] of times.entries()) expect((times[at + 5] ?? Number.POSITIVE_INFINITY) - time).toBeGreaterThanOrEqual(300);
  });

  it('do not go over the limit together, and a killed one keeps what it reserved', async () => {
    const { file, store } = await storeWith();
    const workers = Array.from({ length: 3 }, () => children.start('reserve', file, '-', '40', '505'));
    const got = (await Promise.all(workers.map((child) => child.next()))) as number[];
    expect(got.reduce((sum, n) => sum + n)).toBe(50);
    for (const child of workers) await child.kill();
    expect(await store.ledger.spentByRun('run')).toBe(500);
    const entry = { runId: 'run', service: 'model', operation: 'draft', microUsd: 6, limits: { run: 505 } } as const;
    expect(await store.ledger.reserve(entry)).toEqual({ over: 'run' });
    expect(await store.ledger.reserve({ ...entry, microUsd: 5 })).toHaveProperty('reservation');
  });
});

describe('a process that is killed', () => {
  it('loses its items at once, although its lease still runs', async () => {
    const shirt = item('shirt');
    const { file, store } = await storeWith(shirt);
    const child = children.start('hold', file, shirt.id, LONG_LEASE_MS);
    const theirs = (await child.next()) as { token: number };

    expect(await store.claims.take(shirt.id, 60_000)).toBeUndefined();
    await child.kill();
    const ours = await store.claims.take(shirt.id, 60_000);
    expect(ours).toEqual({ itemId: shirt.id, token: theirs.token + 1 });
  });

  it('does not lose them while it is only stopped', async () => {
    const shirt = item('shirt');
    const { file, store } = await storeWith(shirt);
    const child = children.start('hold', file, shirt.id, LONG_LEASE_MS);
    await child.next();
    child.process.kill('SIGSTOP');
    expect(await store.claims.take(shirt.id, 60_000)).toBeUndefined();
  });

  // A parent that does not collect its dead children leaves zombies, which still have a process number.
  it.skipIf(!existsSync('/proc/self/stat'))('has ended, too, while it is a zombie', async () => {
    const shirt = item('shirt');
    const { file, store } = await storeWith(shirt);
    const child = children.start('hold', file, shirt.id, LONG_LEASE_MS);
    await child.next();
    const { pid = 0 } = child.process;
    const stat = (): string => readFileSync(`/proc/${pid}/stat`, 'utf8');
    process.kill(pid, 'SIGKILL');
    // Node collects its children in the event loop: without an await the child stays a zombie.
    while (!stat().includes(') Z '));
    process.kill(pid, 0);
    const startedAt = stat().split(') Z ')[1]?.split(' ')[18] ?? '';
    expect(hasEnded({ ...thisProcess(), pid, startedAt }, thisProcess())).toBe(true);
    expect(await store.claims.take(shirt.id, 60_000)).toBeDefined();
  });

  it('leaves nothing of an unfinished transaction, and no lock', async () => {
    const shirt = item('shirt');
    const { file, store } = await storeWith(shirt);
    const child = children.start('midway', file);
    await child.next();
    await child.kill();

    expect(await store.journal.read('unfinished-0')).toBeUndefined();
    await store.outcomes.record(done(shirt, 'prepare'), await claimed(store, shirt));
    const again = await open(file);
    expect(await again.journal.read('unfinished-4999')).toBeUndefined();
    expect(await again.outcomes.ofItem(shirt.id)).toHaveLength(1);
  });

  it('leaves whole records only, and every one that it was told about', async () => {
    const shirt = item('shirt');
    const { file, store } = await storeWith(shirt);
    for (let round = 0; round < 4; round += 1) {
      const child = children.start('record', file, shirt.id);
      let told = 0;
      while (told < 20 + round * 7) told = (await child.next()) as number;
      await child.kill();
      const [outcome, ...more] = await store.outcomes.ofItem(shirt.id);
      expect(more).toEqual([]);
      expect(outcome?.attempts).toBeGreaterThanOrEqual(told);
      expect(outcome?.fingerprint).toBe(String(outcome?.attempts));
      expect(outcome?.output).toMatchObject({ n: outcome?.attempts });
    }
  });

  it('whose item was taken over writes nothing any more', async () => {
    const shirt = item('shirt');
    const { file, store } = await storeWith(shirt);
    const child = children.start('obey', file, shirt.id);
    const theirs = (await child.next()) as { token: number };
    let ours = await store.claims.take(shirt.id, 60_000);
    while (!ours) ours = await store.claims.take(shirt.id, 60_000);
    expect(ours.token).toBe(theirs.token + 1);
    await store.outcomes.record({ ...done(shirt, 'draft'), fingerprint: 'ours' }, ours);

    child.process.stdin.end('now');
    expect(await child.next()).toMatchObject({ code: 'claim.lost' });
    expect((await store.outcomes.ofItem(shirt.id)).map(({ fingerprint }) => fingerprint)).toEqual(['ours']);
  });
});
