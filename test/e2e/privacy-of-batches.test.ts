import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlyColour, sidecar } from '../support/items.ts';
import { LOCATED as ALL, BLOCK_MARKS, PLAIN_SEGMENTS, segmentsOf, standardCodes, toldBy } from '../support/located-photos.ts';
import { OpenAiServer } from '../support/openai-server.ts';
import { recordingProxy } from '../support/recording-proxy.ts';
import { hasSharedPhotos } from '../support/shared-photos.ts';
import { TOLD, toldPhoto } from '../support/told-photo.ts';
import { finished, World } from '../support/world.ts';

/** One of each kind: a phone's place, an owner's name, a place in XMP alone, maker notes. */
const LOCATED = ALL.filter(({ path }) => /iphone5|owner-and-gps\.webp|gps-only-in-xmp\.jpg|canon/.test(basename(path)));

describe.skipIf(!hasSharedPhotos)('what a batch at half the price holds of photos that tell a place', () => {
  let world: World;
  let openai: OpenAiServer;
  let sent: Buffer;

  beforeAll(async () => {
    world = await World.open();
    openai = await OpenAiServer.open(() => onlyColour);
    const proxy = await recordingProxy(openai.url);
    const { Color: _color, ...aspects } = sidecar(1).aspects;
    const told = (await toldPhoto()).bytes;
    for (const [at, path] of [...LOCATED.map((sample) => sample.path), undefined].entries()) {
      const folder = join(world.photos, `thing-${at}`);
      mkdirSync(folder);
      if (path === undefined) writeFileSync(join(folder, 'a.jpg'), told);
      else cpSync(path, join(folder, `a${extname(path)}`));
      writeFileSync(join(folder, 'item.json'), JSON.stringify({ ...sidecar(at), aspects }));
    }
    writeFileSync(
      join(world.root, 'easyflip.config.json'),
      JSON.stringify({ analysis: { maxAnswerLength: 300 }, batches: { pollSeconds: 0.05, longestPollSeconds: 0.2 } }),
    );
    const env = { ...openai.env, OPENAI_BASE_URL: `${proxy.url}/v1` };
    const ran = await world.start(['list', world.photos, '--batch', '--json'], env).ended;
    await proxy.close();
    expect(finished(ran), ran.out + ran.err).toMatchObject({ counts: { items: LOCATED.length + 1, failed: 0 } });
    sent = Buffer.concat(proxy.requests.map(({ bytes }) => bytes));
  });
  afterAll(async () => {
    await world.close();
    await openai.close();
  });

  it('all of them were asked about in a batch, none by an ordinary call', () => {
    expect(LOCATED).toHaveLength(4);
    expect(openai.askedInBatches.map(({ pictures }) => pictures.length)).toEqual(Array(LOCATED.length + 1).fill(1));
    expect([...openai.problems, ...openai.batches.problems, ...openai.asked]).toEqual([]);
  });

  it('is pictures without any metadata, and no word of a place, an owner or a path', async () => {
    // As they were sent, in base64 within the uploaded file.
    const pictures = [...sent.toString('latin1').matchAll(/data:image\/jpeg;base64,([A-Za-z0-9+/=]+)/g)].map(([, text = '']) =>
      Buffer.from(text, 'base64'),
    );
    expect(pictures).toHaveLength(LOCATED.length + 1);
    for (const jpeg of pictures) {
      const { segments, trailing } = segmentsOf(jpeg);
      expect(segments.filter((marker) => !PLAIN_SEGMENTS.has(marker))).toEqual([]);
      expect(trailing).toBe(0);
    }
    const all = Buffer.concat([...pictures, sent]);
    const codes = await standardCodes();
    for (const sample of LOCATED) expect(await toldBy(all, sample, codes), sample.path).toEqual([]);
    for (const mark of [...BLOCK_MARKS, TOLD.city, TOLD.byline, world.photos]) expect(all.includes(mark), mark).toBe(false);
  });
});
