import type { Pause, Paused, PauseStore } from '../core/ports/pause-store.ts';
import type { Connection } from './connection.ts';

export function pauseStore({ db, read, write }: Connection): PauseStore {
  const all = db.prepare<[], Pause>('SELECT what, since FROM pauses ORDER BY since, what');
  const keep = db.prepare<[Paused, string]>('INSERT INTO pauses (what, since) VALUES (?, ?) ON CONFLICT (what) DO NOTHING');
  const drop = db.prepare<[Paused | null, Paused | null], Pause>('DELETE FROM pauses WHERE ? IS NULL OR what = ? RETURNING what, since');
  return {
    pauses: () => read(() => all.all()),
    pause: (what, at) => write(() => void keep.run(what, at)),
    unpause: (what) => write(() => drop.all(what ?? null, what ?? null)),
  };
}
