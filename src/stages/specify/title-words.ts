import { calm } from './title-case.ts';

/** A piece of a title, in the order of importance. */
export interface TitlePart {
  readonly text: string;
  /**
   * `words`: words that the title has already are left out of it. `unit`: makes sense only whole, such as `Size M`.
   * `name`: a name of its own, kept as it is written, such as a book's title.
   */
  readonly as: 'words' | 'unit' | 'name';
}

/** Shown by eBay as something else, or not at all: control characters, mark-up, emoji and ornaments. */
const STRIPPED = /[\p{C}\p{Extended_Pictographic}<>{}[\]|\\^~*=_`!?¡¿•★☆►«»“”„]+/gu;
/** Cries for attention: nobody searches them. */
const FILLER =
  /(?<![\p{L}\p{N}])(?:l[@o0]?@[@o0]?k|wow|must see|no reserve|free shipping|free p&p|best price|hot deal|great deal)(?![\p{L}\p{N}])/giu;
const CONNECTORS = new Set(['and', 'of', 'for', 'with', 'by', 'in', 'the', 'a', 'an', 'und', 'von', 'mit', 'für', 'der', 'die', 'das']);

/**
 * Puts parts together to a title of at most `max` characters: the first parts first, no part cut, no word twice (also
 * not as a plural), no shouting. Empty when nothing is left.
 */
export function assembleTitle(parts: readonly TitlePart[], max: number): string {
  const used = new Set<string>();
  let title = '';
  for (const part of parts) {
    const words = wordsOf(part, used);
    const longer = [title, ...words].filter(Boolean).join(' ');
    if (words.length === 0 || longer.length > max) continue;
    for (const word of words) used.add(stem(word));
    title = longer;
  }
  return title;
}

function wordsOf({ text, as }: TitlePart, used: ReadonlySet<string>): readonly string[] {
  const plain = text.replace(STRIPPED, ' ');
  const words = calm((as === 'name' ? plain : plain.replace(FILLER, ' ')).split(/\s+/).filter(Boolean));
  if (as === 'name') return words.every((word) => used.has(stem(word))) ? [] : words;
  const fresh = new Set<string>();
  const left = words.filter((word) => {
    const key = stem(word);
    if (isShort(key)) return true;
    const again = used.has(key) || fresh.has(key);
    fresh.add(key);
    return !again;
  });
  if (as === 'unit') return left.length === words.length ? words : [];
  return withoutLooseEnds(left);
}

/** `Marks & Spencer` without its names leaves `&`; `Emma by` without the author leaves `by`. */
function withoutLooseEnds(words: readonly string[]): readonly string[] {
  const says = (word: string): boolean => stem(word) !== '' && !CONNECTORS.has(word.toLowerCase());
  const first = words.findIndex(says);
  return first === -1 ? [] : words.slice(first, words.findLastIndex(says) + 1);
}

/** Letters and figures that stand for themselves (`M`, `9`, `501`) may well come twice: in a name and as a size. */
const isShort = (key: string): boolean => key.length < 2 || /^\d+$/.test(key);

/** What makes two words the same to a reader: case, accents, `’s` and plural do not part them. */
export function stem(word: string): string {
  const plain = word
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s?$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
  if (plain.length < 4 || /(?:ss|us|is)$/.test(plain)) return plain;
  if (/ies$/.test(plain)) return `${plain.slice(0, -3)}y`;
  if (/(?:x|ch|sh|ss|z)es$/.test(plain)) return plain.slice(0, -2);
  return plain.replace(/s$/, '');
}
