/** One directory of a TIFF container, by the numbers of its tags. Pictures and further directories are put where they find room. */
export interface Directory {
  readonly tags?: Readonly<Record<number, number | string | readonly number[]>>;
  /** Bytes of its picture, named as a strip (`strip`) or as JPEGInterchangeFormat (`jpeg`). */
  readonly strip?: Buffer;
  readonly jpeg?: Buffer;
  readonly subDirectories?: readonly Directory[];
  readonly exif?: Directory;
  readonly gps?: Directory;
}

export interface Container {
  readonly bigEndian?: boolean;
  /** In a chain: the first one, the next, ... */
  readonly directories: readonly Directory[];
  /** Canon's mark behind the header. */
  readonly canon?: boolean;
}

interface Field {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly bytes: Buffer;
}

/** A camera raw file as cameras lay them out: directories first, pictures behind them (TIFF 6.0, section 2). */
export function rawFile({ bigEndian = false, directories, canon = false }: Container): Buffer {
  let file = Buffer.alloc(canon ? 16 : 8);
  file.write(bigEndian ? 'MM' : 'II', 'latin1');
  const uint16 = (value: number): Buffer => number(2, value);
  const uint32 = (value: number): Buffer => number(4, value);
  const number = (length: 2 | 4, value: number): Buffer => {
    const bytes = Buffer.alloc(length);
    if (bigEndian) bytes.writeUIntBE(value, 0, length);
    else bytes.writeUIntLE(value, 0, length);
    return bytes;
  };
  uint16(42).copy(file, 2);
  if (canon) file.write('CR\x02\0', 8, 'latin1');
  const append = (bytes: Buffer): number => {
    const at = file.length + (file.length % 2);
    file = Buffer.concat([file, Buffer.alloc(at - file.length), bytes]);
    return at;
  };
  const put = (at: number, bytes: Buffer): void => void bytes.copy(file, at);

  const pictures: (() => void)[] = [];
  const write = ({ tags = {}, strip, jpeg, subDirectories = [], exif, gps }: Directory): { at: number; next: number } => {
    const fields = Object.entries(tags).map(([tag, value]): Field => fieldOf(Number(tag), value));
    const later = (tag: number, count = 1): void => void fields.push({ tag, type: 4, count, bytes: Buffer.alloc(4 * count) });
    if (strip) later(0x111);
    if (strip) fields.push({ tag: 0x117, type: 4, count: 1, bytes: uint32(strip.length) });
    if (jpeg) later(0x201);
    if (jpeg) fields.push({ tag: 0x202, type: 4, count: 1, bytes: uint32(jpeg.length) });
    if (subDirectories.length > 0) later(0x14a, subDirectories.length);
    if (exif) later(0x8769);
    if (gps) later(0x8825);
    fields.sort((a, b) => a.tag - b.tag);
    const at = append(Buffer.alloc(2 + fields.length * 12 + 4));
    put(at, uint16(fields.length));
    const places = new Map<number, number>();
    for (const [nth, { tag, type, count, bytes }] of fields.entries()) {
      const entry = at + 2 + nth * 12;
      put(entry, Buffer.concat([uint16(tag), uint16(type), uint32(count)]));
      const outside = bytes.length > 4 ? append(bytes) : undefined;
      if (outside === undefined) put(entry + 8, bytes);
      else put(entry + 8, uint32(outside));
      places.set(tag, outside ?? entry + 8);
    }
    const place = (tag: number, nth = 0): number => (places.get(tag) ?? 0) + 4 * nth;
    for (const [nth, sub] of subDirectories.entries()) put(place(0x14a, nth), uint32(write(sub).at));
    if (exif) put(place(0x8769), uint32(write(exif).at));
    if (gps) put(place(0x8825), uint32(write(gps).at));
    for (const [tag, bytes] of [
      [0x111, strip],
      [0x201, jpeg],
    ] as const)
      if (bytes) pictures.push(() => put(place(tag), uint32(append(bytes))));
    return { at, next: at + 2 + fields.length * 12 };
  };
  const fieldOf = (tag: number, value: number | string | readonly number[]): Field => {
    if (typeof value === 'string') return { tag, type: 2, count: value.length + 1, bytes: Buffer.from(`${value}\0`, 'latin1') };
    const values = typeof value === 'number' ? [value] : value;
    return { tag, type: 3, count: values.length, bytes: Buffer.concat(values.map(uint16)) };
  };

  let pointer = 4;
  for (const directory of directories) {
    const { at, next } = write(directory);
    put(pointer, uint32(at));
    pointer = next;
  }
  for (const picture of pictures) picture();
  return file;
}

const STAMP = { width: 160, height: 120 };
/** What sharp would take for the picture: grey, 160 x 120. */
export const stamp = (tags: Directory['tags'] = {}): Directory => ({
  tags: { 254: 1, 256: STAMP.width, 257: STAMP.height, 258: [8, 8, 8], 259: 1, 262: 2, 277: 3, 278: STAMP.height, ...tags },
  strip: Buffer.alloc(STAMP.width * STAMP.height * 3, 128),
});

/** Pixels of a sensor: noise that is no picture, in the colours and codes that cameras name. */
export const sensor = (tags: Directory['tags'] = {}): Directory => ({
  tags: { 254: 0, 256: 400, 257: 300, 258: 16, 259: 1, 262: 32_803, 277: 1, 278: 300, ...tags },
  strip: Buffer.alloc(400 * 300 * 2, 77),
});

/** Nikon: a stamp first, the picture and the sensor below it, a place in the words of EXIF. */
export const nikon = (jpeg: Buffer, orientation: number, more: Partial<Container> = {}): Buffer =>
  rawFile({
    ...more,
    directories: [
      {
        ...stamp({ 271: 'NIKON CORPORATION', 274: orientation, 315: 'Somebody Private' }),
        subDirectories: [{ tags: { 254: 1, 259: 6 }, jpeg }, sensor()],
        exif: { tags: { 36867: '2021:03:04 05:06:07', 42033: 'SERIAL-4711-XYZ' } },
        gps: { tags: { 1: 'N', 2: [52, 31, 12], 3: 'E', 4: [13, 24, 18], 29: '2021:03:04', 27: 'GPS-METHOD-OF-SECRET-PLACE' } },
      },
    ],
  });
