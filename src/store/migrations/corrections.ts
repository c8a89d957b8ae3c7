/** What sellers changed of proposals. No key to `items`: what was learned of a provider outlives the item. */
export const CORRECTIONS = `
CREATE TABLE corrections (
  item_id TEXT NOT NULL,
  field TEXT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  evidence TEXT,
  proposed TEXT,
  verdict TEXT NOT NULL CHECK (verdict IN ('kept', 'changed', 'removed', 'added')),
  value TEXT,
  said_by TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (item_id, field, provider, model)
) STRICT, WITHOUT ROWID;
CREATE INDEX corrections_by_time ON corrections (at);
`;
