import { type Facts, isProven } from '../../core/facts.ts';
import { saysNone } from '../../core/says-none.ts';

export type Search = { readonly gtin: string } | { readonly words: string };

/**
 * From the nearest likeness to the plainest: the product number, brand with model, brand, what it is alone.
 * `unbranded` is the site's own word for no brand, which sellers do not write into titles.
 */
export function searchesFor(facts: Facts, gtin: string | undefined, unbranded: string): readonly Search[] {
  const proven = (name: keyof Facts): string | undefined => {
    const fact = facts[name];
    return fact && isProven(name, fact) && fact.value !== unbranded && !saysNone(fact.value) ? fact.value : undefined;
  };
  const [brand, model, type, work, author] = [proven('brand'), proven('model'), proven('type'), proven('title'), proven('author')];
  const thing = work ?? type;
  const wordings = thing ? [work ? [work, author] : [brand, model, thing], [brand, thing], [thing]] : [];
  const words = new Set(wordings.map((parts) => parts.filter((part) => part !== undefined).join(' ')));
  return [...(gtin ? [{ gtin }] : []), ...[...words].map((text) => ({ words: text }))];
}

/** `number 4006381333931`, `"Acme Mug"`: for people. */
export const searchText = (search: Search): string => ('gtin' in search ? `number ${search.gtin}` : `"${search.words}"`);
