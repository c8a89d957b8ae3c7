/**
 * Questions that wait for a cheaper answer. `batches` holds what is not over; an answer stays in `batch_questions` until
 * the journal has it. `account` is a hash: neither address nor key is stored.
 */
export const BATCHES = `
CREATE TABLE batches (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('filling', 'creating', 'waiting')),
  file_id TEXT,
  remote_id TEXT,
  began_at TEXT NOT NULL,
  seen TEXT,
  owner_id TEXT NOT NULL,
  owner TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE batch_questions (
  key TEXT PRIMARY KEY,
  batch_id TEXT NOT NULL,
  item_id TEXT,
  reservation INTEGER NOT NULL,
  answered_at TEXT,
  reply TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_questions_by_batch ON batch_questions (batch_id);
`;
