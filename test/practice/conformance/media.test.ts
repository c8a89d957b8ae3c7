import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { afterEach, beforeEach, expect } from 'vitest';
import { jpeg, MEDIA, openWorld, prepare, publishPath, type World } from '../world.ts';
import { rule } from './rule.ts';

const DAY_MS = 86_400_000;

let world: World;
let now = Date.UTC(2026, 10, 20);
beforeEach(async () => {
  world = await openWorld({ now: () => now });
});
afterEach(() => world.close());

const refused = async (bytes: Uint8Array) => {
  const { status, body } = await world.upload(bytes);
  return [status, body.errors?.[0].errorId, body.errors?.[0].domain];
};
const fromUrl = (imageUrl: unknown) => world.call('POST', `${MEDIA}/create_image_from_url`, { imageUrl });
const moving = (frames: number) =>
  sharp(randomBytes(64 * 64 * frames * 3), { raw: { width: 64, height: 64 * frames, channels: 3, pageHeight: 64 } });

rule(
  'media.from-file',
  'CONTRACTS 2.4 | createImageFromFile',
  'an upload is answered 201 with Location, address and date, and getImage gives the same',
  async () => {
    const bytes = await jpeg(640, 480);
    const made = await world.upload(bytes);
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      imageUrl: expect.stringMatching(/^https:\/\/i\.ebayimg\.com\/images\/g\/[\w-]+\/s-l1600\.jpg$/),
      expirationDate: new Date(now + 30 * DAY_MS).toISOString(),
    });
    const location = new URL(made.headers.get('location') ?? '');
    expect(location.href).toMatch(/^https:\/\/apim\.ebay\.com\/commerce\/media\/v1_beta\/image\/[\w-]+$/);
    expect((await world.call('GET', location.pathname)).body).toEqual(made.body);
    const served = await fetch(`${world.practice.url}/pictures/${location.pathname.split('/').at(-1)}`);
    expect(Buffer.from(await served.arrayBuffer()).equals(bytes)).toBe(true);
  },
);

rule('media.formats', 'CONTRACTS 2.4 | createImageFromFile', 'JPG, GIF, PNG, BMP, TIFF, AVIF, HEIC and WEBP are taken', async () => {
  const picture = sharp({ create: { width: 600, height: 500, channels: 3, background: '#335577' } });
  const bmp = Buffer.alloc(54 + 8 * 4);
  bmp.write('BM');
  bmp.writeInt32LE(2, 18);
  bmp.writeInt32LE(2, 22);
  const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x14ispe\0\0\0\0', 'latin1'), Buffer.alloc(8)]);
  for (const bytes of [
    await picture.clone().png().toBuffer(),
    await picture.clone().webp().toBuffer(),
    await picture.clone().gif().toBuffer(),
    await picture.clone().avif().toBuffer(),
    await picture.clone().tiff().toBuffer(),
    bmp,
    heic,
  ]) {
    expect((await world.upload(bytes)).status).toBe(201);
  }
});

