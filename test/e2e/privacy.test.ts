import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sidecar } from '../support/items.ts';
import { BLOCK_MARKS, PLAIN_SEGMENTS, LOCATED as SAMPLES, segmentsOf, standardCodes, toldBy } from '../support/located-photos.ts';
import { nikon } from '../support/raw-files.ts';
import { type RecordingProxy, recordingProxy } from '../support/recording-proxy.ts';
import { valid } from '../support/schemas.ts';
import { hasSharedPhotos } from '../support/shared-photos.ts';
import { TOLD, toldPhoto } from '../support/told-photo.ts';
import { finished, type Ran, sha256, World } from '../support/world.ts';

describe.skipIf(!hasSharedPhotos)('what leaves the machine', () => {
  let world: World;
  let proxy: RecordingProxy;
  let ran: Ran;
  let pictures: readonly Buffer[];
  let told: Awaited<ReturnType<typeof toldPhoto>>;
  let originals: Readonly<Record<string, readonly [hash: string, modifiedMs: number]>>;

  beforeAll(async () => {
    world = await World.open();
    proxy = await recordingProxy(world.practice.url);
    // One item: many of the samples show the same scene and would be held as possible duplicates.
    world.write('item/item.json', JSON.stringify(sidecar(1)));
    for (const { path } of SAMPLES) cpSync(path, join(world.photos, 'item', basename(path)));
    told = await toldPhoto();
    world.write('item/told.jpg', told.bytes);
    originals = stateOf(join(world.photos, 'item'));
    ran = await world.start(['list', world.photos, '--json'], { EASYFLIP_PRACTICE_URL: proxy.url }).ended;
    pictures = proxy.requests.map(({ bytes }) => jpegIn(bytes)).filter((jpeg) => jpeg !== undefined);
  });
  afterAll(async () => {
    await proxy.close();
    await world.close();
  });

  it('all samples were listed, so that all were sent', async () => {
    expect(SAMPLES.length).toBeGreaterThan(20);
    expect(finished(ran).counts).toMatchObject({ items: 1, listed: 1 });
    const [listing] = await world.listings();
    expect(listing?.pictures).toHaveLength(SAMPLES.length + 1);
    // Two samples differ in their metadata alone: once it is gone they are one picture, sent once.
    expect(new Set(pictures.map(sha256))).toEqual(new Set(listing?.pictures.map((picture) => picture.sha256)));
  });

  it('is pictures that have no place for metadata: only what JPEG needs to be decoded', () => {
    for (const jpeg of pictures) {
      const { segments, trailing } = segmentsOf(jpeg);
      // APP0 is JFIF; no APP1 (EXIF, XMP), APP2 (profiles, more pictures), APP13 (IPTC), no comment, nothing behind the end.
      expect([...new Set(segments)].filter((marker) => !PLAIN_SEGMENTS.has(marker))).toEqual([]);
      expect(trailing).toBe(0);
    }
  });

  it('no request holds a piece of any metadata block, a place in words, or what must be gone', async () => {
    const sent = Buffer.concat(proxy.requests.map(({ bytes }) => bytes));
    const codes = await standardCodes();
    for (const sample of SAMPLES) expect(await toldBy(sent, sample, codes), sample.path).toEqual([]);
    for (const mark of BLOCK_MARKS) expect(sent.includes(mark)).toBe(false);
  });

  it('of a file with an IPTC block and a picture within its EXIF neither leaves', async () => {
    expect(told.bytes.includes(TOLD.city) && told.bytes.includes(TOLD.byline) && told.bytes.includes(told.thumbnail)).toBe(true);
    const sent = Buffer.concat(proxy.requests.map(({ bytes }) => bytes));
    for (const words of [TOLD.city, TOLD.byline, '8BIM']) expect(sent.includes(words), words).toBe(false);
    // Tables of the standard apart, no stretch of the small picture.
    const codes = await standardCodes();
    for (let at = 0; at + 24 <= told.thumbnail.length; at += 24) {
      const piece = told.thumbnail.subarray(at, at + 24);
      if (new Set(piece).size >= 10 && !codes.includes(piece)) expect(sent.includes(piece), String(at)).toBe(false);
    }
  });

  it('the originals are as they were: neither written nor touched', () => {
    const now = stateOf(join(world.photos, 'item'));
    expect(now).toEqual(originals);
    for (const { path, facts } of SAMPLES) expect(now[basename(path)]?.[0], path).toBe(facts.sha256);
  });

  it('the run says what was removed, and from how many photos', async () => {
    const located = SAMPLES.filter(({ facts }) => facts.hasLocation).length;
    expect(finished(ran)).toMatchObject({ removed: { photos: expect.any(Number), kinds: { location: located } } });
    valid('run-line', finished(ran));
    const again = await World.open();
    cpSync(world.photos, again.photos, { recursive: true });
    const people = await again.run('list', again.photos);
    await again.close();
    expect(people.out).toMatch(
      new RegExp(`^Removed from \\d+ photos: GPS position or place \\(${located}\\), names \\(\\d+\\), serial numbers`, 'm'),
    );
  });

  it('show says what was removed', async () => {
    const item = ran.lines.find(({ type }) => type === 'item.finished')?.item;
    const [shown] = (await world.run('show', String(item), '--json')).lines as unknown as [
      { photos: { path: string; removed: readonly string[] }[] },
    ];
    const removedFrom = Object.fromEntries(shown.photos.map(({ path, removed }) => [basename(path), removed]));
    for (const { path, facts } of SAMPLES) expect(removedFrom[basename(path)]?.includes('location'), path).toBe(facts.hasLocation);
    expect(removedFrom['told.jpg']).toEqual(['thumbnail', 'iptc']);
    // Cameras' own: what a Canon and an iPhone write into no standard field.
    for (const name of ['canon-orientation-8-large.jpg', 'one-pixel-iphone-xr-gps.jpg'])
      expect(removedFrom[name], name).toContain('maker-notes');
    expect(removedFrom['owner-and-gps.webp']).toEqual(expect.arrayContaining(['location', 'names', 'serial-numbers', 'camera']));
    const people = await world.run('show', String(item));
    expect(people.out).toContain('removed: location');
  });
});

