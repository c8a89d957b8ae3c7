import type { ImageKind } from '../core/item.ts';
import { isTiffKind } from './camera-raw/raw-preview.ts';

/**
 * EXIF DateTimeOriginal (tag 0x9003) as local time without a zone, `2020-08-18T15:11:19`.
 * Undefined when the file does not say, or says nonsense. Nothing else of the EXIF block leaves this function.
 */
export async function takenAtOf(path: string, kind: ImageKind, exif: Buffer | undefined): Promise<string | undefined> {
  // sharp hands out no EXIF block for TIFF, whose tags are the file itself.
  const source = isTiffKind(kind) ? path : exif && withoutPrefix(exif);
  if (!source) return undefined;
  const { default: exifr } = await import('exifr');
  try {
    const tags: unknown = await exifr.parse(source, { pick: ['DateTimeOriginal'], reviveValues: false });
    return localTime((tags as { DateTimeOriginal?: unknown } | undefined)?.DateTimeOriginal);
  } catch {
    // A broken EXIF block is no reason to refuse a good picture.
    return undefined;
  }
}

/** JPEG keeps its EXIF behind `Exif\0\0`; exifr wants the TIFF structure itself. */
function withoutPrefix(exif: Buffer): Buffer {
  return exif.toString('latin1', 0, 4) === 'Exif' ? exif.subarray(6) : exif;
}

function localTime(value: unknown): string | undefined {
  const match = /^(\d{4})[:\-/](\d\d)[:\-/](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(String(value));
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  // Cameras whose clock was never set write year 0 or month 0.
  return Number(year) > 1970 && !Number.isNaN(Date.parse(`${text}Z`)) ? text : undefined;
}
