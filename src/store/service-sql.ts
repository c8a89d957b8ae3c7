/** Statements about outgoing calls, money, rates and runs. */

/* ---- journal ---- */

export const READ_ENTRY = 'SELECT sent_at AS sentAt, answered_at AS answeredAt, answer FROM journal WHERE key = ?';
export const ENTRY_SENT = `
INSERT INTO journal (key, scope, sent_at) VALUES (@key, @scope, @now)
ON CONFLICT (key) DO UPDATE SET scope = excluded.scope, sent_at = excluded.sent_at, answered_at = NULL, answer = NULL`;
export const ENTRY_ANSWERED = `
INSERT INTO journal (key, scope, sent_at, answered_at, answer) VALUES (@key, @scope, @now, @now, @answer)
ON CONFLICT (key) DO UPDATE SET scope = excluded.scope, answered_at = excluded.answered_at, answer = excluded.answer`;
export const ENTRIES_OF_SCOPE = `
SELECT key, sent_at AS sentAt, answered_at AS answeredAt, answer FROM journal WHERE scope = ? ORDER BY rowid`;
export const DROP_ENTRY = 'DELETE FROM journal WHERE key = ?';
export const DROP_SCOPE = 'DELETE FROM journal WHERE scope = ?';

/* ---- ledger ---- */

export const RESERVE = `
INSERT INTO ledger (run_id, item_id, service, operation, at, reserved_micro_usd, provider, model, pictures)
VALUES (@runId, @itemId, @service, @operation, @now, @microUsd, @provider, @model, @pictures)`;
export const READ_RESERVATION = `
SELECT run_id AS runId, substr(at, 1, 10) AS day, coalesce(settled_micro_usd, reserved_micro_usd) AS microUsd FROM ledger WHERE id = ?`;
export const SETTLE = `
UPDATE ledger SET settled_micro_usd = @microUsd, settled_at = @now,
  input_tokens = @input, cached_tokens = @cached, output_tokens = @output WHERE id = @reservation`;
export const ADD_TO_RUN = `
INSERT INTO run_spend (run_id, micro_usd) VALUES (@runId, @microUsd)
ON CONFLICT (run_id) DO UPDATE SET micro_usd = micro_usd + excluded.micro_usd`;
export const ADD_TO_DAY = `
INSERT INTO day_spend (day, micro_usd) VALUES (@day, @microUsd)
ON CONFLICT (day) DO UPDATE SET micro_usd = micro_usd + excluded.micro_usd`;
export const SPENT_BY_DAY = 'SELECT micro_usd FROM day_spend WHERE day = ?';
export const SPENT_BY_ONE_ITEM = 'SELECT sum(coalesce(settled_micro_usd, reserved_micro_usd)) FROM ledger WHERE item_id = ?';
export const SPENDING = `
SELECT substr(at, 1, 10) AS day, run_id AS runId, item_id AS itemId, coalesce(provider, service) AS provider, coalesce(model, operation) AS model,
  count(*) AS calls, sum(settled_micro_usd IS NULL) AS unsettled,
  sum(coalesce(input_tokens, 0)) AS inputTokens, sum(coalesce(cached_tokens, 0)) AS cachedTokens,
  sum(coalesce(output_tokens, 0)) AS outputTokens, sum(coalesce(pictures, 0)) AS pictures,
  sum(coalesce(settled_micro_usd, reserved_micro_usd)) AS microUsd,
  cast(round(sum(coalesce(julianday(settled_at) - julianday(at), 0)) * 86400000) AS INTEGER) AS ms
FROM ledger WHERE at >= @since GROUP BY 1, 2, 3, 4, 5 ORDER BY 1 DESC, max(id) DESC`;
export const SPENT_BY_RUN = 'SELECT micro_usd FROM run_spend WHERE run_id = ?';
export const SPENT_BY_ITEM = `
SELECT item_id, sum(coalesce(settled_micro_usd, reserved_micro_usd)) FROM ledger WHERE item_id IS NOT NULL GROUP BY item_id`;

/* ---- failures ---- */

