import type { Clock } from '../core/clock.ts';
import type { ReferenceStore } from '../core/ports/store.ts';
import type { Connection } from './connection.ts';

const READ = 'SELECT answer, asked_at AS askedAt FROM reference WHERE key = ?';
const KEEP = `
INSERT INTO reference (key, asked_at, answer) VALUES (@key, @now, @answer)
ON CONFLICT (key) DO UPDATE SET asked_at = excluded.asked_at, answer = excluded.answer`;
const FORGET = 'DELETE FROM reference WHERE asked_at < ?';

export function referenceStore({ db, read, write, parse }: Connection, clock: Clock): ReferenceStore {
  const readAnswer = db.prepare<[string], { answer: string; askedAt: string }>(READ);
  const keep = db.prepare<{ key: string; now: string; answer: string }>(KEEP);
  const forget = db.prepare<[string]>(FORGET);

  return {
    read: (key) =>
      read(() => {
        const row = readAnswer.get(key);
        return row && { askedAt: row.askedAt, answer: parse<unknown>(row.answer) };
      }),
    keep: (key, answer, forgetBefore) =>
      write(() => {
        keep.run({ key, now: new Date(clock.now()).toISOString(), answer: JSON.stringify(answer) });
        forget.run(forgetBefore);
      }),
  };
}
