/**
 * How the work went, summed by day, so that figures outlive runs; and what was told of it to whom.
 *
 * - `measures`: `day` is UTC, with its hour for items; empty for what is older than is kept by day. `bound`: upper end of a
 *   histogram's bucket in milliseconds, -1 for the last, 0 for plain counts.
 * - `alert_sends`: the last notice of an alert that a channel took.
 */
export const MEASURES_AND_ALERTS = `
CREATE TABLE measures (
  day TEXT NOT NULL,
  what TEXT NOT NULL,
  label TEXT NOT NULL,
  detail TEXT NOT NULL,
  bound INTEGER NOT NULL,
  count INTEGER NOT NULL,
  sum REAL NOT NULL,
  PRIMARY KEY (day, what, label, detail, bound)
) STRICT, WITHOUT ROWID;
INSERT INTO measures (day, what, label, detail, bound, count, sum)
SELECT substr(finished_at, 1, 13), 'item', 'listed', '', 0, count(*), 0 FROM outcomes
WHERE stage = 'publish' AND kind = 'done' AND finished_at IS NOT NULL GROUP BY 1;

CREATE TABLE logins (
  service TEXT PRIMARY KEY,
  taken_at TEXT,
  refused_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE alerts (
  key TEXT PRIMARY KEY,
  rule TEXT NOT NULL,
  level TEXT NOT NULL,
  message TEXT NOT NULL,
  hint TEXT NOT NULL,
  figures TEXT NOT NULL,
  since TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  resolved_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_sends (
  channel TEXT NOT NULL,
  key TEXT NOT NULL REFERENCES alerts (key) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('firing', 'resolved')),
  at TEXT NOT NULL,
  PRIMARY KEY (channel, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_sends_by_key ON alert_sends (key);
`;
