/**
 * Whether words stand in a text that was read by machine. Fuzzy enough for the slips of text recognition, and no
 * more: digits never differ, and short words must stand there as they are. Pure.
 */
export function isQuotedFrom(quote: string, text: string): boolean {
  const wanted = wordsOf(quote);
  const there = wordsOf(text);
  if (wanted.length === 0) return false;
  const joined = wanted.join('');
  return there.some(
    (_, at) =>
      wanted.every((word, step) => isNear(there[at + step] ?? '', word)) ||
      // Text recognition splits words and runs them together: then every sign must be right, and no number may become another.
      [wanted.length - 1, wanted.length + 1].some((length) => {
        const words = there.slice(at, at + Math.max(0, length));
        return words.join('') === joined && numbersOf(words.join(' ')) === numbersOf(wanted.join(' '));
      }),
  );
}

/** True when every word of the value stands in the quote: `Levi's` in `LEVI STRAUSS & CO`, `32 x 34` in `W32 L34`. */
export function isSupportedBy(value: string, quote: string): boolean {
  const wanted = wordsOf(value).filter((word) => !EMPTY_WORDS.has(word));
  const there = wordsOf(quote);
  const digits = there.flatMap((word) => word.match(/\d+/g) ?? []);
  return (
    wanted.length > 0 &&
    wanted.every(
      (word) =>
        there.some((other) => stem(other) === stem(word) || isNear(other, word)) ||
        // W32 beside 32, 9B beside 9: a number counts wherever it stands alone among letters.
        (/^\d+$/.test(word) && digits.includes(word)) ||
        // LEVISTRAUSS: words run together by text recognition.
        (word.length >= FUZZY_FROM && there.some((other) => holds(other, word))),
    )
  );
}

/** Letters and digits of all scripts, lower case, accents off. `Levi's` is one word, and so is `T-shirt`. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/(?<=\p{L})['’`-](?=\p{L})/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

const EMPTY_WORDS: ReadonlySet<string> = new Set(['the', 'and', 'of', 'by', 'x', 'in', 'for']);
/** Letters. Below this one slip makes another word. */
const FUZZY_FROM = 5;
/** One slip in so many letters. */
const LETTERS_PER_SLIP = 7;

const stem = (word: string): string => (word.length > 3 ? word.replace(/s$/, '') : word);

function isNear(a: string, b: string): boolean {
  if (b.length < FUZZY_FROM || numbersOf(a) !== numbersOf(b)) return a === b;
  const allowed = Math.max(1, Math.floor(b.length / LETTERS_PER_SLIP));
  return Math.abs(a.length - b.length) <= allowed && editDistance(a, b) <= allowed;
}

/** Every number by itself, in order: digits never differ and never change places. */
const numbersOf = (text: string): string => (text.match(/\d+/g) ?? []).join(' ');

/** True when the word stands inside the other, and no number is cut out of a longer one: 12345 is not in 1234567. */
function holds(other: string, word: string): boolean {
  const at = other.indexOf(word);
  return (
    at !== -1 &&
    numbersOf(word)
      .split(' ')
      .every((number) => number === '' || numbersOf(other).split(' ').includes(number))
  );
}

/** Levenshtein, two rows. */
function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(change, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
    }
    before = row;
  }
  return before[b.length] ?? 0;
}
