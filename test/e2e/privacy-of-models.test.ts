import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VisionStandIn } from '../adapters/google-vision/stand-in.ts';
import { sidecar } from '../support/items.ts';
import { LOCATED as ALL, BLOCK_MARKS, PLAIN_SEGMENTS, segmentsOf, standardCodes, toldBy } from '../support/located-photos.ts';
import { NAVY_SHIRT } from '../support/navy-shirt.ts';
import { OpenAiServer } from '../support/openai-server.ts';
import { hasSharedPhotos } from '../support/shared-photos.ts';
import { finished, World } from '../support/world.ts';

/** Of one scene in eight orientations one: each photo is read twice on this machine, which takes its time. */
const LOCATED = ALL.filter(({ path }) => !/landscape_[1-578]/.test(path));

describe.skipIf(!hasSharedPhotos)('what models and readers elsewhere are sent of photos that tell a place', () => {
  let world: World;
  let openai: OpenAiServer;
  let google: VisionStandIn;

  beforeAll(async () => {
    world = await World.open();
    // Points at a label in every photo, so that each is also cut from the original, whose bytes hold everything.
    openai = await OpenAiServer.open(({ body }) =>
      body.response_format?.json_schema?.name === 'describe'
        ? {
            ...NAVY_SHIRT,
            facts: [{ f: 'brand', v: 'Zyx', c: 90, by: 'label', p: 1, q: 'ZYX' }],
            photos: [{ p: 1, role: 'label', box: [20, 20, 80, 80] }],
          }
        : { crops: [], facts: [], found: [], unknown: [] },
    );
    google = await VisionStandIn.open();
    google.reads = () => ({ lines: [] });
    for (const [at, { path }] of LOCATED.entries()) {
      const folder = join(world.photos, `thing-${at}`);
      mkdirSync(folder);
      cpSync(path, join(folder, `a${extname(path)}`));
      const { Brand: _brand, ...aspects } = sidecar(at).aspects;
      writeFileSync(join(folder, 'item.json'), JSON.stringify({ ...sidecar(at), aspects }));
    }
    const env = { ...openai.env, GOOGLE_VISION_API_KEY: google.apiKey, GOOGLE_VISION_ENDPOINT: google.url };
    const ran = await world.start(['list', world.photos, '--json', '--provider', 'openai'], env).ended;
    expect(finished(ran).counts, ran.err).toMatchObject({ items: LOCATED.length, failed: 0 });
  }, 1_500_000);
  afterAll(async () => {
    await world.close();
    await openai.close();
    await google.close();
  });

  it('every photo was shown whole and cut, and most were read elsewhere', () => {
    const names = openai.asked.map(({ body }) => body.response_format?.json_schema?.name);
    // Two samples differ in their metadata alone: without it they are one question, paid once.
    const questions = LOCATED.length - 1;
    expect(names.filter((name) => name === 'describe')).toHaveLength(questions);
    expect(names.filter((name) => name === 'labels')).toHaveLength(questions);
    // Google only where this machine is in doubt: not every photo, but most.
    expect(google.requests.flatMap(({ pictures }) => pictures).length).toBeGreaterThan(questions / 2);
    expect([...openai.problems, ...google.problems]).toEqual([]);
  });

  it('is pictures without any metadata, and words that tell no place, no owner and no number', async () => {
    const pictures = [
      ...openai.asked.flatMap((asked) => asked.pictures.map(({ bytes }) => bytes)),
      ...google.requests.flatMap((request) => request.pictures.map(({ jpeg }) => jpeg)),
    ];
    for (const jpeg of pictures) {
      const { segments, trailing } = segmentsOf(jpeg);
      expect(segments.filter((marker) => !PLAIN_SEGMENTS.has(marker))).toEqual([]);
      expect(trailing).toBe(0);
    }
    const words = openai.asked.map(({ body }) => JSON.stringify(body).replace(/data:image[^"]+/g, '')).join('\n');
    const sent = Buffer.concat([...pictures, Buffer.from(words)]);
    const codes = await standardCodes();
    for (const sample of LOCATED) expect(await toldBy(sent, sample, codes), sample.path).toEqual([]);
    for (const mark of [...BLOCK_MARKS, world.photos]) expect(sent.includes(mark), mark).toBe(false);
  });
});
