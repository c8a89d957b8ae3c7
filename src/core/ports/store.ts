import type { Reason } from '../errors.ts';
import type { Item, ItemId, Photo, PhotoHash, Sku } from '../item.ts';
import type { OutcomeCounts, StageKind } from '../outcome.ts';
import type { ListingEnd } from '../sale.ts';
import type { ServiceName } from '../settings.ts';
import type { AlertStore } from './alert-store.ts';
import type { BatchStore } from './batches.ts';
import type { CorrectionsStore } from './corrections-store.ts';
import type { FailureStore } from './failure-store.ts';
import type { FiguresStore, RunServiceUse } from './figures-store.ts';
import type { GroupingStore } from './grouping-store.ts';
import type { LedgerStore } from './ledger.ts';
import type { MeasureStore } from './measure-store.ts';
import type { PauseStore } from './pause-store.ts';
import type { SalesStore } from './sales-store.ts';
import type { ServiceStore } from './service-store.ts';
import type { UpkeepStore } from './upkeep-store.ts';

/**
 * Everything easyflip remembers. Whole operations that return promises, so that PostgreSQL can take
 * SQLite's place; each is atomic and durable when its promise resolves.
 * Errors: `store.full`, `store.read-only`, `store.damaged`, `store.unusable`.
 */
export interface Store {
  readonly files: FileCache;
  readonly items: ItemStore;
  readonly outcomes: OutcomeStore;
  readonly failures: FailureStore;
  readonly claims: ClaimStore;
  readonly journal: JournalStore;
  readonly ledger: LedgerStore;
  readonly rates: RateStore;
  readonly services: ServiceStore;
  readonly runs: RunStore;
  readonly sales: SalesStore;
  readonly reference: ReferenceStore;
  readonly grouping: GroupingStore;
  /** Looks through the whole file: seconds for a large one. Errors: `store.*` when it cannot even be read. */
  inspect(): Promise<StoreCondition>;
  readonly upkeep: UpkeepStore;
  readonly batches: BatchStore;
  readonly corrections: CorrectionsStore;
  readonly pauses: PauseStore;
  readonly figures: FiguresStore;
  readonly measures: MeasureStore;
  readonly alerts: AlertStore;
  close(): Promise<void>;
}

export interface StoreCondition {
  /** Of the numbered migrations. */
  readonly schemaVersion: number;
  readonly engine: string;
  readonly bytes: number;
  readonly logBytes: number;
  /** Problems that SQLite's integrity check and its check of foreign keys find; 0 is whole. */
  readonly problems: number;
}

/* ---- files seen by scan ---- */

/** What a scan learned about a file; valid while size and modification time stay the same. */
export interface SeenFile {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly result: { readonly photo: Photo } | { readonly refused: Reason };
}

export interface FileCache {
  /** Those of these files (absolute paths) that are remembered, by path. A few hundred at a time: a scan must not hold all. */
  at(paths: readonly string[]): Promise<ReadonlyMap<string, SeenFile>>;
  /** Adds or replaces. Repeatable. */
  remember(files: readonly SeenFile[]): Promise<void>;
}

/* ---- items ---- */

/** The seller's word about an item; the newest counts. */
export interface Decision {
  readonly kind: 'approve' | 'hold' | 'skip';
  /** `approve`: the hash over the listing content that was approved. */
  readonly contentHash?: string;
  readonly at: string;
}

export interface StoredItem {
  readonly item: Item;
  readonly firstSeenAt: string;
  readonly decision?: Decision;
  /** What the sidecar says; `item.seller` is this with `set` over it. */
  readonly sidecar: Item['seller'];
  /** Facts set by command (`edit`, `import`, `approve --set`, `update --set`); they win over the sidecar and outlive its changes. */
  readonly set: Item['seller'];
  /** Why intake holds it although no stage does: possible duplicate, changed while live, foreign listing. */
  readonly intakeHold?: Reason;
  /** A listing that was found on the marketplace and taken as ours. */
  readonly adopted?: { readonly listingId: string; readonly url: string; readonly offerId?: string };
  readonly withdrawnAt?: string;
  /** Its listing sold out or ended, as `sync` found it. */
  readonly listingEnd?: ListingEnd;
}

