import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jpeg, MEDIA, openWorld, type World } from './world.ts';

let world: World;
let now = Date.UTC(2026, 10, 20);
beforeEach(async () => {
  world = await openWorld({ now: () => now });
});
afterEach(() => world.close());

describe('create_image_from_file', () => {
  it('answers 201 with Location, address and date, and serves the same bytes', async () => {
    const bytes = await jpeg(640, 480);
    const made = await world.upload(bytes);
    expect(made.status).toBe(201);
    expect(made.body.imageUrl).toMatch(/^https:\/\/i\.ebayimg\.com\/images\/g\/[\w-]+\/s-l1600\.jpg$/);
    expect(Date.parse(made.body.expirationDate)).toBe(now + 30 * 86_400_000);
    const location = new URL(made.headers.get('location') ?? '');
    expect(location.host).toBe('apim.ebay.com');
    expect((await world.call('GET', location.pathname)).body).toEqual(made.body);
    const id = location.pathname.split('/').at(-1);
    const served = Buffer.from(await (await fetch(`${world.practice.url}/pictures/${id}`)).arrayBuffer());
    expect(served.equals(bytes)).toBe(true);
  });

  it('takes the formats eBay takes', async () => {
    const picture = sharp({ create: { width: 600, height: 500, channels: 3, background: '#335577' } });
    for (const bytes of [
      await picture.png().toBuffer(),
      await picture.webp().toBuffer(),
      await picture.gif().toBuffer(),
      await picture.avif().toBuffer(),
      await picture.tiff().toBuffer(),
    ]) {
      expect((await world.upload(bytes)).status).toBe(201);
    }
  });

  it('refuses unknown, cut, moving, too large and too wide pictures', async () => {
    const errorId = async (bytes: Uint8Array) => (await world.upload(bytes)).body.errors[0].errorId;
    expect(await errorId(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>'.padEnd(100)))).toBe(190203);
    expect(await errorId((await jpeg(600, 600)).subarray(0, 40))).toBe(190203);
    const frames = await sharp(randomBytes(64 * 128 * 3), { raw: { width: 64, height: 128, channels: 3, pageHeight: 64 } })
      .gif({ loop: 0 })
      .toBuffer();
    expect(await errorId(frames)).toBe(190203);
    expect(await errorId(Buffer.concat([await jpeg(600, 600), Buffer.alloc(12 * 1024 * 1024)]))).toBe(190201);
    expect(await errorId(await jpeg(15_100, 10))).toBe(190202);
  });

  it('wants one multipart part named image', async () => {
    const post = async (body: FormData | string, headers: Record<string, string>) => {
      const token = (await world.token({ grant_type: 'refresh_token', refresh_token: 'practice-refresh-token' })).body.access_token;
      const response = await fetch(`${world.practice.url}${MEDIA}/create_image_from_file`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, ...headers },
        body,
      });
      return [response.status, ((await response.json()) as { errors: { errorId: number }[] }).errors[0]?.errorId];
    };
    const misnamed = new FormData();
    misnamed.append('photo', new Blob([new Uint8Array(await jpeg(600, 600))]), 'photo.jpg');
    expect(await post(misnamed, {})).toEqual([400, 190203]);
    expect(await post('{"image":{}}', { 'Content-Type': 'application/json' })).toEqual([415, 2005]);
    expect(await post('--x\r\nno end', { 'Content-Type': 'multipart/form-data; boundary=x' })).toEqual([400, 190203]);
  });

  it('lets 50 POSTs through in any 5 seconds', async () => {
    const bytes = await jpeg(600, 600);
    for (let n = 0; n < 50; n += 1) expect((await world.upload(bytes)).status).toBe(201);
    const refused = await world.upload(bytes);
    expect([refused.status, refused.body.errors[0]]).toMatchObject([429, { errorId: 2001, domain: 'ACCESS' }]);
    now += 5_000;
    expect((await world.upload(bytes)).status).toBe(201);
  });
});
