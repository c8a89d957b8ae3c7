/** What went wrong, and with whom: every failure of an item, its calls, and how services fare between runs. */
export const FAILURES_AND_SERVICES = `
CREATE TABLE failures (
  id INTEGER PRIMARY KEY,
  item_id TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  stage TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  failed_at TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX failures_by_item ON failures (item_id, id);

CREATE TABLE item_calls (
  item_id TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  service TEXT NOT NULL,
  calls INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  ms INTEGER NOT NULL,
  PRIMARY KEY (item_id, service)
) STRICT, WITHOUT ROWID;

CREATE TABLE breakers (
  service TEXT PRIMARY KEY,
  since_ms INTEGER NOT NULL,
  probe_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE allowances (
  name TEXT PRIMARY KEY,
  calls_limit INTEGER NOT NULL,
  remaining INTEGER NOT NULL,
  resets_at TEXT NOT NULL,
  asked_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
