import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES, isEasyflipError } from '../../src/core/errors.ts';
import { glanceAtPhoto } from '../../src/imaging/glance.ts';
import { preparePhoto } from '../../src/imaging/prepare-photo.ts';
import { probePhoto } from '../../src/imaging/probe-photo.ts';
import { corpus, hasCorpus, photoSettings } from '../imaging/corpus.ts';
import { runs } from './runs.ts';

const FORMATS = ['jpg', 'png', 'webp', 'gif', 'tiff', 'avif', ...(hasCorpus ? ['heic'] : [])];
const whole = new Map<string, Buffer>();
let folder = '';
let pictures = '';
let files = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'easyflip-broken-'));
  pictures = join(folder, 'pictures');
  mkdirSync(pictures);
  // Noise, so that the packed bytes have no idle stretch in which a flipped bit says nothing.
  const raw = { width: 96, height: 72, channels: 3 as const };
  const noise = Buffer.alloc(raw.width * raw.height * 3, 0);
  for (let at = 0, seed = 7; at < noise.length; at += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    noise[at] = seed >> 16;
  }
  const picture = sharp(noise, { raw }).withExif({ IFD0: { Copyright: 'nobody' } });
  for (const kind of ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)
    whole.set(kind === 'jpeg' ? 'jpg' : kind, await picture.clone().toFormat(kind).toBuffer());
  if (hasCorpus) whole.set('heic', readFileSync(join(corpus, 'heic/pug-64px.heic')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Refused, or used up to the pictures; a reason for people either way. Anything else fails the test. */
async function meet(bytes: Buffer, name: string): Promise<'refused' | 'damaged' | 'used'> {
  files += 1;
  const path = join(folder, `${files}-${name}`);
  writeFileSync(path, bytes);
  try {
    const probe = await probePhoto(path, photoSettings);
    if ('refused' in probe) {
      expect(ERROR_CODES).toContain(probe.refused.code);
      expect(probe.refused.code).toMatch(/^(?:photo|file)\./);
      for (const text of [probe.refused.message, probe.refused.hint]) expect(text).toMatch(/^[A-Z].*\.$/s);
      return 'refused';
    }
    const { photo } = probe;
    expect(photo.width >= 1 && photo.height >= 1 && photo.width * photo.height <= photoSettings.maxPixels).toBe(true);
    const used = await expectOwnError(async () => {
      const { picture } = await preparePhoto(photo, pictures, photoSettings, new AbortController().signal);
      const made = await sharp(join(pictures, picture.name)).metadata();
      expect([made.format, made.width, made.height]).toEqual(['jpeg', picture.width, picture.height]);
      expect(made.exif ?? made.xmp ?? made.iptc).toBeUndefined();
    });
    await expectOwnError(() => glanceAtPhoto(path, async () => [], new AbortController().signal));
    return used ? 'used' : 'damaged';
  } finally {
    // Originals are never changed, broken ones neither.
    expect(readFileSync(path).equals(bytes)).toBe(true);
    rmSync(path);
  }
}

async function expectOwnError(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!isEasyflipError(error)) throw error;
    expect(error.code).toMatch(/^photo\./);
    expect(error.cause).toBeUndefined();
    return false;
  }
}

const intact = (format: string): Buffer => Buffer.from(whole.get(format) ?? Buffer.alloc(0));
const format = fc.constantFrom(...FORMATS);

describe('a broken picture is refused with its reason, or what is left of it is used', () => {
  it('each format is used as it is', async () => {
    for (const kind of FORMATS) expect([kind, await meet(intact(kind), `whole.${kind}`)]).toEqual([kind, 'used']);
  });

  it('cut off anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(format, fc.double({ min: 0, max: 1, noNaN: true }), async (kind, share) => {
        const bytes = intact(kind);
        await meet(bytes.subarray(0, Math.floor(bytes.length * share)), `cut.${kind}`);
      }),
      runs(40),
    );
  });

  it('cut off in its head, byte by byte', async () => {
    for (const kind of FORMATS)
      for (let length = 0; length < 48; length += 5) expect(await meet(intact(kind).subarray(0, length), `head.${kind}`)).not.toBe('used');
  });

  it('with bytes flipped, anywhere or in its head', async () => {
    const flips = fc.array(fc.tuple(fc.double({ min: 0, max: 0.9999, noNaN: true }), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(format, flips, fc.boolean(), async (kind, changes, inHead) => {
        const bytes = intact(kind);
        const reach = inHead ? Math.min(256, bytes.length) : bytes.length;
        for (const [share, mask] of changes) {
          const at = Math.floor(reach * share);
          bytes[at] = (bytes[at] ?? 0) ^ mask;
        }
        await meet(bytes, `flipped.${kind}`);
      }),
      runs(80),
    );
  });

  it('with the head of one format and the body of another, under any name', async () => {
    await fc.assert(
      fc.asyncProperty(format, format, format, fc.integer({ min: 4, max: 64 }), async (head, body, name, cut) => {
        await meet(Buffer.concat([intact(head).subarray(0, cut), intact(body).subarray(cut)]), `mixed.${name}`);
      }),
      runs(25),
    );
  });

  it('with parts of itself repeated, left out or zeroed', async () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(format, share, share, fc.constantFrom('twice', 'out', 'zero'), async (kind, a, b, how) => {
        const bytes = intact(kind);
        const [from, to] = [a, b].map((one) => Math.floor(one * bytes.length)).sort((x, y) => x - y);
        const part = bytes.subarray(from, to);
        const middle = how === 'twice' ? [part, part] : how === 'zero' ? [Buffer.alloc(part.length)] : [];
        await meet(Buffer.concat([bytes.subarray(0, from), ...middle, bytes.subarray(to)]), `parts.${kind}`);
      }),
      runs(30),
    );
  });
});

