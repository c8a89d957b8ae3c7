import type { Market } from '../ground/market.ts';
import type { ErrorId } from '../wire/error-table.ts';
import { checkShape, type Shape, withoutNulls } from '../wire/shape.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { jsonBody, Refusal, refuse } from '../wire/wire.ts';
import { checkLocale, contentLanguage } from './item-rules.ts';
import { findWireItem, writeItem } from './items.ts';
import { insertOffer, publish } from './offers.ts';

export type Entry = Record<string, unknown>;

/** "Up to 25" in every bulk call of the Inventory API. */
const ENTRIES_MAX = 25;

export function bulkCreateOrReplaceInventoryItem(market: Market, request: Request): Reply {
  contentLanguage(request);
  const list = entries(request, 25727);
  for (const entry of list) {
    if (typeof entry.sku !== 'string') throw refuse(25733);
    checkLocale(entry.locale);
  }
  unique(list, (entry) => entry.sku, 25728);
  return answer(
    market,
    list,
    (entry) => {
      const { sku, locale, ...item } = entry;
      const { created, warnings } = writeItem(market, String(sku), String(locale), item);
      return { statusCode: created ? 201 : 200, sku, locale, errors: [], warnings };
    },
    ({ sku, locale }) => ({ sku, locale }),
  );
}

export function bulkGetInventoryItem(market: Market, request: Request): Reply {
  const list = entries(request, 25727);
  unique(list, (entry) => entry.sku, 25734);
  return answer(
    market,
    list,
    ({ sku }) => {
      const item = findWireItem(market, String(sku));
      if (item === undefined) throw refuse(25702, [String(sku)]);
      return { statusCode: 200, sku, inventoryItem: item, errors: [], warnings: [] };
    },
    ({ sku }) => ({ sku }),
  );
}

/** One marketplace per call; SKU, marketplace and format must be there (25735). A made offer answers 200, as its document says. */
export function bulkCreateOffer(market: Market, request: Request): Reply {
  contentLanguage(request);
  const list = entries(request, 25730);
  const echo = ({ sku, marketplaceId, format }: Entry) => ({ sku, marketplaceId, format });
  if (new Set(list.map((entry) => entry.marketplaceId)).size > 1) throw refuse(25735);
  unique(list, (entry) => JSON.stringify(echo(entry)), 25729);
  return answer(
    market,
    list,
    (entry) => {
      if (Object.values(echo(entry)).some((value) => typeof value !== 'string' || value === '')) throw refuse(25735);
      return { statusCode: 200, offerId: insertOffer(market, entry), ...echo(entry), errors: [], warnings: [] };
    },
    echo,
  );
}

export function bulkPublishOffer(market: Market, request: Request): Reply {
  const list = entries(request, 25730);
  unique(list, (entry) => entry.offerId, 25731);
  return answer(
    market,
    list,
    ({ offerId }) => {
      const { listingId, warnings } = publish(market, String(offerId));
      return { statusCode: 200, offerId, listingId, errors: [], warnings };
    },
    ({ offerId }) => ({ offerId }),
  );
}

/** What an entry is known by: when that cannot be read, the whole request cannot. */
const KEYS: Shape = {
  listOf: {
    fields: { sku: 'string', locale: 'string', offerId: 'string', marketplaceId: 'string', format: 'string', listingId: 'string' },
  },
};

/** The entries of a bulk call: at least one, `max` at most. */
export function entries(request: Request, tooMany: ErrorId, max = ENTRIES_MAX): readonly Entry[] {
  const list = withoutNulls(jsonBody(request).requests);
  if (!Array.isArray(list) || list.length === 0) throw refuse(25709, ['requests'], { fieldName: 'requests' });
  checkShape(list, KEYS, 'requests');
  if (list.length > max) throw refuse(tooMany, [String(max)]);
  return list as readonly Entry[];
}

function unique(list: readonly Entry[], key: (entry: Entry) => unknown, errorId: ErrorId): void {
  if (new Set(list.map(key)).size !== list.length) throw refuse(errorId);
}

/** Each entry stands or falls alone: 200 when all went well, 207 when some did not. */
export function answer(market: Market, list: readonly Entry[], work: (entry: Entry) => Entry, echo: (entry: Entry) => Entry): Reply {
  let failed = false;
  const responses = list.map((entry) => {
    try {
      return market.state.transaction(() => work(entry));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failed = true;
      return { statusCode: error.status, ...echo(entry), errors: error.errors, warnings: [] };
    }
  });
  return { status: failed ? 207 : 200, body: { responses } };
}
