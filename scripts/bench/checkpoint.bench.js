// What it costs to write down what a stage found: a transaction that is on disk when it ends, as the runner makes it after each stage.
// The outputs are as large as those of a real item.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { round } from './program.js';

export const title =
  'checkpoint: milliseconds to write down what a stage found, each on disk (synchronous = FULL), by stage and for an item';

/** Kilobytes of JSON, as items of three photos leave them. */
const STAGES = { prepare: 3.6, read: 1.5, draft: 3, classify: 0.4, specify: 2, price: 3, check: 4, upload: 0.6, publish: 0.2 };

export async function run({ built, folder, short }) {
  const { openStore } = await import((await built({ store: 'src/store/sqlite-store.ts' })).store);
  const items = Number(process.env.BENCH_ITEMS ?? (short ? 5 : 300));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'practice.sqlite');
  const store = await openStore(file, { environment: 'practice' });
  const taken = Object.fromEntries([...Object.keys(STAGES), 'an item with its claim'].map((name) => [name, { ms: [], cpuMs: 0 }]));
  try {
    for (let n = 0; n < items; n += 1) {
      const item = itemOf(n);
      const whole = begin();
      await store.items.save(item, undefined);
      const claim = await store.claims.take(item.id, 60_000);
      for (const [stage, kilobytes] of Object.entries(STAGES)) {
        const one = begin();
        await store.outcomes.record(outcomeOf(item.id, stage, kilobytes), claim);
        end(taken[stage], one);
      }
      await store.claims.release(claim);
      end(taken['an item with its claim'], whole);
    }
  } finally {
    await store.close();
  }
  const rows = Object.entries(taken).map(([what, { ms, cpuMs }]) => ({
    what,
    'kB of JSON':
      STAGES[what] ??
      round(
        Object.values(STAGES).reduce((sum, one) => sum + one),
        1,
      ),
    'ms, p50': round(at(ms, 0.5), 2),
    'ms, p95': round(at(ms, 0.95), 2),
    'ms of a core': round(cpuMs / ms.length, 2),
  }));
  return [...rows, { what: 'the database, per item', 'kB of JSON': round(statSync(file).size / items / 1000, 1) }];
}

const begin = () => ({ at: process.hrtime.bigint(), cpu: process.cpuUsage() });

function end(taken, { at: began, cpu }) {
  const { user, system } = process.cpuUsage(cpu);
  taken.ms.push(Number(process.hrtime.bigint() - began) / 1e6);
  taken.cpuMs += (user + system) / 1000;
}

function at(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

function itemOf(n) {
  const hash = n.toString(16).padStart(64, '0');
  const photo = { sha256: hash, path: `/photos/${n}/1.jpg`, bytes: 4_000_000, kind: 'jpeg', width: 4032, height: 3024 };
  return { id: `ITEM${n}`, sku: `EFITEM${n}`, anchor: hash, source: `/photos/${n}`, photos: [photo], nameWords: [], seller: {} };
}

function outcomeOf(itemId, stage, kilobytes) {
  const text = 'word '.repeat(Math.ceil(kilobytes * 200));
  const output = stage === 'publish' ? { listingId: `2${itemId.slice(4).padStart(11, '0')}`, text } : { text };
  const now = new Date().toISOString();
  return { itemId, stage, fingerprint: 'f'.repeat(64), kind: 'done', output, attempts: 1, startedAt: now, finishedAt: now };
}
