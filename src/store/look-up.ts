import { basename, sep } from 'node:path';
import type { Database } from 'better-sqlite3';
import * as sql from './item-sql.ts';
import type { ItemRow } from './stored-item.ts';

/** Shorter beginnings of an id would be guesses. */
const SHORTEST_ID_PREFIX = 4;

/**
 * Finds items by what a person types, the surest meaning first: id (any case), SKU, listing number,
 * whole source, last part of a source, name inside a pile, beginning of an id. The first meaning
 * that finds anything counts; several rows mean that it was not unique.
 */
export function itemFinder(db: Database): (typed: string) => readonly ItemRow[] {
  const byId = db.prepare<[string], ItemRow>(sql.ITEM_BY_ID);
  const bySku = db.prepare<[string], ItemRow>(sql.ITEMS_BY_SKU);
  const byListing = db.prepare<{ listing: string }, ItemRow>(sql.ITEMS_BY_LISTING);
  const byTail = db.prepare<[string], ItemRow>(sql.ITEMS_BY_TAIL);
  const byName = db.prepare<[string], ItemRow>(sql.ITEMS_BY_NAME);
  const byIdPrefix = db.prepare<{ prefix: string }, ItemRow>(sql.ITEMS_BY_ID_PREFIX);

  return (typed) => {
    const id = typed.toUpperCase();
    const path = withoutLastSeparator(typed).normalize('NFC');
    if (path === '') return [];
    const meanings: readonly (() => readonly ItemRow[])[] = [
      () => byId.all(id),
      () => bySku.all(typed),
      () => byListing.all({ listing: typed }),
      () => bestPaths(byTail.all(basename(path)), path),
      () => byName.all(path),
      () => (id.length >= SHORTEST_ID_PREFIX ? byIdPrefix.all({ prefix: id }) : []),
    ];
    for (const meaning of meanings) {
      const found = meaning();
      if (found.length > 0) return found;
    }
    return [];
  };
}

/** Exactly this source if there is one, else all that end in it at a folder's border. */
function bestPaths(rows: readonly ItemRow[], path: string): readonly ItemRow[] {
  const exact = rows.filter((row) => row.source.normalize('NFC') === path);
  return exact.length > 0 ? exact : rows.filter((row) => row.source.normalize('NFC').endsWith(sep + path));
}

const withoutLastSeparator = (path: string): string => (path.length > 1 && path.endsWith(sep) ? path.slice(0, -1) : path);
