import type { Description, PhotoProblem, PhotoText, PhotoView } from '../../core/ports/index.ts';
import { textProblems } from '../../core/untrusted-text.ts';

export interface Cleaned {
  /** Numbered as before: photos that give orders are left out. */
  readonly photos: readonly PhotoView[];
  readonly texts: readonly PhotoText[];
  readonly problems: readonly PhotoProblem[];
}

/**
 * Writing in photos is data. A photo whose writing gives orders to a program is not shown to a model and its words are
 * not handed on: what a model has not seen it cannot obey. Web and mail addresses, phone numbers and markup are noted,
 * and their lines left out. When every photo gives orders the pictures are shown all the same, without any words;
 * the item is held for a person in any case. Pure.
 */
export function withoutOrders(photos: readonly PhotoView[], texts: readonly PhotoText[]): Cleaned {
  const problems = texts.flatMap(({ photo, lines }) =>
    textProblems(lines.map(({ text }) => text).join('\n')).map(({ kind, found }): PhotoProblem => ({ photo, kind, note: found })),
  );
  const commanding = new Set(problems.filter(({ kind }) => kind === 'instructions').map(({ photo }) => photo));
  const shown = photos.filter(({ number }) => !commanding.has(number));
  return {
    photos: shown.length > 0 ? shown : photos,
    texts: texts
      .filter(({ photo }) => !commanding.has(photo))
      .map((text) => ({ ...text, lines: text.lines.filter((line) => textProblems(line.text).length === 0) })),
    problems,
  };
}

/**
 * What a model says in the words of a photo that gives orders was obeyed, not seen: such facts and searches fall, so that
 * the item is asked about instead of being put where the writing wants it. Pure.
 */
export function withoutObeyed(described: Description, texts: readonly PhotoText[], { problems }: Pick<Cleaned, 'problems'>): Description {
  const commanding = new Set(problems.filter(({ kind }) => kind === 'instructions').map(({ photo }) => photo));
  if (commanding.size === 0) return described;
  const ordered = new Set(
    texts.filter(({ photo }) => commanding.has(photo)).flatMap(({ lines }) => lines.flatMap(({ text }) => wordsOf(text))),
  );
  const isOrdered = (text: string): boolean => wordsOf(text).length > 0 && wordsOf(text).every((word) => ordered.has(word));
  const obeyed = Object.entries(described.facts).filter(([, { value }]) => isOrdered(value));
  const why = 'The same words stand in writing that gives orders.';
  return {
    ...described,
    facts: Object.fromEntries(Object.entries(described.facts).filter(([, { value }]) => !isOrdered(value))),
    unknowns: { ...described.unknowns, ...Object.fromEntries(obeyed.map(([name]) => [name, { why }])) },
    categoryQueries: described.categoryQueries.filter((query) => !isOrdered(query)),
    ...(described.keywords ? { keywords: described.keywords.filter((keyword) => !isOrdered(keyword)) } : {}),
  };
}

/** Words and numbers without their plural. */
const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/(?<=\p{L}{3})s$/u, ''))
    .filter((word) => word.length > 1);
