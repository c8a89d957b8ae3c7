import { isEasyflipError } from '../../core/errors.ts';
import type { PhotoText, PhotoView, TextLine, TextReader } from '../../core/ports/analysis.ts';
import { lookForWriting } from '../../imaging/look-for-writing.ts';
import { type CropBox, type Grey, greenPicture, greyPicture, type Light, type ReadPixels } from '../../imaging/read-pixels.ts';
import { fillDoubts, groupLines, mergeReadings, type Reading, signsOf } from './group-lines.ts';
import { createOcrWorkers, type OcrWorkers, type PageMode } from './ocr-workers.ts';
import { cropAround, type PlacedWord, placeWords, withoutCutOff } from './text-frame.ts';
import { findRegions, isConfident, lonePercents, type TextRegion } from './text-regions.ts';
import { skewOf } from './text-skew.ts';

/** Measured on labels: fewer pixels lose small print, more give junk from cloth. */
const FIRST_LONG_SIDE = 1600;
const TURNED_LONG_SIDE = 1100;
/** Letters as large as a brand on a carton show at this size, in a tenth of a second. */
const GLANCE_LONG_SIDE = 500;
const WHOLE: CropBox = { left: 0, top: 0, width: 1, height: 1 };

export interface LocalTextReaderOptions {
  readonly ocrLanguage: string;
  readonly ocrWorkers: number;
}

/**
 * Reads labels, boxes and prints with tesseract on this machine; nothing leaves it. A photo that shows no writing costs a
 * glance: of real items that is every second one, and was half of all the time. Another costs one pass or two, up to
 * four more when it looks as if the writing lay on its side, two for each label that was found (at most two labels), one
 * more in even light where those find less than led to the label, and up to four small ones for single lines.
 * May be repeated. The signal is heard between passes. Errors: `photo.damaged`, `provider.unavailable`,
 * `config.invalid`.
 */
export function createTextReader({ ocrLanguage, ocrWorkers }: LocalTextReaderOptions): TextReader {
  const workers = createOcrWorkers(ocrLanguage, ocrWorkers);
  return {
    name: 'local',
    readText: (photos, { signal }) => Promise.all(photos.map((photo) => readPhoto(photo, workers, signal))),
    close: () => workers.close(),
  };
}

async function readPhoto(photo: PhotoView, workers: OcrWorkers, signal: AbortSignal): Promise<PhotoText> {
  if (!(await showsWriting(photo, workers, signal))) return { photo: photo.number, lines: [], unreadable: false, places: [] };
  const upright = await greyCut(photo, { longSide: FIRST_LONG_SIDE, enlarge: 3, signal });
  const aspect = upright.width / upright.height;

  const read = async (picture: Grey, mode: PageMode, crop: CropBox, rotate: number): Promise<Reading> => {
    signal.throwIfAborted();
    const words = await workers.recognise(picture, mode, signal);
    const { width, height } = picture;
    const seen = crop === WHOLE ? withoutCutOff(words, picture) : words;
    return { words: placeWords(seen, { crop, rotate, width, height }, aspect), rotate, trust: mode === 'uneven' ? 0.7 : 1 };
  };
  const turned = async (rotate: number, longSide: number): Promise<Reading> =>
    read(await greyCut(photo, { longSide, enlarge: 3, rotate, signal }), 'sparse', WHOLE, rotate);

  let first = await read(upright, 'sparse', WHOLE, 0);
  const passes = [first];
  const uneven = mayHideMore(first) ? await read(upright, 'uneven', WHOLE, 0) : undefined;
  if (uneven) passes.push(uneven);
  const readable = Math.max(readSigns(first), uneven ? readSigns(uneven) : 0);
  if (looksUnread(first) && readable < PLENTY_OF_SIGNS) {
    let best = { rotate: 0, signs: readable };
    for (const rotate of await turnsToTry(photo, signal)) {
      const signs = readSigns(await turned(rotate, TURNED_LONG_SIDE));
      if (signs > Math.max(ENOUGH_SIGNS, 1.5 * best.signs)) best = { rotate, signs };
      if (best.signs > PLENTY_OF_SIGNS) break;
    }
    if (best.rotate !== 0) {
      first = await turned(best.rotate, FIRST_LONG_SIDE);
      passes.splice(0, passes.length, first);
    }
  }

  const evens: Reading[] = [];
  for (const region of findRegions(passes.flatMap(({ words }) => words)).slice(0, MAX_LABELS)) {
    if (region.signs < LABEL_SIGNS) break;
    const crop = cropAround(region.words, region.letterHeight * LABEL_MARGIN, aspect);
    const rotate = first.rotate - (await skewAround(photo, region, first.rotate, aspect, signal));
    const cut = { longSide: longSideFor(crop, region.letterHeight, aspect), enlarge: 4, crop, rotate, signal };
    const picture = await greyCut(photo, cut);
    passes.push(await read(picture, 'sparse', crop, rotate), await read(picture, 'block', crop, rotate));
    if (sureSigns(mergeReadings(passes.slice(-2))) < region.signs * HALF_READ)
      evens.push(await read(await greyCut(photo, cut, 'even'), 'sparse', crop, rotate));
  }
  const words = mergeReadings(passes);
  for (const strip of lonePercents(words).slice(0, MAX_STRIPS)) {
    const crop = cropAround([strip], strip.height * 0.3, aspect);
    const longSide = longSideFor(crop, strip.height, aspect);
    const picture = await greyCut(photo, { longSide, enlarge: 4, crop, rotate: strip.rotate, signal });
    passes.push(await read(picture, 'block', crop, strip.rotate));
  }
  return textOf(photo.number, passes, evens, aspect);
}

