import { findLeaf } from '../commerce/catalogue.ts';
import { wordsOf } from '../commerce/words.ts';
import type { Found } from './found.ts';
import { words } from './query-words.ts';

/** "Strings longer than 100-characters are truncated" (Browse document, `q`). */
const QUERY_MAX = 100;
const CACHE_MAX = 100_000;

const wordCache = new Map<string, ReadonlySet<string>>();

/** Whether a listing has every word of the query; words in parentheses are alternatives. An empty query fits all. */
export function wordTest(query: string): (one: Found) => boolean {
  const groups = words(query.slice(0, QUERY_MAX));
  // Words that say nothing ("the", "new") leave no group, and a search for them alone finds nothing.
  if (groups.length === 0) return () => query === '';
  return (one) => groups.every((alternatives) => alternatives.some((word) => wordsIn(one).has(word)));
}

/** Nothing but fillers and single letters: on eBay such a search finds more than it can return (12023). */
export function isTooWide(query: string): boolean {
  return query !== '' && words(query).every((alternatives) => alternatives.every((word) => word.length < 2));
}

/** Title and category name: what eBay's index knows of a listing, as far as words go. */
function wordsIn(one: Found): ReadonlySet<string> {
  const key = `${one.legacyId} ${one.title}`;
  const known = wordCache.get(key);
  if (known !== undefined) return known;
  const fresh = new Set(wordsOf(`${one.title} ${findLeaf(one.categoryId, one.marketplace)?.name ?? ''}`));
  if (wordCache.size < CACHE_MAX) wordCache.set(key, fresh);
  return fresh;
}
