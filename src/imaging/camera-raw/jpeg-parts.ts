interface JpegSize {
  readonly width: number;
  readonly height: number;
}

const SOI = 0xd8;
const SOS = 0xda;
const APP1 = 0xe1;
/** Baseline, extended and progressive. The lossless kind, in which cameras keep raw pixels, is none that shows a picture. */
const FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);

/** Stored pixels of a JPEG that shows a picture: 8 bits, grey or colour. Undefined for everything else. Pure. */
export function jpegSize(bytes: Buffer): JpegSize | undefined {
  for (const { marker, start, end } of segments(bytes)) {
    if (!FRAMES.has(marker)) continue;
    const parts = bytes[start + 5];
    if (end - start < 6 || bytes[start] !== 8 || (parts !== 1 && parts !== 3)) return undefined;
    const [height, width] = [bytes.readUInt16BE(start + 1), bytes.readUInt16BE(start + 3)];
    return width > 0 && height > 0 ? { width, height } : undefined;
  }
  return undefined;
}

/** The same JPEG with an orientation (EXIF, 1 to 8), in place of the EXIF and XMP it had. Pixels are untouched. Pure. */
export function jpegTurned(bytes: Buffer, orientation: number): Buffer {
  const parts = [bytes.subarray(0, 2), exifOf(orientation)];
  let at = 2;
  for (const { marker, start, end } of segments(bytes)) {
    if (marker === APP1) {
      parts.push(bytes.subarray(at, start - 4));
      at = end;
    }
  }
  return Buffer.concat([...parts, bytes.subarray(at)]);
}

interface Segment {
  readonly marker: number;
  /** Its content, behind marker and length. */
  readonly start: number;
  readonly end: number;
}

/** Up to where the pixels begin. */
function* segments(bytes: Buffer): Generator<Segment> {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return;
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    // A byte that fills up to the next marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (marker === SOS || end > bytes.length || end < at + 4) return;
    yield { marker, start: at + 4, end };
    at = end;
  }
}

const HEADER = Buffer.from('Exif\0\0II*\0\x08\0\0\0', 'latin1');

/** An EXIF segment that says nothing else. */
function exifOf(orientation: number): Buffer {
  // One entry: orientation, a short, one of them; and no directory behind it.
  const directory = Buffer.from('01001201030001000000ff00000000000000', 'hex');
  directory.writeUInt16LE(orientation, 10);
  const content = Buffer.concat([HEADER, directory]);
  return Buffer.concat([Buffer.from([0xff, APP1, 0, content.length + 2]), content]);
}
