import type { PhotoText, TextLine } from '../../core/ports/analysis.ts';
import { BRANDS, brandKey } from './brands.ts';
import type { ItemType } from './item-types.ts';
import { agreed, isLabel, lowest, plainWord, properName, type Reading } from './read-label.ts';
import { CARE_WORDS, COLORS, COMMON_WORDS, COUNTRIES, DEPARTMENTS, FIBRES } from './vocabulary.ts';

export interface BrandRequest {
  readonly texts: readonly PhotoText[];
  /** Photos with a product code on them: boxes and hang tags. */
  readonly coded: ReadonlySet<number>;
  readonly nameWords: readonly string[];
  readonly type: ItemType | undefined;
}

const SURE = 0.85;
/** A box says more than a print does. */
const BOX_LINES = 4;

/**
 * The maker's name: a known brand that stands on a label or box, or an unknown name that the same item shows
 * twice in a maker's place. A print, a title or one lucky reading is none; neither is the folder's name alone.
 */
export function readBrand(request: BrandRequest): Reading {
  const known = knownBrands(request);
  const names = new Set(known.map(({ value }) => value));
  if (names.size > 1) return { why: `The photos show more than one brand: ${[...names].slice(0, 3).join(' and ')}.` };
  if (names.size === 1) return agreed(known, 'brand', '');
  const unknown = unknownName(request);
  if (unknown) return unknown;
  const named = request.nameWords.map((word) => BRANDS.get(brandKey(word))).find((brand) => brand && !brand.plain);
  if (named) return { why: `The folder name says ${named.name}, but no label or box was read that shows it.` };
  return { why: 'No brand was read with certainty on a label or box.' };
}

/** Company lines, compatibility and small print name others than the maker of this thing. */
const NOT_THE_MAKER =
  /\b(?:for|with|compatible|works|fits|by|from|inc|ltd|gmbh|llc|corp|distributed|imported|importer|trademarks?|registered|licensed|www|com)\b|[@©]/i;

function knownBrands({
  texts,
  coded,
  nameWords,
}: BrandRequest): readonly { value: string; confidence: number; photo: number; text: string }[] {
  const folder = brandKey(nameWords.join(''));
  return texts.flatMap((text) => {
    const { photo, lines } = text;
    const placed = isLabel(text) || isBox(text, coded);
    return lines.flatMap((line) => {
      if (NOT_THE_MAKER.test(line.text)) return [];
      for (let length = Math.min(4, line.words.length); length > 0; length -= 1) {
        const words = line.words.slice(0, length);
        const key = brandKey(words.map((word) => word.text).join(''));
        const brand = BRANDS.get(key);
        const confidence = Math.min(...words.map((word) => word.confidence));
        if (!brand || key.length < 2 || confidence < SURE) continue;
        // Short and ordinary words must stand alone: GAP in "mind the gap" is no maker.
        if ((brand.plain || key.length < 4) && line.words.length !== length) return [];
        if (!placed && !(key.length >= 4 && folder.includes(key))) return [];
        return [{ value: brand.name, confidence, photo, text: line.text }];
      }
      return [];
    });
  });
}

const isBox = ({ photo, lines }: PhotoText, coded: ReadonlySet<number>): boolean =>
  coded.has(photo) || lines.filter((line) => lowest(line) >= 0.8 && line.text.replace(/[^\p{L}]/gu, '').length >= 4).length >= BOX_LINES;

interface Place {
  readonly photo: number;
  readonly line: TextLine;
  readonly key: string;
  readonly prominent: boolean;
  /** Directly above the size or composition of a label. */
  readonly onLabel: boolean;
}

/** Titles of books, films and games stand where a maker's name would. */
const TITLED = new Set(['media']);

function unknownName({ texts, coded, nameWords, type }: BrandRequest): Reading | undefined {
  if (type && TITLED.has(type.kind)) return undefined;
  const places = texts.flatMap((text) => placesOn(text));
  const boxes = new Set(texts.filter((text) => isLabel(text) || isBox(text, coded)).map(({ photo }) => photo));
  const folder = brandKey(nameWords.join(''));
  const proven = new Map<string, readonly Place[]>();
  for (const { key } of places) {
    const same = places.filter((place) => place.key === key);
    const elsewhere = new Set(same.map(({ photo }) => photo)).size > 1;
    const prominent = new Set(same.filter((place) => place.prominent).map(({ photo }) => photo));
    const twice = prominent.size > 1 && [...prominent].some((photo) => boxes.has(photo)) && type !== undefined;
    const labelled = same.some(({ onLabel }) => onLabel) && (elsewhere || (key.length >= 4 && folder.includes(key)));
    if (twice || labelled) proven.set(key, same);
  }
  if (proven.size > 1) return { why: 'The photos show more than one name that could be the brand.' };
  const [same] = proven.values();
  if (!same) return undefined;
  return agreed(
    same.map(({ photo, line }) => ({ value: properName(line.text), confidence: lowest(line), photo, text: line.text })),
    'brand',
    '',
  );
}

function placesOn(text: PhotoText): readonly Place[] {
  const { photo, lines } = text;
  const tallest = Math.max(
    0,
    ...lines.filter((line) => lowest(line) >= 0.8 && plainWord(line.text).length >= 3).map(({ height }) => height),
  );
  const label = isLabel(text);
  const firstFact = lines.findIndex(({ text: line }) => /\bsize\b|%/i.test(line));
  return lines.map(withoutStrays).flatMap((line, at) => {
    if (!couldBeName(line)) return [];
    // Heights of words vary with their letters; four fifths of the tallest is as tall.
    const prominent = line.height >= tallest * 0.8;
    const onLabel =
      label &&
      firstFact > at &&
      lines.slice(at + 1, firstFact).every((between) => !couldBeName(between) || between.height < line.height * 0.6) &&
      line.height >= tallest * 0.6;
    return [{ photo, line, key: brandKey(line.text), prominent, onLabel }];
  });
}

/** A seam or an edge beside a name is read as a letter: doubtful single signs at the ends are no part of it. */
function withoutStrays(line: TextLine): TextLine {
  const isStray = ({ text, confidence }: TextLine['words'][number]): boolean => text.length === 1 && confidence < SURE;
  const first = line.words.findIndex((word) => !isStray(word));
  const last = line.words.findLastIndex((word) => !isStray(word));
  if (first < 0 || (first === 0 && last === line.words.length - 1)) return line;
  const words = line.words.slice(first, last + 1);
  return { ...line, words, text: words.map(({ text }) => text).join(' ') };
}

/** One to three clean words that are not what labels and boxes say anyway. */
function couldBeName(line: TextLine): boolean {
  const { words } = line;
  if (words.length > 3 || lowest(line) < SURE || NOT_THE_MAKER.test(line.text)) return false;
  if (!words.every(({ text }) => /^\p{L}[\p{L}'&.-]+$/u.test(text)) || brandKey(line.text).length < 4) return false;
  return !words.some(({ text }) => isOrdinary(plainWord(text)));
}

const isOrdinary = (word: string): boolean =>
  CARE_WORDS.has(word) || COMMON_WORDS.has(word) || FIBRES.has(word) || COLORS.has(word) || DEPARTMENTS.has(word) || COUNTRIES.has(word);
