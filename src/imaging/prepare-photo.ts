import { join } from 'node:path';
import type { Sharp } from 'sharp';
import { EasyflipError, type Reason } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import type { Photo, PhotoHash } from '../core/item.ts';
import type { RemovedKind } from '../core/removed-metadata.ts';
import type { Settings } from '../core/settings.ts';
import { sealedFor } from '../sealing/sealed-folders.ts';
import { decodeGate } from './decode-gate.ts';
import { decodePicture } from './decode-picture.ts';
import { dominantColors, type NamedColor } from './dominant-colors.ts';
import type { Change } from './enhance.ts';
import { greyOf } from './grey.ts';
import { improved, improvements, type Plan } from './improvements.ts';
import { loadSharp } from './load-sharp.ts';
import { pictureIssues } from './picture-issues.ts';
import { refusedByLimits } from './probe-photo.ts';
import { type Quality, qualityOf } from './quality.ts';
import type { Raw } from './raw.ts';
import { readOriginal } from './read-original.ts';
import { removedMetadata } from './removed-metadata.ts';
import { writeAtomically } from './write-atomically.ts';

interface PictureInfo {
  /** File name inside the picture folder. */
  readonly name: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** What `preparePhoto` made of one photo: plain JSON, the pictures themselves stay on disk. */
export interface PreparedPhoto {
  /** The original's hash. */
  readonly source: PhotoHash;
  /** What eBay gets. */
  readonly picture: PictureInfo & { readonly sha256: string };
  /** All of the photo, where codes and the places of writing are looked for: the same file, unless parts were cropped away. */
  readonly whole: PictureInfo;
  /** What the analysis sees: the whole photo in the colours it was taken in. */
  readonly model: PictureInfo;
  readonly thumbnail: PictureInfo;
  /** File name of a copy with all pixels, upright, where the original needs a way of its own (HEIC, camera raw). For label crops; never sent. */
  readonly full?: string;
  /** 64-bit difference hash of the turned picture, 16 hex digits; compare with `lookDistance`. */
  readonly look: string;
  /** Colours of the subject by eBay's names, largest share first (Multicolor, where it applies, before the colours it is made of). */
  readonly colors: readonly NamedColor[];
  readonly quality: Quality;
  /** What a person may want to know; nothing of it stops the item. */
  readonly warnings: readonly Reason[];
  /** What was done to the picture to make it look better. */
  readonly changes: readonly Change[];
  /** Kinds of metadata that the original has and the pictures have not. */
  readonly removed: readonly RemovedKind[];
}

/**
 * Makes of one original: the picture for eBay, the model's copy and a thumbnail, from one decode. All
 * are upright sRGB JPEG without any metadata, on white, named by their content and written atomically.
 * May be repeated: the same photo and settings give the same files. Decodes wait for their turn.
 * Errors: `photo.damaged` (no pixels can be had), `photo.changed` and `photo.unreadable-file` (the
 * original is not what was scanned), `photo.too-many-pixels`, `store.full`, `store.read-only`; the signal's reason when aborted.
 */
export async function preparePhoto(
  photo: Photo,
  folder: string,
  settings: Settings['photos'],
  signal: AbortSignal,
): Promise<PreparedPhoto> {
  const refused = refusedByLimits(photo, settings);
  if (refused) throw new EasyflipError(refused.code, refused.message, refused);
  // All of it behind the gate: what is decoded takes 6 MB until it is written. Late: photos of items that are being read go first,
  // so that items get to the model one after the other and not all at once.
  return decodeGate.run(photo.width * photo.height, signal, () => prepared(photo, folder, settings, signal), 'late');
}

async function prepared(photo: Photo, folder: string, settings: Settings['photos'], signal: AbortSignal): Promise<PreparedPhoto> {
  const original = await readOriginal(photo);
  const { raw, full, sharpened, warnings } = await decodePicture(original, photo, settings, signal);
  signal.throwIfAborted();
  const sharp = await loadSharp();
  const small = await sharp(raw.data, { raw: raw.info })
    .resize(inside(settings.thumbnailLongSide))
    .raw()
    .toBuffer({ resolveWithObject: true });
  // Of a raw file sharp sees a stamp at best; exifr reads its tags.
  const blocks = photo.kind === 'raw' ? {} : await sharp(original.bytes, { failOn: 'none' }).metadata();
  const removed = await removedMetadata(original.bytes, photo.kind, blocks);
  const quality = qualityOf(raw, small);
  const facts = {
    look: await differenceHash(small),
    colors: dominantColors(small),
    quality,
    warnings: [...warnings, ...pictureIssues({ photo, quality, small, removed })],
    removed,
  };
  const { width, height } = raw.info;
  const plan = improvements({ photo, picture: { width, height, sharpened }, small }, settings);
  // From here on the pixels are changed.
  const { picture, whole, model, thumbnail } = await encode(raw, small, plan, settings);
  signal.throwIfAborted();
  const keep = (use: string, encoded: Raw): Promise<Kept> => keepPicture(folder, `${photo.sha256.slice(0, 16)}-${use}`, encoded);
  const kept = await Promise.all([keep('picture', picture), keep('model', model), keep('thumbnail', thumbnail)]);
  const keptWhole = whole ? await keep('whole', whole) : kept[0];
  const fullCopy = full && (await keepFull(folder, photo, full));
  return {
    source: photo.sha256,
    picture: kept[0],
    whole: withoutHash(keptWhole),
    model: withoutHash(kept[1]),
    thumbnail: withoutHash(kept[2]),
    ...(fullCopy ? { full: fullCopy } : {}),
    ...facts,
    changes: plan.changes,
  };
}

interface Encoded {
  readonly picture: Raw;
  /** Where the picture is cropped. */
  readonly whole?: Raw;
  readonly model: Raw;
  readonly thumbnail: Raw;
}

/**
 * What buyers see is improved; what a model judges colours by is as the camera saw it.
 * Fitting the codes of JPEG to each picture would save a twentieth of the bytes and cost more time than all the rest of encoding.
 */
async function encode(raw: Raw, small: Raw, plan: Plan, settings: Settings['photos']): Promise<Encoded> {
  const sharp = await loadSharp();
  const asTaken = (): Sharp => sharp(raw.data, { raw: raw.info });
  const jpeg = (picture: Sharp, quality: number): Promise<Raw> =>
    picture.jpeg({ quality, optimiseCoding: false }).toBuffer({ resolveWithObject: true });
  const [model, whole] = await Promise.all([
    jpeg(asTaken().resize(inside(settings.modelLongSide)), MODEL_QUALITY),
    plan.crop && jpeg(asTaken(), settings.pictureQuality),
  ]);
  const [picture, thumbnail] = await Promise.all([
    jpeg(await improved(raw, plan), settings.pictureQuality),
    jpeg(await improved(small, plan), MODEL_QUALITY),
  ]);
  return { picture, ...(whole ? { whole } : {}), model, thumbnail };
}

type Kept = PreparedPhoto['picture'];

async function keepFull(folder: string, photo: Photo, jpeg: Buffer): Promise<string> {
  const name = `${photo.sha256.slice(0, 16)}-full.jpg`;
  await keepFile(join(folder, name), jpeg);
  return name;
}

/** Named by source, use and content: other settings make another file and leave an approved one alone. */
async function keepPicture(folder: string, prefix: string, { data, info }: Raw): Promise<Kept> {
  const hash = sha256(data);
  const name = `${prefix}-${hash.slice(0, 16)}.jpg`;
  await keepFile(join(folder, name), data);
  return { name, width: info.width, height: info.height, bytes: data.length, sha256: hash };
}

const keepFile = (path: string, bytes: Uint8Array): Promise<void> => writeAtomically(path, sealedFor(path, bytes));

/** Below 85 the model reads small print less well; above it only the bytes grow. */
const MODEL_QUALITY = 85;

const inside = (side: number) => ({ width: side, height: side, fit: 'inside', withoutEnlargement: true }) as const;

const withoutHash = ({ name, width, height, bytes }: PictureInfo): PictureInfo => ({ name, width, height, bytes });

const LOOK_COLUMNS = 8;
const LOOK_ROWS = 8;

/** dHash: one bit for each of 8 x 8 places, set where the picture grows brighter to the right. */
async function differenceHash(small: Raw): Promise<string> {
  const sharp = await loadSharp();
  const { data: light, width, height } = greyOf(small);
  const grey = await sharp(light, { raw: { width, height, channels: 1 } })
    .resize(LOOK_COLUMNS + 1, LOOK_ROWS, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const step = grey.info.channels;
  const at = (row: number, column: number): number => grey.data[(row * (LOOK_COLUMNS + 1) + column) * step] ?? 0;
  let bits = 0n;
  for (let row = 0; row < LOOK_ROWS; row += 1) {
    for (let column = 0; column < LOOK_COLUMNS; column += 1) {
      bits = (bits << 1n) | (at(row, column + 1) > at(row, column) ? 1n : 0n);
    }
  }
  return bits.toString(16).padStart(16, '0');
}
