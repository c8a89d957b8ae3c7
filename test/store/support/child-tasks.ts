import { once } from 'node:events';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createInterface } from 'node:readline';
import { reasonOf } from '../../../src/core/errors.ts';
import type { ItemId, PhotoHash, Sku } from '../../../src/core/item.ts';
import type { Store } from '../../../src/core/ports/store.ts';
import { backUp } from '../../../src/store/backup.ts';
import { MIGRATIONS } from '../../../src/store/migrations/versions.ts';
import { latestVersion, migrate } from '../../../src/store/migrations.ts';
import { openDatabase } from '../../../src/store/open-database.ts';
import { restoreDatabase } from '../../../src/store/restore.ts';
import { openStore } from '../../../src/store/sqlite-store.ts';
import { switchDatabase } from '../../../src/store/switch-sealing.ts';
import { program, type Step } from './interleave.ts';

const [task = '', file = '', ...args] = process.argv.slice(2);
const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
const open = (): Promise<Store> => openStore(file, { environment: 'practice' });
const stay = (): void => void setInterval(() => {}, 60_000);
const id = args[0] as ItemId;
/** Says that it has come this far, and never returns: the parent kills it here. */
const stopHere = (): void => {
  fs.writeSync(1, '"here"\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};

/** Stops before the nth change to the file system. */
function stopBeforeChange(nth: number): void {
  let left = nth;
  const stopping =
    <A extends unknown[], R>(work: (...values: A) => R) =>
    (...values: A): R => {
      left -= 1;
      if (left === 0) stopHere();
      return work(...values);
    };
  const changing = ['renameSync', 'rmSync', 'copyFileSync', 'fsyncSync'] as const;
  for (const name of changing) Object.assign(fs, { [name]: stopping(fs[name] as (...values: unknown[]) => unknown) });
  syncBuiltinESMExports();
}

const tasks: Readonly<Record<string, () => Promise<void>>> = {
  /** Stops in the middle of a migration, after its last step. */
  async migrating() {
    const { default: Sqlite } = await import('better-sqlite3');
    const db = new Sqlite(file);
    db.pragma('journal_mode = WAL');
    db.pragma('cache_size = 10');
    db.function('stop_here', () => void stopHere());
    migrate(db, 'practice', [...MIGRATIONS, { version: latestVersion() + 1, up: 'CREATE TABLE later (id); SELECT stop_here();' }]);
  },

  /** Stops in the middle of a backup. */
  async backingUp() {
    const { db } = await openDatabase(file, 'practice');
    const backup = db.backup.bind(db);
    let steps = 0;
    db.backup = (target) =>
      backup(target, {
        progress: () => {
          steps += 1;
          if (steps === 3) stopHere();
          return 5;
        },
      });
    await backUp(db, args[0] ?? '');
  },

  /** Stops before the nth change to the file system that restoring makes; says that it is done where there are fewer. */
  async restoring() {
    stopBeforeChange(Number(args[1]));
    await restoreDatabase(args[0] ?? '', file, 'practice', Date.now());
    say('done');
  },

  /** Stops before the nth change to the file system that encrypting makes; says that it is done where there are fewer. */
  async switching() {
    const key = new Uint8Array(Buffer.from(args[0] ?? '', 'hex'));
    stopBeforeChange(Number(args[1]));
    await switchDatabase(file, { key, to: 'sealed', meanwhile: async () => {} });
    say('done');
  },

  /** Takes an item and keeps it. */
  async hold() {
    const store = await open();
    say(await store.claims.take(id, Number(args[1])));
    stay();
  },

  /** Opens, or says why not. */
  async open() {
    say(await open().then(() => 'opened', reasonOf));
  },

  /** Fills the disk with outputs, then says what happened, what is still there, and whether a small write goes through. */
  async fill() {
    const store = await open();
    await store.items.save(
      { id, sku: 'EF' as Sku, anchor: '' as PhotoHash, source: '/photos/shirt', photos: [], nameWords: [], seller: {} },
      undefined,
    );
    const claim = await store.claims.take(id, 60_000);
    if (!claim) throw new Error('not free');
    const startedAt = new Date().toISOString();
    const record = (stage: string, length: number): Promise<void> =>
      store.outcomes.record(
        { itemId: id, stage, fingerprint: '', kind: 'done', output: 'x'.repeat(length), attempts: 1, startedAt },
        claim,
      );
    await record('prepare', 10);
    const problem = await record('draft', 3_000_000).then(() => 'recorded', reasonOf);
    const stages = (await store.outcomes.ofItem(id)).map(({ stage }) => stage);
    await record('price', 10);
    await store.close();
    const after = (await (await open()).outcomes.ofItem(id)).map(({ stage }) => stage);
    say({ problem, stages, after });
  },

  /** Opens (and creates) the store, writes a run, closes. */
  async create() {
    const store = await open();
    await store.runs.start({ id, command: 'list', dryRun: false, startedAt: new Date().toISOString() });
    await store.close();
    say('created');
  },

  /** Stops in the middle of a transaction that has written much, so that pages of it are already on disk. */
  async midway() {
    const { db } = await openDatabase(file, 'practice');
    db.pragma('cache_size = 10');
    db.exec('BEGIN IMMEDIATE');
    const add = db.prepare('INSERT INTO journal (key, scope, sent_at) VALUES (?, ?, ?)');
    for (let n = 0; n < 5_000; n += 1) add.run(`unfinished-${n}`, 'x'.repeat(500), 'now');
    say('midway');
    stay();
  },

  /** Records one stage after another, each with an output that tells its fingerprint, until it is killed. */
  async record() {
    const store = await open();
    const claim = await store.claims.take(id, 600_000);
    if (!claim) throw new Error('not free');
    for (let n = 1; ; n += 1) {
      const startedAt = new Date().toISOString();
      const output = { n, padding: 'x'.repeat(6_000) };
      await store.outcomes.record(
        { itemId: id, stage: 'draft', fingerprint: String(n), kind: 'done', output, attempts: n, startedAt },
        claim,
      );
      say(n);
    }
  },

  /** Takes an item for a moment only, and tries to record when it is told to. */
  async obey() {
    const store = await open();
    const claim = await store.claims.take(id, 1);
    say(claim);
    if (!claim) return;
    await once(process.stdin, 'data');
    const startedAt = new Date().toISOString();
    const late = store.outcomes.record({ itemId: id, stage: 'draft', fingerprint: 'late', kind: 'started', attempts: 1, startedAt }, claim);
    say(await late.then(() => 'recorded', reasonOf));
  },

  /** Tries to reserve `times` calls of 10 millionths within a limit, and says how many it got. */
  async reserve() {
    const store = await open();
    let got = 0;
    for (let n = 0; n < Number(args[1]); n += 1) {
      const entry = { runId: 'run', service: 'model', operation: 'draft', microUsd: 10, limits: { run: Number(args[2]) } } as const;
      if ('reservation' in (await store.ledger.reserve(entry))) got += 1;
    }
    say(got);
    stay();
  },

  /** Takes places in a rate window as fast as it may, and says when it got each. */
  async rate() {
    const store = await open();
    const window = { calls: Number(args[1]), perMs: Number(args[2]) };
    const times: number[] = [];
    while (times.length < Number(args[3])) {
      const now = Date.now();
      const { waitMs } = await store.rates.take('inventory', window, now);
      if (waitMs === 0) times.push(now);
      else await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    say(times);
  },

  /** Does what it is told, a step a line; `{ids, namespace}` begins anew with other items. */
  async interleave() {
    const store = await open();
    let act: ReturnType<typeof program> | undefined;
    for await (const line of createInterface({ input: process.stdin })) {
      const told = JSON.parse(line) as Step | { readonly ids: readonly string[]; readonly namespace: string };
      if ('ids' in told) act = program(store, told.ids, told.namespace);
      say('ids' in told ? 'ready' : await act?.(told));
    }
  },

  /** Claims one after another of the items that are free, and says which. */
  async share() {
    const store = await open();
    const got: ItemId[] = [];
    for (const { item } of await store.items.all()) if (await store.claims.take(item.id, 60_000)) got.push(item.id);
    say(got);
    stay();
  },
};

const run = tasks[task];
if (!run) throw new Error(`no task ${task}`);
await run();
