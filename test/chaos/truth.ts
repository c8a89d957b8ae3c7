import Database from 'better-sqlite3';
import type { PracticeListing } from '../support/world.ts';
import type { Campaign } from './campaign.ts';
import { recognizer } from './drawn.ts';
import type { Bad, Good, Stock } from './goods.ts';

/** What the marketplace has, item by item: told apart by what the bytes of its pictures show, never by what easyflip says. */
export interface Truth {
  readonly live: readonly Good[];
  readonly missing: readonly Good[];
  /** Twice on sale, not as it was told, made for what is bad, or left over: a sentence each. */
  readonly problems: readonly string[];
  /** Items and offers without a listing: debris, once everything has gone through. */
  readonly leftOver: readonly string[];
  readonly requests: number;
}

export async function truthOf(campaign: Campaign): Promise<Truth> {
  const all = await campaign.world.listings();
  return await campaign.whileClosed((file) => read(file, campaign.stock, all));
}

async function read(file: string, stock: Stock, all: readonly PracticeListing[]): Promise<Truth> {
  const state = new Database(file, { readonly: true });
  try {
    const pictureOf = await shownBy(state, stock);
    const problems: string[] = [];
    const listingsOf = new Map<string, PracticeListing[]>();
    for (const listing of all) {
      const shown = listing.pictures.map(({ sha256 }) => pictureOf.get(sha256));
      const item = [...stock.goods, ...stock.bads].find(({ pictures }) => pictures.includes(shown[0] ?? ''));
      if (item === undefined) problems.push(`listing ${listing.listingId} shows pictures of nobody`);
      else listingsOf.set(item.folder, [...(listingsOf.get(item.folder) ?? []), listing]);
    }
    const live: Good[] = [];
    for (const good of stock.goods) {
      const listings = listingsOf.get(good.folder) ?? [];
      if (listings.length > 1) problems.push(`${good.folder} was put on sale ${listings.length} times`);
      const [only] = listings;
      if (only === undefined) continue;
      problems.push(...differences(good, only, pictureOf));
      if (only.status === 'ACTIVE') live.push(good);
    }
    for (const bad of stock.bads) if (listingsOf.has(bad.folder)) problems.push(`${bad.folder} is on sale: ${bad.kind}`);
    const requests = state.prepare('SELECT count(*) FROM journal').pluck().get() as number;
    return { live, missing: stock.goods.filter((good) => !live.includes(good)), problems, leftOver: leftOver(state), requests };
  } finally {
    state.close();
  }
}

/** By hash: which drawn picture it is. */
async function shownBy(state: Database.Database, stock: Stock): Promise<ReadonlyMap<string, string | undefined>> {
  const items: readonly (Good | Bad)[] = [...stock.goods, ...stock.bads];
  const recognize = await recognizer(items.flatMap(({ pictures }) => pictures));
  const shown = new Map<string, string | undefined>();
  for (const { sha256, bytes } of state.prepare('SELECT sha256, bytes FROM images').iterate() as Iterable<{
    sha256: string;
    bytes: Buffer;
  }>)
    if (!shown.has(sha256)) shown.set(sha256, await recognize(bytes));
  return shown;
}

function differences(good: Good, listing: PracticeListing, pictureOf: ReadonlyMap<string, string | undefined>): readonly string[] {
  const { title, categoryId, price, quantity, aspects } = good.wanted;
  const told: readonly [string, unknown, unknown][] = [
    ['pictures', good.pictures, listing.pictures.map(({ sha256 }) => pictureOf.get(sha256))],
    ['category', categoryId, listing.categoryId],
    ['quantity', quantity, listing.quantity],
    ...(title === undefined ? [] : [['title', title, listing.title] as [string, unknown, unknown]]),
    ...(price === undefined ? [] : [['price', price, listing.price.value] as [string, unknown, unknown]]),
    ...Object.entries(aspects).map(([name, value]): [string, unknown, unknown] => [name, [value], listing.aspects[name]]),
  ];
  return told.flatMap(([what, wanted, got]) =>
    JSON.stringify(wanted) === JSON.stringify(got)
      ? []
      : [`${good.folder} (${good.kind}): ${what} is ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`],
  );
}

/** Items and offers that belong to no listing. */
function leftOver(state: Database.Database): readonly string[] {
  const count = (sql: string): number => state.prepare(sql).pluck().get() as number;
  const items = count('SELECT count(*) FROM items WHERE sku NOT IN (SELECT sku FROM listings)');
  const offers = count('SELECT count(*) FROM offers WHERE listing_id IS NULL');
  return [
    ...(items > 0 ? [`${items} inventory items without a listing`] : []),
    ...(offers > 0 ? [`${offers} offers without a listing`] : []),
  ];
}
