import { appendFileSync, existsSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { latestVersion, versionOf } from '../../src/store/migrations.ts';
import { verifyDatabase } from '../../src/store/verify.ts';
import type { OpenAiServer } from '../support/openai-server.ts';

/**
 * What a power cut adds to a kill: the shared memory is gone, the log ends in a torn write, and files that were written since and
 * that nobody waited for the disk to have are empty, as journaling file systems leave them.
 */
export function cutPower(data: string, sinceMs: number): void {
  for (const name of readdirSync(data)) {
    const file = join(data, name);
    if (name.endsWith('-shm')) rmSync(file);
    if (name.endsWith('-wal')) appendFileSync(file, Buffer.alloc(1_000, 0x5a));
  }
  for (const picture of filesIn(join(data, 'practice', 'pictures'))) if (statSync(picture).mtimeMs >= sinceMs) truncateSync(picture);
}

/** The database and every backup of it are whole. */
export async function damage(data: string): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const file of [join(data, 'practice.sqlite'), ...backupsIn(data)])
    for (const finding of await verifyDatabase(file, 'practice'))
      for (const problem of finding.problems) problems.push(`${file}: ${finding.check}: ${problem}`);
  const db = new Sqlite(join(data, 'practice.sqlite'), { readonly: true });
  if (versionOf(db) !== latestVersion()) problems.push(`the database is of version ${versionOf(db)}`);
  db.close();
  return problems;
}

const filesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []);

const backupsIn = (data: string): readonly string[] => filesIn(join(data, 'backups')).filter((file) => /\/[^./][^/]*\.sqlite$/.test(file));

/** Versions of the tables in the backups. */
export const backedUp = (data: string): readonly number[] =>
  backupsIn(data).map((file) => {
    const db = new Sqlite(file, { readonly: true });
    const version = versionOf(db);
    db.close();
    return version;
  });

/** No call was made that the ledger does not know; one that was cut off stays in it at its worst case. */
export function ledgerProblems(data: string, { billed }: Pick<OpenAiServer, 'billed'>, cutOff: number): readonly string[] {
  const db = new Sqlite(join(data, 'practice.sqlite'), { readonly: true });
  const { calls, open, spent } = db
    .prepare<[], { calls: number; open: number; spent: number }>(
      // A question whose batch was never sent is in it at nothing.
      `SELECT coalesce(sum(coalesce(settled_micro_usd, reserved_micro_usd) > 0), 0) AS calls, coalesce(sum(settled_micro_usd IS NULL), 0) AS open,
       coalesce(sum(coalesce(settled_micro_usd, reserved_micro_usd)), 0) AS spent FROM ledger`,
    )
    .get() ?? { calls: 0, open: 0, spent: 0 };
  db.close();
  const paid = billed.reduce((sum, { microUsd }) => sum + Math.ceil(microUsd), 0);
  const problems: string[] = [];
  if (calls < billed.length || calls > billed.length + cutOff)
    problems.push(`the ledger knows ${calls} calls, ${billed.length} were answered`);
  if (open > cutOff) problems.push(`${open} reservations are open, ${cutOff} calls were cut off`);
  if (spent < paid || (open === 0 && spent !== paid)) problems.push(`the ledger counts ${spent} millionths of a dollar, ${paid} were paid`);
  return problems;
}
