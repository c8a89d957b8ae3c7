import { CURRENCY } from '../ground/market.ts';
import type { WireError } from '../wire/wire.ts';
import { wireError } from '../wire/wire.ts';

export interface SearchFilter {
  readonly conditionIds: ReadonlySet<string> | undefined;
  readonly buyingOptions: ReadonlySet<string>;
  readonly priceMinMinor: number;
  readonly priceMaxMinor: number;
}

/** Filters that only describe buyers or delivery are taken and change nothing here. */
const IGNORED = new Set([
  'deliveryCountry',
  'itemLocationCountry',
  'itemLocationRegion',
  'sellerAccountTypes',
  'maxDeliveryCost',
  'priceCurrency',
  'excludeSellers',
  'returnsAccepted',
]);
const BUYING_OPTIONS = new Set(['FIXED_PRICE', 'AUCTION', 'BEST_OFFER', 'CLASSIFIED_AD']);
const CONDITION_WORDS: Readonly<Record<string, readonly string[]>> = {
  NEW: ['1000', '1500', '1750'],
  USED: ['2750', '2990', '3000', '3010', '4000', '5000', '6000'],
};

/** `conditionIds:{1000|3000},price:[10..50],priceCurrency:USD`. What cannot be read is left out with a warning. */
export function parseFilter(text: string, warnings: WireError[]): SearchFilter {
  const fields = new Map<string, string>();
  for (const match of text.matchAll(/(\w+):(\{[^}]*\}|\[[^\]]*\]|[^,]*)(?:,|$)/g)) fields.set(match[1] ?? '', match[2] ?? '');
  if (text !== '' && fields.size === 0) warnings.push(wireError(12002, ['filter']));
  for (const name of fields.keys()) {
    if (!['conditionIds', 'conditions', 'buyingOptions', 'price'].includes(name) && !IGNORED.has(name))
      warnings.push(wireError(12002, [name]));
  }
  const price = priceRange(fields, warnings);
  return {
    conditionIds: conditionIds(fields),
    buyingOptions: buyingOptions(fields.get('buyingOptions'), warnings),
    priceMinMinor: price.min,
    priceMaxMinor: price.max,
  };
}

function conditionIds(fields: ReadonlyMap<string, string>): ReadonlySet<string> | undefined {
  const ids = list(fields.get('conditionIds'));
  const words = list(fields.get('conditions'));
  if (ids === undefined && words === undefined) return undefined;
  return new Set([...(ids ?? []), ...(words ?? []).flatMap((word) => CONDITION_WORDS[word] ?? [])]);
}

function buyingOptions(value: string | undefined, warnings: WireError[]): ReadonlySet<string> {
  const options = list(value);
  if (options === undefined) return new Set(['FIXED_PRICE']);
  if (options.every((option) => BUYING_OPTIONS.has(option))) return new Set(options);
  warnings.push(wireError(12002, ['buyingOptions']));
  return new Set(['FIXED_PRICE']);
}

/** A price filter without a currency is dropped with a warning (12012). */
function priceRange(fields: ReadonlyMap<string, string>, warnings: WireError[]): { min: number; max: number } {
  const open = { min: 0, max: Number.POSITIVE_INFINITY };
  const text = fields.get('price');
  if (text === undefined) return open;
  const range = /^\[(\d+(?:\.\d+)?)?(\.\.)?(\d+(?:\.\d+)?)?\]$/.exec(text);
  if (range === null || fields.get('priceCurrency') !== CURRENCY) {
    warnings.push(wireError(12012));
    return open;
  }
  const min = range[1] === undefined ? 0 : Number(range[1]) * 100;
  const max = range[3] === undefined ? Number.POSITIVE_INFINITY : Number(range[3]) * 100;
  return { min, max };
}

function list(value: string | undefined): readonly string[] | undefined {
  return /^\{([^{}]*)\}$/
    .exec(value ?? '')?.[1]
    ?.split('|')
    .map((one) => one.trim());
}