async function showsWriting(photo: PhotoView, workers: OcrWorkers, signal: AbortSignal): Promise<boolean> {
  const writing = await lookForWriting(photo.picturePath, signal);
  if (writing !== 'perhaps') return writing === 'likely';
  // Unstretched: the contrast of smooth cloth is not worth a look.
  const glance = await greyPicture(photo.picturePath, { longSide: GLANCE_LONG_SIDE, signal });
  return (await workers.recognise(glance, 'sparse', signal)).some(isSure);
}

const MAX_LABELS = 2;
/** Of the letters that led to a label. Where both looks at it find fewer, one threshold does not suit its light and shade. */
const HALF_READ = 0.5;
const sureSigns = (words: readonly PlacedWord[]): number => words.filter(isConfident).reduce((sum, { text }) => sum + signsOf(text), 0);
/** Lines of print are a few pixels high here, which is enough to see how they lie. */
const SKEW_LONG_SIDE = 480;
/** Fewer letters are a print or cloth: nothing small to read around them. */
const LABEL_SIGNS = 8;
/** In letter heights: the brand and the size stand apart from the small print. */
const LABEL_MARGIN = 6;
/** Tesseract reads letters of 30 to 35 pixels best. */
const LETTER_PIXELS = 32;

function longSideFor(crop: CropBox, letterHeight: number, aspect: number): number {
  const longSide = Math.max(crop.width * Math.min(1, aspect), crop.height * Math.min(1, 1 / aspect));
  return Math.round(Math.min(2400, Math.max(500, (longSide * LETTER_PIXELS) / letterHeight)));
}

/** Below this tesseract reads a tilted line by itself. */
const STEEP = 4;
/** Stripes of cloth gain a little by turning, a label much. */
const STEEP_GAIN = 2;

/** Ways the photo may have been held, mended by the tilt that the whole picture shows; most likely first. */
async function turnsToTry(photo: PhotoView, signal: AbortSignal): Promise<readonly number[]> {
  const tiltAt = async (rotate: number): Promise<number> => {
    const { angle, gain } = skewOf(await greenPicture(photo.picturePath, { longSide: SKEW_LONG_SIDE, enlarge: 2, rotate, signal }));
    return Math.abs(angle) >= STEEP && gain >= STEEP_GAIN ? angle : 0;
  };
  const level = await tiltAt(0);
  const onSide = await tiltAt(90);
  return [...(level === 0 ? [] : [-level]), 90 - onSide, 270 - onSide, 180 - level];
}

/**
 * Close around the words the cloth cannot mislead; further out there are more lines to go by. The cut in which
 * turning helps most is the one that shows them.
 */
async function skewAround(photo: PhotoView, region: TextRegion, rotate: number, aspect: number, signal: AbortSignal): Promise<number> {
  const skews = [];
  for (const margin of [1, LABEL_MARGIN]) {
    const crop = cropAround(region.words, region.letterHeight * margin, aspect);
    skews.push(skewOf(await greenPicture(photo.picturePath, { longSide: SKEW_LONG_SIDE, enlarge: 2, crop, rotate, signal })));
  }
  return skews.reduce((a, b) => (b.gain > a.gain ? b : a)).angle;
}

const MAX_STRIPS = 4;

const ENOUGH_SIGNS = 12;
const PLENTY_OF_SIGNS = 40;
/** So many bits of would-be writing are a sign of some that lies on its side; still more are the weave of cloth. */
const UNREAD_WORDS = 5;
const HARDLY_ANY = 0.13;
const CLOTH_WORDS = 90;
const FEW_WORDS = 40;

