import type { Reason } from '../core/errors.ts';
import type { Item, ItemId, Photo, PhotoHash, Sku } from '../core/item.ts';
import { mergeFacts } from '../core/merge-facts.ts';
import type { Decision, StoredItem } from '../core/ports/store.ts';
import type { SellerFacts } from '../core/seller-facts.ts';
import type { Connection } from './connection.ts';

/** A row of `items`; JSON columns still as text. */
export interface ItemRow {
  readonly id: ItemId;
  readonly sku: Sku;
  readonly anchor: PhotoHash;
  readonly source: string;
  readonly nameWords: string;
  readonly seller: string;
  readonly setFacts: string;
  readonly firstSeenAt: string;
  readonly decision: string | null;
  readonly intakeHold: string | null;
  readonly adopted: string | null;
  readonly withdrawnAt: string | null;
  readonly listingEnd: string | null;
}

export function storedItem(row: ItemRow, photos: readonly Photo[], parse: Connection['parse']): StoredItem {
  const set = parse<SellerFacts>(row.setFacts);
  const sidecar = parse<SellerFacts>(row.seller);
  return {
    item: {
      id: row.id,
      sku: row.sku,
      anchor: row.anchor,
      source: row.source,
      photos,
      nameWords: parse<Item['nameWords']>(row.nameWords),
      // `Item.seller` promises what was set by command, too; a scan that has not happened yet must not hide it.
      seller: mergeFacts(sidecar, set),
    },
    firstSeenAt: row.firstSeenAt,
    sidecar,
    set,
    ...(row.decision === null ? {} : { decision: parse<Decision>(row.decision) }),
    ...(row.intakeHold === null ? {} : { intakeHold: parse<Reason>(row.intakeHold) }),
    ...(row.adopted === null ? {} : { adopted: parse<NonNullable<StoredItem['adopted']>>(row.adopted) }),
    ...(row.withdrawnAt === null ? {} : { withdrawnAt: row.withdrawnAt }),
    ...(row.listingEnd === null ? {} : { listingEnd: parse<NonNullable<StoredItem['listingEnd']>>(row.listingEnd) }),
  };
}
