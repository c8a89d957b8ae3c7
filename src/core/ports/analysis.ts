import type { Facts, Unknowns } from '../facts.ts';
import type { PhotoHash } from '../item.ts';
import type { SellerFacts } from '../seller-facts.ts';
import type { Call } from './outgoing.ts';

/** One photo of an item as the analysis sees it. */
export interface PhotoView {
  /** 1-based position in the item: how evidence names it. */
  readonly number: number;
  readonly sha256: PhotoHash;
  /** The original, for label crops at full resolution only. Holds metadata: never leaves the machine. */
  readonly originalPath: string;
  /** Turned, sRGB, no metadata: 1600 px long side. */
  readonly picturePath: string;
  /** The same at the model's size. */
  readonly modelPath: string;
  readonly width: number;
  readonly height: number;
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

export interface Description {
  readonly provider: string;
  readonly facts: Facts;
  /** What could not be established, and why. */
  readonly unknowns: Unknowns;
  /** Searches for the category, most specific first. */
  readonly categoryQueries: readonly string[];
}

/** States what is seen and read, each fact with evidence, and nothing else. */
export interface Describer {
  readonly name: string;
  /** Paid implementations cache by content: the same request never costs twice. */
  describe(request: DescribeRequest, call: Call): Promise<Description>;
}
