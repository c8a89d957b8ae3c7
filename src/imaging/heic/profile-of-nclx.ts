import type { Nclx } from './nclx.ts';

type Point = readonly [x: number, y: number];

/** Chromaticities of red, green and blue (ITU-T H.273, table 2); white is D65 in both. sRGB (1) needs no conversion. */
const WIDE: Readonly<Record<number, readonly [Point, Point, Point]>> = {
  9: [
    [0.708, 0.292],
    [0.17, 0.797],
    [0.131, 0.046],
  ],
  12: [
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
  ],
};
const WHITE: Point = [0.3127, 0.329];

/**
 * An ICC profile (version 2, matrix and curve) for colours that a file names by number: Display P3 and BT.2020, also as PQ and HLG,
 * whose paper white becomes white. Undefined for everything that is shown as sRGB anyway. Pure.
 */
export function profileOfNclx({ primaries, transfer }: Nclx): Buffer | undefined {
  const corners = WIDE[primaries];
  if (!corners) return undefined;
  const columns = adaptedColumns(corners);
  const curve = curveTag(toLight(transfer));
  const xyz = columns.map((column) => tag('XYZ ', ...column.map(fixed)));
  return profile([
    ['desc', textDescription('easyflip: colours by number')],
    ['cprt', tag('text', Buffer.from('none\0', 'latin1'))],
    ['wtpt', tag('XYZ ', ...D50.map(fixed))],
    ['rXYZ', xyz[0] as Buffer],
    ['gXYZ', xyz[1] as Buffer],
    ['bXYZ', xyz[2] as Buffer],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ]);
}

/** HDR pictures put paper white at 203 cd/m² (ITU-R BT.2408): in PQ of 10,000, in HLG at the signal 0.75. */
const PQ_WHITE = 203 / 10_000;

/** From the stored value to light, both 0 to 1. */
function toLight(transfer: number): (stored: number) => number {
  if (transfer === 16) return (stored) => Math.min(1, pq(stored) / PQ_WHITE);
  if (transfer === 18) return (stored) => Math.min(1, hlg(stored) / hlg(0.75));
  // Phones write 13 (sRGB); 1, 6, 14 and 15 are for video, and shown with a screen's 2.4 (ITU-R BT.1886).
  if (transfer === 1 || transfer === 6 || transfer === 14 || transfer === 15) return (stored) => stored ** 2.4;
  if (transfer === 8) return (stored) => stored;
  return (stored) => (stored <= 0.04045 ? stored / 12.92 : ((stored + 0.055) / 1.055) ** 2.4);
}

/** SMPTE ST 2084. */
function pq(stored: number): number {
  const root = stored ** (1 / 78.84375);
  return (Math.max(0, root - 0.8359375) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125);
}

/** ITU-R BT.2100, inverse of the camera's curve. */
const hlg = (stored: number): number =>
  stored <= 0.5 ? (stored * stored) / 3 : (Math.exp((stored - 0.55991073) / 0.17883277) + 0.28466892) / 12;

type Row = readonly [number, number, number];

const D50: Row = [0.9642, 1, 0.8249];

/** Bradford's adaptation from D65 to D50, which profiles are written for (ICC.1, annex E). */
const D65_TO_D50: readonly Row[] = [
  [1.0479298, 0.0229468, -0.0501922],
  [0.0296278, 0.9904344, -0.0170738],
  [-0.009243, 0.0150552, 0.7518743],
];

/** XYZ of full red, green and blue, which together make white. */
function adaptedColumns(corners: readonly [Point, Point, Point]): readonly Row[] {
  const upright = (at: Point): Row => [at[0] / at[1], 1, (1 - at[0] - at[1]) / at[1]];
  const [red, green, blue] = [upright(corners[0]), upright(corners[1]), upright(corners[2])];
  const white = upright(WHITE);
  const whole = determinant(red, green, blue);
  const shares = [determinant(white, green, blue), determinant(red, white, blue), determinant(red, green, white)];
  return [red, green, blue].map((column, at) => {
    const scaled = column.map((value) => (value * (shares[at] ?? 0)) / whole);
    return D65_TO_D50.map((row) => row.reduce((sum, factor, part) => sum + factor * (scaled[part] ?? 0), 0)) as unknown as Row;
  });
}

const determinant = (a: Row, b: Row, c: Row): number =>
  a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1]) + c[0] * (a[1] * b[2] - a[2] * b[1]);

/* ICC.1:2001-04: tags are a type, four zero bytes and the value; numbers are s15Fixed16. */

function fixed(value: number): Buffer {
  const four = Buffer.alloc(4);
  four.writeInt32BE(Math.round(value * 65536));
  return four;
}

const tag = (type: string, ...values: readonly Buffer[]): Buffer => Buffer.concat([Buffer.from(`${type}\0\0\0\0`, 'latin1'), ...values]);

const CURVE_POINTS = 1024;

function curveTag(light: (stored: number) => number): Buffer {
  const points = Buffer.alloc(4 + 2 * CURVE_POINTS);
  points.writeUInt32BE(CURVE_POINTS, 0);
  for (let at = 0; at < CURVE_POINTS; at += 1) points.writeUInt16BE(Math.round(65535 * light(at / (CURVE_POINTS - 1))), 4 + 2 * at);
  return tag('curv', points);
}

function textDescription(text: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length + 1);
  // The empty Unicode and Macintosh forms follow the plain one.
  return tag('desc', length, Buffer.from(`${text}\0`, 'latin1'), Buffer.alloc(78));
}

function profile(tags: readonly (readonly [name: string, value: Buffer])[]): Buffer {
  const header = Buffer.alloc(128);
  header.writeUInt32BE(0x02400000, 8);
  header.write('mntrRGB XYZ ', 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  Buffer.concat(D50.map(fixed)).copy(header, 68);
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length, 0);
  const values: Buffer[] = [];
  let at = header.length + table.length;
  for (const [nth, [name, value]] of tags.entries()) {
    table.write(name, 4 + 12 * nth, 'latin1');
    table.writeUInt32BE(at, 8 + 12 * nth);
    table.writeUInt32BE(value.length, 12 + 12 * nth);
    const padded = Buffer.concat([value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
    values.push(padded);
    at += padded.length;
  }
  header.writeUInt32BE(at, 0);
  return Buffer.concat([header, table, ...values]);
}
