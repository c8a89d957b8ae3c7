import { wordsOf } from '../commerce/words.ts';

/**
 * A search text as a list of alternatives, all of which must match: plain words mean "and", `(a, b)` means "or"
 * (Browse document, `q`).
 */
export function words(query: string): readonly (readonly string[])[] {
  const groups: (readonly string[])[] = [];
  const rest = query.replace(/\(([^()]*)\)/g, (_, inside: string) => {
    const alternatives = inside.split(',').flatMap((part) => wordsOf(part));
    if (alternatives.length > 0) groups.push(alternatives);
    return ' ';
  });
  return [...groups, ...wordsOf(rest).map((word) => [word])];
}
