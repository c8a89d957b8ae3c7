import type { Clock } from '../core/clock.ts';
import type { ItemId } from '../core/item.ts';
import type { BatchProgress, BatchState, BatchStore, StoredBatch } from '../core/ports/batches.ts';
import * as sql from './batch-sql.ts';
import type { Connection } from './connection.ts';
import { ledgerWrites } from './ledger.ts';
import { hasEnded, type ProcessIdentity, thisProcess } from './process-identity.ts';

interface BatchRow {
  readonly id: string;
  readonly account: string;
  readonly provider: string;
  readonly model: string;
  readonly state: BatchState;
  readonly fileId: string | null;
  readonly remoteId: string | null;
  readonly beganAt: string;
  readonly seen: string | null;
  readonly ownerId: string;
  readonly owner: string;
  readonly questions: number;
  readonly reservedMicroUsd: number;
}

interface QuestionRow {
  readonly batchId: string;
  readonly reservation: number;
  readonly answeredAt: string | null;
  readonly reply: string | null;
  readonly isOpen: 0 | 1;
}

/** A batch belongs to the open store that began it, as claims do; when its process has ended, to whoever comes. */
export function batchStore(connection: Connection, ownerId: string, clock: Clock): BatchStore {
  const { db, read, write, parse } = connection;
  const ledger = ledgerWrites(connection, clock);
  const openBatches = db.prepare<[], BatchRow>(sql.OPEN_BATCHES);
  const used = db.prepare<[], number>(sql.ANY_QUESTION).pluck();
  const begin = db.prepare(sql.BEGIN_BATCH);
  const readQuestion = db.prepare<[string], QuestionRow>(sql.READ_QUESTION);
  const addQuestion = db.prepare(sql.ADD_QUESTION);
  const setCreating = db.prepare(sql.SET_CREATING);
  const setWaiting = db.prepare(sql.SET_WAITING);
  const setSeen = db.prepare(sql.SET_SEEN);
  const answerQuestion = db.prepare(sql.ANSWER_QUESTION);
  const unanswered = db.prepare<[string], number>(sql.UNANSWERED_OF_BATCH).pluck();
  const sums = db.prepare<[string], { answered: number; failed: number; microUsd: number | null }>(sql.SUMS_OF_BATCH);
  const dropBatch = db.prepare<[string]>(sql.DROP_BATCH);
  const dropQuestions = db.prepare<[string]>(sql.DROP_QUESTIONS);
  const forget = db.prepare<[string]>(sql.FORGET_QUESTION);
  const tidy = db.prepare(sql.TIDY_QUESTIONS);
  const waiting = db.prepare<[], { itemId: ItemId; batchId: string }>(sql.WAITING_ITEMS);
  const now = (): string => new Date(clock.now()).toISOString();

  const isAbandoned = (row: BatchRow): boolean => row.ownerId !== ownerId && hasEnded(parse<ProcessIdentity>(row.owner), thisProcess());
  const allOpen = async (): Promise<readonly StoredBatch[]> => {
    const rows = await read(() => openBatches.all());
    return rows.map((row) => batchOf(row, { mine: row.ownerId === ownerId, abandoned: isAbandoned(row) }, parse));
  };

  return {
    open: allOpen,
    isUsed: () => read(() => used.get() !== undefined),
    begin: (batch) => write(() => void begin.run({ ...batch, beganAt: now(), ownerId, owner: JSON.stringify(thisProcess()) })),

    add: (batchId, key, { itemId, ...cost }) =>
      write(() => {
        if (readQuestion.get(key) !== undefined) return { known: true };
        const reserved = ledger.reserve({ ...cost, ...(itemId === undefined ? {} : { itemId }), service: 'batch' });
        if ('over' in reserved) return reserved;
        addQuestion.run({ key, batchId, itemId: itemId ?? null, reservation: reserved.reservation });
        return { added: true };
      }),

    creating: (id, fileId) => write(() => void setCreating.run({ id, fileId })),
    waiting: (id, remoteId) => write(() => void setWaiting.run({ id, remoteId })),
    seen: (id, { word, total, completed, failed }) =>
      write(() => void setSeen.run({ id, seen: JSON.stringify({ word, total, completed, failed }) })),

    answer: (id, answers) =>
      write(() => {
        let fresh = 0;
        for (const { key, reply, microUsd, usage } of answers) {
          const row = readQuestion.get(key);
          if (row === undefined || row.batchId !== id || row.answeredAt !== null) continue;
          answerQuestion.run({ key, now: now(), reply: reply === undefined ? null : JSON.stringify(reply) });
          if (microUsd !== undefined) ledger.settle(row.reservation, microUsd, usage);
          fresh += 1;
        }
        return fresh;
      }),

    close: (id, rest) =>
      write(() => {
        if (rest === 'free') for (const reservation of unanswered.all(id)) ledger.settle(reservation, 0);
        const { answered = 0, failed = 0, microUsd } = sums.get(id) ?? {};
        dropBatch.run(id);
        return { answered, failed, microUsd: microUsd ?? 0 };
      }),

    drop: (id) =>
      write(() => {
        for (const reservation of unanswered.all(id)) ledger.settle(reservation, 0);
        dropQuestions.run(id);
        dropBatch.run(id);
      }),

    async question(key) {
      for (;;) {
        const row = await read(() => readQuestion.get(key));
        if (row === undefined) return undefined;
        if (row.reply !== null) return { state: 'answered', reply: parse<unknown>(row.reply) };
        if (row.answeredAt !== null || row.isOpen === 0) return { state: 'failed' };
        const batch = (await allOpen()).find(({ id }) => id === row.batchId);
        // Undefined: it was closed between the two statements.
        if (batch) return { state: 'waiting', batch };
      }
    },

    forget: (key) => write(() => void forget.run(key)),
    tidy: () => write(() => void tidy.run()),

    async waitingItems() {
      const [batches, rows] = await Promise.all([allOpen(), read(() => waiting.all())]);
      const byId = new Map(batches.map((batch) => [batch.id, batch]));
      return new Map(rows.flatMap(({ itemId, batchId }) => (byId.has(batchId) ? [[itemId, byId.get(batchId) as StoredBatch]] : [])));
    },
  };
}

function batchOf(row: BatchRow, whose: Pick<StoredBatch, 'mine' | 'abandoned'>, parse: Connection['parse']): StoredBatch {
  const { fileId, remoteId, seen, ownerId: _id, owner: _owner, ...plain } = row;
  return {
    ...plain,
    ...whose,
    ...(fileId === null ? {} : { fileId }),
    ...(remoteId === null ? {} : { remoteId }),
    ...(seen === null ? {} : { seen: parse<BatchProgress>(seen) }),
  };
}
