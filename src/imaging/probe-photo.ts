import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { ErrorCode, Reason } from '../core/errors.ts';
import type { ImageKind, Photo, PhotoHash } from '../core/item.ts';
import { isTiffKind, lookIntoRawFile } from './camera-raw/raw-preview.ts';
import { loadSharp } from './load-sharp.ts';
import { openableFile } from './openable-file.ts';
import { refusedByName } from './refused-by-name.ts';
import { NO_PREVIEW, SNIFF_BYTES, sniffContent } from './sniff-content.ts';
import { takenAtOf } from './taken-at.ts';

export interface ProbeLimits {
  readonly maxPixels: number;
  readonly maxFileBytes: number;
}

export type Probe = { readonly photo: Photo } | { readonly refused: Reason };

/**
 * What a file is and whether it can be a photo of an item: content, hash, size, time; no pixel is decoded.
 * Never throws for what may be wrong with a file: that is a refusal. May be repeated at will.
 */
export async function probePhoto(path: string, limits: ProbeLimits): Promise<Probe> {
  const byName = refusedByName(basename(path));
  if (byName) return { refused: byName };
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    return await probeOpen(path, file, limits);
  } catch (error) {
    return { refused: unreadable(error) };
  } finally {
    await file?.close().catch(() => undefined);
  }
}

async function probeOpen(path: string, file: FileHandle, limits: ProbeLimits): Promise<Probe> {
  const { size } = await file.stat();
  const head = Buffer.alloc(SNIFF_BYTES);
  const { bytesRead } = await file.read(head, 0, SNIFF_BYTES, 0);
  const sniffed = sniffContent(head.subarray(0, bytesRead), extname(path).toLowerCase());
  if ('refused' in sniffed) return sniffed;
  if (size > limits.maxFileBytes) {
    return refuse(
      'photo.too-large',
      `The file has ${megabytes(size)}; the limit is ${megabytes(limits.maxFileBytes)}.`,
      'Export it smaller, or raise photos.maxFileBytes in the configuration.',
    );
  }
  const header = isTiffKind(sniffed.kind) ? await readTiff(path, file, sniffed.kind) : await readHeader(path, sniffed.kind);
  if ('refused' in header) return header;
  const { kind, width, height, takenAt } = header;
  if (tooManyPixels(width, height, limits)) return { refused: pixelRefusal(width, height, limits) };
  const { sha256, bytes } = await hashOf(file);
  if (bytes !== size)
    return refuse('photo.unreadable-file', 'The file changed while it was read.', 'Run again once it is copied completely.');
  return { photo: { sha256, path, bytes, kind, width, height, ...(takenAt ? { takenAt } : {}) } };
}

interface Header {
  /** What is inside: brands of AVIF and HEIC files may name the other (both are HEIF), their codec cannot. */
  readonly kind: ImageKind;
  readonly width: number;
  readonly height: number;
  readonly takenAt: string | undefined;
}

/** A camera raw file is a TIFF container: what is used of it is the picture that the camera put into it. */
async function readTiff(path: string, file: FileHandle, kind: 'tiff' | 'raw'): Promise<Header | { readonly refused: Reason }> {
  const { isRaw, preview } = await lookIntoRawFile(file);
  if (!isRaw && kind === 'tiff') return readHeader(path, kind);
  if (!preview) return NO_PREVIEW;
  return { kind: 'raw', width: preview.width, height: preview.height, takenAt: await takenAtOf(path, 'raw', undefined) };
}

/** Sizes come from the header alone, so that a claim of billions of pixels costs nothing. */
async function readHeader(path: string, kind: ImageKind): Promise<Header | { readonly refused: Reason }> {
  const sharp = await loadSharp();
  try {
    const metadata = await sharp(await openableFile(path), { limitInputPixels: false, failOn: 'none' }).metadata();
    const { width, height } = metadata.autoOrient;
    const { isProgressive, channels = 0, depth } = metadata;
    if (kind === 'png' && isProgressive && width * height * channels * (depth === 'ushort' ? 2 : 1) > INTERLACED_BYTES) {
      return refuse(
        'photo.too-many-pixels',
        `The picture has ${width} x ${height} pixels and is interlaced: all of them would have to be held in memory at once.`,
        'Export it smaller, as JPEG, or without interlacing.',
      );
    }
    const inside = kind === 'heic' || kind === 'avif' ? (metadata.compression === 'hevc' ? 'heic' : 'avif') : kind;
    return { kind: inside, width, height, takenAt: await takenAtOf(path, kind, metadata.exif) };
  } catch {
    return refuse(
      'photo.damaged',
      `The file begins like a ${kind.toUpperCase()} picture, but its header is damaged or cut off.`,
      'Copy it again from the camera or phone, or export it anew.',
    );
  }
}

/**
 * An interlaced PNG cannot be decoded in strips, and a flat one is small on disk whatever it claims. So much is 220 megapixels with
 * transparency; with 16 bits for each colour it would be twice that, two gigabytes measured.
 */
const INTERLACED_BYTES = 900_000_000;

const tooManyPixels = (width: number, height: number, { maxPixels }: ProbeLimits): boolean => width * height > maxPixels;

function pixelRefusal(width: number, height: number, { maxPixels }: ProbeLimits): Reason {
  return {
    code: 'photo.too-many-pixels',
    message: `The picture claims ${width} x ${height} pixels; the limit is ${Math.round(maxPixels / 1e6)} megapixels.`,
    hint: 'Export it smaller, or raise photos.maxPixels in the configuration.',
  };
}

/** Limits may have been lowered since a file was probed; the memory of it is judged again by today's. */
export function refusedByLimits(photo: Photo, limits: ProbeLimits): Reason | undefined {
  return tooManyPixels(photo.width, photo.height, limits) ? pixelRefusal(photo.width, photo.height, limits) : undefined;
}

const CHUNK_BYTES = 1 << 20;

/** SHA-256 in flat memory, whatever the size of the file. */
async function hashOf(file: FileHandle): Promise<{ sha256: PhotoHash; bytes: number }> {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, bytes);
    if (bytesRead === 0) return { sha256: hash.digest('hex') as PhotoHash, bytes };
    hash.update(chunk.subarray(0, bytesRead));
    bytes += bytesRead;
  }
}

function unreadable(error: unknown): Reason {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) throw error;
  const why = code === 'EACCES' || code === 'EPERM' ? 'no permission' : code === 'ENOENT' ? 'it is gone' : code;
  return { code: 'photo.unreadable-file', message: `The file cannot be read (${why}).`, hint: 'Allow reading it, or copy it anew.' };
}

function refuse(code: ErrorCode, message: string, hint: string): { readonly refused: Reason } {
  return { refused: { code, message, hint } };
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;
