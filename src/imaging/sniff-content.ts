import type { ErrorCode, Reason } from '../core/errors.ts';
import type { ImageKind } from '../core/item.ts';
import { isRawEnding } from './camera-raw/raw-name.ts';

export type Sniffed = { readonly kind: ImageKind } | { readonly refused: Reason };

/** So many bytes from the beginning of a file are enough for `sniffContent`. */
export const SNIFF_BYTES = 4096;

/**
 * What a file really is, by its first bytes and never by its name. Pure.
 * `extension` (lower case, with the dot) only tells camera raw files from the TIFF they pretend to be; what is called TIFF here may
 * still be raw inside (`lookIntoRaw`).
 */
export function sniffContent(head: Buffer, extension = ''): Sniffed {
  if (head.length === 0) return refuse('photo.empty', 'The file is empty.', 'Copy it again from the camera or phone, or delete it.');
  return photoKind(head, extension) ?? otherFormat(head) ?? isoMedia(head) ?? writtenText(head, extension) ?? unknownContent(extension);
}

const NOT_DECODED = 'Export it as JPEG, then run again.';
const NO_PHOTO = 'Move it out of the photo folder; only photos are listed.';
const COPY_AGAIN = 'Copy it again from where it came, or export it as JPEG.';

const PICTURE_NAME = /^\.(jpe?g|png|webp|gif|tiff?|avif|hei[cf]|hif|bmp)$/;

function photoKind(head: Buffer, extension: string): Sniffed | undefined {
  if (startsWith(head, 'ffd8ff')) return { kind: 'jpeg' };
  if (startsWith(head, '89504e470d0a1a0a')) return { kind: 'png' };
  if (latin(head, 0, 4) === 'RIFF' && latin(head, 8, 12) === 'WEBP') return { kind: 'webp' };
  if (latin(head, 0, 6) === 'GIF87a' || latin(head, 0, 6) === 'GIF89a') return { kind: 'gif' };
  if (['49492a00', '4d4d002a'].some((magic) => startsWith(head, magic)))
    return { kind: latin(head, 8, 10) === 'CR' || isRawEnding(extension) ? 'raw' : 'tiff' };
  // 43: BigTIFF.
  if (!['49492b00', '4d4d002b'].some((magic) => startsWith(head, magic))) return undefined;
  return isRawEnding(extension) ? NO_PREVIEW : { kind: 'tiff' };
}

/** Its first picture is stamp-sized: it must not pass for the photo. */
export const NO_PREVIEW = refuse(
  'photo.format-unsupported',
  'The file is a camera raw file, and no picture of at least 500 pixels can be had from it.',
  NOT_DECODED,
);

/** Signatures at the beginning of the file, as hex digits. */
const FORMATS: readonly (readonly [magic: string, refusal: Sniffed])[] = [
  ['38425053', unsupported('a Photoshop document')],
  ['00000100', unsupported('a Windows icon')],
  ['ff0a', unsupported('a JPEG XL picture')],
  ['0000000c4a584c20', unsupported('a JPEG XL picture')],
  ['0000000c6a502020', unsupported('a JPEG 2000 picture')],
  ['49495500', NO_PREVIEW],
  ['4949524f', NO_PREVIEW],
  ['46554a4946494c4d', NO_PREVIEW],
  ['25504446', notAPhoto('a PDF document')],
  ['504b0304', notAPhoto('a ZIP archive or an office document')],
  ['1f8b', notAPhoto('a compressed archive')],
  ['52617221', notAPhoto('a RAR archive')],
  ['377abcaf271c', notAPhoto('a 7-Zip archive')],
  ['1a45dfa3', notAPhoto('a video')],
  ['494433', notAPhoto('a sound file')],
  ['7f454c46', notAPhoto('a program')],
  ['00051607', refuse('file.macos-companion', 'The file is a macOS companion (AppleDouble) and holds no picture.', NO_PHOTO)],
  ['00051600', refuse('file.macos-companion', 'The file is a macOS companion (AppleSingle) and holds no picture.', NO_PHOTO)],
];