export interface ItemStore {
  /** By id, SKU, listing id, absolute source, or the unique last part of a source. Empty when none, several when not unique. */
  lookUp(name: string): Promise<readonly StoredItem[]>;
  get(id: ItemId): Promise<StoredItem | undefined>;
  /** Every item with its photos, at once: memory grows with them. */
  all(): Promise<readonly StoredItem[]>;
  /** In the order of `all`; as they were when it was asked. */
  ids(): Promise<Iterable<ItemId>>;
  /** Items grouped from exactly this source. */
  bySource(source: string): Promise<StoredItem | undefined>;
  /** Every item that holds at least one of these photos. */
  withPhotos(photos: readonly PhotoHash[]): Promise<readonly StoredItem[]>;
  /**
   * Writes item and photos (adds, or replaces source, SKU, photos, seller facts and intake hold).
   * Never changes id, anchor, first seen, decision or adopted.
   */
  save(item: Item, intakeHold: Reason | undefined): Promise<void>;
  /** Forgets an item, with all that its stages recorded: another item has its photos now. Repeatable. */
  remove(id: ItemId): Promise<void>;
  decide(id: ItemId, decision: Decision | undefined): Promise<void>;
  setFacts(id: ItemId, set: Item['seller']): Promise<void>;
  /** Live from now on: the price's `comparables` are dropped, as when a listing is recorded. */
  adopt(id: ItemId, sku: Sku, listing: NonNullable<StoredItem['adopted']>): Promise<void>;
  /** Which of these listings were made or adopted here, live or over. */
  ownListings(listingIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Undefined takes the mark away: it is live after all. */
  markListingEnd(id: ItemId, end: ListingEnd | undefined): Promise<void>;
  /** Undefined takes the mark away: the seller wants it listed again. */
  markWithdrawn(id: ItemId, at: string | undefined): Promise<void>;
  /** Approvals ever given in this database: production becomes automatic after five. */
  approvals(): Promise<number>;
  /** Remembers the look of a photo (64-bit difference hash, 16 hex digits). */
  rememberLook(photo: PhotoHash, look: string): Promise<void>;
  /** Photos of other items that show the same shot as one of these looks (`isNearDuplicate`), those of items saved first at the front. */
  nearDuplicates(id: ItemId, looks: readonly string[]): Promise<readonly NearDuplicate[]>;
}

interface NearDuplicate {
  readonly itemId: ItemId;
  readonly photo: PhotoHash;
  readonly firstSeenAt: string;
  /** Which of the looks that were asked for comes near, from 1. */
  readonly ownPhoto: number;
  /** Its check let it pass: it is live, or about to be. */
  readonly passed: boolean;
}

/* ---- what the stages recorded ---- */

export interface StageOutcome {
  readonly itemId: ItemId;
  readonly stage: string;
  readonly fingerprint: string;
  readonly kind: StageKind;
  /** Plain JSON; present for `done`. */
  readonly output?: unknown;
  /** Present for `held` and `failed`. */
  readonly reason?: Reason;
  /** Work shown with a hold: what the stage had so far. */
  readonly partial?: unknown;
  readonly attempts: number;
  readonly startedAt: string;
  readonly finishedAt?: string;
}

export interface OutcomeStore {
  ofItem(id: ItemId): Promise<readonly StageOutcome[]>;
  /** All items at once, for `status`; outputs of `publish` and `specify` and `price` only. */
  summary(): Promise<readonly StageOutcome[]>;
  /** The same of one item. */
  summaryOf(id: ItemId): Promise<readonly StageOutcome[]>;
  /** What one stage recorded for an item: `publish` tells whether it is live without reading all the others. */
  ofStage(id: ItemId, stage: string): Promise<StageOutcome | undefined>;
  /**
   * `claim` is checked in the same transaction: a lost one is `claim.lost` and nothing is written. Of an item that is
   * live, the price's `comparables` are dropped with it (eBay's licence); its `basis` stays.
   */
  record(outcome: StageOutcome, claim: Claim): Promise<void>;
  /** How many listings went live since then (ISO time), as far as this database knows. */
  listedSince(at: string): Promise<number>;
  /** Forgets these stages of an item (an item that changed, `retry-failed`, withdraw). */
  forget(id: ItemId, stages: readonly string[]): Promise<void>;
}

/* ---- claims: two processes share the work ---- */

/** What one process at a time works on: an item, or a folder that is watched (its real path). */
export type Claimable = ItemId | `folder:${string}`;

export interface Claim {
  readonly itemId: Claimable;
  /** Fencing token: grows with every claim of it. */
  readonly token: number;
}

export interface ClaimStore {
  /**
   * Takes an item for this process, also from an owner that is dead (same host: boot id, process id
   * and start time; elsewhere: lease run out). Undefined while another live process holds it.
   */
  take(id: Claimable, leaseMs: number): Promise<Claim | undefined>;
  /** Heartbeat for all of these at once. */
  renew(claims: readonly Claim[], leaseMs: number): Promise<void>;
  release(claim: Claim): Promise<void>;
  /** The photos of all items that any process has claimed at this moment. */
  photosInWork(): Promise<readonly PhotoHash[]>;
}

/* ---- calls with an effect or a price, by content ---- */

export type JournalEntry =
  | { readonly state: 'sent'; readonly at: string }
  | { readonly state: 'answered'; readonly at: string; readonly answer: unknown };

/**
 * One row per outgoing call that must not be repeated lightly: `sent` is written before it leaves,
 * the answer as soon as it arrives. A row that stayed `sent` was in flight when a program died.
 */
export interface JournalStore {
  read(key: string): Promise<JournalEntry | undefined>;
  sent(key: string, scope: string): Promise<void>;
  answered(key: string, scope: string, answer: unknown): Promise<void>;
  /** All calls of a scope, oldest first. Keys say what they are: `ebay:offer:SKU:…`. */
  ofScope(scope: string): Promise<readonly (JournalEntry & { readonly key: string })[]>;
  /** Forgets one call (answered with an error: nothing happened). */
  drop(key: string): Promise<void>;
  /** Forgets all calls of a scope (an item's SKU after withdraw). */
  dropScope(scope: string): Promise<void>;
}

/* ---- rates ---- */

export interface RateStore {
  /** Takes a place in the sliding window, or says how long to wait; one transaction. */
  take(
    service: ServiceName,
    window: { readonly calls: number; readonly perMs: number },
    nowMs: number,
  ): Promise<{ readonly waitMs: number }>;
  /** Counts one call against the day; false when the quota is used up. */
  count(service: ServiceName, day: string, quota: number): Promise<boolean>;
}

/* ---- what the marketplace says of itself ---- */

/** Trees, specifics and conditions: they change rarely, are shared by processes, and outlive a run. Plain JSON. */
export interface ReferenceStore {
  read(key: string): Promise<{ readonly answer: unknown; readonly askedAt: string } | undefined>;
  /** Adds or replaces, and forgets what has not been asked anew since `forgetBefore` (ISO time). */
  keep(key: string, answer: unknown, forgetBefore: string): Promise<void>;
}

/* ---- runs ---- */

interface RunRecord {
  readonly id: string;
  readonly command: string;
  readonly dryRun: boolean;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly counts?: OutcomeCounts;
  readonly exitCode?: number;
}

export interface RunStore {
  start(run: RunRecord): Promise<void>;
  finish(id: string, end: { readonly finishedAt: string; readonly counts: OutcomeCounts; readonly exitCode: number }): Promise<void>;
  latest(): Promise<RunRecord | undefined>;
  /** How busy its services were. Repeatable. */
  keepUsage(id: string, services: readonly RunServiceUse[]): Promise<void>;
}