rule(
  'media.format-by-content',
  'createImageFromFile 190203',
  'what the bytes are decides, not the name: other and damaged files are refused',
  async () => {
    expect(await refused(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>'.padEnd(100)))).toEqual([400, 190203, 'API_MEDIA']);
    expect(await refused((await jpeg(600, 600)).subarray(0, 40))).toEqual([400, 190203, 'API_MEDIA']);
    const gif = await sharp(await jpeg(600, 600))
      .gif()
      .toBuffer();
    expect(await refused(gif.subarray(0, 300))).toEqual([400, 190203, 'API_MEDIA']);
  },
);

rule('media.no-animation', 'CONTRACTS 2.4 | createImageFromFile 190203', 'moving pictures are refused', async () => {
  expect(await refused(await moving(2).gif({ loop: 0 }).toBuffer())).toEqual([400, 190203, 'API_MEDIA']);
  expect(await refused(await moving(2).webp({ loop: 0 }).toBuffer())).toEqual([400, 190203, 'API_MEDIA']);
});

rule('media.one-page', 'CONTRACTS 2.4 | createImageFromFile 190203', 'files of several pages are refused', async () => {
  expect(await refused(await moving(3).tiff().toBuffer())).toEqual([400, 190203, 'API_MEDIA']);
});

rule('media.12-mb', 'CONTRACTS 2.4 | createImageFromFile 190201', 'a file of more than 12 MB is refused', async () => {
  expect(await refused(Buffer.concat([await jpeg(600, 600), Buffer.alloc(12 * 1024 * 1024)]))).toEqual([400, 190201, 'API_MEDIA']);
});

rule(
  'media.dimensions',
  'createImageFromFile 190202',
  'a picture with too many pixels on a side is refused, whatever its format',
  async () => {
    expect(await refused(await jpeg(15_100, 10))).toEqual([400, 190202, 'API_MEDIA']);
    const tiff = await sharp({ create: { width: 15_100, height: 2, channels: 3, background: '#335577' } })
      .tiff()
      .toBuffer();
    expect(await refused(tiff)).toEqual([400, 190202, 'API_MEDIA']);
  },
);

rule(
  'media.part-named-image',
  'createImageFromFile 190203',
  'the multipart body has one part, named image; other bodies are refused',
  async () => {
    const post = async (body: FormData | string, headers: Record<string, string> = {}) => {
      const Authorization = await world.bearer();
      const response = await fetch(`${world.practice.url}${MEDIA}/create_image_from_file`, {
        method: 'POST',
        headers: { Authorization, ...headers },
        body,
      });
      return [response.status, ((await response.json()) as { errors: { errorId: number }[] }).errors[0]?.errorId];
    };
    const picture = new Blob([new Uint8Array(await jpeg(600, 600))]);
    const misnamed = new FormData();
    misnamed.append('photo', picture, 'photo.jpg');
    expect(await post(misnamed)).toEqual([400, 190203]);
    const twice = new FormData();
    twice.append('image', picture, 'photo.jpg');
    twice.append('image', picture, 'photo.jpg');
    expect(await post(twice)).toEqual([400, 190203]);
    expect(await post('{"image":{}}', { 'Content-Type': 'application/json' })).toEqual([415, 2005]);
    expect(await post('--x\r\nno end', { 'Content-Type': 'multipart/form-data; boundary=x' })).toEqual([400, 190203]);
  },
);

rule('media.from-url', 'CONTRACTS 2.4 | createImageFromUrl', 'a picture that this server hosts can be taken from its address', async () => {
  const source = await world.picture();
  const made = await fromUrl(source);
  expect([made.status, made.body.imageUrl === source]).toEqual([201, false]);
  expect(made.headers.get('location')).toMatch(/^https:\/\/apim\.ebay\.com\/commerce\/media\/v1_beta\/image\//);
});

rule(
  'media.from-url-unreachable',
  'createImageFromUrl 190204',
  'no https address, and one where no picture can be fetched, are refused',
  async () => {
    const source = await world.picture();
    for (const url of [source.replace('https:', 'http:'), 'https://pictures.example.com/1.jpg', 'nonsense', undefined, 7]) {
      const { status, body } = await fromUrl(url);
      expect([status, body.errors[0].errorId]).toEqual([400, 190204]);
    }
  },
);

rule('media.expiry', 'CONTRACTS 2.4 | getImage 190200', 'an upload that is on no listing is gone after 30 days', async () => {
  const made = await world.upload(await jpeg(640, 480));
  const path = new URL(made.headers.get('location') ?? '').pathname;
  now += 30 * DAY_MS - 1;
  world.forgetToken();
  expect((await world.call('GET', path)).status).toBe(200);
  now += 1;
  const gone = await world.call('GET', path);
  expect([gone.status, gone.body.errors[0].errorId]).toEqual([404, 190200]);
});

rule('media.kept-on-listing', 'CONTRACTS 2.4', 'on a live listing a picture stays', async () => {
  const offerId = await prepare(world, 'KEEP1');
  expect((await world.call('POST', publishPath(offerId))).status).toBe(200);
  const [url] = (await world.call('GET', '/sell/inventory/v1/inventory_item/KEEP1')).body.product.imageUrls;
  now += 60 * DAY_MS;
  world.forgetToken();
  expect((await world.call('GET', `${MEDIA}/${url.split('/').at(-2)}`)).status).toBe(200);
});

rule('media.image-unknown', 'getImage 190200', 'an unknown image is not found', async () => {
  const { status, body } = await world.call('GET', `${MEDIA}/nosuchimage`);
  expect([status, body.errors[0]]).toMatchObject([404, { errorId: 190200, domain: 'API_MEDIA' }]);
});

rule('media.50-in-5-seconds', 'CONTRACTS 2.4, 2.9 | 2001', 'of all Media POSTs, 50 are let through in any 5 seconds', async () => {
  const bytes = await jpeg(600, 600);
  for (let n = 0; n < 50; n += 1) expect((await world.upload(bytes)).status).toBe(201);
  const over = await world.upload(bytes);
  expect([over.status, over.body.errors[0]]).toMatchObject([429, { errorId: 2001, domain: 'ACCESS' }]);
  expect((await fromUrl('nonsense')).status).toBe(429);
  now += 5_000;
  expect((await world.upload(bytes)).status).toBe(201);
});
