import type { Correction } from '../core/correction.ts';
import type { CorrectionsStore } from '../core/ports/corrections-store.ts';
import type { Connection } from './connection.ts';

const COLUMNS = `item_id AS itemId, field, provider, nullif(model, '') AS model, evidence, proposed, verdict, value, said_by AS "by", at`;
const RECORD = `
INSERT INTO corrections (item_id, field, provider, model, evidence, proposed, verdict, value, said_by, at)
VALUES (@itemId, @field, @provider, coalesce(@model, ''), @evidence, @proposed, @verdict, @value, @by, @at)
ON CONFLICT (item_id, field, provider, model) DO UPDATE SET
  evidence = excluded.evidence, proposed = excluded.proposed, verdict = excluded.verdict, value = excluded.value,
  said_by = excluded.said_by, at = excluded.at`;
const FORGET = 'DELETE FROM corrections WHERE item_id = ? AND field IN (SELECT value FROM json_each(?))';
const OF_ITEM = `SELECT ${COLUMNS} FROM corrections WHERE item_id = ? ORDER BY at, field`;
const SINCE = `SELECT ${COLUMNS} FROM corrections WHERE at >= ? ORDER BY at, item_id, field`;

export function correctionsStore({ db, read, write }: Connection): CorrectionsStore {
  const record = db.prepare(RECORD);
  const forget = db.prepare<[string, string]>(FORGET);
  const ofItem = db.prepare<[string], Correction>(OF_ITEM);
  const since = db.prepare<[string], Correction>(SINCE);
  return {
    record: (corrections) =>
      write(() => {
        for (const correction of corrections) record.run(correction);
      }),
    forget: (id, fields) => write(() => void forget.run(id, JSON.stringify(fields))),
    ofItem: (id) => read(() => ofItem.all(id)),
    since: (at) => read(() => since.all(at)),
  };
}
