import type { Clock } from '../core/clock.ts';
import type { JournalEntry, JournalStore } from '../core/ports/store.ts';
import type { Connection } from './connection.ts';
import * as sql from './service-sql.ts';

interface EntryRow {
  readonly sentAt: string;
  readonly answeredAt: string | null;
  readonly answer: string | null;
}

export function journalStore({ db, read, write, parse }: Connection, clock: Clock): JournalStore {
  const readEntry = db.prepare<[string], EntryRow>(sql.READ_ENTRY);
  const ofScope = db.prepare<[string], EntryRow & { readonly key: string }>(sql.ENTRIES_OF_SCOPE);
  const sent = db.prepare(sql.ENTRY_SENT);
  const answered = db.prepare(sql.ENTRY_ANSWERED);
  const drop = db.prepare<[string]>(sql.DROP_ENTRY);
  const dropScope = db.prepare<[string]>(sql.DROP_SCOPE);
  const entryOf = (row: EntryRow): JournalEntry =>
    row.answeredAt === null
      ? { state: 'sent', at: row.sentAt }
      : { state: 'answered', at: row.answeredAt, answer: row.answer === null ? undefined : parse<unknown>(row.answer) };
  const now = (): string => new Date(clock.now()).toISOString();

  return {
    read: (key) =>
      read(() => {
        const row = readEntry.get(key);
        return row === undefined ? undefined : entryOf(row);
      }),
    ofScope: (scope) => read(() => ofScope.all(scope).map((row) => ({ key: row.key, ...entryOf(row) }))),
    sent: (key, scope) => write(() => void sent.run({ key, scope, now: now() })),
    answered: (key, scope, answer) =>
      write(() => void answered.run({ key, scope, now: now(), answer: answer === undefined ? null : JSON.stringify(answer) })),
    drop: (key) => write(() => void drop.run(key)),
    dropScope: (scope) => write(() => void dropScope.run(scope)),
  };
}
