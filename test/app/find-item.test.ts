import { relative } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findItem } from '../../src/app/find-item.ts';
import type { Store } from '../../src/core/ports/store.ts';
import { item } from '../store/support/samples.ts';
import { open, tempFile } from '../store/support/world.ts';

/** As a shell completes it, from the folder that the tests run in. */
const typed = (path: string): string => relative(process.cwd(), path);

describe('the item that a person means', () => {
  const shirt = item('shirt', { source: '/photos/monday/shirt' });
  const otherShirt = item('other', { source: '/photos/tuesday/shirt' });
  const here = item('here', { source: process.cwd() });
  const nearShirt = item('near', { source: `${process.cwd()}/shirt` });
  let store: Store;
  beforeEach(async () => {
    store = await open(tempFile());
    for (const each of [shirt, otherShirt, here]) await store.items.save(each, undefined);
  });
  const meant = async (name: string): Promise<string> => (await findItem(store, name)).item.id;

  it('is found by a path that goes up and down, with a slash at its end, or none', async () => {
    expect(typed('/photos/tuesday/shirt')).toMatch(/^\.\./);
    expect(await meant(typed('/photos/tuesday/shirt'))).toBe(otherShirt.id);
    expect(await meant(`${typed('/photos/monday/shirt')}/`)).toBe(shirt.id);
    expect(await meant('.')).toBe(here.id);
  });

  it('is asked about where several share a name, unless one of them is here', async () => {
    await expect(meant('shirt')).rejects.toMatchObject({ code: 'usage.unknown-item', message: expect.stringMatching(/several/) });
    await store.items.save(nearShirt, undefined);
    expect(await meant('shirt')).toBe(nearShirt.id);
    expect(await meant('monday/shirt')).toBe(shirt.id);
  });

  it.each(['', ' ', './trousers', '..'])('is none for %j', async (name) => {
    await expect(meant(name)).rejects.toMatchObject({ code: 'usage.unknown-item' });
  });
});
