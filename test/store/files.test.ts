import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SeenFile } from '../../src/core/ports/store.ts';
import { photo } from './support/samples.ts';
import { open, tempFile } from './support/world.ts';

const ROOT = resolve('/photos');
const seen = (path: string, changes: Partial<SeenFile> = {}): SeenFile => ({
  path,
  bytes: 123,
  modifiedMs: 1_767_323_045_678.25,
  result: { photo: { ...photo('x'), path } },
  ...changes,
});

describe('the file cache', () => {
  it('gives back what a scan learned, to the fraction of a millisecond', async () => {
    const store = await open(tempFile());
    const refused = { code: 'photo.empty', message: 'It is empty.', hint: 'Copy it again.' } as const;
    const files = [seen(join(ROOT, 'a.jpg')), seen(join(ROOT, 'b.jpg'), { bytes: 0, result: { refused } })];
    await store.files.remember(files);
    expect([...(await store.files.below(ROOT)).values()]).toEqual(files);
    const changed = seen(join(ROOT, 'a.jpg'), { bytes: 124, modifiedMs: 5 });
    await store.files.remember([changed, changed]);
    expect((await store.files.below(ROOT)).get(changed.path)).toEqual(changed);
    expect((await store.files.below(ROOT)).size).toBe(2);
  });

  it('knows what is below a folder and what only begins like it', async () => {
    const store = await open(tempFile());
    const inside = ['a.jpg', join('deep', 'er', 'b.jpg'), 'ünï%_ 📷.jpg', '￿.jpg'].map((name) => join(ROOT, 'mine', name));
    const outside = [join(ROOT, 'mine.jpg'), join(ROOT, 'mine2', 'a.jpg'), join(ROOT, 'Mine', 'a.jpg'), join(ROOT, 'mine-old', 'a.jpg')];
    await store.files.remember([...inside, ...outside].map((path) => seen(path)));
    expect([...(await store.files.below(join(ROOT, 'mine'))).keys()].sort()).toEqual([...inside].sort());
    expect([...(await store.files.below(`${join(ROOT, 'mine')}/`)).keys()].sort()).toEqual([...inside].sort());
    expect((await store.files.below(resolve('/'))).size).toBe(8);
    expect((await store.files.below(join(ROOT, 'nothing'))).size).toBe(0);
  });
});
