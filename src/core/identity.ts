import type { ItemId, PhotoHash, Sku } from './item.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const ID_LENGTH = 13;
const SKU_PREFIX = 'EF';

/** RFC 4648 base32 of the first 65 bits of a hash: 13 characters, letters and digits only. */
function shortName(hash: PhotoHash): string {
  let bits = BigInt(`0x${hash.slice(0, 17)}`) >> 3n;
  let name = '';
  for (let at = 0; at < ID_LENGTH; at += 1) {
    name = (BASE32[Number(bits & 31n)] ?? '') + name;
    bits >>= 5n;
  }
  return name;
}

/** The photo with the smallest hash: independent of names, folders and order. */
export function anchorOf(hashes: readonly PhotoHash[]): PhotoHash {
  const [least] = [...hashes].sort();
  if (least === undefined) throw new RangeError('an item has at least one photo');
  return least;
}

export const itemIdOf = (anchor: PhotoHash): ItemId => shortName(anchor) as ItemId;

/** The item's own part of a SKU: the same again from the same photo, also after the database was lost. */
export const skuOf = (anchor: PhotoHash): Sku => `${SKU_PREFIX}${shortName(anchor)}` as Sku;

/** A seller's bin (`A01-7`) goes before the item's own part: `A017EF…` (eBay takes letters and digits only). */
export function binnedSku(bin: string | undefined, anchor: PhotoHash): Sku {
  const place = (bin ?? '').replace(/[^A-Za-z0-9]/g, '').slice(0, 20);
  return `${place}${skuOf(anchor)}` as Sku;
}

const OWN_PART = new RegExp(`${SKU_PREFIX}[${BASE32}]{${ID_LENGTH}}$`);

/** The part of a SKU that tells which photo it comes from, whatever bin stands before it; undefined for one of another making. */
export const ownPartOf = (sku: Sku): Sku | undefined => OWN_PART.exec(sku)?.[0] as Sku | undefined;
