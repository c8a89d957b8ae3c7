import type { Database } from 'better-sqlite3';
import type { ItemId, PhotoHash } from '../core/item.ts';
import { bitsApart, type LookBits, lookBits, NEAR_DUPLICATE_DISTANCE } from '../core/looks.ts';
import type { ItemStore } from '../core/ports/store.ts';
import * as sql from './item-sql.ts';

type Near = Awaited<ReturnType<ItemStore['nearDuplicates']>>[number];
type LookRow = readonly [itemId: ItemId, photo: PhotoHash, look: string, firstSeenAt: string];

interface Entry {
  readonly itemId: ItemId;
  readonly firstSeenAt: string;
  readonly photo: PhotoHash;
  readonly bits: LookBits;
  /** Where it is filed. */
  readonly bands: readonly string[];
  /** Of all entries ever made: the order in which they are told. */
  readonly number: number;
}

/**
 * All looks, kept in memory, brought up to date by what changed since the last call and filed by parts: every new item
 * asks for its duplicates, and reading or comparing all looks each time would make a run's cost grow with its square.
 * `items.saved_order` and `looks.noted` only grow, so changes by other processes are seen, too.
 */
export function lookIndex(db: Database): (id: ItemId, looks: readonly string[]) => readonly Near[] {
  const marks = db.prepare<[], { savedOrder: number; noted: number }>(sql.LOOK_MARKS);
  const changed = db.prepare<{ savedOrder: number; noted: number }, ItemId>(sql.ITEMS_WITH_NEW_LOOKS).pluck();
  const ofItem = db.prepare<[string], LookRow>(sql.LOOKS_OF_ITEM).raw();
  const passed = db.prepare<[string], number>(sql.PASSED_CHECK).pluck();
  const byItem = new Map<ItemId, readonly Entry[]>();
  const byBand = new Map<string, Set<Entry>>();
  let seen = { savedOrder: 0, noted: 0 };
  let made = 0;

  const refresh = db.transaction(() => {
    const now = marks.get();
    if (now === undefined || (now.savedOrder === seen.savedOrder && now.noted === seen.noted)) return;
    for (const id of new Set(changed.all(seen))) replace(id, ofItem.all(id));
    seen = now;
  });

  function replace(id: ItemId, rows: readonly LookRow[]): void {
    for (const entry of byItem.get(id) ?? []) for (const band of entry.bands) byBand.get(band)?.delete(entry);
    const entries = rows.map(([itemId, photo, look, firstSeenAt]): Entry => {
      made += 1;
      return { itemId, firstSeenAt, photo, bits: lookBits(look), bands: bandsOf(look), number: made };
    });
    byItem.set(id, entries);
    for (const entry of entries) {
      for (const band of entry.bands) {
        const filed = byBand.get(band);
        if (filed) filed.add(entry);
        else byBand.set(band, new Set([entry]));
      }
    }
  }

  return (id, looks) => {
    refresh();
    const found = new Map<Entry, number>();
    for (const [at, look] of looks.entries()) {
      const bits = lookBits(look);
      for (const band of bandsOf(look)) {
        for (const entry of byBand.get(band) ?? []) {
          if (entry.itemId === id || found.has(entry)) continue;
          if (bitsApart(entry.bits, bits) <= NEAR_DUPLICATE_DISTANCE) found.set(entry, at);
        }
      }
    }
    return [...found]
      .sort(([a], [b]) => a.number - b.number)
      .map(([{ itemId, photo, firstSeenAt }, at]) => ({
        itemId,
        photo,
        firstSeenAt,
        ownPhoto: at + 1,
        passed: passed.get(itemId) !== undefined,
      }));
  };
}

/** One part more than bits may differ: of two near looks at least one part is the same. */
const BANDS = NEAR_DUPLICATE_DISTANCE + 1;

const bandsOf = (look: string): readonly string[] =>
  Array.from({ length: BANDS }, (_, at) => `${at}${look.slice(Math.floor((at * 16) / BANDS), Math.floor(((at + 1) * 16) / BANDS))}`);
