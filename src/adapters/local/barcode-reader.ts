import { isEasyflipError } from '../../core/errors.ts';
import type { Barcode, BarcodeReader, PhotoView } from '../../core/ports/analysis.ts';
import { type CropBox, type Grey, greenPicture, type ReadPixels } from '../../imaging/read-pixels.ts';
import { type BarRegion, barGrid, findBarRegions, hasContrast } from './bar-regions.ts';
import { type RawCode, scanForCodes } from './barcode-engine.ts';
import { readFaintCode } from './faint-code.ts';
import { productCodeOf } from './product-code.ts';

/** Wide enough for a code a tenth of the picture wide; more pixels cost time and found no more codes. */
const LONG_SIDE = 2400;
/** Looks at bar regions: on striped cloth there may be many, and a code is among the strongest. */
const MAX_REGIONS = 2;
/** The same for codes that scan lines cannot read: blur and shine leave a quarter of the contrast. */
const FAINT_REGIONS = 3;
const FAINT_ENERGY = 60;

/**
 * Reads product codes and serial codes from pixels alone. A value counts only when enough scan lines agree
 * (zxing reports check-digit-valid nonsense with one or two), and two different product codes of the same
 * kind that compete for one reading both fall.
 * May be repeated. Errors: `photo.damaged`; the signal's reason when aborted.
 */
export function createBarcodeReader(): BarcodeReader {
  return {
    async readBarcodes(photos, { signal }) {
      const found: Barcode[] = [];
      for (const photo of photos) {
        signal.throwIfAborted();
        found.push(...(await readPhoto(photo, signal)));
      }
      return found;
    },
  };
}

async function readPhoto(photo: PhotoView, signal: AbortSignal): Promise<readonly Barcode[]> {
  const passes: (readonly RawCode[])[] = [];
  const scan = async (picture: Grey): Promise<Grey> => {
    signal.throwIfAborted();
    passes.push(await scanForCodes(picture, signal));
    return picture;
  };
  const look = async (options: Omit<ReadPixels, 'signal'>): Promise<Grey> => scan(await pixelsOf(photo, { ...options, signal }));

  const prepared = await greenPicture(photo.picturePath, { longSide: LONG_SIDE, signal });
  let grid = barGrid(prepared);
  if (!hasContrast(grid, FAINT_ENERGY)) return [];
  await scan(prepared);
  if (settled(passes)) return accepted(photo.number, passes);
  // Without anything like bars the original, whose decoding takes longer than all this, is not opened again.
  if (findBarRegions(grid, 1, FAINT_ENERGY).length === 0 && passes.flat().length === 0) return [];
  if (photo.originalPath !== photo.picturePath) grid = barGrid(await look({ longSide: LONG_SIDE }));
  if (settled(passes)) return accepted(photo.number, passes);
  for (const { angle, ...crop } of findBarRegions(grid, MAX_REGIONS)) {
    await look({ longSide: 1400, crop, enlarge: 3, ...(Math.abs(angle) > 3 ? { rotate: -angle } : {}) });
    if (settled(passes)) break;
  }
  // A candidate that is still weak gets one more look at another scale; without any there is nothing to confirm.
  if (!settled(passes) && passes.some((codes) => codes.some(({ lines }) => lines > 1))) await look({ longSide: 1600, enlarge: 3 });
  for (const region of settled(passes) ? [] : findBarRegions(grid, FAINT_REGIONS, FAINT_ENERGY)) {
    signal.throwIfAborted();
    const code = readFaintCode(await pixelsOf(photo, { longSide: 600, crop: widened(region), enlarge: 6, rotate: -region.angle, signal }));
    if (code) passes.push([code]);
    if (code) break;
  }
  return accepted(photo.number, passes);
}

/** The outermost bars of a blurred code are too pale to belong to its region. */
function widened({ left, top, width, height }: BarRegion): CropBox {
  const from = Math.max(0, left - width * 0.15);
  return { left: from, top, width: Math.min(1, left + width * 1.15) - from, height };
}

/** Where the original is gone or damaged, the prepared picture has the same content with fewer pixels. */
async function pixelsOf(photo: PhotoView, options: ReadPixels): Promise<Grey> {
  try {
    return await greenPicture(photo.originalPath, options);
  } catch (error) {
    if (!isEasyflipError(error) || photo.picturePath === photo.originalPath) throw error;
    return greenPicture(photo.picturePath, options);
  }
}

interface Candidate {
  readonly code: RawCode;
  /** Agreeing scan lines of its best pass. */
  readonly best: number;
  /** Passes with at least `FEW_LINES` of them. */
  readonly passes: number;
}

/** In one pass; measured: wrong readings had at most 4 agreeing lines, right ones mostly dozens. */
const ENOUGH_LINES = 8;
const FEW_LINES = 4;
/** Short codes carry less redundancy, and pieces of long codes pass for them. */
const ENOUGH_LINES_SHORT = 12;

const settled = (passes: readonly (readonly RawCode[])[]): boolean => strong(passes).length > 0;

function accepted(photo: number, passes: readonly (readonly RawCode[])[]): readonly Barcode[] {
  const codes = strong(passes);
  const long = codes.filter(({ code }) => code.format === 'EAN13' || code.format === 'UPCA');
  return codes
    .filter(({ code }) => !(isShort(code.format) && long.length > 0))
    .filter(({ code, best }) => !codes.some((other) => contradicts(code, other.code) && other.best * 4 > best))
    .map(({ code }) => barcodeOf(photo, code));
}

function strong(passes: readonly (readonly RawCode[])[]): readonly Candidate[] {
  const candidates = new Map<string, Candidate>();
  for (const codes of passes) {
    for (const code of codes) {
      const key = `${code.format} ${code.text}`;
      const before = candidates.get(key);
      candidates.set(key, {
        code,
        best: Math.max(before?.best ?? 0, code.lines),
        passes: (before?.passes ?? 0) + (code.lines >= FEW_LINES ? 1 : 0),
      });
    }
  }
  return [...candidates.values()].filter(isStrong);
}

function isStrong({ code, best, passes }: Candidate): boolean {
  if (code.format === 'QRCode') return true;
  if (isShort(code.format)) return best >= ENOUGH_LINES_SHORT;
  return best >= ENOUGH_LINES || passes >= 2;
}

const isShort = (format: string): boolean => format === 'EAN8' || format === 'UPCE';

/** Readings of one code that differ in few digits are one code, misread at least once. */
function contradicts(a: RawCode, b: RawCode): boolean {
  if (a === b || a.format !== b.format || a.text.length !== b.text.length) return false;
  const same = [...a.text].filter((sign, at) => sign === b.text[at]).length;
  return same >= a.text.length / 2;
}

function barcodeOf(photo: number, { format, text, printed }: RawCode): Barcode {
  if (format === 'QRCode') return { photo, format: 'QR', text };
  if (format === 'Code128') return { photo, format: 'Code 128', text };
  const gtin14 = productCodeOf(text)?.gtin14;
  const product = gtin14 === undefined ? {} : { gtin14 };
  if (format === 'EAN8') return { photo, format: 'EAN-8', text, ...product };
  if (format === 'UPCE') return { photo, format: 'UPC-E', text: printed ?? text.slice(-12), ...product };
  // zxing gives UPC-A as EAN-13 with a leading zero.
  if (text.length === 12 || text.startsWith('0')) return { photo, format: 'UPC-A', text: text.slice(-12), ...product };
  return { photo, format: 'EAN-13', text, ...product };
}
