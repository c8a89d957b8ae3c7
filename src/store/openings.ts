import type { Clock } from '../core/clock.ts';
import { checkThoroughly } from './check-database.ts';
import type { Connection } from './connection.ts';
import { hasEnded, type ProcessIdentity, thisProcess } from './process-identity.ts';

/** Of a machine that cannot be asked: nobody has a database open for so long. */
const FORGOTTEN_MS = 30 * 86_400_000;

/**
 * Notes that this process has the database open. Rows of processes that ended without closing it are the mark of an unclean end:
 * then the whole database is checked first, indexes and references too. The rows stay until it was found sound.
 * Errors: `store.damaged`.
 */
export async function noteOpening({ db, file, read, write, parse }: Connection, ownerId: string, clock: Clock): Promise<void> {
  const here = thisProcess();
  const rows = await read(() =>
    db.prepare<[], { ownerId: string; owner: string }>('SELECT owner_id AS ownerId, owner FROM openings').all(),
  );
  const ended = rows.filter(({ owner }) => hasEnded(parse<ProcessIdentity>(owner), here)).map(({ ownerId: id }) => id);
  if (ended.length > 0) await read(() => checkThoroughly(db, file));
  const now = clock.now();
  await write(() => {
    db.prepare('DELETE FROM openings WHERE owner_id IN (SELECT value FROM json_each(?)) OR at < ?').run(
      JSON.stringify(ended),
      new Date(now - FORGOTTEN_MS).toISOString(),
    );
    db.prepare('INSERT INTO openings (owner_id, owner, at) VALUES (?, ?, ?)').run(
      ownerId,
      JSON.stringify(here),
      new Date(now).toISOString(),
    );
  });
}

export const FORGET_OPENING = 'DELETE FROM openings WHERE owner_id = ?';
