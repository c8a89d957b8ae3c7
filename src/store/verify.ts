import { existsSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { EasyflipError, isEasyflipError } from '../core/errors.ts';
import { itemIdOf } from '../core/identity.ts';
import type { PhotoHash } from '../core/item.ts';
import type { Environment } from '../core/settings.ts';
import { checkContents, checkOurs } from './check-database.ts';
import { BUSY_TIMEOUT_MS, whileBusy } from './connection.ts';
import { storeError } from './errors.ts';
import { INVARIANTS } from './invariants.ts';
import { latestVersion, versionOf } from './migrations.ts';
import { openFile } from './sealing.ts';

export interface StoreFinding {
  readonly check: string;
  /** Whole sentences; none: it is well. */
  readonly problems: readonly string[];
}

const SHOWN = 10;

/**
 * Everything that can be said of a database, whether it opens or not: SQLite's own checks, the version, the environment, and what easyflip
 * itself relies on. Changes nothing, may run beside others. A check that cannot be made is a finding.
 * Errors: `store.unusable` (no such file).
 */
export async function verifyDatabase(file: string, environment: Environment, key?: Uint8Array): Promise<readonly StoreFinding[]> {
  if (!existsSync(file)) {
    throw new EasyflipError('store.unusable', `There is no database ${file}.`, { hint: 'It is made by the first `easyflip list`.' });
  }
  const findings: StoreFinding[] = [];
  const look = async (check: string, work: (db: Database) => readonly string[]): Promise<boolean> => {
    const problems = await whileBusy(() => work(db), file).catch((error: unknown) => [told(error, file)]);
    findings.push({ check, problems: problems.slice(0, SHOWN) });
    return problems.length === 0;
  };
  let db: Database;
  try {
    db = await openFile(file, key, { readonly: true, timeout: BUSY_TIMEOUT_MS });
  } catch (error) {
    return [{ check: 'file', problems: [told(error, file)] }];
  }
  try {
    const isOurs = await look('file', () => {
      checkOurs(db, file);
      return [];
    });
    const isWhole = isOurs && (await look('pages and indexes', pages));
    if (!isWhole) return findings;
    await look('references', references);
    await look('environment', () => {
      checkContents(db, file, environment);
      return [];
    });
    // Of an older form the tables are others; opening it brings it to the newest.
    if (versionOf(db) === latestVersion()) {
      for (const { name, problems } of INVARIANTS) await look(name, problems);
      await look('item names', itemNames);
    }
    return findings;
  } finally {
    db.close();
  }
}

export const pages = (db: Database): readonly string[] =>
  (db.pragma('integrity_check(10)') as readonly { readonly integrity_check: string }[])
    .map(({ integrity_check: verdict }) => verdict)
    .filter((verdict) => verdict !== 'ok')
    .map((verdict) => `SQLite says: ${verdict.replaceAll('\n', ' ')}.`);

export const references = (db: Database): readonly string[] =>
  (db.pragma('foreign_key_check') as readonly { readonly table: string; readonly rowid: unknown; readonly parent: string }[]).map(
    ({ table, rowid, parent }) => `Row ${String(rowid)} of ${table} refers to a row of ${parent} that is not there.`,
  );

/** An item is named after its anchor, so that the same photos give the same SKU again. */
const itemNames = (db: Database): readonly string[] =>
  db
    .prepare<[], { id: string; anchor: PhotoHash }>('SELECT id, anchor FROM items')
    .all()
    .filter(({ id, anchor }) => itemIdOf(anchor) !== id)
    .map(({ id }) => `Item ${id} does not bear the name of its anchor.`);

function told(error: unknown, file: string): string {
  const known = storeError(error, file);
  if (!isEasyflipError(known)) throw error;
  return known.message;
}
