import type { SellerFacts } from './seller-facts.ts';

/** SHA-256 of a file's bytes, 64 lower-case hex digits: the identity of a photo. */
export type PhotoHash = string & { readonly __brand: 'PhotoHash' };
/** 13 base32 characters of the anchor's hash; never changes once the item has been seen. */
export type ItemId = string & { readonly __brand: 'ItemId' };
/** What eBay knows the item by: letters and digits only (eBay error 25707), at most 50. */
export type Sku = string & { readonly __brand: 'Sku' };

/** `raw`: a camera's raw file, of which the picture that the camera put into it is used. */
export type ImageKind = 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff' | 'gif' | 'heic' | 'raw';

/** eBay shows at most 24 pictures in a listing (Inventory API, imageUrls). */
export const MAX_PHOTOS_PER_ITEM = 24;

export interface Photo {
  readonly sha256: PhotoHash;
  /** Absolute path of the original. Originals are never changed. */
  readonly path: string;
  readonly bytes: number;
  readonly kind: ImageKind;
  /** Pixels after orientation has been applied. */
  readonly width: number;
  readonly height: number;
  /** Camera's local time without a zone, `2020-08-18T15:11:19`; absent when the file does not say. */
  readonly takenAt?: string;
}

export interface Item {
  readonly id: ItemId;
  readonly sku: Sku;
  /** The photo with the smallest hash when the item was first seen. */
  readonly anchor: PhotoHash;
  /** What the photos were grouped by: an absolute folder, or folder + `#` + name for part of a pile. */
  readonly source: string;
  /** In listing order; the first is the cover. */
  readonly photos: readonly Photo[];
  /** Words of the folder or the common file name, lower case, without counters, ids and camera names. */
  readonly nameWords: readonly string[];
  /** Sidecar, folder defaults and what was set by command, already merged. What the seller says wins. */
  readonly seller: SellerFacts;
}
