import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawInjection, INJECTIONS } from '../../scripts/fixtures/injections.js';
import { lookForWriting } from '../../src/imaging/look-for-writing.ts';
import { picture } from '../support/items.ts';
import { corpus, hasCorpus, throwAwayFolder } from './corpus.ts';

// Drawn before the program forbids sharp to draw.
const notes = await Promise.all(INJECTIONS.map(async (note) => [note.name, await drawInjection(note)] as const));
const plain = await Promise.all([1, 12, 23, 34, 45].map(picture));
const soft = await Promise.all(
  [10, 11, 25].map(async (n) =>
    sharp(await picture(n))
      .resize(1600, 1200)
      .blur(12)
      .jpeg()
      .toBuffer(),
  ),
);

const look = async (path: string): Promise<boolean> => (await lookForWriting(path, new AbortController().signal)) === 'likely';
const written = async (name: string, bytes: Uint8Array): Promise<string> => {
  const path = join(await throwAwayFolder(), `${name}.jpg`);
  writeFileSync(path, bytes);
  return path;
};

describe('whether a picture may hold writing', () => {
  it.each(notes)('a note does: %s', async (name, bytes) => {
    expect(await look(await written(name, bytes))).toBe(true);
  });

  it('blocks of colour do not', async () => {
    for (const [at, bytes] of plain.entries()) expect(await look(await written(`plain-${at}`, bytes)), String(at)).toBe(false);
  });

  it('nothing sharp, no letter: not worth a glance', async () => {
    for (const [at, bytes] of soft.entries())
      expect(await lookForWriting(await written(`soft-${at}`, bytes), new AbortController().signal), String(at)).toBe('none');
  });

  it.skipIf(!hasCorpus)('letters as large as a hand are no line, but worth a glance', async () => {
    const soya = join(corpus, 'items/carton-alpro-soya/Alpro-Fresh-Soy-Milk_003.jpg');
    expect(await lookForWriting(soya, new AbortController().signal)).toBe('perhaps');
  });

  it.skipIf(!hasCorpus)('every label that can be read does, and most photos of clothes do not', async () => {
    const labels = readdirSync(join(corpus, 'labels')).filter((name) => name.endsWith('.jpg') && !name.includes('blurred'));
    expect(labels.length).toBeGreaterThan(8);
    for (const name of labels) expect(await look(join(join(corpus, 'labels'), name)), name).toBe(true);
    const clothes = ['dress-kids-stars', 'jacket-teal-nike', 'cap-pinstripe-la-ink'].flatMap((item) =>
      readdirSync(join(corpus, 'items', item)).map((name) => join(join(corpus, 'items', item), name)),
    );
    const found = await Promise.all(clothes.map(look));
    expect(found.filter(Boolean).length).toBeLessThan(found.length / 2);
  });
});
