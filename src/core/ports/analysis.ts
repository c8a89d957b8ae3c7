import type { Reason } from '../errors.ts';
import type { Evidence, Facts, Unknown, Unknowns } from '../facts.ts';
import type { PhotoHash } from '../item.ts';
import type { SellerFacts } from '../seller-facts.ts';
import type { TextProblem } from '../untrusted-text.ts';
import type { Call } from './outgoing.ts';

/** One photo of an item as the analysis sees it. */
export interface PhotoView {
  /** 1-based position in the item: how evidence names it. */
  readonly number: number;
  readonly sha256: PhotoHash;
  /** The original, or a copy with all its pixels (HEIC): what words are read from. May hold metadata: never leaves the machine. */
  readonly originalPath: string;
  /** As buyers see it, but never cropped: turned, sRGB, no metadata, 1600 px long side. Codes and the places of writing are looked for here. */
  readonly picturePath: string;
  /** All of the photo in the colours it was taken in, at the model's size. */
  readonly modelPath: string;
  readonly width: number;
  readonly height: number;
  /** 64-bit difference hash, 16 hex digits: tells how different two photos are, so that the same shot is not paid for twice. */
  readonly look?: string;
  /** Dominant colours of the subject, largest share first; share 0 to 1. */
  readonly colors: readonly { readonly name: string; readonly share: number }[];
}

export interface TextWord {
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
}

export interface TextLine {
  readonly text: string;
  readonly words: readonly TextWord[];
  /** Mean over the words, 0 to 1. */
  readonly confidence: number;
  /** Height of the letters relative to the picture's long side, 0 to 1: how prominent the line is. */
  readonly height: number;
  /** Top edge relative to the upright text's picture, 0 to 1: reading order. */
  readonly top: number;
}

export interface PhotoText {
  readonly photo: number;
  readonly lines: readonly TextLine[];
  /** True when writing was found that could not be read with confidence. */
  readonly unreadable: boolean;
  /** Where writing was found or suspected, the richest place first. */
  readonly places?: readonly TextPlace[];
}

/** A part of the upright photo; all four are shares of its width or height, 0 to 1. */
export interface TextPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Barcode {
  readonly photo: number;
  readonly format: 'EAN-13' | 'EAN-8' | 'UPC-A' | 'UPC-E' | 'Code 128' | 'QR' | 'other';
  readonly text: string;
  /** 14 digits, zero-padded, check digit verified; only for product codes (not for in-store, coupon or shipping codes). */
  readonly gtin14?: string;
}

export interface TextReader {
  readonly name: string;
  /** Text on labels and boxes, upright whatever way the photo lies. One entry per photo, in order. */
  readText(photos: readonly PhotoView[], call: Call): Promise<readonly PhotoText[]>;
  close?(): Promise<void>;
}

/** A reader that costs money and is asked only where the first one is in doubt. */
export interface SecondReader {
  readonly name: string;
  /** Whether this photo is worth a second reading, after what the first one made of it. */
  wants(first: PhotoText): boolean;
  /**
   * One entry per photo, in order; `first` are the first reader's texts. Sends through Outgoing by itself, and keeps
   * each answer by content: the same picture never costs twice.
   */
  readText(photos: readonly PhotoView[], first: readonly PhotoText[], call: Call): Promise<readonly PhotoText[]>;
}

export interface BarcodeReader {
  /** A wrong code costs more than a missing one: doubtful reads are left out. */
  readBarcodes(photos: readonly PhotoView[], call: Call): Promise<readonly Barcode[]>;
}

export interface DescribeRequest {
  readonly photos: readonly PhotoView[];
  readonly texts: readonly PhotoText[];
  readonly barcodes: readonly Barcode[];
  /** Words of the folder or file names, lower case, counters removed. */
  readonly nameWords: readonly string[];
  readonly seller: SellerFacts;
}

