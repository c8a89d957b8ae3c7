import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import libheif from 'libheif-js/wasm-bundle.js';
import { describe, expect, it } from 'vitest';
import { preparePhoto } from '../../src/imaging/prepare-photo.ts';
import { corpus, hasCorpus, photoSettings, probed, throwAwayFolder } from './corpus.ts';

/** What Apple calls the brightness of its HDR photos: a grey picture beside the photo, tied to it as auxiliary. */
const GAIN_MAP = 'urn:com:apple:photo:2020:aux:hdrgainmap';

interface Box {
  readonly at: number;
  readonly size: number;
}

function boxIn(bytes: Buffer, type: string, from = 0): Box {
  const at = bytes.indexOf(type, from, 'latin1') - 4;
  if (at < 0) throw new Error(`no ${type}`);
  return { at, size: bytes.readUInt32BE(at) };
}

/**
 * The photo's small copy made its gain map (ISO/IEC 23008-12, 6.5.8): the reference `thmb` becomes `auxl`, the item gets an `auxC`, and
 * what lies behind moves.
 */
function withGainMap(photo: Buffer, item: number): Buffer {
  const text = Buffer.from(`\0\0\0\0auxC\0\0\0\0${GAIN_MAP}\0`, 'latin1');
  text.writeUInt32BE(text.length, 0);
  const properties = boxIn(photo, 'ipco');
  const ipma = boxIn(photo, 'ipma');
  const entry = entryOf(photo, ipma, item);
  const count = photo[entry + 2] ?? 0;
  const grown = text.length + 1;
  const bytes = Buffer.concat([
    photo.subarray(0, properties.at + properties.size),
    text,
    photo.subarray(properties.at + properties.size, entry + 3 + count),
    Buffer.from([childrenOf(photo, properties) + 1]),
    photo.subarray(entry + 3 + count),
  ]);
  bytes.writeUInt8(count + 1, entry + text.length + 2);
  bytes.write('auxl', boxIn(bytes, 'thmb').at + 4, 'latin1');
  const enlarge = (type: string, by: number): void => {
    const { at, size } = boxIn(bytes, type);
    bytes.writeUInt32BE(size + by, at);
  };
  enlarge('ipco', text.length);
  enlarge('ipma', 1);
  enlarge('iprp', grown);
  enlarge('meta', grown);
  moveExtents(bytes, boxIn(bytes, 'iloc').at + 12, grown);
  return bytes;
}

function childrenOf(bytes: Buffer, { at, size }: Box): number {
  let children = 0;
  for (let child = at + 8; child < at + size; child += bytes.readUInt32BE(child)) children += 1;
  return children;
}

/** Where the properties of an item are listed: its number (two bytes), how many, and a byte for each. */
function entryOf(bytes: Buffer, { at, size }: Box, item: number): number {
  let entry = at + 16;
  while (entry < at + size && bytes.readUInt16BE(entry) !== item) entry += 3 + (bytes[entry + 2] ?? 0);
  return entry;
}

/** `iloc` of version 1 with four bytes for offset and length, none for base and index: what Apple writes. */
function moveExtents(bytes: Buffer, at: number, by: number): void {
  expect([bytes[at - 4], bytes[at], bytes[at + 1]]).toEqual([1, 0x44, 0]);
  let entry = at + 4;
  for (let items = bytes.readUInt16BE(at + 2); items > 0; items -= 1) {
    const inFile = bytes.readUInt16BE(entry + 2) === 0;
    const extents = bytes.readUInt16BE(entry + 6);
    for (let extent = entry + 8; extent < entry + 8 + 8 * extents; extent += 8)
      if (inFile) bytes.writeUInt32BE(bytes.readUInt32BE(extent) + by, extent);
    entry += 8 + 8 * extents;
  }
}

describe.skipIf(!hasCorpus)('a HEIC photo with an HDR gain map', () => {
  it('is prepared as if it had none', async () => {
    const plain = join(corpus, 'heic', 'arrow-orientation6.heic');
    const bytes = withGainMap(await readFile(plain), 50);
    expect(bytes.includes(GAIN_MAP)).toBe(true);
    // The decoder understands it: one picture, and the gain map is none.
    const pictures = new libheif.HeifDecoder().decode(bytes);
    expect(pictures.map((one) => [one.get_width(), one.is_primary()])).toEqual([[3024, true]]);
    for (const one of pictures) one.free();

    const folder = await throwAwayFolder();
    const path = join(folder, 'hdr.heic');
    await writeFile(path, bytes);
    const never = new AbortController().signal;
    const [hdr, usual] = [
      await preparePhoto(await probed(path), folder, photoSettings, never),
      await preparePhoto(await probed(plain), folder, photoSettings, never),
    ];
    expect(hdr.picture.sha256).toBe(usual.picture.sha256);
    expect(hdr.look).toBe(usual.look);
  });
});
