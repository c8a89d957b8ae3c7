import type { Sku } from '../../core/item.ts';
import { parseMoney } from '../../core/money.ts';
import type { KnownListing } from '../../core/ports/marketplace.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import { stateOf } from './find.ts';
import { offersOf } from './offers.ts';
import type { Transport } from './transport.ts';
import { itemsAnswer, type WireOffer } from './wire.ts';

/** Inventory, getInventoryItems: at most 200 items a page, and `offset` counts pages. */
const PAGE = 200;

/**
 * All of the seller's inventory items of which `wanted` says yes to the SKU, page by page, each with what its offers say. An item that
 * is added or deleted while pages are read moves others: one may be told twice, or be missed by this reading.
 */
export async function* allListings(
  transport: Transport,
  listingUrl: (listingId: string) => string,
  wanted: (sku: Sku) => boolean,
  call: Call,
): AsyncGenerator<{ readonly listings: readonly KnownListing[]; readonly others: number }> {
  for (let page = 0, seen = 0; ; page += 1) {
    const { items, total } = await itemsPage(transport, page, call);
    const named = items.flatMap((item) => (item.sku ? [{ item, sku: item.sku as Sku }] : []));
    const ours = named.filter(({ sku }) => wanted(sku));
    const listings = await Promise.all(
      ours.map(async ({ sku, item }) => {
        const offers = await offersOf(transport, sku, call);
        return { ...stateOf(sku, item, offers, listingUrl), ...detailOf(offers) };
      }),
    );
    yield { listings, others: named.length - ours.length };
    seen += items.length;
    if (items.length === 0 || seen >= total) return;
  }
}

const itemsPage = (transport: Transport, page: number, call: Call) =>
  transport.request(
    {
      token: 'user',
      service: 'inventory',
      operation: 'inventory.getInventoryItems',
      send: (ebay) => ebay.sell.inventory.getInventoryItems({ limit: PAGE, offset: page }),
      read: itemsAnswer,
    },
    call,
  );

/** What the offer says that can be shown; of several the first that says it. */
function detailOf(offers: readonly WireOffer[]): Pick<KnownListing, 'price' | 'categoryId'> {
  const price = offers.map(({ pricingSummary }) => pricingSummary?.price).find((one) => one);
  const money = price && parseMoney(price.value, price.currency);
  const categoryId = offers.map((offer) => offer.categoryId).find((one) => one);
  return { ...(money ? { price: money } : {}), ...(categoryId ? { categoryId } : {}) };
}
