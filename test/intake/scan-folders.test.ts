import { appendFile, cp, mkdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProblemsError } from '../../src/core/errors.ts';
import { copyOf, corpus, factsOf, hasCorpus, photoSettings, throwAwayFolder } from '../imaging/corpus.ts';
import { MemoryFileCache, makePhoto, makePhotos, scan } from './scan-world.ts';

describe.skipIf(!hasCorpus)('scanning the odd files', () => {
  it('uses or refuses every one of them, each with a reason', async () => {
    const folder = await copyOf('odd');
    const { photos, refused, problems } = await scan([folder]);
    const facts = factsOf('odd');
    const used = photos.map(({ path }) => path.slice(folder.length + 1));
    const left = new Map(refused.map(({ path, reason }) => [path.slice(folder.length + 1), reason] as const));
    expect([...used, ...left.keys()].sort()).toEqual([...Object.keys(facts), 'expected.json'].sort());
    for (const name of used) expect(facts[name]?.expect, name).toMatch(/accept|warn/);
    for (const [name, { code, message, hint }] of left) {
      if (name !== 'expected.json') expect(facts[name]?.expect, name).toMatch(/reject|ignore|once/);
      expect([code, message, hint].every((text) => text.length > 5)).toBe(true);
    }
    expect(left.get('duplicates/IMG_0100 copy.jpg')).toMatchObject({
      code: 'photo.duplicate',
      message: expect.stringContaining(join(folder, 'duplicates/IMG_0100.jpg')),
    });
    expect(problems).toEqual([]);
  });
});

