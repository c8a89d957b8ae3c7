import type { Photo } from '../core/item.ts';
import { MAX_PHOTOS_PER_ITEM } from '../core/item.ts';
import { groupBy } from './group-by.ts';
import { type Counter, type NameParts, nameParts, numberName } from './name-words.ts';
import { stemOf } from './natural-order.ts';

/** The item that a photo's name speaks of. */
export interface NameKey {
  /** The same for all photos of one item. */
  readonly key: string;
  readonly words: readonly string[];
  readonly bin?: string;
  /** Why the name may speak of another item, or of more than one: half a sentence. */
  readonly doubt?: string;
}

interface Named {
  readonly photo: Photo;
  readonly stem: string;
  readonly parts: NameParts;
}

/**
 * The name of the item that each named photo shows. What a number means is told by the other names of the pile: where
 * there is an `ABC123_2`, the 123 of `ABC123` and `ABC124` is a part of the name. Photos with a counter name only
 * (`IMG_1234`) are left out. Pure.
 */
export function nameKeys(photos: readonly Photo[]): ReadonlyMap<Photo, NameKey> {
  const stems = lettersAsNumbers(photos.map(({ path }) => stemOf(path).normalize('NFC').trim()));
  const all = photos.map((photo, at): Named => {
    const stem = stems[at] ?? '';
    return { photo, stem, parts: nameParts(stem) };
  });
  const named = withoutFalseBins(all.filter(({ parts }) => parts.words.length > 0 || parts.bin));
  const others: Others = {
    counted: new Set(named.filter(({ parts }) => parts.counter && !parts.counter.attached).map(({ parts }) => baseOf(parts))),
    whole: new Set(named.map(({ parts }) => wholeOf(parts))),
  };
  const keys = new Map<Photo, NameKey>();
  for (const [base, family] of groupBy(named, ({ parts }) => baseOf(parts))) {
    const meaning = meaningOf(base, family, others);
    for (const { photo, parts } of family) keys.set(photo, keyOf(base, parts, meaning));
  }
  for (const photo of numberedOn(named, others.counted)) keys.set(photo, { doubt: MAY_BE_ONE, ...(keys.get(photo) as NameKey) });
  for (const [photo, key] of numberKeys(all.filter(({ photo }) => !keys.has(photo)))) keys.set(photo, key);
  return keys;
}

const baseOf = ({ bin, words }: NameParts): string => [...(bin ? [bin] : []), ...words].join(' ');

/** The name with its number. */
function wholeWords({ words, counter }: NameParts): readonly string[] {
  if (!counter) return words;
  return counter.attached ? [...words.slice(0, -1), `${words.at(-1) ?? ''}${counter.digits}`] : [...words, counter.digits];
}

const wholeOf = (parts: NameParts): string => baseOf({ ...parts, words: wholeWords(parts) });

function keyOf(base: string, parts: NameParts, { numbers, doubt }: Meaning): NameKey {
  const { words, counter, bin } = parts;
  const rest = { ...(bin ? { bin } : {}), ...(doubt ? { doubt } : {}) };
  if (!counter || numbers === 'shots') return { key: base, words, ...rest };
  if (numbers === 'things') return { key: `${base} ${counter.value}`, words, ...rest };
  return { key: wholeOf(parts), words: wholeWords(parts), ...rest };
}

interface Meaning {
  /** Count shots of one thing (`mug_1`, `mug_2`), things (`mug2_front`), or belong to a name that other names say is one (`ABC123`). */
  readonly numbers: 'shots' | 'things' | 'name';
  readonly doubt?: string;
}

const MAY_BE_ONE = 'its number may count the photos of one thing';
const MAY_BE_SEVERAL = 'their numbers may be those of several things';

/** What all names of the pile tell. */
interface Others {
  /** Names that have a counter behind them, without it. */
  readonly counted: ReadonlySet<string>;
  /** Names with their number. */
  readonly whole: ReadonlySet<string>;
}

/** What the numbers behind one name mean. */
function meaningOf(base: string, family: readonly Named[], { counted, whole }: Others): Meaning {
  const counters = family.flatMap(({ parts }) => parts.counter ?? []);
  if (family.some(({ parts }) => parts.counter && counted.has(wholeOf(parts)))) return { numbers: 'name' };
  if (family.some(({ parts }) => parts.countsItems)) return { numbers: 'things' };
  if (counters.length === 0 || counters.some(({ inParentheses }) => inParentheses)) return { numbers: 'shots' };
  const values = [...new Set(counters.map(({ value }) => value))].sort((a, b) => a - b);
  const least = values[0] ?? 0;
  const isAttached = counters.some(({ attached }) => attached);
  if (isAttached && values.length > MAX_PHOTOS_PER_ITEM) return { numbers: 'things', doubt: MAY_BE_ONE };
  const shots = (unsure: boolean): Meaning => ({ numbers: 'shots', ...(unsure ? { doubt: MAY_BE_SEVERAL } : {}) });
  if (whole.has(base)) return shots(least > 2);
  if (least <= 1) return shots(counters.length > 1 && looksLikeSkus(family, counters));
  const isWide = counters.some(({ digits }) => digits.length > 2);
  if ((values.at(-1) ?? 0) - least > values.length - 1)
    return counters.some(({ digits }) => isPadded(digits)) ? shots(isWide) : { numbers: 'things' };
  if (values.length === 1) return counters.some(({ digits }) => isPadded(digits)) ? shots(counters.length > 1) : { numbers: 'things' };
  // An unbroken run that does not begin at 1: the rest of a thing's photos, or things that were numbered one after the other.
  if (isWide || values.length === 2) return { numbers: 'things', doubt: MAY_BE_ONE };
  return shots(isAttached);
}

