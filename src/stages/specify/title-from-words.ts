import type { Facts } from '../../core/facts.ts';
import { assembleTitle } from './title-words.ts';

/**
 * The folder's own words as a title, for an item whose facts all come from the seller: `skirt-denim`
 * becomes `Skirt Denim`. Undefined where the folder's name says nothing.
 */
export function titleFromWords(nameWords: readonly string[], facts: Facts, max: number): string | undefined {
  const words = nameWords.filter((word) => word.length > 1);
  const brand = facts.brand?.evidence.some(({ from }) => from === 'seller') ? facts.brand.value : undefined;
  if (words.every((word) => word.toLowerCase() === brand?.toLowerCase())) return undefined;
  const parts = words.map((text) => ({ text, as: 'words' as const }));
  return assembleTitle([...(brand ? [{ text: brand, as: 'name' as const }] : []), ...parts], max) || undefined;
}
