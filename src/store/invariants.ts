import type { Database } from 'better-sqlite3';

interface Invariant {
  readonly name: string;
  /** Whole sentences; none: it holds. */
  readonly problems: (db: Database) => readonly string[];
}

/** `sql` finds what must not be: each row is the one word that the sentence is made with. */
const nowhere = (name: string, sql: string, sentence: (found: string) => string): Invariant => ({
  name,
  problems: (db) => db.prepare<[], string>(sql).pluck().all().map(sentence),
});

/** What easyflip relies on and SQLite cannot know. */
export const INVARIANTS: readonly Invariant[] = [
  nowhere(
    'one listing, one item',
    `SELECT listing FROM (
       SELECT listing_id AS listing, item_id AS item FROM outcomes WHERE listing_id IS NOT NULL
       UNION SELECT adopted_listing_id, id FROM items WHERE adopted_listing_id IS NOT NULL)
     GROUP BY listing HAVING count(DISTINCT item) > 1`,
    (listing) => `Listing ${listing} belongs to several items.`,
  ),
  nowhere(
    'listings',
    `SELECT item_id FROM outcomes WHERE stage = 'publish' AND kind = 'done' AND listing_id IS NULL`,
    (item) => `Item ${item} was published and has no listing number.`,
  ),
  nowhere(
    'photos of items',
    `SELECT id FROM items i WHERE NOT EXISTS (SELECT 1 FROM photos p WHERE p.item_id = i.id)
       OR (SELECT max(position) + 1 FROM photos p WHERE p.item_id = i.id) <> (SELECT count(*) FROM photos p WHERE p.item_id = i.id)`,
    (item) => `Item ${item} lacks photos.`,
  ),
  nowhere(
    'adopted listings',
    `SELECT id FROM items WHERE (adopted IS NULL) <> (adopted_listing_id IS NULL)
       OR (adopted IS NOT NULL AND json_extract(adopted, '$.listingId') <> adopted_listing_id)`,
    (item) => `Item ${item} does not agree with itself about its listing.`,
  ),
  nowhere(
    'finished stages',
    `SELECT o.item_id || ' ' || o.stage FROM outcomes o LEFT JOIN outputs p ON p.outcome_id = o.id
     WHERE o.kind = 'done' AND o.stage = 'publish' AND p.output IS NULL`,
    (stage) => `The finished stage ${stage} has no result.`,
  ),
  nowhere(
    'stored values',
    `SELECT 'item ' || id FROM items WHERE NOT json_valid(seller) OR NOT json_valid(set_facts) OR NOT json_valid(name_words)
     UNION ALL SELECT 'photo ' || sha256 FROM photos WHERE NOT json_valid(photo) OR json_extract(photo, '$.sha256') <> sha256
     UNION ALL SELECT 'result ' || outcome_id FROM outputs WHERE NOT json_valid(coalesce(output, 'null')) OR NOT json_valid(coalesce(partial, 'null'))
     UNION ALL SELECT 'answer ' || key FROM journal WHERE NOT json_valid(coalesce(answer, 'null'))`,
    (value) => `The stored ${value} cannot be read.`,
  ),
  nowhere(
    'sums of the ledger',
    `SELECT 'run ' || run_id FROM (
       SELECT run_id, sum(coalesce(settled_micro_usd, reserved_micro_usd)) AS spent FROM ledger GROUP BY 1) l
     LEFT JOIN run_spend s USING (run_id) WHERE coalesce(s.micro_usd, -1) <> l.spent
     UNION ALL SELECT 'day ' || day FROM (
       SELECT substr(at, 1, 10) AS day, sum(coalesce(settled_micro_usd, reserved_micro_usd)) AS spent FROM ledger GROUP BY 1) l
     LEFT JOIN day_spend s USING (day) WHERE coalesce(s.micro_usd, -1) <> l.spent`,
    (sum) => `What was spent in ${sum} does not add up.`,
  ),
];