const isPadded = (digits: string): boolean => digits.length > 1 && digits.startsWith('0');

/** `ABC001` and on: nobody can say whether a program counted shots or a seller things. `mug_001` is what programs write. */
function looksLikeSkus(family: readonly Named[], counters: readonly Counter[]): boolean {
  if (counters.some(({ digits }) => digits.length > 3)) return true;
  const isCode = family.every(({ stem }) => /^[\p{Lu}]{2,4}[\s_-]?\d+$/u.test(stem));
  return counters.some(({ digits, attached }) => digits.length > 2 && (attached || isCode));
}

/** `ABC123a`, `ABC123b`: letters behind a number count like numbers where they begin with an A and leave none out. */
function lettersAsNumbers(stems: readonly string[]): readonly string[] {
  const ends = stems.map((stem) => /^(.*\d)([a-h])$/i.exec(stem));
  const families = groupBy(
    ends.flatMap((end) => (end ? [{ base: end[1] ?? '', letter: letterNumber(end[2]) }] : [])),
    ({ base }) => base.toLowerCase(),
  );
  const counts = (base: string): boolean => {
    const letters = new Set(families.get(base.toLowerCase())?.map(({ letter }) => letter));
    return letters.size > 1 && Math.max(...letters) === letters.size;
  };
  return stems.map((stem, at) => {
    const [, base = '', letter] = ends[at] ?? [];
    return counts(base) ? `${base} (${letterNumber(letter)})` : stem;
  });
}

/** `a`: 1. */
const letterNumber = (letter = ''): number => letter.toLowerCase().charCodeAt(0) - 96;

/* ---- bins ---- */

/** `A01-7` is a storage place, unless there is an `A01` that it counts the photos of: then all numbers behind an A are such counters. */
function withoutFalseBins(named: readonly Named[]): readonly Named[] {
  const wholes = new Set(named.filter(({ parts }) => !parts.bin).map(({ parts }) => wholeOf(parts)));
  const bare = named.filter(({ parts }) => parts.bin && parts.words.length === 0);
  const lettersOf = (shelf: string): string => shelf.replace(/\d+$/, '');
  const counted = new Set(
    bare
      .map(({ parts }) => shelfOf(parts.bin))
      .filter((shelf) => wholes.has(shelf))
      .map(lettersOf),
  );
  return named.map((one) => {
    const shelf = shelfOf(one.parts.bin);
    return !one.parts.words.length && one.parts.bin && counted.has(lettersOf(shelf))
      ? { ...one, parts: nameParts(`${shelf}_${one.stem.slice(shelf.length + 1)}`) }
      : one;
  });
}

/** `A01-7`: `a01`. */
const shelfOf = (bin = ''): string => bin.toLowerCase().split('-')[0] ?? '';

/**
 * What is numbered from 1 behind a bin (`A01-1`, `A01-2`) may be the photos of a thing, and three names with four digits in a
 * row (`ABCD0417` to `0419`) are what a camera writes that is not known here.
 */
function numberedOn(named: readonly Named[], counted: ReadonlySet<string>): readonly Photo[] {
  const shelves = groupBy(
    named.filter(({ parts }) => parts.bin && parts.words.length === 0),
    ({ parts }) => shelfOf(parts.bin),
  );
  const fromOne = [...shelves.values()].filter(
    (names) =>
      names.length > 1 &&
      names.every(({ stem, parts }) => stem.length === parts.bin?.length) &&
      names.some(({ stem }) => /-0*[01]$/.test(stem)),
  );
  const runs = groupBy(
    named.filter(({ stem }) => /^\p{L}{2,5}_?\d{4}$/u.test(stem)),
    ({ stem }) => stem.toLowerCase().slice(0, -4),
  );
  const inARow = [...runs.values()].filter((names) => {
    const values = names.map(({ stem }) => Number(stem.slice(-4))).sort((a, b) => a - b);
    return values.some((value, at) => value - (values[at - 2] ?? value) === 2) && !names.some(({ parts }) => counted.has(wholeOf(parts)));
  });
  return [...fromOne, ...inARow].flat().map(({ photo }) => photo);
}

/* ---- numbers ---- */

/**
 * Names that are numbers: they name things where one has several photos with counters (`10432_1`, `10432_2`), unless most of
 * them stand alone, as a camera's counter does.
 */
function numberKeys(unnamed: readonly Named[]): ReadonlyMap<Photo, NameKey> {
  const found = unnamed.flatMap(({ photo, stem }) => {
    const name = numberName(stem);
    return name ? [{ photo, name, told: name.shot !== undefined || name.view !== undefined }] : [];
  });
  const byNumber = [...groupBy(found, ({ name }) => name.number)];
  const repeats = byNumber.filter(([, shots]) => shots.length > 1 && shots.some(({ told }) => told) && shots.length <= MAX_PHOTOS_PER_ITEM);
  const repeated = repeats.reduce((sum, [, shots]) => sum + shots.length, 0);
  const alone = byNumber.filter(([, shots]) => shots.length === 1 || !shots.some(({ told }) => told));
  if (repeated === 0 || alone.filter(([, shots]) => !shots[0]?.told).length > repeated) return new Map();
  return new Map(
    [...repeats, ...alone].flatMap(([number, shots]) => {
      const isFirst = shots.some(({ name, told }) => told && (name.shot ?? 1) <= 1);
      const doubt = shots.length > 1 || isFirst ? {} : { doubt: 'its number may be a counter' };
      return shots.map(({ photo }) => [photo, { key: number, words: [], ...doubt }] as const);
    }),
  );
}
