/** Statements about what is the matter, and who was told. */

/** What was over and is the case again begins anew. */
export const SAW_ALERT = `
INSERT INTO alerts (key, rule, level, message, hint, figures, since, seen_at) VALUES (@key, @rule, @level, @message, @hint, @figures, @at, @at)
ON CONFLICT (key) DO UPDATE SET rule = excluded.rule, level = excluded.level, message = excluded.message, hint = excluded.hint,
  figures = excluded.figures, seen_at = excluded.seen_at, since = CASE WHEN resolved_at IS NULL THEN since ELSE excluded.since END,
  resolved_at = NULL`;
export const RESOLVE_OTHERS = `
UPDATE alerts SET resolved_at = @at WHERE resolved_at IS NULL AND key NOT IN (SELECT value FROM json_each(@keys))`;
export const DROP_OLD_ALERTS = 'DELETE FROM alerts WHERE resolved_at < ?';

const COLUMNS = 'key, rule, level, message, hint, figures, since, seen_at AS seenAt, resolved_at AS resolvedAt';
export const FIRING = `
SELECT ${COLUMNS} FROM alerts WHERE resolved_at IS NULL
ORDER BY CASE level WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, since, key`;
/** Everything that a channel might be told, with what it was told last. */
export const CANDIDATES = `
SELECT ${COLUMNS.replace('key,', 'a.key AS key,')}, s.state AS sentState, s.at AS sentAt
FROM alerts a LEFT JOIN alert_sends s ON s.key = a.key AND s.channel = @channel
ORDER BY CASE level WHEN 'critical' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, since, a.key`;
export const KEEP_SEND = `
INSERT INTO alert_sends (channel, key, state, at) VALUES (@channel, @key, @state, @at)
ON CONFLICT (channel, key) DO UPDATE SET state = excluded.state, at = excluded.at`;
export const DROP_SEND = 'DELETE FROM alert_sends WHERE channel = @channel AND key = @key';
