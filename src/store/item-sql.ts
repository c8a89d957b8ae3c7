/** Statements about files, items, outcomes and claims. */

/* ---- files ---- */

export const FILES_AT = `
SELECT f.path, f.bytes, f.modified_ms AS modifiedMs, f.result FROM json_each(?) wanted JOIN files f ON f.path = wanted.value`;

export const REMEMBER_FILE = `
INSERT INTO files (path, bytes, modified_ms, result) VALUES (@path, @bytes, @modifiedMs, @result)
ON CONFLICT (path) DO UPDATE SET bytes = excluded.bytes, modified_ms = excluded.modified_ms, result = excluded.result`;

/* ---- items ---- */

const ITEM_COLUMNS = `i.id, i.sku, i.anchor, i.source, i.name_words AS nameWords, i.seller, i.set_facts AS setFacts, i.first_seen_at AS firstSeenAt,
  i.decision, i.intake_hold AS intakeHold, i.adopted, i.withdrawn_at AS withdrawnAt,
  i.listing_end AS listingEnd`;

export const ALL_ITEMS = `SELECT ${ITEM_COLUMNS} FROM items i ORDER BY i.first_seen_at, i.id`;
export const ALL_IDS = 'SELECT id FROM items ORDER BY first_seen_at, id';
export const ALL_PHOTOS = 'SELECT item_id AS itemId, photo FROM photos ORDER BY item_id, position';
export const ITEM_BY_ID = `SELECT ${ITEM_COLUMNS} FROM items i WHERE i.id = ?`;
export const PHOTOS_OF_ITEM = 'SELECT photo FROM photos WHERE item_id = ? ORDER BY position';

export const ITEM_BY_SOURCE = `SELECT ${ITEM_COLUMNS} FROM items i WHERE i.source = ? ORDER BY i.saved_order DESC LIMIT 1`;
export const ITEMS_BY_SKU = `SELECT ${ITEM_COLUMNS} FROM items i WHERE i.sku = ? COLLATE NOCASE`;
export const ITEMS_BY_LISTING = `
SELECT ${ITEM_COLUMNS} FROM items i
WHERE i.id IN (SELECT id FROM items WHERE adopted_listing_id = @listing UNION SELECT item_id FROM outcomes WHERE listing_id = @listing)`;
export const OWN_LISTINGS = `
SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM items WHERE adopted_listing_id = value)
  OR EXISTS (SELECT 1 FROM outcomes WHERE listing_id = value)`;
export const ITEMS_BY_TAIL = `SELECT ${ITEM_COLUMNS} FROM items i WHERE i.source_tail = ? ORDER BY i.source, i.id`;
export const ITEMS_BY_NAME = `SELECT ${ITEM_COLUMNS} FROM items i WHERE i.source_name = ? ORDER BY i.source, i.id`;
export const ITEMS_BY_ID_PREFIX = `SELECT ${ITEM_COLUMNS} FROM items i WHERE i.id >= @prefix AND i.id < @prefix || '~' ORDER BY i.id`;
export const ITEMS_WITH_PHOTOS = `
SELECT ${ITEM_COLUMNS} FROM items i
WHERE i.id IN (SELECT p.item_id FROM json_each(?) wanted JOIN photos p ON p.sha256 = wanted.value)
ORDER BY i.first_seen_at, i.id`;

export const SAVE_ITEM = `
INSERT INTO items (id, sku, anchor, source, source_tail, source_name, name_words, seller, first_seen_at, intake_hold, saved_order)
VALUES (@id, @sku, @anchor, @source, @sourceTail, @sourceName, @nameWords, @seller, @now, @intakeHold, (SELECT coalesce(max(saved_order), 0) + 1 FROM items))
ON CONFLICT (id) DO UPDATE SET
  sku = excluded.sku, source = excluded.source, source_tail = excluded.source_tail, source_name = excluded.source_name,
  name_words = excluded.name_words, seller = excluded.seller, intake_hold = excluded.intake_hold, saved_order = excluded.saved_order`;
