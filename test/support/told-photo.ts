import sharp from 'sharp';

/** What `toldPhoto` tells besides its pixels: none of it may leave the machine. */
export const TOLD = { city: 'Kleinkleckersdorf', byline: 'Byline Of Somebody' } as const;

/** A JPEG that carries an IPTC block (city, byline) as photo programs write it, and EXIF with a small picture of its own, in one file. */
export async function toldPhoto(): Promise<{ readonly bytes: Buffer; readonly thumbnail: Buffer }> {
  const jpeg = await sharp(
    await sharp({ create: { width: 1700, height: 1200, channels: 3, background: '#3c8c64' } })
      .png()
      .toBuffer(),
  )
    .composite([{ input: await blob(700, '#c8b432'), left: 500, top: 200 }])
    .jpeg()
    .toBuffer();
  const thumbnail = await sharp(await blob(96, '#7828c8'))
    .jpeg({ quality: 61 })
    .toBuffer();
  const bytes = Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exifWith(thumbnail)])),
    segment(0xed, Buffer.concat([Buffer.from('Photoshop 3.0\0'), iptcResource()])),
    jpeg.subarray(2),
  ]);
  return { bytes, thumbnail };
}

const blob = (side: number, color: string): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="100%" height="100%" fill="${color}"/><circle cx="30%" cy="60%" r="20%" fill="#eee"/></svg>`,
    ),
  )
    .png()
    .toBuffer();

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** IPTC-IIM record 2: 90 is the city, 80 the byline. Photoshop's resource 0x0404 holds it. */
function iptcResource(): Buffer {
  const dataset = (number: number, text: string): Buffer => {
    const head = Buffer.from([0x1c, 2, number, 0, text.length]);
    return Buffer.concat([head, Buffer.from(text)]);
  };
  const data = Buffer.concat([dataset(90, TOLD.city), dataset(80, TOLD.byline)]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  return Buffer.concat([Buffer.from('8BIM'), Buffer.from([4, 4, 0, 0]), size, data, Buffer.alloc(data.length % 2)]);
}

/** TIFF, little endian: an empty-handed first directory (orientation only) and a second one with the small picture. */
function exifWith(thumbnail: Buffer): Buffer {
  const entry = (tag: number, type: number, value: number): Buffer => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16LE(tag, 0);
    bytes.writeUInt16LE(type, 2);
    bytes.writeUInt32LE(1, 4);
    bytes.writeUInt32LE(value, 8);
    return bytes;
  };
  const directory = (entries: readonly Buffer[], next: number): Buffer => {
    const count = Buffer.alloc(2);
    count.writeUInt16LE(entries.length);
    const end = Buffer.alloc(4);
    end.writeUInt32LE(next);
    return Buffer.concat([count, ...entries, end]);
  };
  const second = 8 + 2 + 12 + 4;
  const at = second + 2 + 3 * 12 + 4;
  const head = Buffer.from('49492a0008000000', 'hex');
  const small = [entry(0x0103, 3, 6), entry(0x0201, 4, at), entry(0x0202, 4, thumbnail.length)];
  return Buffer.concat([head, directory([entry(0x0112, 3, 1)], second), directory(small, 0), thumbnail]);
}