it('of a camera raw file the picture in it is listed, upright, and nothing else of it leaves', async () => {
  const world = await World.open();
  const proxy = await recordingProxy(world.practice.url);
  const sideways = await sharp({ create: { width: 2400, height: 1800, channels: 3, background: '#c83c32' } })
    .jpeg()
    .toBuffer();
  world.write('item/DSC_0001.NEF', nikon(sideways, 6));
  world.write('item/item.json', JSON.stringify(sidecar(1)));
  const ran = await world.start(['list', world.photos, '--json'], { EASYFLIP_PRACTICE_URL: proxy.url }).ended;
  expect(finished(ran), ran.out).toMatchObject({ counts: { listed: 1 }, removed: { kinds: { location: 1, names: 1 } } });
  const sent = Buffer.concat(proxy.requests.map(({ bytes }) => bytes));
  for (const secret of ['SECRET-PLACE', '4711-XYZ', 'Somebody Private', 'NIKON', 'Exif']) expect(sent.includes(secret), secret).toBe(false);
  const pictures = proxy.requests.map(({ bytes }) => jpegIn(bytes)).filter((jpeg) => jpeg !== undefined);
  expect(await Promise.all(pictures.map(async (jpeg) => (await sharp(jpeg).metadata()).height))).toEqual([1600]);
  const item = String(ran.lines.find(({ type }) => type === 'item.finished')?.item);
  expect((await world.run('show', item)).out).toContain('removed: location');
  await proxy.close();
  await world.close();
});

/** The JPEG in an upload, from its first byte to the boundary that ends its part. */
function jpegIn(bytes: Buffer): Buffer | undefined {
  const start = bytes.indexOf(Buffer.from('ffd8ff', 'hex'));
  if (start < 0) return undefined;
  return bytes.subarray(start, bytes.lastIndexOf('\r\n--', bytes.lastIndexOf('--')));
}

/** Every file of a folder: hash, and when it was written. */
const stateOf = (folder: string): Readonly<Record<string, readonly [hash: string, modifiedMs: number]>> =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, [sha256(readFileSync(join(folder, name))), statSync(join(folder, name)).mtimeMs]] as const),
  );
