import { basename } from 'node:path';
import { stemOf } from './natural-order.ts';

export interface Counter {
  readonly value: number;
  /** As written: `007`. */
  readonly digits: string;
  /** Written to the last word: `mug2`. */
  readonly attached: boolean;
  /** In parentheses, as programs count what has one name. */
  readonly inParentheses: boolean;
}

/** What a file or folder name tells of its item. */
export interface NameParts {
  /** Lower-case words of the item itself: no counters, ids, camera names or view words. */
  readonly words: readonly string[];
  /** The last number of the name, when it may be a counter (`mug_2`, `mug2`, `mug (2)`). */
  readonly counter?: Counter;
  /** A view word follows the number (`mug2_front`): it counts items, not shots. */
  readonly countsItems: boolean;
  readonly view: 'cover' | 'detail' | 'other' | undefined;
  /** A storage place that begins the name: `A01-7`. */
  readonly bin?: string;
}

/** Pure; works on NFC, since macOS hands out names in NFD. */
export function nameParts(name: string): NameParts {
  let rest = name.normalize('NFC').trim();
  const bin = /^([A-Za-z]{1,3}\d{1,3}-\d{1,4})(?![\p{L}\d])/u.exec(rest)?.[1]?.toUpperCase();
  if (bin) rest = rest.slice(bin.length);
  rest = rest.toLowerCase().replace(UUID, ' ').replace(COPY_MARK, '');
  const inParentheses = /\((\d{1,4})\)\s*$/.exec(rest)?.[1];
  const tokens = rest.split(SEPARATORS).filter((token) => token !== '');
  const { tokens: plain, view } = withoutViewWords(withoutCameraNames(tokens));
  const countsItems = view !== undefined && /\d$/.test(plain.at(-1) ?? '') && plain.some((token) => /\p{L}/u.test(token));
  const { words, counter } = splitCounter(plain, inParentheses !== undefined);
  return { words, countsItems, view, ...(counter && words.length > 0 ? { counter } : {}), ...(bin ? { bin } : {}) };
}

/** A name that is a number and nothing else but perhaps a counter or a view behind it: `10432_2`, `10432 (2)`, `10432-back`. */
export interface NumberName {
  readonly number: string;
  readonly shot?: number;
  readonly view: NameParts['view'];
}

/** Absent where the name says more, and where the number is a date, a time or too short to name anything. Pure. */
export function numberName(name: string): NumberName | undefined {
  const rest = name.normalize('NFC').trim().toLowerCase().replace(COPY_MARK, '');
  const { tokens, view } = withoutViewWords(rest.split(SEPARATORS).filter((token) => token !== ''));
  const [number = '', shot, ...more] = tokens;
  if (!/^\d{4,14}$/.test(number) || MOMENT.test(number) || more.length > 0 || (shot !== undefined && !/^\d{1,3}$/.test(shot)))
    return undefined;
  return { number, view, ...(shot === undefined ? {} : { shot: Number(shot) }) };
}

/**
 * The words that an item's source (folder, or folder + `#` + name) tells of it. A folder called `1` tells
 * nothing, but `red-mug_1.jpg` in it does, when all its photos agree.
 */
export function nameWordsOf(source: string, photos: readonly { readonly path: string }[] = []): readonly string[] {
  const own = /^(.*)#([^#]*)$/.exec(basename(source));
  const part = own?.[2] ?? '';
  // Part of a pile, called by its first photo: the folder's name is that of the pile.
  if (/\.[a-z]{3,4}$/i.test(part)) return nameParts(stemOf(part)).words;
  const words = nameParts(part).words.length > 0 ? nameParts(part).words : nameParts(own?.[1] ?? basename(source)).words;
  if (words.length > 0) return words;
  const [first, ...others] = new Set(photos.map(({ path }) => nameParts(stemOf(path)).words.join(' ')));
  return first && others.length === 0 ? first.split(' ') : [];
}

