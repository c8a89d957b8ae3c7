import type { Metadata } from 'sharp';
import type { ImageKind } from '../core/item.ts';
import type { RemovedKind } from '../core/removed-metadata.ts';
import { isTiffKind } from './camera-raw/raw-preview.ts';

type Blocks = Pick<Metadata, 'exif' | 'xmp' | 'iptc'>;

/**
 * What the original tells besides its pixels, by kind; never the values themselves. All of it is absent from what is made of the
 * photo, whether it is named here or not: pictures are encoded anew from pixels alone.
 */
export async function removedMetadata(bytes: Buffer, kind: ImageKind, { exif, xmp, iptc }: Blocks): Promise<readonly RemovedKind[]> {
  const tags = await exifTags(isTiffKind(kind) ? bytes : exif && withoutPrefix(exif));
  const names = Object.keys(tags);
  const words = xmp?.toString('latin1') ?? '';
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  const found: readonly (readonly [RemovedKind, boolean])[] = [
    [
      'location',
      has(/^GPS(Latitude|Longitude)$|^(latitude|longitude)$/) || /GPS(Latitude|Longitude)|:(City|Location|Country)\b/.test(words),
    ],
    [
      'names',
      has(/^(Artist|OwnerName|CameraOwnerName|Copyright|XPAuthor|HostComputer)$/) ||
        /dc:creator|:Artist|OwnerName|AuthorsPosition/.test(words),
    ],
    ['serial-numbers', has(/Serial|ImageUniqueID/) || /SerialNumber/.test(words)],
    ['camera', has(/^(Make|Model|Software|DateTime|LensModel)/)],
    ['maker-notes', has(/^makerNote$/i)],
    ['thumbnail', has(/^Thumbnail/)],
    ['xmp', words !== ''],
    ['iptc', iptc !== undefined],
  ];
  return found.filter(([, there]) => there).map(([name]) => name);
}

async function exifTags(source: Buffer | undefined): Promise<Readonly<Record<string, unknown>>> {
  if (!source) return {};
  const { default: exifr } = await import('exifr');
  const blocks = { tiff: true, ifd0: {}, exif: true, gps: true, ifd1: true, makerNote: true, interop: false } as const;
  try {
    const parsed: unknown = await exifr.parse(source, { ...blocks, mergeOutput: false, reviveValues: false });
    const { ifd1, ...rest } = (parsed ?? {}) as Record<string, unknown>;
    const tags = Object.assign({}, ...Object.values(rest).filter((block) => typeof block === 'object')) as Record<string, unknown>;
    return { ...tags, ...('makerNote' in rest ? { makerNote: true } : {}), ...(ifd1 ? { Thumbnail: true } : {}) };
  } catch {
    // A block too broken to be read is gone all the same.
    return {};
  }
}

/** JPEG keeps its EXIF behind `Exif\0\0`; exifr wants the TIFF structure itself. */
function withoutPrefix(exif: Buffer): Buffer {
  return exif.toString('latin1', 0, 4) === 'Exif' ? exif.subarray(6) : exif;
}
