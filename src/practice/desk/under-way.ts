import type { Market } from '../ground/market.ts';
import { findOffer } from '../sell/offers.ts';
import type { Request } from '../wire/wire.ts';
import { matchRoute } from './routes.ts';

/** The calls whose documents list 25025. */
const REFUSED = new Set(
  ['createOrReplaceInventoryItem', 'updateOffer', 'publishOffer', 'bulkCreateOrReplaceInventoryItem', 'bulkPublishOffer'].map(inInventory),
);
/** They keep others out, and are not kept out themselves: their documents do not say so. */
const ALSO_WRITING = new Set(
  ['deleteInventoryItem', 'createOffer', 'deleteOffer', 'withdrawOffer', 'bulkCreateOffer', 'bulkUpdatePriceQuantity'].map(inInventory),
);

interface Entry {
  readonly sku?: unknown;
  readonly offerId?: unknown;
}

interface Visit {
  /** It is one that eBay refuses beside the writes that are under way. */
  readonly isRefused: boolean;
  /** It was answered, or its caller has gone. May be repeated. */
  leave(): void;
}

/**
 * The SKUs that are being written to at this moment: eBay refuses a second write to an item while the first is under
 * way (500/25025, CONTRACTS 2.8). Work takes no time here, so calls meet only while latency or a fault makes one last.
 */
export class UnderWay {
  readonly #writers = new Map<string, number>();

  /** A call arrives. */
  enter(market: Market, request: Request): Visit {
    const canBeRefused = REFUSED.has(request.operation);
    const skus = canBeRefused || ALSO_WRITING.has(request.operation) ? skusOf(market, request) : [];
    if (canBeRefused && skus.some((sku) => this.#writers.has(sku))) return { isRefused: true, leave: () => undefined };
    this.#count(skus, 1);
    let isHere = true;
    return {
      isRefused: false,
      leave: () => {
        if (isHere) this.#count(skus, -1);
        isHere = false;
      },
    };
  }

  #count(skus: readonly string[], step: number): void {
    for (const sku of skus) {
      const writers = (this.#writers.get(sku) ?? 0) + step;
      if (writers === 0) this.#writers.delete(sku);
      else this.#writers.set(sku, writers);
    }
  }
}

/** Those of the path, or of the body's entries; a body that cannot be read names none. */
function skusOf(market: Market, { method, path, bytes }: Request): readonly string[] {
  const match = matchRoute(method, path.split('?')[0] ?? '');
  const { sku, offerId } = typeof match === 'object' ? match.params : {};
  const named: readonly Entry[] = sku === undefined && offerId === undefined ? entriesOf(bytes) : [{ sku, offerId }];
  const skus = named.map((entry) => (typeof entry?.sku === 'string' ? entry.sku : findOffer(market, String(entry?.offerId))?.sku));
  return [...new Set(skus)].filter((one) => one !== undefined);
}

function entriesOf(bytes: Buffer): readonly Entry[] {
  try {
    const body = JSON.parse(bytes.toString('utf8')) as (Entry & { readonly requests?: unknown }) | null;
    return Array.isArray(body?.requests) ? (body.requests as readonly Entry[]) : [body ?? {}];
  } catch {
    return [];
  }
}

function inInventory(name: string): string {
  return `sell_inventory.${name}`;
}
