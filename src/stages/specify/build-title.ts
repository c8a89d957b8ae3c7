import type { Facts } from '../../core/facts.ts';
import { isProven } from '../../core/facts.ts';

/**
 * A title from facts alone, in the order buyers search: brand, model, for whom, what, size, colour,
 * pattern, material. No word twice, no cut word, at most `max` characters. Undefined when it is not
 * even known what the thing is.
 */
export function buildTitle(facts: Facts, max: number): string | undefined {
  const proven = (name: keyof Facts): string | undefined => {
    const fact = facts[name];
    return fact && isProven(name, fact) ? fact.value : undefined;
  };
  const type = proven('type');
  const work = proven('title');
  if (!type && !work) return undefined;
  const size = proven('size');
  const department = proven('department');
  const parts = [
    proven('brand'),
    proven('model'),
    work,
    proven('author') ? `by ${proven('author')}` : undefined,
    department ? possessive(department) : undefined,
    // One colour or pattern reads better before the thing than behind it.
    plainColor(proven('color')),
    proven('pattern'),
    work && type === 'Book' ? undefined : type,
    size ? `Size ${size}` : undefined,
    mainFibre(proven('material')),
  ];
  return assemble(
    parts.filter((part): part is string => part !== undefined),
    max,
  );
}

function assemble(parts: readonly string[], max: number): string {
  const used = new Set<string>();
  let title = '';
  for (const part of parts) {
    const words = part.split(/\s+/).filter((word) => !used.has(word.toLowerCase()));
    const longer = [title, ...words].filter(Boolean).join(' ');
    if (words.length === 0 || longer.length > max) continue;
    for (const word of words) used.add(word.toLowerCase());
    title = longer;
  }
  return title;
}

function possessive(department: string): string {
  if (/^(men|women)$/i.test(department)) return `${department}'s`;
  if (/^(boys|girls)$/i.test(department)) return `${department}'`;
  return department;
}

/** `Multicolor` is a filter word on eBay, not one that buyers type. */
const plainColor = (color: string | undefined): string | undefined => (color === 'Multicolor' ? undefined : color);

/** `100% cotton` says something in a title; a long blend belongs in the specifics. */
function mainFibre(material: string | undefined): string | undefined {
  if (!material) return undefined;
  const single = /^100\s*%\s*(.+)$/.exec(material)?.[1];
  const words = single ?? (material.includes('%') ? undefined : material);
  return words?.replace(/\b\p{L}/gu, (letter) => letter.toUpperCase());
}
