import type { Fact } from '../../core/facts.ts';
import { ITEM_TYPES, type ItemType } from './item-types.ts';
import { COLORS, DEPARTMENTS, PATTERNS } from './vocabulary.ts';

/** What folder and file names say about an item: the seller's own words, though hurried ones. */
export interface NamedFacts {
  /** Not `sure` when the name also speaks of another thing. */
  readonly type?: ItemType & { readonly words: string; readonly sure: boolean };
  readonly department?: Fact;
  readonly pattern?: Fact;
  readonly condition?: Fact;
  /** Colour words in their order. */
  readonly colors: readonly string[];
}

/** After these words other things are named: what it is made for, comes with or lies beside. */
const ASIDE = new Set(['with', 'for', 'from', 'without', 'and', 'fits', 'incl', 'including']);

/** Short forms that sellers use everywhere, with the plain words of it. */
const CONDITIONS: ReadonlyMap<string, string> = new Map([
  ['nwt', 'new with tags'],
  ['bnwt', 'new with tags'],
  ['nwot', 'new without tags'],
  ['nib', 'new with box'],
  ['bnib', 'new with box'],
]);

export function factsFromName(nameWords: readonly string[]): NamedFacts {
  const words = nameWords.map((word) => word.toLowerCase());
  const aside = words.findIndex((word, at) => at > 0 && ASIDE.has(word));
  const type = typeIn(aside < 0 ? words : words.slice(0, aside));
  const department = single(words, DEPARTMENTS, 0.9);
  const pattern = single([...words, ...pairs(words)], PATTERNS, 0.8);
  const condition = single(words, CONDITIONS, 0.9);
  return {
    ...(type ? { type } : {}),
    ...(department ? { department } : {}),
    ...(pattern ? { pattern } : {}),
    ...(condition ? { condition } : {}),
    colors: words.filter((word) => COLORS.has(word)),
  };
}

export const fromFolder = (value: string, confidence: number, text: string): Fact => ({
  value,
  confidence,
  evidence: [{ from: 'folder-name', text }],
});

/** The type that a line of print names, when the line says nothing else behind it: `TWO SLICE TOASTER`, `WALL CLOCK`. */
export function typeOfPrint(line: string): (ItemType & { readonly words: string }) | undefined {
  const words = line
    .toLowerCase()
    .split(/[^\p{L}\p{N}']+/u)
    .filter(Boolean);
  return words.length <= PRINT_WORDS_MAX ? typeEndingAt(words, words.length) : undefined;
}

/** A longer line is a sentence. */
const PRINT_WORDS_MAX = 4;

/** English names the thing last: a dress shirt is a shirt, a jeans jacket a jacket. */
function typeIn(words: readonly string[]): NamedFacts['type'] {
  const hits = [];
  for (let end = words.length; end > 0; end -= 1) {
    const hit = typeEndingAt(words, end);
    if (!hit) continue;
    hits.push({ ...hit, end });
    end -= hit.words.split(' ').length - 1;
  }
  const [head, ...others] = hits;
  if (!head) return undefined;
  const compound = others.every(
    (other, at) => other.name === head.name || (at === 0 && other.end === head.end - head.words.split(' ').length),
  );
  return { name: head.name, kind: head.kind, words: head.words, sure: compound };
}

function typeEndingAt(words: readonly string[], end: number): (ItemType & { readonly words: string }) | undefined {
  // A tie dye is no tie.
  if (PATTERNS.has(words.slice(end - 1, end + 1).join(' '))) return undefined;
  for (const length of [3, 2, 1]) {
    if (length > end) continue;
    const phrase = words.slice(end - length, end).join(' ');
    const type = ITEM_TYPES.get(phrase) ?? ITEM_TYPES.get(phrase.replace(/s$/, '')) ?? ITEM_TYPES.get(phrase.replace(/es$/, ''));
    if (type) return { ...type, words: phrase };
  }
  return undefined;
}

function pairs(words: readonly string[]): readonly string[] {
  return words.slice(1).map((word, at) => `${words[at]} ${word}`);
}

/** A word that says two different things (mens and womens in one name) says nothing. */
function single(words: readonly string[], vocabulary: ReadonlyMap<string, string>, confidence: number): Fact | undefined {
  const hits = words.flatMap((word) => {
    const value = vocabulary.get(word);
    return value === undefined ? [] : [{ word, value }];
  });
  const [first] = hits;
  if (!first || hits.some(({ value }) => value !== first.value)) return undefined;
  return fromFolder(first.value, confidence, first.word);
}
