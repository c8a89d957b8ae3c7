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

type SearchBy = { readonly gtin: string } | { readonly q: string };

/**
 * Fixed-price listings that are active now (Browse search): asking prices. By GTIN where there is one, and
 * by words when nobody sells under that number; eBay wants the two never together.
 */
export async function findComparables(transport: Transport, query: ComparableQuery, call: Call): Promise<readonly Comparable[]> {
  const words = query.words.replace(/\s+/g, ' ').trim().slice(0, QUERY_MAX);
  const byNumber = query.gtin ? await search(transport, query, { gtin: query.gtin }, call) : [];
  if (byNumber.length > 0 || words === '') return byNumber;
  return await search(transport, query, { q: words }, call);
}

async function search(
  transport: Transport,
  { categoryId, conditionIds }: ComparableQuery,
  by: SearchBy,
  call: Call,
): Promise<readonly Comparable[]> {
  const { currency } = transport.site;
  const filter = ['buyingOptions:{FIXED_PRICE}', ...(conditionIds.length > 0 ? [`conditionIds:{${conditionIds.join('|')}}`] : [])].join(
    ',',
  );
  const found = await transport.request(
    {
      token: 'application',
      service: 'browse',
      operation: 'browse.search',
      send: (ebay) => ebay.buy.browse.search({ ...by, category_ids: categoryId, filter, limit: PAGE }),
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
        title: summary.title ?? '',
        price,
        ...(shipping === undefined ? {} : { shipping }),
        ...(summary.conditionId ? { conditionId: summary.conditionId } : {}),
      },
    ];
  });
}

/** Prices in another currency are left out: converting them would invent a figure. */
function moneyOf(amount: { readonly value: string; readonly currency: string } | null | undefined, currency: string): Money | undefined {
  return amount?.currency === currency ? parseMoney(amount.value, currency) : undefined;
}
