import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sidecar } from '../support/items.ts';
import { metadataPieces, PLAIN_SEGMENTS, LOCATED as SAMPLES, segmentsOf, standardCodes } from '../support/located-photos.ts';
import { nikon } from '../support/raw-files.ts';
import { type RecordingProxy, recordingProxy } from '../support/recording-proxy.ts';
import { valid } from '../support/schemas.ts';
import { hasSharedPhotos } from '../support/shared-photos.ts';
import { finished, type Ran, sha256, World } from '../support/world.ts';

describe.skipIf(!hasSharedPhotos)('what leaves the machine', () => {
  let world: World;
  let proxy: RecordingProxy;
  let ran: Ran;
  let pictures: readonly Buffer[];

  beforeAll(async () => {
    world = await World.open();
    proxy = await recordingProxy(world.practice.url);
    // One item: many of the samples show the same scene and would be held as possible duplicates.
    world.write('item/item.json', JSON.stringify(sidecar(1)));
    for (const { path } of SAMPLES) cpSync(path, join(world.photos, 'item', basename(path)));
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
    expect(listing?.pictures).toHaveLength(SAMPLES.length);
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
    for (const { path, facts } of SAMPLES) {
      const found: string[] = [];
      for (const secret of facts.stripMustRemove ?? []) if (sent.includes(secret)) found.push(secret);
      for (const { lat, lon } of [facts.exif?.gps, facts.expectedLocation].filter((place) => place != null)) {
        for (const degrees of [lat, lon]) if (sent.includes(degrees.toFixed(3))) found.push(String(degrees));
      }
      for (const piece of await metadataPieces(path)) if (sent.includes(piece) && !codes.includes(piece)) found.push(piece.toString('hex'));
      expect(found, path).toEqual([]);
    }
    for (const mark of ['Exif\0\0', 'http://ns.adobe.com/xap', 'Photoshop 3.0', 'ICC_PROFILE', 'GPSLatitude'])
      expect(sent.includes(mark)).toBe(false);
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
