/** Statements about how the work went. */

export const ADD_MEASURE = `
INSERT INTO measures (day, what, label, detail, bound, count, sum) VALUES (@day, @what, @label, @detail, @bound, @count, @sum)
ON CONFLICT (day, what, label, detail, bound) DO UPDATE SET count = count + excluded.count, sum = sum + excluded.sum`;
export const HAS_OLD_MEASURES = `SELECT 1 FROM measures WHERE day > '' AND day < ? LIMIT 1`;
export const SUM_UP_OLD = `
INSERT INTO measures (day, what, label, detail, bound, count, sum)
SELECT '', what, label, detail, bound, sum(count), sum(sum) FROM measures WHERE day > '' AND day < ? GROUP BY what, label, detail, bound
ON CONFLICT (day, what, label, detail, bound) DO UPDATE SET count = count + excluded.count, sum = sum + excluded.sum`;
export const DROP_OLD_MEASURES = `DELETE FROM measures WHERE day > '' AND day < ?`;
export const MEASURE_TOTALS = `
SELECT '' AS day, what, label, detail, bound, sum(count) AS count, sum(sum) AS sum FROM measures
GROUP BY what, label, detail, bound ORDER BY what, label, detail, bound`;
export const MEASURES_SINCE = 'SELECT day, what, label, detail, bound, count, sum FROM measures WHERE day >= ? ORDER BY day';

export const SAW_LOGIN = `
INSERT INTO logins (service, taken_at, refused_at) VALUES (@service, @takenAt, @refusedAt)
ON CONFLICT (service) DO UPDATE SET
  taken_at = coalesce(excluded.taken_at, taken_at), refused_at = coalesce(excluded.refused_at, refused_at)`;
export const LOGINS = 'SELECT service, taken_at AS takenAt, refused_at AS refusedAt FROM logins ORDER BY service';

export const SOLD_IN_ALL = `
SELECT currency, sum(quantity) AS sales, sum(amount_minor) AS amountMinor, sum(delivery_minor) AS deliveryMinor,
  sum(coalesce(fee_minor, 0)) AS feesMinor, sum(refunded_minor) AS refundedMinor
FROM sales WHERE state NOT IN ('unpaid', 'cancelled') GROUP BY currency ORDER BY currency`;
export const SPENT_ON_MODELS = `
SELECT coalesce(provider, service) AS provider, coalesce(model, operation) AS model, count(*) AS calls,
  sum(coalesce(settled_micro_usd, reserved_micro_usd)) AS microUsd
FROM ledger GROUP BY 1, 2 ORDER BY 4 DESC, 1, 2`;
export const SPENT_BY_DAYS = 'SELECT day, micro_usd AS microUsd FROM day_spend WHERE day >= ? ORDER BY day';

/** One row for all items since then that are alike; the stages as `prepare:done read:held`. */
export const STANDING = `
SELECT count(*) AS items, min(i.first_seen_at) AS oldestAt, json_extract(i.decision, '$.kind') AS decision, i.intake_hold IS NOT NULL AS held,
  i.adopted IS NOT NULL AS adopted, i.withdrawn_at IS NOT NULL AS withdrawn, json_extract(i.listing_end, '$.kind') AS listingEnd, coalesce(o.stages, '') AS stages
FROM items i LEFT JOIN (
  SELECT item_id, group_concat(stage || ':' || kind, ' ') AS stages FROM (SELECT item_id, stage, kind FROM outcomes ORDER BY item_id, stage) GROUP BY item_id
) o ON o.item_id = i.id
WHERE i.first_seen_at >= ?
GROUP BY 3, 4, 5, 6, 7, 8`;