export const REMOVE_ITEM = 'DELETE FROM items WHERE id = ?';
export const DROP_PHOTOS = 'DELETE FROM photos WHERE item_id = ?';
export const ADD_PHOTO = 'INSERT INTO photos (item_id, position, sha256, photo) VALUES (?, ?, ?, ?)';

export const SET_DECISION = 'UPDATE items SET decision = ? WHERE id = ?';
export const LOG_DECISION = 'INSERT INTO decisions (item_id, kind, content_hash, at) VALUES (?, ?, ?, ?)';
export const COUNT_APPROVALS = `SELECT count(*) FROM (SELECT DISTINCT item_id, content_hash FROM decisions WHERE kind = 'approve')`;
export const SET_FACTS = 'UPDATE items SET set_facts = ? WHERE id = ?';
export const ADOPT = 'UPDATE items SET sku = @sku, adopted = @adopted, adopted_listing_id = @listingId WHERE id = @id';
export const MARK_LISTING_END = 'UPDATE items SET listing_end = ? WHERE id = ?';
export const MARK_WITHDRAWN = 'UPDATE items SET withdrawn_at = ? WHERE id = ?';
/** The adopted listing is the one that was withdrawn; kept, it would make the item look live. */
export const LIST_AGAIN =
  'UPDATE items SET withdrawn_at = NULL, listing_end = NULL, adopted = NULL, adopted_listing_id = NULL WHERE id = ?';

/** `noted` grows with every change; a look that is already known is none. */
export const REMEMBER_LOOK = `
INSERT INTO looks (sha256, look, noted) VALUES (?, ?, (SELECT coalesce(max(noted), 0) + 1 FROM looks))
ON CONFLICT (sha256) DO UPDATE SET look = excluded.look, noted = excluded.noted WHERE look <> excluded.look`;
export const LOOK_MARKS = `
SELECT (SELECT coalesce(max(saved_order), 0) FROM items) AS savedOrder, (SELECT coalesce(max(noted), 0) FROM looks) AS noted`;
/** CROSS JOIN keeps SQLite from the photos to their looks, UNION ALL from sorting all items; an item may come twice. */
export const ITEMS_WITH_NEW_LOOKS = `
SELECT id FROM items WHERE saved_order > @savedOrder
UNION ALL SELECT p.item_id FROM looks l CROSS JOIN photos p ON p.sha256 = l.sha256 WHERE l.noted > @noted`;
export const LOOKS_OF_ITEM = `
SELECT p.item_id, p.sha256, l.look, i.first_seen_at
FROM photos p JOIN looks l ON l.sha256 = p.sha256 JOIN items i ON i.id = p.item_id
WHERE p.item_id = ? ORDER BY p.position`;
export const PASSED_CHECK = "SELECT 1 FROM outcomes WHERE item_id = ? AND stage = 'check' AND kind = 'done'";

/* ---- outcomes ---- */

const OUTCOME_COLUMNS =
  'o.item_id AS itemId, o.stage, o.fingerprint, o.kind, o.reason, o.attempts, o.started_at AS startedAt, o.finished_at AS finishedAt';

export const OUTCOMES_OF_ITEM = `
SELECT ${OUTCOME_COLUMNS}, p.output, p.partial FROM outcomes o LEFT JOIN outputs p ON p.outcome_id = o.id
WHERE o.item_id = ? ORDER BY o.id`;

export const OUTCOME_OF_STAGE = `
SELECT ${OUTCOME_COLUMNS}, p.output, p.partial FROM outcomes o LEFT JOIN outputs p ON p.outcome_id = o.id
WHERE o.item_id = ? AND o.stage = ?`;

/** The CASE keeps SQLite from touching outputs that nobody asked for. */
export const OUTCOME_SUMMARY = `
SELECT ${OUTCOME_COLUMNS}, p.output
FROM outcomes o LEFT JOIN outputs p ON p.outcome_id = CASE WHEN o.stage IN ('specify', 'price', 'publish') THEN o.id END`;

