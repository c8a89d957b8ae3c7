/**
 * Bodies are kept as eBay's own JSON: what was put in is what comes out. Times are epoch milliseconds. The bytes of
 * a picture come last in its row: what stands behind them could only be read by walking through them.
 */
export const SCHEMA_SQL = `
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS tokens (
  hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('application', 'user', 'refresh', 'code')),
  scopes TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS policies (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  marketplace TEXT NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS locations (key TEXT PRIMARY KEY, enabled INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS items (sku TEXT PRIMARY KEY, locale TEXT NOT NULL, body TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS offers (
  id TEXT PRIMARY KEY,
  sku TEXT NOT NULL REFERENCES items (sku) ON DELETE CASCADE,
  marketplace TEXT NOT NULL,
  format TEXT NOT NULL,
  body TEXT NOT NULL,
  listing_id TEXT,
  UNIQUE (sku, marketplace, format)
) STRICT;
CREATE TABLE IF NOT EXISTS listings (
  id TEXT PRIMARY KEY,
  offer_id TEXT NOT NULL,
  sku TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'ENDED', 'SOLD_OUT')),
  content TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  price_minor INTEGER NOT NULL,
  sold INTEGER NOT NULL DEFAULT 0,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  revised_day TEXT,
  revised_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS listings_on_sale ON listings (status, quantity, price_minor);
CREATE INDEX IF NOT EXISTS listings_by_time ON listings (started_at);
CREATE INDEX IF NOT EXISTS listings_by_sku ON listings (sku);
CREATE TABLE IF NOT EXISTS images (
  id TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  mime TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS images_by_date ON images (expires_at);
CREATE TABLE IF NOT EXISTS listing_images (
  image_id TEXT NOT NULL,
  listing_id TEXT NOT NULL,
  PRIMARY KEY (image_id, listing_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS listing_images_by_listing ON listing_images (listing_id);
CREATE TABLE IF NOT EXISTS orders (id TEXT PRIMARY KEY, created_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS shipments (id TEXT PRIMARY KEY, order_id TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS labels (id TEXT PRIMARY KEY, order_id TEXT NOT NULL, at INTEGER NOT NULL, cost TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS daily_calls (
  api TEXT NOT NULL,
  day INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (api, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS journal (
  n INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  operation TEXT,
  method TEXT NOT NULL,
  host TEXT NOT NULL,
  path TEXT NOT NULL,
  headers TEXT NOT NULL,
  body TEXT NOT NULL,
  status INTEGER,
  fault TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS settings (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS refusals (n INTEGER PRIMARY KEY REFERENCES journal (n) ON DELETE CASCADE, answer TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS journal_by_time ON journal (at);
`;

/** Everything but the counters of offers, listings and sales: their ids stay unique over resets. Seeded policies keep theirs. */
export const RESET_SQL = [
  "DELETE FROM counters WHERE name = 'policy'",
  ...[
    'tokens',
    'policies',
    'locations',
    'offers',
    'items',
    'listings',
    'images',
    'listing_images',
    'orders',
    'shipments',
    'labels',
    'daily_calls',
    'journal',
    'settings',
  ].map((table) => `DELETE FROM ${table}`),
];
