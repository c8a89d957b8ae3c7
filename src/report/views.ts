import type { Border } from '../core/border.ts';
import type { Reason } from '../core/errors.ts';
import type { Fact, FactName } from '../core/facts.ts';
import type { ItemId, Sku } from '../core/item.ts';
import type { PriceBasis } from '../core/listing.ts';
import type { Money } from '../core/money.ts';
import type { ItemState, StageKind } from '../core/outcome.ts';
import type { PhotoIssue } from '../core/photo-issue.ts';
import type { Decision, ItemCalls, StoredSale, StoredTraffic } from '../core/ports/index.ts';
import type { Environment } from '../core/settings.ts';
import type { WaitingBatch } from './batches.ts';
import type { ServicesView } from './services.ts';

/** What the application fills in for the renderers. null says: not known yet, or not applicable. */

export const ITEM_STATES = [
  'live',
  'sold',
  'ended',
  'waiting',
  'held',
  'failed',
  'skipped',
  'withdrawn',
] as const satisfies readonly ItemState[];

export interface StatusItem {
  readonly id: ItemId;
  readonly sku: Sku;
  readonly source: string;
  /** How many. */
  readonly photos: number;
  readonly state: ItemState;
  /** The stage that is next, holds or failed; null when all is done. */
  readonly stage: string | null;
  readonly title: string | null;
  readonly categoryId: string | null;
  readonly price: Money | null;
  readonly listingId: string | null;
  readonly listingUrl: string | null;
  /** Why it is held, failed or skipped. */
  readonly reason: Reason | null;
  /** Stage attempts in all. */
  readonly attempts: number;
  readonly costUsd: number;
}

export interface StatusView extends ServicesView {
  /** For people; the JSON form does not have it. */
  readonly environment: Environment;
  readonly items: readonly StatusItem[];
  readonly batches: readonly WaitingBatch[];
}

export interface ShownStage {
  readonly stage: string;
  readonly kind: StageKind;
  readonly attempts: number;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly reason: Reason | null;
}

export interface ShowView {
  readonly item: StatusItem;
  /** What went wrong and what was done outside. */
  readonly story: Omit<Story, 'item'>;
  /** In listing order; the first is the cover. */
  readonly photos: readonly {
    readonly number: number;
    readonly path: string;
    readonly width: number;
    readonly height: number;
    readonly takenAt: string | null;
    /** Kinds of metadata that were left out of every prepared picture, such as `location`. */
    readonly removed: readonly string[];
    /** What was done to make it look better. */
    readonly changes: readonly { readonly what: string; readonly note: string }[];
    /** Where it stands in the listing, from 1; null until that is known. */
    readonly place: number | null;
    /** What the pixels alone tell. */
    readonly warnings: readonly Reason[];
    /** Everything that is wrong with it, what holds the item first. */
    readonly problems: readonly PhotoIssue[];
  }[];
  /** Root first: `Pottery & Glass > Mugs`. */
  readonly categoryPath: string | null;
  readonly condition: { readonly id: string; readonly word: string; readonly note: string | null } | null;
  readonly priceBasis: PriceBasis | null;
  /** What eBay is told of the parcel; `estimated`: nobody has weighed it. */
  readonly parcel: { readonly weight: { readonly value: number; readonly unit: string } | null; readonly estimated: boolean } | null;
  readonly description: string | null;
  /** Item specifics; `fact` says why each is what it is. */
  readonly aspects: readonly { readonly name: string; readonly values: readonly string[]; readonly fact: Fact | null }[];
  /** `proven`: the evidence suffices to go live (isProven). */
  readonly facts: readonly { readonly name: FactName; readonly fact: Fact; readonly proven: boolean }[];
  readonly unknowns: readonly { readonly name: FactName; readonly why: string }[];
  /** In the order of the pipeline. */
  readonly stages: readonly ShownStage[];
  readonly decision: Decision | null;
  /** What buyers bought of it, oldest first. */
  readonly sales: readonly StoredSale[];
  /** The newest figures; null before the first sync. */
  readonly traffic: StoredTraffic | null;
}

/** What `scan` says about one item. */
export interface PlannedItem {
  readonly item: ItemId;
  readonly sku: Sku;
  readonly source: string;
  readonly photos: number;
  /** new: never seen; continue: an earlier run left it; changed: other photos or facts than before; the rest costs nothing. */
  readonly action: 'new' | 'continue' | 'changed' | 'already' | 'held' | 'skipped';
  /** What tells that the item begins here, and why its photos are one item; confidences 0 to 1. */
  readonly border: Border;
  readonly why: string;
  readonly confidence: number;
  /** In listing order, the cover first. */
  readonly files: readonly {
    readonly path: string;
    /** Number of an earlier photo that shows the same shot; it is left out where looking costs money. */
    readonly sameShotAs: number | null;
  }[];
  readonly title: string | null;
  readonly reason: Reason | null;
}

/** Something that exists outside because of this item. */
export interface OutsideStep {
  readonly what: 'pictures' | 'item' | 'offer' | 'listing';
  readonly count: number;
  /** Offer or listing number, where the answer told one. */
  readonly id: string | null;
  readonly at: string;
  /** false: it left and no answer came; the next try asks what became of it. */
  readonly answered: boolean;
}

/** Everything about an item that went wrong. */
export interface Story {
  readonly item: StatusItem;
  /** Oldest first; the last one is what holds it now, if it is failed. */
  readonly failures: readonly {
    readonly stage: string;
    readonly attempts: number;
    readonly startedAt: string;
    readonly failedAt: string;
    readonly reason: Reason;
    /** true: the next run tries again by itself; false: it waits for `retry-failed` or for something about it to change. */
    readonly passesByItself: boolean;
  }[];
  readonly done: readonly OutsideStep[];
  readonly calls: readonly ItemCalls[];
}