export const OUTCOME_SUMMARY_OF_ITEM = `${OUTCOME_SUMMARY} WHERE o.item_id = ?`;

/** A listing number once known stays known while the stage runs again, so that the item can be found by it. */
export const RECORD_OUTCOME = `
INSERT INTO outcomes (item_id, stage, fingerprint, kind, reason, attempts, started_at, finished_at, listing_id)
VALUES (@itemId, @stage, @fingerprint, @kind, @reason, @attempts, @startedAt, @finishedAt, @listingId)
ON CONFLICT (item_id, stage) DO UPDATE SET
  fingerprint = excluded.fingerprint, kind = excluded.kind, reason = excluded.reason, attempts = excluded.attempts,
  started_at = excluded.started_at, finished_at = excluded.finished_at, listing_id = coalesce(excluded.listing_id, listing_id)
RETURNING id`;
export const RECORD_OUTPUT = `
INSERT INTO outputs (outcome_id, output, partial) VALUES (@id, @output, @partial)
ON CONFLICT (outcome_id) DO UPDATE SET output = excluded.output, partial = excluded.partial`;
/**
 * eBay's licence lets market data be kept only while it serves the listing it was asked for: what is live keeps the
 * summary (`basis`) and loses the listings of others that its price was made from.
 */
export const SHRINK_COMPARABLES = `
UPDATE outputs SET output = json_remove(output, '$.comparables')
WHERE outcome_id = (SELECT id FROM outcomes WHERE item_id = @id AND stage = 'price')
  AND json_type(output, '$.comparables') IS NOT NULL
  AND (EXISTS (SELECT 1 FROM outcomes WHERE item_id = @id AND stage = 'publish' AND kind = 'done')
    OR EXISTS (SELECT 1 FROM items WHERE id = @id AND adopted IS NOT NULL))`;
export const DROP_OUTPUT = 'DELETE FROM outputs WHERE outcome_id = ?';
export const FORGET_OUTCOMES = 'DELETE FROM outcomes WHERE item_id = ? AND stage IN (SELECT value FROM json_each(?))';

/* ---- claims ---- */

export const READ_CLAIM = 'SELECT token, owner_id AS ownerId, owner, lease_until_ms AS leaseUntilMs FROM claims WHERE item_id = ?';

/** Takes only what is still as it was when it was judged: nobody else took or renewed it meanwhile. */
export const TAKE_CLAIM = `
INSERT INTO claims (item_id, token, owner_id, owner, lease_until_ms) VALUES (@itemId, 1, @ownerId, @owner, @leaseUntilMs)
ON CONFLICT (item_id) DO UPDATE SET
  token = token + 1, owner_id = excluded.owner_id, owner = excluded.owner, lease_until_ms = excluded.lease_until_ms
WHERE token = @seenToken AND lease_until_ms = @seenLeaseUntilMs
RETURNING token`;
export const RENEW_CLAIM =
  'UPDATE claims SET lease_until_ms = @leaseUntilMs WHERE item_id = @itemId AND token = @token AND owner_id = @ownerId';
export const RELEASE_CLAIM =
  'UPDATE claims SET owner_id = NULL, owner = NULL, lease_until_ms = 0 WHERE item_id = @itemId AND token = @token AND owner_id = @ownerId';
export const RELEASE_ALL = 'UPDATE claims SET owner_id = NULL, owner = NULL, lease_until_ms = 0 WHERE owner_id = ?';
/** By the index that holds claimed items only: every item that ever was claimed has a row. CROSS JOIN keeps SQLite from going through all photos. */
export const PHOTOS_IN_WORK = `
SELECT p.sha256 FROM claims c CROSS JOIN photos p ON p.item_id = c.item_id WHERE c.owner_id > '' AND c.lease_until_ms > ?`;
export const CLAIM_HOLDS = 'SELECT 1 FROM claims WHERE item_id = ? AND token = ? AND owner_id = ?';

export const LISTED_SINCE = "SELECT count(*) FROM outcomes WHERE stage = 'publish' AND kind = 'done' AND finished_at >= ?";
