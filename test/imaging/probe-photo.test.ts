import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/core/errors.ts';
import { probePhoto, refusedByLimits } from '../../src/imaging/probe-photo.ts';
import { corpus, factsOf, hasCorpus, photoSettings, probed, throwAwayFolder } from './corpus.ts';

/** Every refusal of the odd files, by name: each says what the file really is. */
const REFUSALS: Readonly<Record<string, readonly [ErrorCode, RegExp]>> = {
  'zero-byte.jpg': ['photo.empty', /empty/],
  'text-named.jpg': ['photo.not-an-image', /text/],
  'html-error-page.jpg': ['photo.not-an-image', /web page/],
  'truncated-header.jpg': ['photo.damaged', /JPEG.*header/],
  'jpeg-claims-65500x65500.jpg': ['photo.too-many-pixels', /65500 x 65500/],
  'bitmap.bmp': ['photo.format-unsupported', /BMP/],
  'bomb-30000x30000.png': ['photo.too-many-pixels', /30000 x 30000/],
  'heavy-16000x16000.png': ['photo.too-many-pixels', /16000 x 16000/],
  'vector-with-file-reference.svg': ['photo.vector-graphic', /SVG/],
  'IMG_0002.AAE': ['file.iphone-edit', /iPhone/],
  '._IMG_0001.JPG': ['file.macos-companion', /macOS/],
  'pngsuite/xs1n0g01.png': ['photo.damaged', /PNG/],
  'pngsuite/xcrn0g04.png': ['photo.damaged', /PNG/],
  'pngsuite/xdtn0g01.png': ['photo.damaged', /PNG.*header/],
  'pngsuite/xc9n2c08.png': ['photo.damaged', /PNG.*header/],
};

describe.skipIf(!hasCorpus)('probing the odd files', () => {
  for (const [name, facts] of hasCorpus ? Object.entries(factsOf('odd')) : []) {
    it(`${name}: ${facts.expect}`, async () => {
      const probe = await probePhoto(join(corpus, 'odd', name), photoSettings);
      const refusal = REFUSALS[name];
      if (refusal) {
        expect(facts.expect).toMatch(/reject|ignore/);
        expect(probe).toMatchObject({
          refused: { code: refusal[0], message: expect.stringMatching(refusal[1]), hint: expect.stringMatching(/\w/) },
        });
        return;
      }
      expect(facts.expect).toMatch(/accept|warn/);
      expect(probe).toMatchObject({ photo: { sha256: facts.sha256, kind: facts.kind, ...facts.display } });
    });
  }
});

describe.skipIf(!hasCorpus)('probing HEIC and AVIF', () => {
  for (const [name, facts] of hasCorpus ? Object.entries(factsOf('heic')) : []) {
    it(`${name} is ${facts.kind}`, async () => {
      const probe = await probePhoto(join(corpus, 'heic', name), photoSettings);
      if (facts.kind === 'empty') expect(probe).toMatchObject({ refused: { code: 'photo.empty' } });
      else if (facts.expect === 'reject')
        expect(probe).toMatchObject({ refused: { code: 'photo.damaged', message: expect.stringMatching(/HEIC.*header/) } });
      else expect(probe).toMatchObject({ photo: { kind: facts.kind, ...facts.display } });
    });
  }
});

describe.skipIf(!hasCorpus)('probing EXIF', () => {
  for (const [name, facts] of hasCorpus ? Object.entries(factsOf('exif')) : []) {
    it(`${name}: size after turning, and the time`, async () => {
      const photo = await probed(join(corpus, 'exif', name));
      expect(photo).toMatchObject({ kind: facts.kind, ...facts.display });
      expect(photo.takenAt).toBe(facts.exif?.dateTimeOriginal);
      expect(
        Object.keys(photo)
          .filter((key) => key !== 'takenAt')
          .sort(),
      ).toEqual(['bytes', 'height', 'kind', 'path', 'sha256', 'width']);
    });
  }
});

