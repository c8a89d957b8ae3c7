import type { Facts } from '../../core/facts.ts';

/**
 * The folder's own words as a title, for an item whose facts all come from the seller: `skirt-denim`
 * becomes `Skirt Denim`. Undefined where the folder's name says nothing.
 */
export function titleFromWords(nameWords: readonly string[], facts: Facts, max: number): string | undefined {
  const brand = facts.brand?.evidence.some(({ from }) => from === 'seller') ? facts.brand.value : undefined;
  const words = nameWords.filter((word) => word.length > 1 && word.toLowerCase() !== brand?.toLowerCase());
  if (words.length === 0) return undefined;
  let title = brand ?? '';
  for (const word of words) {
    const longer = `${title} ${word.charAt(0).toUpperCase()}${word.slice(1)}`.trim();
    if (longer.length <= max) title = longer;
  }
  return title;
}
