import type { Market } from '../ground/market.ts';
import { welcome } from '../ground/newcomers.ts';
import { page } from '../wire/paging.ts';
import type { Reply, Request, WireError } from '../wire/wire.ts';
import { jsonBody, refuse } from '../wire/wire.ts';
import { checkItem, checkLocale, checkSku, contentLanguage } from './item-rules.ts';
import type { InventoryItem } from './item-types.ts';
import { endListing, reviseLiveListings } from './listings.ts';

interface ItemRow {
  readonly sku: string;
  readonly locale: string;
  readonly body: string;
}

/**
 * PUT inventory_item/{sku}: the whole object is replaced, what is left out is lost. 201 created, 204 replaced,
 * 200 replaced with warnings. A live listing changes at once, and refuses the change when it would break a
 * publishing rule.
 */
export function createOrReplaceInventoryItem(market: Market, request: Request): Reply {
  const locale = contentLanguage(request);
  const sku = request.params.sku ?? '';
  const { created, warnings } = writeItem(market, sku, locale, jsonBody(request));
  if (created) return { status: 201 };
  return warnings.length > 0 ? { status: 200, body: { warnings } } : { status: 204 };
}

export function getInventoryItem(market: Market, request: Request): Reply {
  const row = itemRow(market, request.params.sku ?? '');
  if (row === undefined) throw refuse(25710);
  return { status: 200, body: wireItem(market, row) };
}

export function getInventoryItems(market: Market, request: Request): Reply {
  const rows = market.state.all<ItemRow>('SELECT sku, locale, body FROM items ORDER BY created_at, sku');
  const { slice, envelope } = page(request, rows, 25, 200);
  return { status: 200, body: { ...envelope, inventoryItems: slice.map((row) => wireItem(market, row)) } };
}

/** Deletes the item with its offers and ends their live listings; a second delete is 404/25702. */
export function deleteInventoryItem(market: Market, request: Request): Reply {
  const sku = request.params.sku ?? '';
  if (itemRow(market, sku) === undefined) throw refuse(25702, [sku]);
  for (const listing of market.state.all<{ id: string }>("SELECT id FROM listings WHERE sku = ? AND status <> 'ENDED'", sku)) {
    endListing(market, listing.id);
  }
  market.state.run('DELETE FROM items WHERE sku = ?', sku);
  return { status: 204 };
}

export function writeItem(
  market: Market,
  sku: string,
  locale: string,
  body: unknown,
): { created: boolean; warnings: readonly WireError[] } {
  checkSku(sku);
  const item = checkItem(body);
  const created = itemRow(market, sku) === undefined;
  checkAuctionStock(market, sku, item);
  market.state.run(
    'INSERT INTO items (sku, locale, body, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (sku) DO UPDATE SET locale = excluded.locale, body = excluded.body',
    sku,
    checkLocale(locale),
    JSON.stringify(item),
    market.now(),
  );
  if (created) welcome(market, 'item', sku);
  return { created, warnings: reviseLiveListings(market, sku) };
}

export function readItem(market: Market, sku: string): InventoryItem | undefined {
  const row = itemRow(market, sku);
  return row === undefined ? undefined : (JSON.parse(row.body) as InventoryItem);
}

export function findWireItem(market: Market, sku: string): unknown {
  const row = itemRow(market, sku);
  return row === undefined ? undefined : wireItem(market, row);
}

function itemRow(market: Market, sku: string): ItemRow | undefined {
  return market.state.get<ItemRow>('SELECT sku, locale, body FROM items WHERE sku = ?', sku);
}

/** An auction on sale has its specimen set aside; stock may not fall below that (25759). */
export function checkAuctionStock(market: Market, sku: string, item: InventoryItem): void {
  const quantity = item.availability?.shipToLocationAvailability?.quantity;
  if (quantity !== undefined && quantity < auctionsOnSale(market, sku)) throw refuse(25759);
}

function auctionsOnSale(market: Market, sku: string): number {
  const row = market.state.get<{ n: number }>(
    `SELECT count(*) AS n FROM offers JOIN listings ON listings.id = offers.listing_id
     WHERE offers.sku = ? AND offers.format = 'AUCTION' AND listings.status = 'ACTIVE'`,
    sku,
  );
  return row?.n ?? 0;
}

/** eBay adds how the stock is spread over the formats, and the groups it belongs to, to what was put in. */
function wireItem(market: Market, row: ItemRow): unknown {
  const item = JSON.parse(row.body) as InventoryItem;
  const ship = item.availability?.shipToLocationAvailability;
  const auction = auctionsOnSale(market, row.sku);
  return {
    sku: row.sku,
    locale: row.locale,
    ...item,
    ...(ship?.quantity === undefined
      ? {}
      : {
          availability: {
            ...item.availability,
            shipToLocationAvailability: { ...ship, allocationByFormat: { auction, fixedPrice: ship.quantity - auction } },
          },
        }),
  };
}
