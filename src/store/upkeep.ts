import type { Clock } from '../core/clock.ts';
import type { UpkeepStore } from '../core/ports/upkeep-store.ts';
import type { Environment } from '../core/settings.ts';
import { type BackupPlace, backUp, backUpDaily, backupFile } from './backup.ts';
import type { Connection } from './connection.ts';

/** `place` undefined: no backup is made by itself. */
export function upkeepStore({ db }: Connection, clock: Clock, place: BackupPlace | undefined): UpkeepStore {
  const environment = db.prepare<[], Environment>(`SELECT value FROM meta WHERE key = 'environment'`).pluck();
  const here = (): Environment => environment.get() ?? 'practice';
  return {
    backUp: async (file) => {
      const target = file ?? (place && backupFile(place, here(), 'manual', clock.now()));
      if (target === undefined) throw new Error('nobody said where backups belong');
      await backUp(db, target);
      return target;
    },
    backUpDaily: async () => (place ? await backUpDaily(db, place, here(), clock.now()) : undefined),
  };
}
