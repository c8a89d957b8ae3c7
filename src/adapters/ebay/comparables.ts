import type { Comparable } from '../../core/listing.ts';
import type { Money } from '../../core/money.ts';
import { parseMoney } from '../../core/money.ts';
import type { ComparableQuery } from '../../core/ports/marketplace.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import type { Transport } from './transport.ts';
import { searchAnswer } from './wire.ts';

/** One page is enough for a median; eBay gives at most 200. */
const PAGE = '100';
const QUERY_MAX = 100;

/** Fixed-price listings that are active now (Browse search): asking prices. No call for words that say nothing. */
export async function findComparables(transport: Transport, query: ComparableQuery, call: Call): Promise<readonly Comparable[]> {
  const { currency } = transport.site;
  const by = searchBy(query);
  if (by === undefined) return [];
  const conditions = query.conditionIds.length > 0 ? [`conditionIds:{${query.conditionIds.join('|')}}`] : [];
  const found = await transport.request(
    {
      token: 'application',
      service: 'browse',
      operation: 'browse.search',
      send: (ebay) => ebay.buy.browse.search({ ...by, filter: ['buyingOptions:{FIXED_PRICE}', ...conditions].join(','), limit: PAGE }),
      read: searchAnswer,
    },
    call,
  );
  return found.flatMap((summary): Comparable[] => {
    const price = moneyOf(summary.price, currency);
    if (price === undefined) return [];
    const shipping = moneyOf(summary.shippingOptions?.[0]?.shippingCost, currency);
    return [
      {
        itemId: summary.itemId,
        ...(summary.legacyItemId ? { listingId: summary.legacyItemId } : {}),
        title: summary.title ?? '',
        ...(summary.seller?.username ? { seller: summary.seller.username } : {}),
        price,
        ...(shipping === undefined ? {} : { shipping }),
        ...(summary.conditionId ? { conditionId: summary.conditionId } : {}),
      },
    ];
  });
}

/** A product number means the same thing in whatever category it is sold. */
function searchBy(query: ComparableQuery) {
  if ('gtin' in query) return { gtin: query.gtin };
  const words = query.words.replace(/\s+/g, ' ').trim().slice(0, QUERY_MAX);
  return words === '' ? undefined : { q: words, category_ids: query.categoryId };
}

/** Prices in another currency are left out: converting them would invent a figure. */
function moneyOf(amount: { readonly value: string; readonly currency: string } | null | undefined, currency: string): Money | undefined {
  return amount?.currency === currency ? parseMoney(amount.value, currency) : undefined;
}