describe('probing by content', () => {
  const made = async (name: string, content: string | Buffer): Promise<ReturnType<typeof probePhoto>> => {
    const path = join(await throwAwayFolder(), name);
    await writeFile(path, content);
    return probePhoto(path, photoSettings);
  };
  const png = (): Promise<Buffer> =>
    sharp({ create: { width: 30, height: 20, channels: 3, background: '#336699' } })
      .png()
      .toBuffer();

  it('an ending says nothing: PNG inside a .txt is a photo', async () => {
    expect(await made('notes about it.txt', await png())).toMatchObject({ photo: { kind: 'png', width: 30, height: 20 } });
  });

  it.each<readonly [string, string | Buffer, ErrorCode, RegExp]>([
    ['clip.mov', Buffer.from('0000001466747970717420200000000071742020', 'hex'), 'file.not-a-photo', /video/],
    ['clip.mp4', Buffer.from('000000186674797069736f6d000002006d70343269736f6d', 'hex'), 'file.not-a-photo', /video/],
    ['manual.pdf', '%PDF-1.7\n', 'file.not-a-photo', /PDF/],
    ['all.zip', Buffer.from('504b030414000000', 'hex'), 'file.not-a-photo', /ZIP/],
    ['raw.NEF', Buffer.from('4d4d002a00000008', 'hex'), 'photo.format-unsupported', /camera raw/],
    ['raw.CR2', Buffer.from('49492a001000000043520200', 'hex'), 'photo.format-unsupported', /camera raw/],
    ['data.json', '{"a": 1}', 'file.not-a-photo', /text/],
    [
      'svg-in-disguise.png',
      '\uFEFF<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg"/>',
      'photo.vector-graphic',
      /SVG/,
    ],
    ['noise.jpg', Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8]), 'photo.not-an-image', /named like a picture/],
    ['noise.bin', Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8]), 'file.not-a-photo', /not a picture/],
    ['.hidden.jpg', 'x', 'file.hidden', /hidden/],
    ['Thumbs.db', 'x', 'file.hidden', /system/],
  ])('%s is refused for what it is', async (name, content, code, message) => {
    expect(await made(name, content)).toMatchObject({ refused: { code, message: expect.stringMatching(message) } });
  });

  it('limits hold before anything is decoded, and again when they are lowered later', async () => {
    const path = join(await throwAwayFolder(), 'a.png');
    await writeFile(path, await png());
    expect(await probePhoto(path, { ...photoSettings, maxPixels: 599 })).toMatchObject({ refused: { code: 'photo.too-many-pixels' } });
    expect(await probePhoto(path, { ...photoSettings, maxFileBytes: 50 })).toMatchObject({ refused: { code: 'photo.too-large' } });
    const photo = await probed(path);
    expect(refusedByLimits(photo, { ...photoSettings, maxPixels: 600 })).toBeUndefined();
    expect(refusedByLimits(photo, { ...photoSettings, maxPixels: 599 })?.code).toBe('photo.too-many-pixels');
  });

  it('what cannot be opened is a refusal without the path of anything else', async () => {
    const folder = await throwAwayFolder();
    expect(await probePhoto(join(folder, 'gone.jpg'), photoSettings)).toMatchObject({ refused: { code: 'photo.unreadable-file' } });
    await mkdir(join(folder, 'folder.jpg'));
    expect(await probePhoto(join(folder, 'folder.jpg'), photoSettings)).toMatchObject({ refused: { code: 'photo.unreadable-file' } });
  });

  it.skipIf(process.getuid?.() === 0)('no permission is said to be no permission', async () => {
    const path = join(await throwAwayFolder(), 'locked.jpg');
    await writeFile(path, await png());
    await chmod(path, 0o000);
    expect(await probePhoto(path, photoSettings)).toMatchObject({
      refused: { code: 'photo.unreadable-file', message: expect.stringMatching(/no permission/) },
    });
  });
});