export const PHOTO_ROLES = ['front', 'back', 'side', 'detail', 'label', 'flaw', 'measurement', 'box', 'other'] as const;
export type PhotoRole = (typeof PHOTO_ROLES)[number];

/** What is wrong with a photo as part of a listing: seen by a model. */
export const SEEN_PROBLEMS = [
  'text-overlay',
  'watermark',
  'stock-picture',
  'people',
  'prohibited-goods',
  'recalled-goods',
  'several-items',
  'instructions',
] as const;

/** A photo that needs a look: what was seen on it, or text on it that wants something of its reader. */
export interface PhotoProblem {
  readonly photo: number;
  readonly kind: (typeof SEEN_PROBLEMS)[number] | TextProblem;
  /** What was seen or read. Data: never more than shown. */
  readonly note: string;
}

export interface Description {
  readonly provider: string;
  /** Absent where the provider has only one. */
  readonly model?: string;
  readonly facts: Facts;
  /** What could not be established, and why. */
  readonly unknowns: Unknowns;
  /** Searches for the category, most specific first. */
  readonly categoryQueries: readonly string[];
  /** Words a buyer would search by. */
  readonly keywords?: readonly string[];
  readonly roles?: readonly { readonly photo: number; readonly role: PhotoRole }[];
  /** The photo that shows the item best; the seller's order stands all the same. */
  readonly cover?: number;
  /** Every flaw that is seen, and where. */
  readonly flaws?: readonly { readonly photo: number; readonly what: string }[];
  readonly problems?: readonly PhotoProblem[];
  /** Why somebody else than the chosen provider looked. */
  readonly insteadOf?: Reason;
}

/** One item specific (or the condition) that a category requires and that nothing has told so far. */
export interface AskedSpecific {
  /** In the marketplace's own words: `Sleeve Length`. The condition is asked as `Condition`. */
  readonly name: string;
  /** The marketplace's own values, spelt exactly so. Empty: free text. */
  readonly allowed: readonly string[];
  /** False: `allowed` are examples, and other words are taken too. */
  readonly onlyAllowed: boolean;
  /** True: several values may be given. */
  readonly multi: boolean;
  /** What is already known to be unknown, from the first look. */
  readonly why?: string;
}

export interface LookAgainRequest {
  readonly photos: readonly PhotoView[];
  readonly texts: readonly PhotoText[];
  readonly barcodes: readonly Barcode[];
  /** The category's name, nearest parents behind it: `T-Shirts < Shirts < Men's Clothing`. */
  readonly category: string;
  /** Never empty. */
  readonly asked: readonly AskedSpecific[];
  /** What is established, by the names of specifics: context, not to be answered again. */
  readonly known: Readonly<Record<string, readonly string[]>>;
}

/** Values of one specific, with what shows them. Without evidence it is no answer. */
export interface FoundSpecific {
  readonly values: readonly string[];
  /** 0 to 1, as in `Fact`. */
  readonly confidence: number;
  readonly evidence: readonly Evidence[];
}

/** Each specific that was asked is in `found` or in `unknowns`, under the name it was asked by. */
export interface LookAgainAnswer {
  readonly found: Readonly<Record<string, FoundSpecific>>;
  readonly unknowns: Readonly<Record<string, Unknown>>;
}

/** States what is seen and read, each fact with evidence, and nothing else. */
export interface Describer {
  readonly name: string;
  /** Paid implementations cache by content: the same request never costs twice. */
  describe(request: DescribeRequest, call: Call): Promise<Description>;
  /**
   * One narrow second look for what is required and missing; absent where a provider has nothing to gain from it. Asked at
   * most once per item and state of knowledge. Paid implementations cache by content: photos, what is asked, what is known.
   * The caller believes nothing: it drops values that the marketplace does not take, label quotes that are not in `texts`,
   * codes that are not in `barcodes`, and pictures as proof of brand, size, material, model, numbers or origin.
   */
  lookAgain?(request: LookAgainRequest, call: Call): Promise<LookAgainAnswer>;
}
