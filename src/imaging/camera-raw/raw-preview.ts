import { type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ImageKind } from '../../core/item.ts';
import { loadSharp } from '../load-sharp.ts';
import { jpegSize, jpegTurned } from './jpeg-parts.ts';
import { isRawEnding } from './raw-name.ts';
import { type TiffDirectory, tiffDirectories } from './tiff-directories.ts';

/** The picture that the camera put into its raw file. */
export interface RawPreview {
  /** JPEG with all its pixels, with the orientation that the raw file tells and no other metadata of it. */
  readonly jpeg: Buffer;
  /** Pixels after orientation has been applied. */
  readonly width: number;
  readonly height: number;
}

export interface RawLook {
  /** Told by content: pixels of a sensor, or a DNG. */
  readonly isRaw: boolean;
  /** The largest picture in it; absent where there is none of at least 500 pixels. */
  readonly preview?: RawPreview;
}

/** Bytes from a place of the file, fewer at its end. */
type Read = (start: number, length: number) => Promise<Buffer>;

/** What eBay asks for on the longest side: less is a stamp for lists. */
const LEAST_LONG_SIDE = 500;
/** Cameras and converters write directories first; what lies further back is not followed. */
const HEAD_BYTES = 4 * 1024 * 1024;
/** No camera's preview is larger. */
const PREVIEW_MAX_BYTES = 64 * 1024 * 1024;
const TRIES = 8;

/**
 * Looks into a file that begins as TIFF (CR2, NEF, ARW, DNG, PEF and others are TIFF containers). Whatever is broken in it is
 * as if it were not there. Errors: those of `read`.
 */
async function lookIntoRaw(read: Read): Promise<RawLook> {
  const head = await read(0, HEAD_BYTES);
  const directories = await tiffDirectories(head);
  const isRaw = isCanon(head) || directories.some(isOfSensor);
  let best: { readonly jpeg: Buffer; readonly size: NonNullable<ReturnType<typeof jpegSize>> } | undefined;
  for (const { start, length } of candidates(directories)) {
    const jpeg = await read(start, length);
    const size = jpegSize(jpeg);
    if (size && Math.max(size.width, size.height) >= LEAST_LONG_SIDE && size.width * size.height > areaOf(best?.size))
      best = { jpeg, size };
  }
  if (!best) return { isRaw };
  const { orientation = 0 } = directories[0] ?? {};
  // Without a word of the raw file, what the preview says of itself stands.
  const jpeg = orientation >= 1 && orientation <= 8 ? jpegTurned(best.jpeg, orientation) : best.jpeg;
  const sharp = await loadSharp();
  const header = await sharp(jpeg, { failOn: 'none', limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  return header ? { isRaw, preview: { jpeg, width: header.autoOrient.width, height: header.autoOrient.height } } : { isRaw };
}

/** The same for a file on disk; only its beginning and its pictures are read. Errors: those of the file system. */
export const lookIntoRawFile = (file: FileHandle): Promise<RawLook> =>
  lookIntoRaw(async (start, length) => {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - start)));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
    return bytes.subarray(0, bytesRead);
  });

/** The preview of a raw file in memory; undefined where there is none. */
export async function rawPreview(bytes: Buffer): Promise<RawPreview | undefined> {
  return (await lookIntoRaw(async (start, length) => bytes.subarray(start, start + length))).preview;
}

/** The preview of what lies under a path if that is a camera raw file; undefined for every other file. Errors: those of the file system. */
export async function rawPreviewAt(path: string): Promise<Buffer | undefined> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(12), 0, 12, 0);
    if (!isTiff(buffer.subarray(0, bytesRead))) return undefined;
    const { isRaw, preview } = await lookIntoRawFile(file);
    return isRaw || isRawEnding(extname(path).toLowerCase()) ? preview?.jpeg : undefined;
  } finally {
    await file.close();
  }
}

/** Kinds that begin as a TIFF container. */
export const isTiffKind = (kind: ImageKind): kind is 'tiff' | 'raw' => kind === 'tiff' || kind === 'raw';

const isTiff = (head: Buffer): boolean => ['49492a00', '4d4d002a'].includes(head.toString('hex', 0, 4));
const isCanon = (head: Buffer): boolean => head.toString('latin1', 8, 10) === 'CR';

/** Colour filter array, and linear values of a sensor (TIFF/EP; DNG). */
const SENSOR_COLOURS: ReadonlySet<number> = new Set([32_803, 34_892]);
/** Of Sony, Nikon, Samsung and Pentax, for nothing else. */
const SENSOR_CODES: ReadonlySet<number> = new Set([32_767, 34_713, 32_770, 65_535]);
const isOfSensor = ({ compression, colours, isDng }: TiffDirectory): boolean =>
  isDng || SENSOR_COLOURS.has(colours ?? 0) || SENSOR_CODES.has(compression ?? 0);

function candidates(directories: readonly TiffDirectory[]): TiffDirectory['pieces'] {
  return directories
    .filter(({ colours }) => !SENSOR_COLOURS.has(colours ?? 0))
    .flatMap(({ pieces }) => pieces)
    .filter(({ length }) => length <= PREVIEW_MAX_BYTES)
    .sort((a, b) => b.length - a.length)
    .slice(0, TRIES);
}

const areaOf = (size: { readonly width: number; readonly height: number } | undefined): number => (size ? size.width * size.height : 0);