function otherFormat(head: Buffer): Sniffed | undefined {
  if (latin(head, 0, 2) === 'BM' && head.length >= 18 && [12, 40, 52, 56, 64, 108, 124].includes(head.readUInt32LE(14))) {
    return unsupported('a Windows bitmap (BMP)');
  }
  if (latin(head, 0, 4) === 'RIFF' && latin(head, 8, 11) === 'AVI') return notAPhoto('a video');
  const known = FORMATS.find(([magic]) => startsWith(head, magic))?.[1];
  if (known) return known;
  // PNG was made so that a transfer as text breaks it visibly: bytes 1 to 3 stay, the ones around them change.
  if (latin(head, 1, 4) === 'PNG' || latin(head, 12, 16) === 'IHDR') {
    return refuse('photo.damaged', 'The file is a PNG picture whose first bytes were damaged in a transfer.', COPY_AGAIN);
  }
  return undefined;
}

const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);
const AVIF_BRANDS = new Set(['avif', 'avis']);

/** AVIF, HEIC and MP4 share one container (ISO 14496-12); the brands in its first box tell them apart. */
function isoMedia(head: Buffer): Sniffed | undefined {
  if (latin(head, 4, 8) !== 'ftyp') return undefined;
  const end = Math.min(head.readUInt32BE(0), head.length);
  const brands = [latin(head, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(latin(head, at, at + 4));
  const [major = ''] = brands;
  if (AVIF_BRANDS.has(major)) return { kind: 'avif' };
  if (!HEIC_BRANDS.has(major) && brands.some((brand) => AVIF_BRANDS.has(brand))) return { kind: 'avif' };
  if (brands.some((brand) => HEIC_BRANDS.has(brand)) || major === 'mif1' || major === 'msf1') return HEIC;
  if (major === 'crx ') return NO_PREVIEW;
  return notAPhoto('a video');
}

const HEIC: Sniffed = { kind: 'heic' };

function writtenText(head: Buffer, extension: string): Sniffed | undefined {
  const text = textOf(head);
  if (text === undefined) return undefined;
  if (/<svg[\s>]/i.test(text)) {
    return refuse('photo.vector-graphic', 'The file is a drawing (SVG), not a photo.', 'Use a photo of the item itself, as JPEG.');
  }
  if (/^\s*(<!doctype html|<html|<head|<body)/i.test(text)) {
    return refuse(
      'photo.not-an-image',
      'The file is a web page saved under the name of a picture.',
      'Save the picture itself, not the page that shows it.',
    );
  }
  if (extension === '' || PICTURE_NAME.test(extension)) return refuse('photo.not-an-image', 'The file is text, not a picture.', NO_PHOTO);
  const hint = /^\.(json|ya?ml|txt)$/.test(extension)
    ? 'If it describes an item, name it item.json, item.yaml or notes.txt and put it beside the photos; otherwise move it away.'
    : NO_PHOTO;
  return refuse('file.not-a-photo', 'The file is text, not a photo.', hint);
}

/** The beginning of a file as text; undefined when it is binary. A character may be cut at the very end. */
function textOf(head: Buffer): string | undefined {
  if (startsWith(head, 'fffe') || startsWith(head, 'feff')) return head.toString('utf16le');
  const text = head.toString('utf8').replace(/�{1,3}$/, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary from text.
  return /[\u0000-\u0008\u000e-\u001a�]/.test(text) ? undefined : text;
}

function unknownContent(extension: string): Sniffed {
  return PICTURE_NAME.test(extension)
    ? refuse('photo.not-an-image', 'The file is named like a picture, but its content is none that is known.', COPY_AGAIN)
    : refuse('file.not-a-photo', 'The file is not a picture of any known kind.', NO_PHOTO);
}

function refuse(code: ErrorCode, message: string, hint: string): { readonly refused: Reason } {
  return { refused: { code, message, hint } };
}

function unsupported(what: string): Sniffed {
  return refuse('photo.format-unsupported', `The file is ${what}, which cannot be decoded.`, NOT_DECODED);
}

function notAPhoto(what: string): Sniffed {
  return refuse('file.not-a-photo', `The file is ${what}, not a photo.`, NO_PHOTO);
}

const startsWith = (head: Buffer, magicHex: string): boolean => head.toString('hex', 0, magicHex.length / 2) === magicHex;

const latin = (head: Buffer, start: number, end: number): string => head.toString('latin1', start, end);
