import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../core/clock.ts';
import type { Store } from '../core/ports/store.ts';
import type { Environment } from '../core/settings.ts';
import { alertStore } from './alerts.ts';
import type { BackupPlace } from './backup.ts';
import { batchStore } from './batches.ts';
import { claimStore } from './claims.ts';
import type { Connection } from './connection.ts';
import { correctionsStore } from './corrections.ts';
import { failureStore } from './failures.ts';
import { figuresStore } from './figures.ts';
import { fileCache } from './files.ts';
import { groupingStore } from './grouping.ts';
import { inspect } from './inspect.ts';
import { RELEASE_ALL } from './item-sql.ts';
import { itemStore } from './items.ts';
import { journalStore } from './journal.ts';
import { ledgerStore } from './ledger.ts';
import { measureStore } from './measures.ts';
import { openDatabase } from './open-database.ts';
import { FORGET_OPENING, noteOpening } from './openings.ts';
import { outcomeStore } from './outcomes.ts';
import { pauseStore } from './pauses.ts';
import { rateStore } from './rates.ts';
import { referenceStore } from './reference.ts';
import { runStore } from './runs.ts';
import { salesStore } from './sales.ts';
import { serviceStore } from './services.ts';
import { upkeepStore } from './upkeep.ts';

export interface StoreOptions {
  /** A database belongs to one environment for good: practice listings must never be mistaken for real ones. */
  readonly environment: Environment;
  readonly clock?: Clock;
  /** Absent: none are made. */
  readonly backups?: BackupPlace;
  /** 32 bytes: opens a database that is sealed, and seals a new one. */
  readonly key?: Uint8Array | undefined;
}

/**
 * Opens the store in `file` (an absolute path), creating folder and file for their owner only.
 * Several processes may have it open. Errors: `store.damaged`, `store.newer`, `store.read-only`,
 * `store.full`, `store.unusable`, and `config.invalid` for a database of another environment.
 */
export async function openStore(file: string, { environment, clock = systemClock, backups, key }: StoreOptions): Promise<Store> {
  const connection = await openDatabase(file, environment, { backups, key });
  const ownerId = randomUUID();
  try {
    await noteOpening(connection, ownerId, clock);
  } catch (error) {
    connection.db.close();
    throw error;
  }
  return assembleStore(connection, clock, { ownerId, backups });
}

/**
 * The store over an open database. Apart from `openStore` for tests that narrow the database first.
 * One open store is one owner of claims; a second store in the same process is another.
 */
export function assembleStore(
  connection: Connection,
  clock: Clock,
  { ownerId = randomUUID(), backups }: { readonly ownerId?: string; readonly backups?: BackupPlace | undefined } = {},
): Store {
  return {
    files: fileCache(connection),
    items: itemStore(connection, clock),
    outcomes: outcomeStore(connection, ownerId),
    failures: failureStore(connection),
    claims: claimStore(connection, ownerId, clock),
    journal: journalStore(connection, clock),
    ledger: ledgerStore(connection, clock),
    rates: rateStore(connection),
    services: serviceStore(connection),
    runs: runStore(connection),
    sales: salesStore(connection),
    reference: referenceStore(connection, clock),
    grouping: groupingStore(connection),
    inspect: () => inspect(connection),
    upkeep: upkeepStore(connection, clock, backups),
    batches: batchStore(connection, ownerId, clock),
    corrections: correctionsStore(connection),
    pauses: pauseStore(connection),
    figures: figuresStore(connection),
    measures: measureStore(connection, clock),
    alerts: alertStore(connection),
    close: () => close(connection, ownerId),
  };
}

/** Gives back what this store still holds: after close nothing of it can be written any more. Repeatable. */
async function close({ db, write }: Connection, ownerId: string): Promise<void> {
  if (!db.open) return;
  try {
    await write(() => {
      db.prepare(RELEASE_ALL).run(ownerId);
      db.prepare(FORGET_OPENING).run(ownerId);
    });
  } finally {
    db.close();
  }
}
