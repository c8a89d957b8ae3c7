import type { Database } from 'better-sqlite3';
import type { ItemId, PhotoHash } from '../core/item.ts';
import type { ItemStore } from '../core/ports/store.ts';
import * as sql from './item-sql.ts';

type Look = Awaited<ReturnType<ItemStore['looksOfOthers']>>[number];
type LookRow = readonly [itemId: ItemId, photo: PhotoHash, look: string, firstSeenAt: string];

/**
 * All looks by item, kept in memory and brought up to date by what changed since the last call: every new
 * item asks for all looks, and reading them anew each time would make a run's cost grow with its square.
 * `items.saved_order` and `looks.noted` only grow, so changes by other processes are seen, too.
 */
export function lookIndex(db: Database): (id: ItemId) => readonly Look[] {
  const marks = db.prepare<[], { savedOrder: number; noted: number }>(sql.LOOK_MARKS);
  const changed = db.prepare<{ savedOrder: number; noted: number }, ItemId>(sql.ITEMS_WITH_NEW_LOOKS).pluck();
  const ofItem = db.prepare<[string], LookRow>(sql.LOOKS_OF_ITEM).raw();
  const looks = new Map<ItemId, readonly Look[]>();
  let seen = { savedOrder: 0, noted: 0 };

  const refresh = db.transaction(() => {
    const now = marks.get();
    if (now === undefined || (now.savedOrder === seen.savedOrder && now.noted === seen.noted)) return;
    for (const id of new Set(changed.all(seen))) {
      looks.set(
        id,
        ofItem.all(id).map(([itemId, photo, look, firstSeenAt]) => ({ itemId, photo, look, firstSeenAt })),
      );
    }
    seen = now;
  });

  return (id) => {
    refresh();
    const others: Look[] = [];
    for (const [itemId, entries] of looks) if (itemId !== id) others.push(...entries);
    return others;
  };
}
