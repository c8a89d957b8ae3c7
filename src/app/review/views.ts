import type { Reason } from '../../core/errors.ts';
import type { ItemId } from '../../core/item.ts';
import type { Environment } from '../../core/settings.ts';
import type { ShowView, StatusItem } from '../../report/views.ts';

/** What the review page shows. null says: not known, or not applicable. */

/** Which items are listed; `todo`: what waits for a person. */
export const SHOWN_STATES = ['todo', 'waiting', 'live', 'skipped', 'all'] as const;
export type ShownStates = (typeof SHOWN_STATES)[number];

/** What this program is doing with an item right now. */
export interface Activity {
  readonly kind: 'publishing' | 'working-out';
  /** The stage it is at; null: it waits for its turn. */
  readonly stage: string | null;
}

export interface ReviewRow extends Omit<StatusItem, 'attempts' | 'costUsd'> {
  readonly activity: Activity | null;
  /** The seller's last word about it. */
  readonly decision: 'approve' | 'hold' | 'skip' | null;
}

export interface ReviewList {
  readonly environment: Environment;
  readonly states: ShownStates;
  readonly rows: readonly ReviewRow[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  readonly counts: Readonly<Record<ShownStates, number>>;
}

/** What eBay allows in a field. */
export interface Choices {
  readonly values: readonly { readonly value: string; readonly label: string }[];
  /** Nothing else is taken. */
  readonly only: boolean;
  readonly multi: boolean;
  /** How many there are; more than `values` where a list is too long to be shown whole. */
  readonly total: number;
}

export interface ReviewField {
  /** As an edit names it: `title`, `aspects.Pattern`. */
  readonly name: string;
  readonly label: string;
  /** Empty: none. */
  readonly value: string;
  /** Beside the value, for people: the name of a category. */
  readonly meaning: string | null;
  /** The seller's own word. */
  readonly said: boolean;
  /** It was said by command or on this page, and can be taken back. */
  readonly canTakeBack: boolean;
  /** What the value rests on, each a few words; `photo`: the number of the photo that shows it. */
  readonly evidence: readonly { readonly text: string; readonly photo: number | null }[];
  /** 0 to 1. */
  readonly confidence: number | null;
  /** Why there is no value. */
  readonly why: string | null;
  readonly required: boolean;
  readonly choices: Choices | null;
  /** `more`: may be given, and has no value yet. */
  readonly group: 'main' | 'specifics' | 'more';
}

export interface ReviewItem {
  readonly row: ReviewRow;
  /** What an approval of what is shown here is bound to. */
  readonly shown: string;
  readonly show: ShowView;
  readonly photos: readonly {
    readonly number: number;
    /** SHA-256. */
    readonly hash: string;
    readonly name: string;
    /** Parts with writing on them, the richest first: their numbers from 1. */
    readonly labels: number;
    readonly problems: ShowView['photos'][number]['problems'];
    readonly changes: ShowView['photos'][number]['changes'];
    readonly place: number | null;
  }[];
  readonly fields: readonly ReviewField[];
  /** Listings that the price was made from; asking prices of others. */
  readonly comparables: readonly { readonly title: string; readonly price: string; readonly condition: string | null }[];
  readonly priceBasis: string | null;
  readonly questions: readonly Reason[];
  /** Why eBay's allowed values are not shown. */
  readonly choicesMissing: string | null;
  readonly descriptionText: string | null;
}

/** Something changed: an item, all of them, or something a person should read. */
export type ReviewChange =
  | { readonly kind: 'item'; readonly id: ItemId }
  | { readonly kind: 'all' }
  | { readonly kind: 'notice'; readonly message: string; readonly trouble: boolean };
