import { BATCHES } from './batches.ts';
import { CORRECTIONS } from './corrections.ts';
import { FAILURES_AND_SERVICES } from './failures-and-services.ts';
import { MEASURES_AND_ALERTS } from './measures-and-alerts.ts';
import { PAUSES } from './pauses.ts';
import { RUN_USAGE } from './run-usage.ts';

export interface Migration {
  /** The `user_version` a database has after this step. */
  readonly version: number;
  readonly up: string;
}

/**
 * Numbered steps, in order, never edited once released: a change of the schema is a new step.
 *
 * Why the tables are as they are:
 * - `outcomes` is kept small and its JSON lives in `outputs`, so that a summary over all items never
 *   walks through descriptions and model replies.
 * - `claims` keeps its row after release, because its token must only ever grow.
 * - `run_spend` is the sum over `ledger`, so that a reservation costs the same in a long run as in a short one.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    up: `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE files (
  path TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL,
  modified_ms REAL NOT NULL,
  result TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE items (
  id TEXT PRIMARY KEY,
  sku TEXT NOT NULL,
  anchor TEXT NOT NULL,
  source TEXT NOT NULL,
  source_tail TEXT NOT NULL,
  source_name TEXT NOT NULL,
  name_words TEXT NOT NULL,
  seller TEXT NOT NULL,
  set_facts TEXT NOT NULL DEFAULT '{}',
  first_seen_at TEXT NOT NULL,
  saved_order INTEGER NOT NULL,
  decision TEXT,
  intake_hold TEXT,
  adopted TEXT,
  adopted_listing_id TEXT,
  withdrawn_at TEXT
) STRICT;
CREATE INDEX items_by_sku ON items (sku COLLATE NOCASE);
CREATE INDEX items_by_source ON items (source, saved_order);
CREATE INDEX items_by_source_tail ON items (source_tail);
CREATE INDEX items_by_source_name ON items (source_name);
CREATE INDEX items_by_saved_order ON items (saved_order);
CREATE INDEX items_by_listing ON items (adopted_listing_id) WHERE adopted_listing_id IS NOT NULL;

CREATE TABLE photos (
  item_id TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  photo TEXT NOT NULL,
  PRIMARY KEY (item_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX photos_by_hash ON photos (sha256);

CREATE TABLE looks (sha256 TEXT PRIMARY KEY, look TEXT NOT NULL, noted INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX looks_by_noted ON looks (noted);

CREATE TABLE decisions (
  id INTEGER PRIMARY KEY,
  item_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('approve', 'hold', 'skip')),
  content_hash TEXT,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_by_kind ON decisions (kind, item_id, content_hash);

CREATE TABLE outcomes (
  id INTEGER PRIMARY KEY,
  item_id TEXT NOT NULL REFERENCES items (id) ON DELETE CASCADE,
  stage TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('started', 'done', 'held', 'failed')),
  reason TEXT,
  attempts INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  listing_id TEXT,
  UNIQUE (item_id, stage)
) STRICT;
CREATE INDEX outcomes_by_listing ON outcomes (listing_id) WHERE listing_id IS NOT NULL;

CREATE TABLE outputs (
  outcome_id INTEGER PRIMARY KEY REFERENCES outcomes (id) ON DELETE CASCADE,
  output TEXT,
  partial TEXT
) STRICT;

CREATE TABLE claims (
  item_id TEXT PRIMARY KEY,
  token INTEGER NOT NULL,
  owner_id TEXT,
  owner TEXT,
  lease_until_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_by_owner ON claims (owner_id) WHERE owner_id IS NOT NULL;

CREATE TABLE journal (
  key TEXT PRIMARY KEY,
  scope TEXT NOT NULL,
  sent_at TEXT NOT NULL,
  answered_at TEXT,
  answer TEXT
) STRICT;
CREATE INDEX journal_by_scope ON journal (scope);

CREATE TABLE ledger (
  id INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL,
  item_id TEXT,
  service TEXT NOT NULL,
  operation TEXT NOT NULL,
  at TEXT NOT NULL,
  reserved_micro_usd INTEGER NOT NULL,
  settled_micro_usd INTEGER
) STRICT;
CREATE INDEX ledger_by_item ON ledger (item_id, settled_micro_usd, reserved_micro_usd) WHERE item_id IS NOT NULL;

CREATE TABLE run_spend (run_id TEXT PRIMARY KEY, micro_usd INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE rate_calls (id INTEGER PRIMARY KEY, service TEXT NOT NULL, at_ms INTEGER NOT NULL) STRICT;
CREATE INDEX rate_calls_by_time ON rate_calls (service, at_ms);

CREATE TABLE daily_calls (
  service TEXT NOT NULL,
  day TEXT NOT NULL,
  calls INTEGER NOT NULL,
  PRIMARY KEY (service, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  command TEXT NOT NULL,
  dry_run INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  counts TEXT,
  exit_code INTEGER
) STRICT;
CREATE INDEX runs_by_start ON runs (started_at);
`,
  },
  {
    // What happens after the listing. Sales outlive their item: they are the seller's bookkeeping.
    version: 2,
    up: `
ALTER TABLE items ADD COLUMN listing_end TEXT;

CREATE TABLE sales (
  line_id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  sku TEXT,
  listing_id TEXT,
  title TEXT NOT NULL,
  sold_at TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  currency TEXT NOT NULL,
  amount_minor INTEGER NOT NULL,
  delivery_minor INTEGER NOT NULL,
  fee_minor INTEGER,
  refunded_minor INTEGER NOT NULL,
  state TEXT NOT NULL,
  shipped INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sales_by_item ON sales (item_id, sold_at);
CREATE INDEX sales_by_time ON sales (sold_at);
CREATE INDEX sales_by_order ON sales (order_id);

CREATE TABLE labels (
  transaction_id TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  currency TEXT NOT NULL,
  cost_minor INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX labels_by_order ON labels (order_id);

CREATE TABLE traffic (
  listing_id TEXT PRIMARY KEY,
  item_id TEXT NOT NULL,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  impressions INTEGER NOT NULL,
  views INTEGER NOT NULL,
  sales INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX traffic_by_item ON traffic (item_id, until);
`,
  },
  {
    version: 3,
    up: `
CREATE TABLE reference (key TEXT PRIMARY KEY, asked_at TEXT NOT NULL, answer TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX reference_by_time ON reference (asked_at);
`,
  },
  {
    // Grouping a pile, by content: what a small decode told, and what the seller corrected.
    version: 4,
    up: `
CREATE TABLE glances (sha256 TEXT PRIMARY KEY, version INTEGER NOT NULL, glance TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE placements (sha256 TEXT PRIMARY KEY, grouping TEXT NOT NULL) STRICT, WITHOUT ROWID;
`,
  },
  {
    // What was bought: who was paid, and how much was counted. `day_spend` is a sum over `ledger`, as `run_spend` is.
    version: 5,
    up: `
ALTER TABLE ledger ADD COLUMN settled_at TEXT;
ALTER TABLE ledger ADD COLUMN provider TEXT;
ALTER TABLE ledger ADD COLUMN model TEXT;
ALTER TABLE ledger ADD COLUMN input_tokens INTEGER;
ALTER TABLE ledger ADD COLUMN cached_tokens INTEGER;
ALTER TABLE ledger ADD COLUMN output_tokens INTEGER;
ALTER TABLE ledger ADD COLUMN pictures INTEGER;
CREATE INDEX ledger_by_time ON ledger (at);

CREATE TABLE day_spend (day TEXT PRIMARY KEY, micro_usd INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO day_spend (day, micro_usd)
SELECT substr(at, 1, 10), sum(coalesce(settled_micro_usd, reserved_micro_usd)) FROM ledger GROUP BY 1;
`,
  },
  {
    // The order of the photos in a plan that the seller edited.
    version: 6,
    up: 'ALTER TABLE placements ADD COLUMN position INTEGER;',
  },
  { version: 7, up: FAILURES_AND_SERVICES },
  {
    // Which processes have the database open: a row whose process has ended without taking it away tells of an unclean end.
    version: 8,
    up: `
CREATE TABLE openings (owner_id TEXT PRIMARY KEY, owner TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
`,
  },
  { version: 9, up: BATCHES },
  { version: 10, up: CORRECTIONS },
  { version: 11, up: PAUSES },
  { version: 12, up: RUN_USAGE },
  { version: 13, up: MEASURES_AND_ALERTS },
];

/** What a database of the newest version must have; less means that it was damaged. */
export const TABLES = [
  'meta',
  'files',
  'items',
  'photos',
  'looks',
  'decisions',
  'outcomes',
  'outputs',
  'claims',
  'journal',
  'ledger',
  'run_spend',
  'rate_calls',
  'daily_calls',
  'runs',
  'sales',
  'labels',
  'traffic',
  'reference',
  'glances',
  'placements',
  'day_spend',
  'failures',
  'item_calls',
  'breakers',
  'allowances',
  'openings',
  'batches',
  'batch_questions',
  'corrections',
  'pauses',
  'run_usage',
  'measures',
  'logins',
  'alerts',
  'alert_sends',
] as const;