/** Letters in words that are long and sure enough not to be cloth, nor writing that stands on its head. */
const readSigns = ({ words }: Reading): number =>
  words.filter(({ text, confidence }) => confidence >= 0.85 && signsOf(text) >= 3).reduce((sum, { text }) => sum + signsOf(text), 0);

/** Some writing, or few bits of it: a second look with another threshold costs little. Cloth without a word in it gets none. */
function mayHideMore(pass: Reading): boolean {
  const count = pass.words.filter(({ text }) => signsOf(text) > 0).length;
  return count > 0 && readSigns(pass) < PLENTY_OF_SIGNS && (readSigns(pass) > 0 || count <= FEW_WORDS);
}

function looksUnread(pass: Reading): boolean {
  const words = pass.words.filter(({ text }) => signsOf(text) > 0);
  // Nothing that stands on its head or lies on its side reads as one long, sure word; WASH and WITH do as HSYM and HLIM.
  const upright = words.some(({ text, confidence }) => confidence >= 0.88 && signsOf(text) >= 6);
  const signs = words.reduce((sum, { text }) => sum + signsOf(text), 0);
  const few = readSigns(pass) < Math.max(ENOUGH_SIGNS, HARDLY_ANY * signs);
  return !upright && few && words.length >= UNREAD_WORDS && words.length <= CLOTH_WORDS;
}

/** Even light reads shaded tags and spoils large letters: it only fills what the plain passes leave open. */
const filled = (words: readonly PlacedWord[], evens: readonly Reading[]): readonly PlacedWord[] =>
  evens.reduce((known, { words: more }) => fillDoubts(known, more), words);

function textOf(photo: number, passes: readonly Reading[], evens: readonly Reading[], aspect: number): PhotoText {
  const words = filled(mergeReadings(passes), evens);
  // The passes over labels know the angle best.
  const rotate = passes.at(-1)?.rotate ?? 0;
  const label = findRegions(words)[0];
  const isRead = label !== undefined && label.signs >= LABEL_SIGNS;
  const lines = groupLines(words, rotate).filter((line) => isWriting(line, isRead ? label.letterHeight : undefined));
  return { photo, lines, unreadable: isUnreadable(words, passes[0]?.words ?? []), places: placesOf(passes, aspect) };
}

/** Doubtful words count too: where they crowd, a better reader finds writing. */
const isSuspected = ({ text, confidence }: PlacedWord): boolean => confidence >= 0.4 && signsOf(text) >= 3;
const SUSPECTED_SIGNS = 12;

function placesOf(passes: readonly Reading[], aspect: number): readonly CropBox[] {
  const regions = findRegions(mergeReadings(passes), isSuspected).filter(({ signs }) => signs >= SUSPECTED_SIGNS);
  return regions.slice(0, MAX_LABELS).map((region) => {
    const { left, top, width, height } = cropAround(region.words, region.letterHeight * 2, aspect);
    return { left: thousandths(left), top: thousandths(top), width: thousandths(width), height: thousandths(height) };
  });
}

const thousandths = (share: number): number => Math.round(share * 1000) / 1000;

const isSure = ({ text, confidence }: Pick<PlacedWord, 'text' | 'confidence'>): boolean => confidence >= 0.8 && signsOf(text) >= 3;

/** Without a label around it only a sure word counts; beside one, short words count too, but no specks. */
function isWriting({ words, height }: TextLine, letterHeight: number | undefined): boolean {
  if (letterHeight === undefined) return words.some(isSure);
  return (
    height > letterHeight * 0.45 && words.some(({ text, confidence }) => confidence >= 0.6 && (signsOf(text) >= 2 || confidence >= 0.85))
  );
}

/** Many doubtful words and hardly a sure one: a label too small, too blurred or too crumpled. */
function isUnreadable(read: readonly PlacedWord[], first: readonly PlacedWord[]): boolean {
  const long = (words: readonly PlacedWord[]): readonly PlacedWord[] => words.filter(({ text }) => signsOf(text) >= 3);
  return long(first.filter(({ confidence }) => confidence >= 0.4)).length >= 6 && long(read).filter(isConfident).length < 3;
}

/**
 * Words are read from the original alone: of the prepared picture the light and the edges are changed, for buyers' eyes, and a letter
 * of it was read wrong now and then, and surely. Where the original is gone or damaged the picture stands in.
 */
async function greyCut(photo: PhotoView, options: ReadPixels, light: Light = 'stretched'): Promise<Grey> {
  try {
    return await greyPicture(photo.originalPath, { ...options, light });
  } catch (error) {
    if (!isEasyflipError(error) || photo.originalPath === photo.picturePath) throw error;
    return greyPicture(photo.picturePath, { ...options, light });
  }
}