export const ADD_FAILURE = `
INSERT INTO failures (item_id, stage, attempts, started_at, failed_at, reason)
VALUES (@itemId, @stage, @attempts, @startedAt, @failedAt, @reason)`;
export const DROP_OLD_FAILURES = `
DELETE FROM failures WHERE item_id = @itemId
  AND id <= (SELECT id FROM failures WHERE item_id = @itemId ORDER BY id DESC LIMIT 1 OFFSET @keep)`;
export const FAILURES_OF_ITEM = `
SELECT item_id AS itemId, stage, attempts, started_at AS startedAt, failed_at AS failedAt, reason FROM failures WHERE item_id = ? ORDER BY id`;
/** An item that another process has just removed takes nothing any more. */
export const ADD_ITEM_CALLS = `
INSERT INTO item_calls (item_id, service, calls, failed, ms)
SELECT @itemId, @service, @calls, @failed, @ms WHERE EXISTS (SELECT 1 FROM items WHERE id = @itemId)
ON CONFLICT (item_id, service) DO UPDATE SET calls = calls + excluded.calls, failed = failed + excluded.failed, ms = ms + excluded.ms`;
export const CALLS_OF_ITEM = 'SELECT service, calls, failed, ms FROM item_calls WHERE item_id = ? ORDER BY service';

/* ---- rates ---- */

export const CLAMP_FUTURE_CALLS = 'UPDATE rate_calls SET at_ms = @nowMs WHERE service = @service AND at_ms > @latestMs';
export const DROP_OLD_CALLS = 'DELETE FROM rate_calls WHERE service = @service AND at_ms <= @beforeMs';
/** The oldest of the newest `calls` calls: while it is inside the window, the window is full. */
export const OLDEST_THAT_COUNTS = 'SELECT at_ms FROM rate_calls WHERE service = @service ORDER BY at_ms DESC LIMIT 1 OFFSET @calls - 1';
export const ADD_CALL = 'INSERT INTO rate_calls (service, at_ms) VALUES (@service, @nowMs)';
export const COUNT_CALL = `
INSERT INTO daily_calls (service, day, calls) SELECT @service, @day, 1 WHERE @quota > 0
ON CONFLICT (service, day) DO UPDATE SET calls = calls + 1 WHERE calls < @quota
RETURNING calls`;

/* ---- how services fare ---- */

export const OPEN_BREAKERS = 'SELECT service, since_ms AS sinceMs, probe_at_ms AS probeAtMs FROM breakers';
export const KEEP_BREAKER = `
INSERT INTO breakers (service, since_ms, probe_at_ms) VALUES (@service, @sinceMs, @probeAtMs)
ON CONFLICT (service) DO UPDATE SET since_ms = min(since_ms, excluded.since_ms), probe_at_ms = excluded.probe_at_ms`;
export const CLOSE_BREAKER = 'DELETE FROM breakers WHERE service = ?';
export const CALLS_OF_DAY = 'SELECT service, calls FROM daily_calls WHERE day = ?';
export const ALLOWANCES = `
SELECT name, calls_limit AS "limit", remaining, resets_at AS resetsAt, asked_at AS askedAt FROM allowances ORDER BY name`;
export const DROP_ALLOWANCES = 'DELETE FROM allowances';
export const KEEP_ALLOWANCE = `
INSERT OR REPLACE INTO allowances (name, calls_limit, remaining, resets_at, asked_at) VALUES (@name, @limit, @remaining, @resetsAt, @askedAt)`;

/* ---- runs ---- */

export const START_RUN = `
INSERT INTO runs (id, command, dry_run, started_at, finished_at, counts, exit_code)
VALUES (@id, @command, @dryRun, @startedAt, @finishedAt, @counts, @exitCode)`;
export const FINISH_RUN = 'UPDATE runs SET finished_at = @finishedAt, counts = @counts, exit_code = @exitCode WHERE id = @id';
export const LATEST_RUN = `
SELECT id, command, dry_run AS dryRun, started_at AS startedAt, finished_at AS finishedAt, counts, exit_code AS exitCode
FROM runs ORDER BY started_at DESC, rowid DESC LIMIT 1`;