const SEPARATORS = /[\s_\-.,()[\]#~+&]+/u;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const COPY_MARK = /[\s_-]+(copy|kopie|copie|copia|копия)(\s*\d+)?$/u;

/** Begin a camera's, phone's or messenger's name when a number follows; the short ones only before a long number. */
const CAMERA = 'img|imgp|dsc|dscf|dscn|dscg|pxl|mvimg|gopr|dji|pict|hpim|cimg|sam|kic|rimg|sdc|scan|image|photo|foto|pic';
const CAMERA_WORD = new RegExp(`^(${CAMERA}|mg)$`);
const CAMERA_NUMBER = new RegExp(`^((${CAMERA})\\d+|(p|mg|gx|gh)\\d{4,})$`);
const ALWAYS_CAMERA = /^(whatsapp|screenshot|bildschirmfoto|snapchat|mvimg|pxl|fb)$/;
/** What else stands in such names. */
const CAMERA_FILLER = /^(image|img|at|am|pm|wa\d+|e\d+|portrait|night|burst|hdr|mp|edited|bearbeitet|original|\d+)$/;
/** Timestamps, serial numbers and hashes. */
const ID = /^(\d{5,}|(?=.*\d)[0-9a-f]{8,}|\d{8}t\d{4,6}z?)$/;
/** Years, days (also `ddmmyyyy`, `yymmdd`), times behind them, and seconds or milliseconds since 1970. */
const MOMENT =
  /^((19|20)\d\d|(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d*|[0-3]\d[0-3]\d(19|20)\d\d|[0-3]\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])|1[4-9]\d{8}(\d{3})?)$/;
/** Name nothing when they stand alone. */
const DULL =
  /^(photos?|images?|pictures?|pics?|scans?|fotos?|bild|bilder|фото|untitled|unnamed|downloads?|files?|new|neu|items?|ebay|listings?|to|list|folder|ordner|camera|roll|dcim|resaved|resized)$/u;

function withoutCameraNames(tokens: readonly string[]): string[] {
  const begins = (token: string, at: number): boolean =>
    ALWAYS_CAMERA.test(token) || CAMERA_NUMBER.test(token) || (CAMERA_WORD.test(token) && /^(e|wa)?\d/.test(tokens[at + 1] ?? ''));
  const camera = tokens.some(begins);
  const kept = tokens.filter((token, at) => !ID.test(token) && !(camera && (begins(token, at) || CAMERA_FILLER.test(token))));
  // One letter, a bare number or "new photos" names nothing.
  const names = kept.some((token) => /\p{L}{2,}|\p{L}\d/u.test(token) && !DULL.test(token));
  return names ? kept : [];
}

const COVER = /^(front|cover|main|hero|pair|full|whole|vorne|vorderseite|titel|avant|devant|fronte|frente|спереди|перед)\d*$/u;
const DETAIL =
  /^(label|labels|tag|tags|hangtag|detail|details|closeup|close|macro|care|tongue|insole|etikett|étiquette|etiquette|etichetta|etiqueta|barcode|upc|serial|flaw|flaws|damage|stain|defect|бирка|этикетка|ярлык|деталь)\d*$/u;
const OTHER_VIEW =
  /^(back|rear|side|left|right|top|bottom|inside|sole|soles|hinten|rückseite|seite|dos|arrière|retro|сзади|сбоку|view)\d*$/u;

function withoutViewWords(tokens: readonly string[]): { tokens: string[]; view: NameParts['view'] } {
  const rest = [...tokens];
  let view: NameParts['view'];
  for (;;) {
    const numbered = /^\d{1,3}$/.test(rest.at(-1) ?? '') && viewOf(rest.at(-2)) !== undefined;
    const found = viewOf(numbered ? rest.at(-2) : rest.at(-1));
    if (!found) return { tokens: rest, view };
    rest.splice(numbered ? -2 : -1);
    view = found === 'other' ? (view ?? found) : found;
  }
}

function viewOf(token: string | undefined): NameParts['view'] {
  if (token === undefined) return undefined;
  if (COVER.test(token)) return 'cover';
  if (DETAIL.test(token)) return 'detail';
  return OTHER_VIEW.test(token) ? 'other' : undefined;
}

/** `mug_2` and `mug2` may be the second shot of a mug; `d90` and `ps4` are names (too few letters before the number). */
function splitCounter(tokens: readonly string[], inParentheses: boolean): { words: string[]; counter?: Counter } {
  const last = tokens.at(-1);
  if (last === undefined) return { words: [] };
  const before = tokens.slice(0, -1);
  if (/^\d{1,4}$/.test(last)) return { words: before, counter: { value: Number(last), digits: last, attached: false, inParentheses } };
  const [, word, digits] = /^(\p{L}{3,})(\d{1,3})$/u.exec(last) ?? [];
  if (!word || !digits) return { words: [...tokens] };
  return { words: [...before, word], counter: { value: Number(digits), digits, attached: true, inParentheses } };
}
