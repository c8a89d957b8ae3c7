export interface ImageFacts {
  readonly mime: string;
  /** Pixels as stored; 0 where this reader does not know the format's insides. */
  readonly width: number;
  readonly height: number;
}

/**
 * What kind of picture the bytes are, read from the bytes alone (never from a file name), or undefined when eBay
 * would not take it: JPEG, PNG, GIF, WEBP, BMP, TIFF, AVIF and HEIC are taken, moving pictures are not.
 */
export function readImageFacts(bytes: Buffer): ImageFacts | undefined {
  if (bytes.length < 26) return undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return jpeg(bytes);
  if (bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return png(bytes);
  const head = bytes.subarray(0, 12).toString('latin1');
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return gif(bytes);
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return webp(bytes);
  if (head.startsWith('BM')) return { mime: 'image/bmp', width: bytes.readInt32LE(18), height: Math.abs(bytes.readInt32LE(22)) };
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return { mime: 'image/tiff', width: 0, height: 0 };
  if (head.slice(4, 8) === 'ftyp' && /^(heic|heix|mif1|avif)/.test(head.slice(8))) {
    return { mime: head.slice(8).startsWith('avif') ? 'image/avif' : 'image/heic', width: 0, height: 0 };
  }
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

function gif(bytes: Buffer): ImageFacts | undefined {
  // The looping extension is what makes a GIF move.
  if (bytes.includes('NETSCAPE2.0')) return undefined;
  return { mime: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
}

function webp(bytes: Buffer): ImageFacts | undefined {
  const chunk = bytes.subarray(12, 16).toString('latin1');
  const mime = 'image/webp';
  if (chunk === 'VP8X') {
    if (((bytes[20] ?? 0) & 0x02) !== 0 || bytes.length < 30) return undefined;
    return { mime, width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3) };
  }
  if (chunk === 'VP8 ' && bytes.length >= 30)
    return { mime, width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  if (chunk === 'VP8L') {
    const bits = bytes.readUInt32LE(21);
    return { mime, width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  return undefined;
}
