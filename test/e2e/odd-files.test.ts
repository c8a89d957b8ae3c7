import { cpSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groundTruth, hasSharedPhotos, sharedPhotos } from '../support/shared-photos.ts';
import { finished, type Ran, World } from '../support/world.ts';

interface OddFile {
  readonly expect: string;
  readonly note?: string;
}

interface Reason {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

describe.skipIf(!hasSharedPhotos)('odd files', () => {
  let world: World;
  let ran: Ran;
  const refused = new Map<string, Reason>();
  const warned = new Map<string, Reason>();
  const used = new Set<string>();

  beforeAll(async () => {
    world = await World.open();
    cpSync(sharedPhotos('odd'), world.photos, { recursive: true });
    rmSync(join(world.photos, 'expected.json'));
    ran = await world.run('list', world.photos, '--json');
    const name = (path: unknown): string => relative(world.photos, String(path));
    for (const line of ran.lines) {
      if (line.type === 'file.refused') refused.set(name(line.path), line.reason as Reason);
      if (line.type === 'file.warned') warned.set(name(line.path), line.reason as Reason);
    }
    const items = ran.lines.filter(({ type }) => type === 'item.finished');
    for (const { item } of items) {
      const [shown] = (await world.run('show', String(item), '--json')).lines as unknown as [{ photos: { path: string }[] }];
      for (const { path } of shown.photos) used.add(name(path));
    }
  });
  afterAll(() => world.close());

  const isRefused = (file: string): boolean => {
    const reason = refused.get(file);
    return reason !== undefined && reason.message.length > 10 && reason.hint.length > 10;
  };
  const isUsed = (file: string): boolean => used.has(file) && !refused.has(file);

  const MEETS: Readonly<Record<string, (file: string) => boolean>> = {
    accept: isUsed,
    'accept, may be flagged': isUsed,
    'accept once': (file) => refused.get(file)?.code === 'photo.duplicate',
    warn: (file) => isUsed(file) && warned.has(file),
    reject: isRefused,
    ignore: isRefused,
    'ignore or reject': isRefused,
    'reject or warn': (file) => isRefused(file) || (isUsed(file) && warned.has(file)),
    'accept or ignore, but say which': (file) => isUsed(file) || isRefused(file),
    'accept or reject with a clear message': (file) => isUsed(file) || isRefused(file),
  };

  it('end as expected, every one', () => {
    const { files } = groundTruth<{ files: Record<string, OddFile> }>('odd');
    const unmet = Object.entries(files).filter(([file, { expect: wanted }]) => !(MEETS[wanted]?.(file) ?? false));
    expect(
      unmet.map(
        ([file, { expect: wanted }]) =>
          `${file}: ${wanted}; refused ${refused.get(file)?.code}, warned ${warned.get(file)?.code}, used ${used.has(file)}`,
      ),
    ).toEqual([]);
  });

  it('each refusal names what that file is', () => {
    const codeOf = (file: string): string | undefined => refused.get(file)?.code;
    expect(codeOf('zero-byte.jpg')).toBe('photo.empty');
    expect(refused.get('text-named.jpg')?.message).not.toBe(refused.get('html-error-page.jpg')?.message);
    expect(codeOf('bomb-30000x30000.png')).toBe('photo.too-many-pixels');
    expect(codeOf('jpeg-claims-65500x65500.jpg')).toBe('photo.too-many-pixels');
    expect(codeOf('bitmap.bmp')).toBe('photo.format-unsupported');
    expect(codeOf('vector-with-file-reference.svg')).toBe('photo.vector-graphic');
    expect(codeOf('IMG_0002.AAE')).toBe('file.iphone-edit');
    expect(codeOf('._IMG_0001.JPG')).toBe('file.macos-companion');
  });

  it('harm nobody: nothing fails and the run is in order', () => {
    expect(ran.err).toBe('');
    expect(finished(ran)).toMatchObject({ exitCode: 0, counts: { failed: 0, deferred: 0 } });
  });
});
