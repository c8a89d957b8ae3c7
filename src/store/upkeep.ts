import type { Clock } from '../core/clock.ts';
import type { Pruned, UpkeepStore } from '../core/ports/upkeep-store.ts';
import type { Environment } from '../core/settings.ts';
import { type BackupPlace, backUp, backUpDaily, backupFile, latestBackup } from './backup.ts';
import type { Connection } from './connection.ts';
import { inspect } from './inspect.ts';
import { prune } from './prune.ts';
import { READ_MARK, SET_MARK } from './sales-sql.ts';

const DAY_MS = 86_400_000;
const PRUNED_ON = 'pruned.on';
const INSPECTED_ON = 'inspected.on';

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
  // Marked before: two processes do it once, and one that is killed tries again tomorrow.
  const isFirstToday = (what: string): Promise<boolean> => {
    const today = new Date(clock.now()).toISOString().slice(0, 10);
    return write(() => {
      if (mark.get(what) === today) return false;
      setMark.run(what, today);
      return true;
    });
  };
  return {
    prune: forget,
    pruneDaily: async (days) => ((await isFirstToday(PRUNED_ON)) ? await forget(days, false) : undefined),
    inspectDaily: async () => ((await isFirstToday(INSPECTED_ON)) ? await inspect(connection) : undefined),
    backUp: async (file) => {
      const target = file ?? (place && backupFile(place, here(), 'manual', clock.now()));
      if (target === undefined) throw new Error('nobody said where backups belong');
      await backUp(db, target);
      return target;
    },
    latestBackup: async () => (place ? latestBackup(place, here()) : undefined),
    backUpDaily: async () => (place ? await backUpDaily(db, place, here(), clock.now()) : undefined),
  };
}
