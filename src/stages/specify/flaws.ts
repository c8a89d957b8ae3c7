import type { Description } from '../../core/ports/index.ts';
import { saysNone } from '../../core/says-none.ts';
import type { SellerFacts } from '../../core/seller-facts.ts';
import { stem } from './title-words.ts';

/** A flaw that was seen and that the seller has not named. Photos by their numbers in the item. */
interface SeenFlaw {
  readonly what: string;
  readonly photos: readonly number[];
}

export interface Flaws {
  /** In the seller's words, all of them. */
  readonly said: readonly string[];
  /** What a model saw besides. */
  readonly seen: readonly SeenFlaw[];
  /** The seller has said that there are none. */
  readonly denied: boolean;
}

/** `No visible flaws` is no flaw; `no longer closes` is one. */
const NO_FLAW =
  /^(?:there are )?(?:no|none|nothing|without(?: any)?)\b\s*(?:(?:visible|obvious|apparent|noticeable|major|significant|other|any)\s*)*(?:(?:flaws?|defects?|damages?|issues?|wear|stains?|holes?|marks?|problems?)\s*(?:,|or|and)?\s*)*(?:(?:is |are )?(?:seen|visible|noted|found|detected|observed))?\.?$/i;

/**
 * What is wrong with the item: the seller's flaws, and those that a model saw and the seller did not name. A flaw is told
 * because somebody saw it; that none was seen is never told. Pure.
 */
export function flawsOf({ flaws }: Pick<SellerFacts, 'flaws'>, described: Pick<Description, 'flaws'>): Flaws {
  const said = (flaws ?? []).map(inOneLine).filter((one) => one !== '' && !saysNone(one) && !NO_FLAW.test(one));
  const seen = new Map<string, { what: string; photos: number[] }>();
  for (const { photo, what: told } of described.flaws ?? []) {
    const what = inOneLine(told).replace(/[.;,]+$/, '');
    if (what === '' || NO_FLAW.test(what) || said.some((one) => names(one, what))) continue;
    const key = [...wordsOf(what)].sort().join(' ');
    const known = seen.get(key);
    if (!known) seen.set(key, { what, photos: [photo] });
    else if (!known.photos.includes(photo)) known.photos.push(photo);
  }
  return { said, seen: [...seen.values()], denied: flaws !== undefined && said.length === 0 };
}

/** Flaws as buyers read them, the seller's own first. `placeOf`: where a photo stands in the listing, from 1. */
export function flawTexts({ said, seen, denied }: Flaws, placeOf: (photo: number) => number, language: string): readonly string[] {
  // The seller's word wins; that photos show something else is for the seller to settle (`condition.doubtful`).
  if (denied) return [];
  return [...said, ...seen.map((flaw) => seenText(flaw, placeOf, language))];
}

function seenText({ what, photos }: SeenFlaw, placeOf: (photo: number) => number, language: string): string {
  const places = photos.map(placeOf).sort((a, b) => a - b);
  const [last, rest] = [places.at(-1), places.slice(0, -1).join(', ')];
  const german = language.startsWith('de');
  const list = rest === '' ? `${last}` : `${rest} ${german ? 'und' : 'and'} ${last}`;
  if (german) return `${capitalised(what)} (zu sehen auf Foto ${list})`;
  return `${capitalised(what)} (seen in ${places.length > 1 ? 'photos' : 'photo'} ${list})`;
}

/** Every word that says something of the seen flaw stands in what the seller said. */
function names(said: string, seen: string): boolean {
  const there = wordsOf(said);
  return [...wordsOf(seen)].every((word) => there.has(word));
}

const EMPTY = new Set('a an the of on in at and with near to is are has slight slightly small some minor visible'.split(' '));

const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== '' && !EMPTY.has(word))
      .map(stem),
  );

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const capitalised = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
