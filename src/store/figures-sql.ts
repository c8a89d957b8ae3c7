/** Sums for reports and metrics. */

export const LISTED_BY_DAY = `
SELECT substr(finished_at, 1, 10) AS day, count(*) AS listed FROM outcomes
WHERE stage = 'publish' AND kind = 'done' AND finished_at >= ? GROUP BY 1 ORDER BY 1`;

export const STAGE_COUNTS = `
SELECT stage, sum(kind = 'done') AS done, sum(kind = 'held') AS held, sum(kind = 'failed') AS failed
FROM outcomes WHERE finished_at >= ? GROUP BY stage`;

/** The value at a share of the sorted times: nearest rank. */
export const STAGE_TIMES = `
WITH timed AS (
  SELECT stage, cast(round((julianday(finished_at) - julianday(started_at)) * 86400000) AS INTEGER) AS ms
  FROM outcomes WHERE kind = 'done' AND finished_at >= ?),
ranked AS (
  SELECT stage, ms, row_number() OVER (PARTITION BY stage ORDER BY ms) AS rank, count(*) OVER (PARTITION BY stage) AS n FROM timed)
SELECT stage, max(CASE WHEN rank = (n + 1) / 2 THEN ms END) AS medianMs, max(CASE WHEN rank = (n * 95 + 99) / 100 THEN ms END) AS p95Ms
FROM ranked GROUP BY stage`;

export const SPEND_BY_OPERATION = `
SELECT service, operation, count(*) AS calls, sum(coalesce(settled_micro_usd, reserved_micro_usd)) AS microUsd
FROM ledger WHERE at >= ? GROUP BY 1, 2 ORDER BY 4 DESC, 2`;

/** A run without an end, such as a killed one, has no time that could be compared with. */
const TIMED_RUNS = `
SELECT id, started_at, (julianday(finished_at) - julianday(started_at)) * 86400000 AS wall_ms, counts
FROM runs WHERE dry_run = 0 AND finished_at IS NOT NULL AND started_at >= ? AND EXISTS (SELECT 1 FROM run_usage u WHERE u.run_id = runs.id)`;
export const RUNS_USED = `
SELECT count(*) AS runs, cast(round(coalesce(sum(wall_ms), 0)) AS INTEGER) AS wallMs,
  coalesce(sum(json_extract(counts, '$.listed') + json_extract(counts, '$.held') + json_extract(counts, '$.failed')), 0) AS items
FROM (${TIMED_RUNS})`;
/** The bare \`at_once\` is that of the row with the latest start: SQLite's rule beside max(). */
export const SERVICES_USED = `
SELECT service, atOnce, calls, failed, busyMs, capacityMs FROM (
  SELECT u.service, u.at_once AS atOnce, sum(u.calls) AS calls, sum(u.failed) AS failed, sum(u.busy_ms) AS busyMs,
    cast(round(sum(u.at_once * r.wall_ms)) AS INTEGER) AS capacityMs, max(r.started_at)
  FROM (${TIMED_RUNS}) r JOIN run_usage u ON u.run_id = r.id GROUP BY u.service)
ORDER BY service`;

export const KEEP_USAGE = `
INSERT OR REPLACE INTO run_usage (run_id, service, at_once, calls, failed, busy_ms) VALUES (@runId, @service, @atOnce, @calls, @failed, @busyMs)`;
export const DROP_USAGE_WITHOUT_RUN = 'DELETE FROM run_usage WHERE run_id NOT IN (SELECT id FROM runs)';

export const LISTINGS = `
SELECT i.id AS itemId, i.sku, o.finished_at AS listedAt, coalesce(o.listing_id, i.adopted_listing_id) AS listingId,
  json_extract(priced.output, '$.price') AS price, json_extract(specified.output, '$.title') AS title,
  coalesce(json_extract(i.set_facts, '$.cost'), json_extract(i.seller, '$.cost')) AS cost,
  i.listing_end AS listingEnd, i.withdrawn_at AS withdrawnAt, t.impressions, t.views, t.until
FROM items i
LEFT JOIN outcomes o ON o.item_id = i.id AND o.stage = 'publish' AND o.kind = 'done'
LEFT JOIN outcomes p ON p.item_id = i.id AND p.stage = 'price' LEFT JOIN outputs priced ON priced.outcome_id = p.id
LEFT JOIN outcomes s ON s.item_id = i.id AND s.stage = 'specify' LEFT JOIN outputs specified ON specified.outcome_id = s.id
LEFT JOIN traffic t ON t.listing_id = coalesce(o.listing_id, i.adopted_listing_id)
WHERE o.id IS NOT NULL OR i.adopted_listing_id IS NOT NULL
ORDER BY o.finished_at, i.id`;
