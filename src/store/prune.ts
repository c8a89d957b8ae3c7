import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Pruned } from '../core/ports/upkeep-store.ts';
import type { Connection } from './connection.ts';
import { DROP_USAGE_WITHOUT_RUN } from './figures-sql.ts';

/** Stages whose results nobody needs of an item that is over. `specify`, `price` and `publish` stay: title, price and listing are shown. */
const DETAIL_STAGES = JSON.stringify(['admit', 'prepare', 'read', 'draft', 'classify', 'check', 'upload']);

/**
 * Over for so long that nobody will ask: sold, ended, withdrawn or skipped before `@before`, touched by nobody since, and worked on by nobody.
 * What is live stays whole, because `update` builds on it; what failed, waits or is held stays until it is settled.
 */
const OVER = `
SELECT i.id FROM items i
WHERE (i.listing_end IS NOT NULL OR i.withdrawn_at IS NOT NULL OR json_extract(i.decision, '$.kind') = 'skip')
  AND i.first_seen_at < @before
  AND coalesce(i.withdrawn_at, '') < @before
  AND coalesce(json_extract(i.listing_end, '$.at'), '') < @before
  AND coalesce(json_extract(i.decision, '$.at'), '') < @before
  AND NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.item_id = i.id AND coalesce(o.finished_at, o.started_at) >= @before)
  AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.item_id = i.id AND c.lease_until_ms > @nowMs)`;

const DROP_DETAIL = `
DELETE FROM outcomes WHERE stage IN (SELECT value FROM json_each('${DETAIL_STAGES}')) AND item_id IN (SELECT value FROM json_each(@over))`;

/**
 * Paid answers and uploads, by content: older than the oldest item that failed or broke off, which may still want one. Calls to eBay that
 * stand for an item stay, and so does what was never answered: it may have been paid for.
 */
const DROP_ANSWERS = `
DELETE FROM journal WHERE (scope LIKE 'model:%' OR scope = 'vision' OR scope LIKE 'ebay:picture:%')
  AND answered_at < min(@before, coalesce((
    SELECT min(i.first_seen_at) FROM items i JOIN outcomes o ON o.item_id = i.id AND o.kind IN ('failed', 'started')), @before))`;

const DROP_RUNS = 'DELETE FROM runs WHERE started_at < @before AND rowid <> (SELECT rowid FROM runs ORDER BY started_at DESC LIMIT 1)';
const DROP_DAYS = 'DELETE FROM daily_calls WHERE day < substr(@before, 1, 10)';

interface PruneRequest {
  /** ISO time. */
  readonly before: string;
  readonly nowMs: number;
  readonly dryRun: boolean;
}

/** Thrown to take back what a dry run did. */
const TAKE_BACK = Symbol('take back');

/**
 * Forgets the detail of what has been over since before `before` (ISO time), in one transaction: a kill leaves all or nothing of it.
 * Never touched: items, their photos and SKUs, decisions, listings, looks, sales and the ledger.
 */
export async function prune({ db, read, write }: Connection, { before, nowMs, dryRun }: PruneRequest): Promise<Pruned> {
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  let pruned: Pruned = { items: 0, results: 0, answers: 0, runs: 0, bytes: 0, givenBack: false };
  await write(() => {
    const freeBefore = freePages(db);
    const ids = db.prepare<{ before: string; nowMs: number }, string>(OVER).pluck().all({ before, nowMs });
    const over = JSON.stringify(ids);
    const touched = db
      .prepare<{ over: string }, number>(DROP_DETAIL.replace('DELETE', 'SELECT count(DISTINCT item_id)'))
      .pluck()
      .get({ over });
    const results = db.prepare<{ over: string }>(DROP_DETAIL).run({ over }).changes;
    const drop = (sql: string): number => db.prepare<{ before: string }>(sql).run({ before }).changes;
    const [answers, runs] = [drop(DROP_ANSWERS), drop(DROP_RUNS)];
    drop(DROP_DAYS);
    db.exec(DROP_USAGE_WITHOUT_RUN);
    pruned = { items: touched ?? 0, results, answers, runs, bytes: (freePages(db) - freeBefore) * pageBytes, givenBack: false };
    if (dryRun) throw TAKE_BACK;
  }).catch((error: unknown) => {
    if (error !== TAKE_BACK) throw error;
  });
  return dryRun ? pruned : { ...pruned, givenBack: await giveBack({ db, read }) };
}

/** Fewer free pages than this will soon be used again. */
const WORTH_IT = { pages: 256, share: 0.1 };

/**
 * Gives the space of free pages back to the disk. SQLite writes the whole database anew for it, first beside and then into the file, so that
 * twice its size must be free; else the pages stay and are used again. True when it was done.
 */
async function giveBack({ db, read }: Pick<Connection, 'db' | 'read'>): Promise<boolean> {
  const pages = Number(db.pragma('page_count', { simple: true }));
  const free = freePages(db);
  if (free < WORTH_IT.pages || free < pages * WORTH_IT.share) return false;
  const needed = 2 * (pages - free) * Number(db.pragma('page_size', { simple: true }));
  const { bavail, bsize } = statfsSync(dirname(db.name));
  if (bavail * bsize < needed) return false;
  await read(() => db.exec('VACUUM'));
  db.pragma('wal_checkpoint(TRUNCATE)');
  return true;
}

const freePages = (db: Database): number => Number(db.pragma('freelist_count', { simple: true }));
