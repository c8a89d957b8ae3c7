import type { Clock } from '../core/clock.ts';
import type { Pruned, UpkeepStore } from '../core/ports/upkeep-store.ts';
import type { Environment } from '../core/settings.ts';
import { type BackupPlace, backUp, backUpDaily, backupFile } from './backup.ts';
import type { Connection } from './connection.ts';
import { prune } from './prune.ts';
import { READ_MARK, SET_MARK } from './sales-sql.ts';

const DAY_MS = 86_400_000;
const PRUNED_ON = 'pruned.on';

/** `place` undefined: no backup is made by itself. */
export function upkeepStore(connection: Connection, clock: Clock, place: BackupPlace | undefined): UpkeepStore {
  const { db, write } = connection;
  const environment = db.prepare<[], Environment>(`SELECT value FROM meta WHERE key = 'environment'`).pluck();
  const here = (): Environment => environment.get() ?? 'practice';
  const mark = db.prepare<[string], string>(READ_MARK).pluck();
  const setMark = db.prepare<[string, string]>(SET_MARK);
  const forget = (days: number, dryRun: boolean): Promise<Pruned> => {
    const nowMs = clock.now();
    return prune(connection, { before: new Date(nowMs - days * DAY_MS).toISOString(), nowMs, dryRun });
  };
  return {
    prune: forget,
    pruneDaily: async (days) => {
      const today = new Date(clock.now()).toISOString().slice(0, 10);
      // Marked before: two processes do it once, and one that is killed tries again tomorrow.
      const isFirst = await write(() => {
        if (mark.get(PRUNED_ON) === today) return false;
        setMark.run(PRUNED_ON, today);
        return true;
      });
      return isFirst ? await forget(days, false) : undefined;
    },
    backUp: async (file) => {
      const target = file ?? (place && backupFile(place, here(), 'manual', clock.now()));
      if (target === undefined) throw new Error('nobody said where backups belong');
      await backUp(db, target);
      return target;
    },
    backUpDaily: async () => (place ? await backUpDaily(db, place, here(), clock.now()) : undefined),
  };
}
