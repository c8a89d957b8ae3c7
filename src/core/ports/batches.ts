import type { Reason } from '../errors.ts';
import type { ItemId } from '../item.ts';
import type { MicroUsd } from '../money.ts';
import type { SpendLimits, SpendScope } from './ledger.ts';
import type { Call, PaidCall, TokenUsage } from './outgoing.ts';

/* ---- who asks ---- */

/** What batches know of a question. `answered`: the service's reply as it came, unread and paid for. */
type FoundQuestion =
  | { readonly state: 'waiting'; readonly reason: Reason }
  | { readonly state: 'answered'; readonly reply: unknown }
  | { readonly state: 'failed' };

/** A question that can wait for hours, as it is handed over. */
export interface PatientQuestion {
  /** Identity of the answer, as in the journal. */
  readonly key: string;
  /** Its line in the file for the service, without line break. */
  readonly line: string;
  readonly paid: PaidCall;
  readonly operation: string;
  /** The most it may cost in a batch. */
  readonly worstCaseMicroUsd: MicroUsd;
}

/** Batches as seen by an adapter that asks paid questions. */
export interface BatchedQuestions {
  /** Whether new questions of this run wait for a batch. */
  readonly accepts: boolean;
  /** Undefined: no batch has it. One that waits must not be asked by another call: it would be paid twice. */
  find(key: string): Promise<FoundQuestion | undefined>;
  /** Reserves its cost and writes it down for the next batch. Errors: always one; `batch.waiting` when it was taken, `budget.*`. */
  hand(question: PatientQuestion, call: Call): Promise<never>;
  /** Its answer in the batch was of no use. */
  forget(key: string): Promise<void>;
}

/* ---- who answers ---- */

/** A batch as the service tells it. */
export interface BatchReport {
  readonly id: string;
  /** `over`: nothing more will come. */
  readonly state: 'running' | 'over';
  /** The service's own word: `in_progress`, `completed`, `expired` … */
  readonly word: string;
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
  /** Why the whole of it was refused. */
  readonly problem?: string;
  /** Files to read answers from, and all that can be removed afterwards. */
  readonly answerFiles: readonly string[];
  readonly files: readonly string[];
}

/** What became of one question. Without `microUsd` its worst case stands. */
export interface BatchedAnswer {
  readonly key: string;
  readonly reply?: unknown;
  readonly microUsd?: MicroUsd;
  readonly usage?: TokenUsage;
}

/**
 * A service that answers many questions together, within a day, for less. Sends through Outgoing by itself. Errors: those of
 * the provider; `provider.no-batches` where it has none.
 */
export interface BatchService {
  /** Who it is: batches of another address or key are not touched. Tells nothing of either. */
  readonly account: string;
  readonly provider: string;
  readonly model: string;
  readonly host: string;
  /** Asks for nothing but whether there are batches. Free. */
  check(call: Call): Promise<void>;
  /** `name` is ours, and finds the file again. The id of the file. */
  upload(path: string, name: string, call: Call): Promise<string>;
  create(fileId: string, name: string, call: Call): Promise<BatchReport>;
  /** For a creation whose answer was lost. */
  findByName(name: string, call: Call): Promise<BatchReport | undefined>;
  /** Undefined: the service knows no such batch. */
  look(id: string, call: Call): Promise<BatchReport | undefined>;
  /**
   * Hands over the answers in portions, in no order, perhaps some of them twice; none when the file is gone. `model`: whose
   * price they cost.
   */
  read(
    file: { readonly id: string; readonly model: string },
    take: (answers: readonly BatchedAnswer[]) => Promise<void>,
    call: Call,
  ): Promise<void>;
  /** Removes files; those that are gone are no error. */
  removeFiles(ids: readonly string[], call: Call): Promise<void>;
  /** Uploaded under that name. */
  filesNamed(name: string, call: Call): Promise<readonly string[]>;
}

/* ---- what is remembered ---- */

/** `filling`: questions are gathered; nothing left this machine but perhaps the file. `creating`: the order to begin is out. */
export type BatchState = 'filling' | 'creating' | 'waiting';

export type BatchProgress = Pick<BatchReport, 'word' | 'total' | 'completed' | 'failed'>;

export interface StoredBatch {
  /** Ours, also its name at the service. */
  readonly id: string;
  readonly account: string;
  readonly provider: string;
  readonly model: string;
  readonly state: BatchState;
  /** From `creating` on. */
  readonly fileId?: string;
  /** From `waiting` on: the service's id. */
  readonly remoteId?: string;
  readonly beganAt: string;
  /** As last seen. */
  readonly seen?: BatchProgress;
  readonly questions: number;
  /** What its unanswered questions count for. */
  readonly reservedMicroUsd: MicroUsd;
  /** Begun by this open store. */
  readonly mine: boolean;
  /** Its process has ended: whoever comes next goes on with it. */
  readonly abandoned: boolean;
}

type KeptQuestion =
  | { readonly state: 'waiting'; readonly batch: StoredBatch }
  | { readonly state: 'answered'; readonly reply: unknown }
  | { readonly state: 'failed' };

export interface BatchStore {
  /** Those that are not over, oldest first. */
  open(): Promise<readonly StoredBatch[]>;
  /** Whether any question is remembered. */
  isUsed(): Promise<boolean>;
  begin(batch: Pick<StoredBatch, 'id' | 'account' | 'provider' | 'model'>): Promise<void>;
  /** Reserves and writes down, in one transaction. `known`: a batch has it already. */
  add(
    batchId: string,
    key: string,
    cost: {
      readonly runId: string;
      readonly itemId?: ItemId;
      readonly operation: string;
      readonly microUsd: MicroUsd;
      readonly limits: SpendLimits;
      readonly paid: PaidCall;
    },
  ): Promise<{ readonly added: true } | { readonly known: true } | { readonly over: SpendScope }>;
  /** Written before the order to begin leaves. */
  creating(id: string, fileId: string): Promise<void>;
  waiting(id: string, remoteId: string): Promise<void>;
  seen(id: string, progress: BatchProgress): Promise<void>;
  /** Keeps answers and settles their cost; what has one already stays as it is. How many were new. */
  answer(id: string, answers: readonly BatchedAnswer[]): Promise<number>;
  /** Over: what has no answer has failed; at its worst case, or for nothing when the service refused the whole. */
  close(
    id: string,
    unanswered: 'worst-case' | 'free',
  ): Promise<{ readonly answered: number; readonly failed: number; readonly microUsd: MicroUsd }>;
  /** It never came to be: forgets it and its questions, and gives back what was reserved. */
  drop(id: string): Promise<void>;
  question(key: string): Promise<KeptQuestion | undefined>;
  forget(key: string): Promise<void>;
  /** Forgets what the journal has kept meanwhile. */
  tidy(): Promise<void>;
  /** Items whose question waits in an open batch. */
  waitingItems(): Promise<ReadonlyMap<ItemId, StoredBatch>>;
}
