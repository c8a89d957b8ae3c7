import type { Money } from './money.ts';

/**
 * What the seller says about an item: from a sidecar (`item.json`, `item.yaml`, `notes.txt`), from
 * `defaults.*` in a folder above, or from `approve --set`. It always wins over what was read or guessed.
 */
export interface SellerFacts {
  readonly title?: string;
  readonly description?: string;
  /** A leaf category id (digits) or words to search a category by. */
  readonly category?: string;
  readonly type?: string;
  readonly brand?: string;
  readonly model?: string;
  readonly mpn?: string;
  /** A valid UPC, EAN or ISBN in digits, or a word for none. */
  readonly gtin?: string;
  readonly department?: string;
  readonly size?: string;
  readonly color?: string;
  readonly material?: string;
  /** Item specifics by their eBay name. */
  readonly aspects?: Readonly<Record<string, readonly string[]>>;
  /** eBay's word (`USED_EXCELLENT`), its id (`3000`) or plain English (`new with tags`). */
  readonly condition?: string;
  /** Empty, or a word for none: the seller says that there are none. */
  readonly flaws?: readonly string[];
  /** File names in the order of the listing, the cover first: given where the seller has said the order, and then it stands. */
  readonly photos?: readonly string[];
  readonly price?: Money;
  readonly cost?: Money;
  readonly quantity?: number;
  readonly sku?: string;
  readonly bin?: string;
  readonly weight?: { readonly value: number; readonly unit: 'POUND' | 'OUNCE' | 'KILOGRAM' | 'GRAM' };
  readonly dimensions?: {
    readonly length: number;
    readonly width: number;
    readonly height: number;
    readonly unit: 'INCH' | 'FEET' | 'CENTIMETER' | 'METER';
  };
  /** A hint that the model sees. */
  readonly note?: string;
  /** Never leaves the machine. */
  readonly privateNote?: string;
  /**
   * Fields that shall not be in the listing although photos or a sidecar tell them: `brand`, or a specific as
   * `aspects.Color`. Set by command only; none of these fields is in the same facts.
   */
  readonly leaveOut?: readonly string[];
}