/** The place of width and height in a PNG's, a GIF's and a JPEG's head. */
const claiming = {
  png: (bytes: Buffer, width: number, height: number) => {
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    return bytes;
  },
  gif: (bytes: Buffer, width: number, height: number) => {
    bytes.writeUInt16LE(width % 65_536, 6);
    bytes.writeUInt16LE(height % 65_536, 8);
    return bytes;
  },
  jpg: (bytes: Buffer, width: number, height: number) => {
    const at = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    bytes.writeUInt16BE(height % 65_536, at + 5);
    bytes.writeUInt16BE(width % 65_536, at + 7);
    return bytes;
  },
} as const;

describe('a picture that claims to be what it is not', () => {
  it.each([
    [65_535, 65_535],
    [2_147_483_647, 2_147_483_647],
    [4_294_967_295, 1],
    [1, 4_294_967_295],
    [0, 0],
    [0, 100],
    [30_000, 30_000],
  ])('%i x %i pixels takes no memory for them', async (width, height) => {
    const { maxRSS: before } = process.resourceUsage();
    for (const kind of ['png', 'gif', 'jpg'] as const) {
      const end = await meet(claiming[kind](intact(kind), width, height), `claims.${kind}`);
      // A GIF's screen may be empty although its frames are not.
      if (kind !== 'gif') expect([kind, end]).not.toEqual([kind, 'used']);
    }
    // The high-water mark of this process, in kilobytes: the pixels that are claimed would take gigabytes.
    expect((process.resourceUsage().maxRSS - before) / 1000).toBeLessThan(300);
  });

  it.each([
    ['empty', Buffer.alloc(0), /^photo\.empty$/],
    ['zeros', Buffer.alloc(4_000), /^photo\.not-an-image$/],
    ['ones', Buffer.alloc(4_000, 0xff), /^photo\.not-an-image$/],
    ['zip', Buffer.concat([Buffer.from('504b0304140000000800', 'hex'), Buffer.alloc(500, 1)]), /^file\.not-a-photo$/],
    ['gzip', Buffer.concat([Buffer.from('1f8b0800', 'hex'), Buffer.alloc(500, 1)]), /^file\.not-a-photo$/],
    ['html', Buffer.from('<!doctype html><script>alert(1)</script>'), /^photo\.not-an-image$|^file\.not-a-photo$/],
    [
      'svg bomb',
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="99999999" height="99999999">${'<g>'.repeat(5_000)}</svg>`),
      /^photo\.vector-graphic$/,
    ],
    [
      'entities',
      Buffer.from('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'),
      /^photo\.vector-graphic$|^file\.not-a-photo$/,
    ],
    ['script', Buffer.from('#!/bin/sh\nrm -rf /\n'), /^photo\.not-an-image$|^file\.not-a-photo$/],
    ['pdf', Buffer.from('%PDF-1.7\n'), /^file\.not-a-photo$/],
    ['postscript', Buffer.from('%!PS-Adobe-3.0\n(/etc/passwd) run\n'), /^photo\.|^file\.not-a-photo$/],
    ['magick', Buffer.from('push graphic-context\nimage over 0,0 0,0 "https://x"\n'), /^photo\.not-an-image$|^file\.not-a-photo$/],
  ])('%s is told for what it is', async (name, bytes, code) => {
    const path = join(folder, `${name}.jpg`);
    writeFileSync(path, bytes);
    const probe = await probePhoto(path, photoSettings);
    expect('refused' in probe && probe.refused.code).toMatch(code);
  });

  it('a picture with an archive behind it is the picture, and the archive goes nowhere', async () => {
    const secret = Buffer.from('PK\u0003\u0004 secret of the seller');
    const path = join(folder, 'behind.jpg');
    writeFileSync(path, Buffer.concat([intact('jpg'), secret]));
    const probe = await probePhoto(path, photoSettings);
    if ('refused' in probe) throw new Error(probe.refused.message);
    await preparePhoto(probe.photo, pictures, photoSettings, new AbortController().signal);
    for (const name of readdirSync(pictures)) expect(readFileSync(join(pictures, name)).includes('secret of the seller')).toBe(false);
  });
});

it('hundreds of broken pictures leave no memory behind', async () => {
  const broken = FORMATS.filter((kind) => kind !== 'avif').map(
    (kind) => [kind, intact(kind).subarray(0, Math.floor(intact(kind).length * 0.7))] as const,
  );
  const round = async (times: number): Promise<void> => {
    for (let at = 0; at < times; at += 1) for (const [kind, bytes] of broken) await meet(Buffer.from(bytes), `again.${kind}`);
  };
  await round(20);
  global.gc?.();
  const before = process.memoryUsage().rss;
  await round(30);
  global.gc?.();
  // A leak of one decode (20 kB of pixels, and a thread's megabytes for HEIC) a picture would be far more than the allocator's own breathing.
  expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(150);
});
