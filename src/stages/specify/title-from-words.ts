import type { Fact } from '../../core/facts.ts';
import { buildTitle, type TitleSource } from './build-title.ts';

/**
 * A title for an item of which nobody has said what it is: the folder's own words stand for it, among what is known.
 * `skirt-denim` becomes `Skirt Denim`. Undefined where the folder's name says nothing.
 */
export function titleFromWords(nameWords: readonly string[], source: TitleSource, max: number): string | undefined {
  const brand = source.facts.brand?.value.toLowerCase();
  const words = nameWords.filter((word) => word.length > 1 && word.toLowerCase() !== brand);
  if (words.length === 0) return undefined;
  const text = words.join(' ');
  const type: Fact = { value: text, confidence: 1, evidence: [{ from: 'folder-name', text }] };
  return buildTitle({ ...source, facts: { ...source.facts, type } }, max);
}