describe('scanning', () => {
  it('counts as people do, folder by folder, whatever order the disk has', async () => {
    const folder = await throwAwayFolder();
    await makePhotos(folder, ['b/IMG_10.jpg', 'b/IMG_9.jpg', 'a 10/x.jpg', 'a 9/x.jpg', 'b/IMG_9 copy.jpg']);
    const { photos } = await scan([folder]);
    expect(photos.map(({ path }) => path.slice(folder.length + 1))).toEqual([
      'a 9/x.jpg',
      'a 10/x.jpg',
      'b/IMG_9.jpg',
      'b/IMG_9 copy.jpg',
      'b/IMG_10.jpg',
    ]);
  });

  it('a second scan opens no file that has its size and time', async () => {
    const folder = await throwAwayFolder();
    const files = new MemoryFileCache();
    await makePhotos(folder, ['mug/1.jpg', 'mug/2.jpg']);
    await writeFile(join(folder, 'mug/readme.md'), '# text');
    const first = await scan([folder], { files });
    expect([first.photos.length, first.refused.length]).toEqual([2, 1]);
    // Were one of them opened, it would be refused now: same size and time, but no picture any more.
    for (const name of ['mug/1.jpg', 'mug/2.jpg']) {
      const path = join(folder, name);
      const { size, mtimeMs } = await stat(path);
      await writeFile(path, Buffer.alloc(size));
      await utimes(path, new Date(), Math.floor(mtimeMs) / 1000 + 0.0001);
    }
    const second = await scan([folder], { files });
    expect(second).toEqual(first);
    expect(files.batches.reduce((sum, count) => sum + count)).toBe(3);
    await appendFile(join(folder, 'mug/1.jpg'), 'x');
    const third = await scan([folder], { files });
    expect(third.photos.map(({ path }) => path)).toEqual([join(folder, 'mug/2.jpg')]);
    expect(third.refused.find(({ path }) => path.endsWith('1.jpg'))?.reason.code).toBe('photo.not-an-image');
  });

  it('a refusal that a setting can lift is not remembered, and a lowered limit holds for what is', async () => {
    const folder = await throwAwayFolder();
    const files = new MemoryFileCache();
    await makePhotos(folder, ['a.jpg', 'b.jpg']);
    const low = { photos: { ...photoSettings, maxPixels: 100 }, marketplace: 'EBAY_US' } as const;
    await expect(scan([folder], { files, settings: low })).rejects.toMatchObject({
      code: 'input.no-photos',
      message: expect.stringMatching(/2 too many pixels/),
    });
    expect((await scan([folder], { files })).photos.length).toBe(2);
    await expect(scan([folder], { files, settings: low })).rejects.toMatchObject({ code: 'input.no-photos' });
  });

  it('what was learned before an interruption is kept', async () => {
    const folder = await throwAwayFolder();
    const files = new MemoryFileCache();
    await makePhotos(
      folder,
      Array.from({ length: 40 }, (_, at) => `${at}.jpg`),
    );
    const abort = new AbortController();
    const onFile = (done: number): void => {
      if (done === 20) abort.abort(new Error('stopped'));
    };
    await expect(scan([folder], { files, signal: abort.signal, onFile })).rejects.toThrow('stopped');
    expect(files.seen.size).toBeGreaterThanOrEqual(20);
    expect(files.seen.size).toBeLessThan(40);
  });

  it('links: loops end, a real folder goes before a link to it, a link outside is followed once', async () => {
    const folder = await throwAwayFolder();
    const outside = await throwAwayFolder();
    await makePhotos(folder, ['z/1.jpg']);
    await makePhotos(outside, ['2.jpg']);
    await symlink(folder, join(folder, 'z/up'));
    await symlink(join(folder, 'z'), join(folder, 'a'));
    await symlink(outside, join(folder, 'out'));
    await symlink(outside, join(folder, 'out again'));
    await symlink(join(folder, 'nowhere'), join(folder, 'broken.jpg'));
    const { photos, refused } = await scan([folder]);
    expect(photos.map(({ path }) => path.slice(folder.length + 1)).sort()).toEqual(['out/2.jpg', 'z/1.jpg'].sort());
    expect(refused).toMatchObject([{ path: join(folder, 'broken.jpg'), reason: { code: 'photo.unreadable-file' } }]);
  });

  it('an exact copy in another folder is refused and names the first', async () => {
    const folder = await throwAwayFolder();
    await makePhotos(folder, ['a/1.jpg', 'b/1.jpg']);
    await cp(join(folder, 'a/1.jpg'), join(folder, 'b/2.jpg'));
    const { photos, refused } = await scan([folder]);
    expect(photos.length).toBe(2);
    expect(refused).toMatchObject([
      { path: join(folder, 'b/2.jpg'), reason: { code: 'photo.duplicate', message: expect.stringContaining(join(folder, 'a/1.jpg')) } },
    ]);
  });

  it('hidden folders are named, not looked into', async () => {
    const folder = await throwAwayFolder();
    await makePhotos(folder, ['a/1.jpg', '.trash/2.jpg', '__MACOSX/3.jpg']);
    const { photos, refused } = await scan([folder]);
    expect(photos.length).toBe(1);
    expect(refused.map(({ path, reason }) => [path.slice(folder.length + 1), reason.code])).toEqual([
      ['__MACOSX', 'file.hidden'],
      ['.trash', 'file.hidden'],
    ]);
  });

  it('a folder inside another, or named twice, is scanned once', async () => {
    const folder = await throwAwayFolder();
    await makePhotos(folder, ['a/1.jpg']);
    const { roots, photos } = await scan([join(folder, 'a'), folder, `${folder}/`]);
    expect(roots).toEqual([folder]);
    expect(photos.length).toBe(1);
  });
});

describe('what a phone saves beside its photos', () => {
  it('the film of a Live Photo is told as that, and a film alone as a film', async () => {
    const folder = await throwAwayFolder();
    await makePhoto(join(folder, 'IMG_0001.jpg'));
    const film = Buffer.from('0000001466747970717420200000000071742020', 'hex');
    for (const name of ['IMG_0001.MOV', 'IMG_0002.MOV']) await writeFile(join(folder, name), film);
    await writeFile(join(folder, 'IMG_0001.AAE'), '<plist/>');
    const codes = (await scan([folder])).refused.map(({ path, reason }) => [path.slice(folder.length + 1), reason.code]);
    expect(codes).toEqual([
      ['IMG_0001.AAE', 'file.iphone-edit'],
      ['IMG_0001.MOV', 'file.live-photo'],
      ['IMG_0002.MOV', 'file.not-a-photo'],
    ]);
  });
});

