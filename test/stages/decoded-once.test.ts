import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { createLocalAnalysis } from '../../src/adapters/local/index.ts';
import type { Item } from '../../src/core/item.ts';
import { decodeGate } from '../../src/imaging/decode-gate.ts';
import { heicDecoder } from '../../src/imaging/heic/decode-heic.ts';
import { modelPicture } from '../../src/imaging/model-picture.ts';
import type { StageContext } from '../../src/pipeline/stage.ts';
import { photoViews } from '../../src/stages/photo-views.ts';
import { type Prepared, prepare } from '../../src/stages/prepare.ts';
import { type Read, read } from '../../src/stages/read.ts';
import { corpus, hasCorpus, photoSettings, probed, throwAwayFolder } from '../imaging/corpus.ts';

const analysis = createLocalAnalysis({ ocrLanguage: 'eng', ocrWorkers: 1 });
afterAll(() => analysis.textReader.close?.());
afterEach(() => vi.restoreAllMocks());

/** The first three stages over these photos, and the pictures that a model would be shown; answers the pixels of every picture that was decoded. */
async function decodesOf(
  paths: readonly string[],
): Promise<{ readonly decodes: readonly number[]; readonly originals: readonly number[] }> {
  const gate = vi.spyOn(decodeGate, 'run');
  const photos = await Promise.all(paths.map(probed));
  const signal = new AbortController().signal;
  const context = {
    item: { id: 'item', photos, seller: {} } as unknown as Item,
    settings: { photos: photoSettings, analysis: {} },
    ports: {
      ...analysis,
      pictureFolder: await throwAwayFolder(),
      outgoing: { run: (_request: unknown, call: unknown, work: (call: unknown) => unknown) => work(call) },
      items: { rememberLook: async () => undefined },
    },
    call: { signal, priority: 0 },
    emit: () => undefined,
  } as unknown as StageContext;
  const prepared = (await prepare.run({}, context)) as Prepared;
  const { texts, barcodes } = (await read.run({ prepare: prepared }, context)) as Read;
  const views = photoViews(prepared, context);
  await Promise.all(views.map(({ modelPath }) => modelPicture(modelPath, { longSide: 768, shortSide: 768 }, signal)));
  await analysis.describer.describe({ photos: views, texts, barcodes, nameWords: [], seller: {} }, context.call);
  expect(prepared.dropped).toEqual([]);
  return { decodes: gate.mock.calls.map(([pixels]) => pixels), originals: photos.map(({ width, height }) => width * height) };
}

it.skipIf(!hasCorpus)(
  'the original of a photo is decoded once for all stages, where it shows neither a label nor bars',
  async () => {
    const folder = await throwAwayFolder();
    const drawn = join(folder, 'drawn.jpg');
    const cloth = { create: { width: 2000, height: 1500, channels: 3, background: '#2a4a7a' } } as const;
    await writeFile(drawn, await sharp(cloth).jpeg().toBuffer());
    const { decodes, originals } = await decodesOf([drawn, join(corpus, 'items/tshirt-white-fleck/tshirt_front.JPG')]);
    // Prepared pictures have 1600 pixels at most on their long side.
    expect(decodes.filter((pixels) => pixels > 1600 * 1600).sort()).toEqual([...originals].sort());
    expect(decodes.length).toBeGreaterThan(originals.length);
  },
  60_000,
);

it.skipIf(!hasCorpus)(
  'a HEIC file is decoded once, also where its labels are read from all its pixels',
  async () => {
    const heic = vi.spyOn(heicDecoder(), 'decode');
    await decodesOf([join(corpus, 'heic/sign-no-pets.HEIC')]);
    expect(heic).toHaveBeenCalledTimes(1);
  },
  120_000,
);
