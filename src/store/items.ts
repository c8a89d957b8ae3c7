import { basename } from 'node:path';
import type { Clock } from '../core/clock.ts';
import { canonicalJson } from '../core/hash.ts';
import type { Item, ItemId, Photo } from '../core/item.ts';
import { packedTexts } from '../core/packed-texts.ts';
import type { ItemStore, StoredItem } from '../core/ports/store.ts';
import type { Connection } from './connection.ts';
import * as sql from './item-sql.ts';
import { itemFinder } from './look-up.ts';
import { lookIndex } from './looks.ts';
import { type ItemRow, storedItem } from './stored-item.ts';

export function itemStore(connection: Connection, clock: Clock): ItemStore {
  const { db, read, write, parse } = connection;
  const all = db.prepare<[], ItemRow>(sql.ALL_ITEMS);
  const allIds = db.prepare<[], ItemId>(sql.ALL_IDS).pluck();
  const allPhotos = db.prepare<[], { itemId: ItemId; photo: string }>(sql.ALL_PHOTOS);
  const byId = db.prepare<[string], ItemRow>(sql.ITEM_BY_ID);
  const bySource = db.prepare<[string], ItemRow>(sql.ITEM_BY_SOURCE);
  const withPhotos = db.prepare<[string], ItemRow>(sql.ITEMS_WITH_PHOTOS);
  const photosOf = db.prepare<[string], string>(sql.PHOTOS_OF_ITEM).pluck();
  const saveItem = db.prepare(sql.SAVE_ITEM);
  const removeItem = db.prepare<[string]>(sql.REMOVE_ITEM);
  const dropPhotos = db.prepare<[string]>(sql.DROP_PHOTOS);
  const addPhoto = db.prepare<[string, number, string, string]>(sql.ADD_PHOTO);
  const setDecision = db.prepare<[string | null, string]>(sql.SET_DECISION);
  const logDecision = db.prepare<[string, string, string | null, string]>(sql.LOG_DECISION);
  const countApprovals = db.prepare<[], number>(sql.COUNT_APPROVALS).pluck();
  const setFacts = db.prepare<[string, string]>(sql.SET_FACTS);
  const adopt = db.prepare(sql.ADOPT);
  const ownListings = db.prepare<[string], string>(sql.OWN_LISTINGS).pluck();
  const shrinkComparables = db.prepare<{ id: string }>(sql.SHRINK_COMPARABLES);
  const markListingEnd = db.prepare<[string | null, string]>(sql.MARK_LISTING_END);
  const markWithdrawn = db.prepare<[string, string]>(sql.MARK_WITHDRAWN);
  const listAgain = db.prepare<[string]>(sql.LIST_AGAIN);
  const rememberLook = db.prepare<[string, string]>(sql.REMEMBER_LOOK);

  const complete = (row: ItemRow): StoredItem => storedItem(row, photosOf.all(row.id).map(parse<Photo>), parse);
  const find = itemFinder(db);
  const nearDuplicates = lookIndex(db);

  return {
    lookUp: (name) => read(() => find(name).map(complete)),
    get: (id) => read(() => mapDefined(byId.get(id), complete)),
    bySource: (source) => read(() => mapDefined(bySource.get(source), complete)),
    withPhotos: (photos) => read(() => withPhotos.all(JSON.stringify(photos)).map(complete)),

    all: () =>
      // In one transaction, so that items and photos belong together although another process writes.
      read(() =>
        db.transaction(() => {
          const photos = new Map<ItemId, Photo[]>();
          for (const { itemId, photo } of allPhotos.iterate()) {
            const list = photos.get(itemId);
            if (list) list.push(parse(photo));
            else photos.set(itemId, [parse(photo)]);
          }
          return all.all().map((row) => storedItem(row, photos.get(row.id) ?? [], parse));
        })(),
      ),

    ids: () =>
      read(() => {
        const ids = packedTexts();
        for (const id of allIds.iterate()) ids.add(id);
        return ids as Iterable<string> as Iterable<ItemId>;
      }),

    save: (item, intakeHold) =>
      write(() => {
        const row = byId.get(item.id);
        // A scan saves every item it meets: what did not change costs no write.
        if (row && isSame(row, photosOf.all(item.id), item, intakeHold)) return;
        const name = namesOf(item.source);
        saveItem.run({
          id: item.id,
          sku: item.sku,
          anchor: item.anchor,
          source: item.source,
          sourceTail: name.tail,
          sourceName: name.name,
          nameWords: JSON.stringify(item.nameWords),
          seller: canonicalJson(item.seller),
          now: new Date(clock.now()).toISOString(),
          intakeHold: intakeHold ? canonicalJson(intakeHold) : null,
        });
        dropPhotos.run(item.id);
        for (const [position, photo] of item.photos.entries()) addPhoto.run(item.id, position, photo.sha256, canonicalJson(photo));
      }),

    remove: (id) => write(() => void removeItem.run(id)),

    decide: (id, decision) =>
      write(() => {
        expectItem(setDecision.run(decision ? JSON.stringify(decision) : null, id).changes, id);
        if (decision) logDecision.run(id, decision.kind, decision.contentHash ?? null, decision.at);
      }),
    approvals: () => read(() => countApprovals.get() ?? 0),
    setFacts: (id, set) => write(() => expectItem(setFacts.run(canonicalJson(set), id).changes, id)),
    adopt: (id, sku, listing) =>
      write(() => {
        expectItem(adopt.run({ id, sku, adopted: JSON.stringify(listing), listingId: listing.listingId }).changes, id);
        shrinkComparables.run({ id });
      }),
    ownListings: (listingIds) => read(() => new Set(ownListings.all(JSON.stringify(listingIds)))),
    markListingEnd: (id, end) => write(() => expectItem(markListingEnd.run(end ? JSON.stringify(end) : null, id).changes, id)),
    markWithdrawn: (id, at) => write(() => expectItem((at === undefined ? listAgain.run(id) : markWithdrawn.run(at, id)).changes, id)),

    rememberLook: (photo, look) => write(() => void rememberLook.run(photo, look)),
    nearDuplicates: (id, looks) => read(() => nearDuplicates(id, looks)),
  };
}

function isSame(row: ItemRow, photos: readonly string[], item: Item, intakeHold: StoredItem['intakeHold']): boolean {
  return (
    row.sku === item.sku &&
    row.source === item.source &&
    row.nameWords === JSON.stringify(item.nameWords) &&
    row.seller === canonicalJson(item.seller) &&
    row.intakeHold === (intakeHold ? canonicalJson(intakeHold) : null) &&
    photos.length === item.photos.length &&
    item.photos.every((photo, at) => photos[at] === canonicalJson(photo))
  );
}

/** How a person may call a source: `/photos/pile#shirt` is `pile#shirt` or `shirt`. macOS writes names decomposed, keyboards do not. */
function namesOf(source: string): { readonly tail: string; readonly name: string } {
  const tail = basename(source).normalize('NFC');
  return { tail, name: tail.slice(tail.lastIndexOf('#') + 1) };
}

/** Callers look an item up before they change it; one that is not there is a bug, not a situation. */
function expectItem(changes: number, id: ItemId): void {
  if (changes === 0) throw new Error(`the store has no item ${id}`);
}

const mapDefined = <A, B>(value: A | undefined, map: (value: A) => B): B | undefined => (value === undefined ? undefined : map(value));