describe.skipIf(!hasCorpus)('a Live Photo as a phone saves it', () => {
  /** An atom of a QuickTime file: its length, its type, what is in it. */
  const atom = (type: string, ...parts: readonly Uint8Array[]): Buffer => {
    const body = Buffer.concat(parts);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length + 8);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, body]);
  };
  /** The smallest film that is one: brand `qt  `, a movie header of 3 s in 600 parts a second, no track, some media. */
  const film = (): Buffer => {
    const header = Buffer.alloc(100);
    header.writeUInt32BE(600, 12);
    header.writeUInt32BE(1800, 16);
    header.writeUInt32BE(0x00010000, 20);
    for (const [at, value] of [0x00010000, 0, 0, 0, 0x00010000, 0, 0, 0, 0x40000000].entries()) header.writeUInt32BE(value, 36 + at * 4);
    header.writeUInt32BE(1, 96);
    return Buffer.concat([
      atom('ftyp', Buffer.from('qt  \0\0\0\0qt  ', 'latin1')),
      atom('wide'),
      atom('mdat', Buffer.alloc(4096, 7)),
      atom('moov', atom('mvhd', header)),
    ]);
  };

  it.each([
    ['IMG_0001.HEIC', 'IMG_0001.MOV'],
    ['IMG_0001.heic', 'IMG_0001.mov'],
  ])('%s is used, %s is told as its moving part', async (photo, moving) => {
    const folder = await throwAwayFolder();
    await cp(join(corpus, 'heic/sign-no-pets.HEIC'), join(folder, photo));
    await writeFile(join(folder, moving), film());
    await writeFile(join(folder, 'IMG_0002.MOV'), film());
    const { photos, refused } = await scan([folder]);
    expect(photos.map(({ path, kind }) => [path.slice(folder.length + 1), kind])).toEqual([[photo, 'heic']]);
    expect(Object.fromEntries(refused.map(({ path, reason }) => [path.slice(folder.length + 1), reason.code]))).toEqual({
      [moving]: 'file.live-photo',
      'IMG_0002.MOV': 'file.not-a-photo',
    });
    expect(refused.find(({ reason }) => reason.code === 'file.live-photo')?.reason.message).toContain(`the Live Photo ${photo},`);
  });

  it('the film of a HEIC that cannot be used is a film, and both are told', async () => {
    const folder = await throwAwayFolder();
    await makePhoto(join(folder, 'IMG_0003.jpg'));
    await cp(join(corpus, 'heic/corrupted.heic'), join(folder, 'IMG_0001.HEIC'));
    await writeFile(join(folder, 'IMG_0001.MOV'), film());
    const { photos, refused } = await scan([folder]);
    expect(photos.map(({ path }) => path.slice(folder.length + 1))).toEqual(['IMG_0003.jpg']);
    expect(refused.map(({ path, reason }) => [path.slice(folder.length + 1), reason.code])).toEqual([
      ['IMG_0001.HEIC', 'photo.damaged'],
      ['IMG_0001.MOV', 'file.not-a-photo'],
    ]);
  });
});

describe('folders that cannot be used', () => {
  it('are told together: a missing one, an empty one, and a file', async () => {
    const folder = await throwAwayFolder();
    await mkdir(join(folder, 'empty'));
    await makePhoto(join(folder, 'good/1.jpg'));
    const problem = await scan([join(folder, 'gone'), join(folder, 'empty'), join(folder, 'good'), join(folder, 'good/1.jpg')]).catch(
      (error: unknown) => error,
    );
    expect(problem).toBeInstanceOf(ProblemsError);
    expect((problem as ProblemsError).problems).toEqual([
      `There is no folder ${join(folder, 'gone')}.`,
      `${join(folder, 'good/1.jpg')} is a file, not a folder.`,
      `There is no usable photo in ${join(folder, 'empty')}: it is empty.`,
    ]);
  });

  it('one alone keeps its own code and hint', async () => {
    const folder = await throwAwayFolder();
    await expect(scan([join(folder, 'gone')])).rejects.toMatchObject({
      code: 'input.missing-folder',
      hint: expect.stringMatching(/^Check/),
    });
    await expect(scan([folder])).rejects.toMatchObject({ code: 'input.no-photos' });
    expect((await scan([folder], { mayBeEmpty: true })).photos).toEqual([]);
  });

  it.skipIf(!hasCorpus)('no photos: says what is there instead', async () => {
    const folder = await throwAwayFolder();
    await cp(join(corpus, 'heic/corrupted.heic'), join(folder, 'IMG_1.HEIC'));
    await expect(scan([folder])).rejects.toMatchObject({
      code: 'input.no-photos',
      message: expect.stringMatching(/1 file .*1 damaged/),
      hint: expect.stringMatching(/Copy it again/),
    });
  });
});
