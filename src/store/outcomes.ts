import { EasyflipError } from '../core/errors.ts';
import type { ItemId } from '../core/item.ts';
import type { StageKind } from '../core/outcome.ts';
import type { Claim, OutcomeStore, StageOutcome } from '../core/ports/store.ts';
import type { Connection } from './connection.ts';
import { failureWriter } from './failures.ts';
import * as sql from './item-sql.ts';

interface OutcomeRow {
  readonly itemId: ItemId;
  readonly stage: string;
  readonly fingerprint: string;
  readonly kind: StageKind;
  readonly reason: string | null;
  readonly attempts: number;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly output: string | null;
  readonly partial?: string | null;
}

/** The stage whose output carries the number of the listing. */
const PUBLISH = 'publish';
/** The stage whose output carries what others ask. */
const PRICE = 'price';

export function outcomeStore(connection: Connection, ownerId: string): OutcomeStore {
  const { db, read, write, parse } = connection;
  const addFailure = failureWriter(connection);
  const ofItem = db.prepare<[string], OutcomeRow>(sql.OUTCOMES_OF_ITEM);
  const summary = db.prepare<[], OutcomeRow>(sql.OUTCOME_SUMMARY);
  const summaryOf = db.prepare<[string], OutcomeRow>(sql.OUTCOME_SUMMARY_OF_ITEM);
  const ofStage = db.prepare<[string, string], OutcomeRow>(sql.OUTCOME_OF_STAGE);
  const claimHolds = db.prepare<[string, number, string], number>(sql.CLAIM_HOLDS).pluck();
  const recordOutcome = db.prepare<unknown[], number>(sql.RECORD_OUTCOME).pluck();
  const recordOutput = db.prepare(sql.RECORD_OUTPUT);
  const dropOutput = db.prepare<[number]>(sql.DROP_OUTPUT);
  const shrinkComparables = db.prepare<{ id: string }>(sql.SHRINK_COMPARABLES);
  const listedSince = db.prepare<[string], number>(sql.LISTED_SINCE).pluck();
  const forget = db.prepare<[string, string]>(sql.FORGET_OUTCOMES);

  return {
    ofItem: (id) => read(() => ofItem.all(id).map((row) => outcomeOf(row, parse))),
    summary: () =>
      read(() => {
        // Row by row: all rows beside all outcomes would take the memory twice.
        const outcomes: StageOutcome[] = [];
        for (const row of summary.iterate()) outcomes.push(outcomeOf(row, parse));
        return outcomes;
      }),
    summaryOf: (id) => read(() => summaryOf.all(id).map((row) => outcomeOf(row, parse))),
    ofStage: (id, stage) =>
      read(() => {
        const row = ofStage.get(id, stage);
        return row && outcomeOf(row, parse);
      }),
    listedSince: (at) => read(() => listedSince.get(at) ?? 0),
    forget: (id, stages) => write(() => void forget.run(id, JSON.stringify(stages))),

    record: (outcome, claim) =>
      write(() => {
        if (outcome.itemId !== claim.itemId || !claimHolds.get(claim.itemId, claim.token, ownerId)) throw lost(claim);
        const output = json(outcome.output);
        const partial = json(outcome.partial);
        const id = recordOutcome.get({
          itemId: outcome.itemId,
          stage: outcome.stage,
          fingerprint: outcome.fingerprint,
          kind: outcome.kind,
          reason: json(outcome.reason),
          attempts: outcome.attempts,
          startedAt: outcome.startedAt,
          finishedAt: outcome.finishedAt ?? null,
          listingId: outcome.stage === PUBLISH && outcome.kind === 'done' ? listingIdOf(outcome.output) : null,
        });
        if (id === undefined) throw new Error('SQLite did not return the id of an outcome');
        if (output === null && partial === null) dropOutput.run(id);
        else recordOutput.run({ id, output, partial });
        if (outcome.kind === 'failed' && outcome.reason) {
          const { itemId, stage, attempts, startedAt, finishedAt = startedAt, reason } = outcome;
          addFailure({ itemId, stage, attempts, startedAt, failedAt: finishedAt, reason });
        }
        if (outcome.stage === PUBLISH || outcome.stage === PRICE) shrinkComparables.run({ id: outcome.itemId });
      }),
  };
}

/**
 * Outputs are read from JSON only when somebody looks at them: a summary over many thousand items
 * mostly counts.
 */
function outcomeOf(row: OutcomeRow, parse: Connection['parse']): StageOutcome {
  const plain: Omit<StageOutcome, 'output'> = {
    itemId: row.itemId,
    stage: row.stage,
    fingerprint: row.fingerprint,
    kind: row.kind,
    attempts: row.attempts,
    startedAt: row.startedAt,
    ...(row.finishedAt === null ? {} : { finishedAt: row.finishedAt }),
    ...(row.reason === null ? {} : { reason: parse<NonNullable<StageOutcome['reason']>>(row.reason) }),
    ...(row.partial === null || row.partial === undefined ? {} : { partial: parse<unknown>(row.partial) }),
  };
  return row.output === null ? plain : withOutput(plain, row.output, parse);
}

function withOutput(plain: Omit<StageOutcome, 'output'>, text: string, parse: Connection['parse']): StageOutcome {
  let unread: string | undefined = text;
  let value: unknown;
  return Object.defineProperty(plain, 'output', {
    enumerable: true,
    get: () => {
      if (unread !== undefined) {
        value = parse(unread);
        unread = undefined;
      }
      return value;
    },
  });
}

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

function listingIdOf(output: unknown): string | null {
  const id = typeof output === 'object' && output !== null && 'listingId' in output ? output.listingId : undefined;
  return typeof id === 'string' ? id : null;
}

const lost = (claim: Claim): EasyflipError =>
  new EasyflipError('claim.lost', `Another easyflip process has taken over item ${claim.itemId}.`, {
    hint: 'Let that process finish the item; nothing of this attempt was recorded.',
  });
