export interface ImageFacts {
  readonly mime: string;
  /** Pixels as stored; 0 where the file does not say them at a place this reader knows. */
  readonly width: number;
  readonly height: number;
}

/**
 * What kind of picture the bytes are, read from the bytes alone (never from a file name), or undefined when eBay
 * would not take it: JPEG, PNG, GIF, WEBP, BMP, TIFF, AVIF and HEIC are taken, moving pictures and several pages are not.
 */
export function readImageFacts(bytes: Buffer): ImageFacts | undefined {
  if (bytes.length < 26) return undefined;
  try {
    return readKnown(bytes);
  } catch (error) {
    // A number that should be there lies beyond the end: a damaged file.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readKnown(bytes: Buffer): ImageFacts | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return jpeg(bytes);
  if (bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return png(bytes);
  const head = bytes.subarray(0, 12).toString('latin1');
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return gif(bytes);
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return webp(bytes);
  if (head.startsWith('BM')) return { mime: 'image/bmp', width: bytes.readInt32LE(18), height: Math.abs(bytes.readInt32LE(22)) };
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return tiff(bytes, head.startsWith('II'));
  if (head.slice(4, 8) === 'ftyp') return heif(bytes, head.slice(8));
  return undefined;
}

/** Walks the segments to the frame header; one that ends before it is a damaged file. */
function jpeg(bytes: Buffer): ImageFacts | undefined {
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { mime: 'image/jpeg', width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

function png(bytes: Buffer): ImageFacts | undefined {
  // acTL before the pixels means an animated PNG.
  const pixels = bytes.indexOf('IDAT');
  const moving = bytes.indexOf('acTL');
  if (pixels === -1 || (moving !== -1 && moving < pixels)) return undefined;
  return { mime: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

const GIF_IMAGE = 0x2c;
const GIF_EXTENSION = 0x21;

/** Walks the blocks: more than one image means that it moves. */
function gif(bytes: Buffer): ImageFacts | undefined {
  let at = 13 + colorTableBytes(bytes.readUInt8(10));
  let images = 0;
  while (bytes[at] === GIF_IMAGE || bytes[at] === GIF_EXTENSION) {
    if (bytes[at] === GIF_IMAGE) {
      images += 1;
      at += 11 + colorTableBytes(bytes.readUInt8(at + 9));
    } else {
      at += 2;
    }
    while (bytes.readUInt8(at) !== 0) at += 1 + bytes.readUInt8(at);
    at += 1;
  }
  return images === 1 ? { mime: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) } : undefined;
}

function colorTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

function webp(bytes: Buffer): ImageFacts | undefined {
  const chunk = bytes.subarray(12, 16).toString('latin1');
  const mime = 'image/webp';
  if (chunk === 'VP8X') {
    const isMoving = (bytes.readUInt8(20) & 0x02) !== 0;
    return isMoving ? undefined : { mime, width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3) };
  }
  if (chunk === 'VP8 ') return { mime, width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  if (chunk === 'VP8L') {
    const bits = bytes.readUInt32LE(21);
    return { mime, width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  return undefined;
}

const TIFF_WIDTH = 256;
const TIFF_HEIGHT = 257;
const TIFF_SHORT = 3;

/** The first directory has the size; a second one is a second page. */
function tiff(bytes: Buffer, isLittle: boolean): ImageFacts | undefined {
  const short = (at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const long = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const directory = long(4);
  const entries = short(directory);
  const value = (tag: number): number => {
    for (let index = 0; index < entries; index += 1) {
      const at = directory + 2 + index * 12;
      if (short(at) === tag) return short(at + 2) === TIFF_SHORT ? short(at + 8) : long(at + 8);
    }
    return 0;
  };
  const nextPage = long(directory + 2 + entries * 12);
  return nextPage === 0 ? { mime: 'image/tiff', width: value(TIFF_WIDTH), height: value(TIFF_HEIGHT) } : undefined;
}

/** HEIC and AVIF say sizes in `ispe` boxes, one for the picture and one for each tile and thumbnail: the largest counts. */
function heif(bytes: Buffer, brand: string): ImageFacts | undefined {
  // `avis` and `msf1` are sequences: they move.
  if (!/^(heic|heix|mif1|avif)/.test(brand)) return undefined;
  let [width, height] = [0, 0];
  for (let at = bytes.indexOf('ispe'); at !== -1 && at + 16 <= bytes.length; at = bytes.indexOf('ispe', at + 4)) {
    const [wide, high] = [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)];
    if (wide * high > width * height) [width, height] = [wide, high];
  }
  return { mime: brand.startsWith('avif') ? 'image/avif' : 'image/heic', width, height };
}
