/** Statements about batches: see schema-batches.ts. */

export const OPEN_BATCHES = `
SELECT b.id, b.account, b.provider, b.model, b.state, b.file_id AS fileId, b.remote_id AS remoteId, b.began_at AS beganAt, b.seen,
  b.owner_id AS ownerId, b.owner,
  (SELECT count(*) FROM batch_questions q WHERE q.batch_id = b.id) AS questions,
  (SELECT coalesce(sum(coalesce(l.settled_micro_usd, l.reserved_micro_usd)), 0)
   FROM batch_questions q JOIN ledger l ON l.id = q.reservation WHERE q.batch_id = b.id AND q.answered_at IS NULL) AS reservedMicroUsd
FROM batches b ORDER BY b.began_at, b.id`;
export const ANY_QUESTION = 'SELECT 1 FROM batch_questions LIMIT 1';
export const BEGIN_BATCH = `
INSERT INTO batches (id, account, provider, model, state, began_at, owner_id, owner)
VALUES (@id, @account, @provider, @model, 'filling', @beganAt, @ownerId, @owner)`;
export const READ_QUESTION = `
SELECT batch_id AS batchId, reservation, answered_at AS answeredAt, reply, EXISTS (SELECT 1 FROM batches WHERE id = batch_id) AS isOpen
FROM batch_questions WHERE key = ?`;
export const ADD_QUESTION = `
INSERT INTO batch_questions (key, batch_id, item_id, reservation) VALUES (@key, @batchId, @itemId, @reservation)`;
export const SET_CREATING = `UPDATE batches SET state = 'creating', file_id = @fileId WHERE id = @id`;
export const SET_WAITING = `UPDATE batches SET state = 'waiting', remote_id = @remoteId WHERE id = @id`;
export const SET_SEEN = 'UPDATE batches SET seen = @seen WHERE id = @id';
export const ANSWER_QUESTION = 'UPDATE batch_questions SET answered_at = @now, reply = @reply WHERE key = @key';
export const UNANSWERED_OF_BATCH = 'SELECT reservation FROM batch_questions WHERE batch_id = ? AND answered_at IS NULL';
export const SUMS_OF_BATCH = `
SELECT count(q.reply) AS answered, count(*) - count(q.reply) AS failed,
  sum(coalesce(l.settled_micro_usd, l.reserved_micro_usd)) AS microUsd
FROM batch_questions q JOIN ledger l ON l.id = q.reservation WHERE q.batch_id = ?`;
export const DROP_BATCH = 'DELETE FROM batches WHERE id = ?';
export const DROP_QUESTIONS = 'DELETE FROM batch_questions WHERE batch_id = ?';
export const FORGET_QUESTION = 'DELETE FROM batch_questions WHERE key = ?';
/** Of batches that are over only: an open one still settles its questions. */
export const TIDY_QUESTIONS = `
DELETE FROM batch_questions WHERE batch_id NOT IN (SELECT id FROM batches)
  AND key IN (SELECT key FROM journal WHERE answered_at IS NOT NULL)`;
export const WAITING_ITEMS = `
SELECT q.item_id AS itemId, q.batch_id AS batchId FROM batch_questions q JOIN batches b ON b.id = q.batch_id
WHERE q.item_id IS NOT NULL AND q.answered_at IS NULL`;
