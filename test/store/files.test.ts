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
    const paths = files.map(({ path }) => path);
    expect([...(await store.files.at(paths)).values()]).toEqual(files);
    const changed = seen(join(ROOT, 'a.jpg'), { bytes: 124, modifiedMs: 5 });
    await store.files.remember([changed, changed]);
    expect((await store.files.at(paths)).get(changed.path)).toEqual(changed);
    expect((await store.files.at(paths)).size).toBe(2);
  });

  it('answers for the files that are named, whatever is in their names', async () => {
    const store = await open(tempFile());
    const named = ['a.jpg', join('deep', 'er', 'b.jpg'), 'ünï%_ 📷.jpg', '￿.jpg', '"\\.jpg'].map((name) => join(ROOT, 'mine', name));
    const others = [join(ROOT, 'mine.jpg'), join(ROOT, 'Mine', 'a.jpg'), join(ROOT, 'mine', 'A.jpg')];
    await store.files.remember([...named, ...others].map((path) => seen(path)));
    expect([...(await store.files.at([...named, join(ROOT, 'nothing')])).keys()].sort()).toEqual([...named].sort());
    expect((await store.files.at([])).size).toBe(0);
  });
});
