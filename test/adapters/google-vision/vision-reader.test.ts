import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createVisionClient, createVisionReader } from '../../../src/adapters/google-vision/index.ts';
import type { App } from '../../../src/app/app.ts';
import { outgoingOf } from '../../../src/app/wire-run.ts';
import { systemClock } from '../../../src/core/clock.ts';
import type { PhotoText, PhotoView } from '../../../src/core/ports/analysis.ts';
import { openStore } from '../../../src/store/sqlite-store.ts';
import { defaultSettings } from '../../support/settings.ts';
import { callNow, viewOf } from '../local/shared-photos.ts';
import { failure, VisionStandIn } from './stand-in.ts';

const folder = mkdtempSync(join(tmpdir(), 'easyflip-vision-'));
const clients = new Map<string, ReturnType<typeof createVisionClient>>();
let google: VisionStandIn;
let store: Awaited<ReturnType<typeof openStore>>;
beforeAll(async () => {
  google = await VisionStandIn.open();
});
afterAll(async () => {
  await google.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  google.requests.length = 0;
  google.faults = [];
  google.reads = () => ({ lines: ['100% COTTON'] });
  store = await openStore(join(folder, `${Math.random()}.sqlite`), { environment: 'practice' });
});
afterEach(async () => {
  await store.close();
  expect(google.problems).toEqual([]);
});

/** A picture of its own for each number, with a place and an owner in its metadata, which must not leave. */
async function photo(number: number): Promise<PhotoView> {
  const path = join(folder, `photo-${number}.jpg`);
  const create = { width: 1200, height: 900, channels: 3 as const, background: { r: (number * 37) % 256, g: 90, b: 60 } };
  const exif = { IFD0: { Artist: 'OWNER-OF-THE-PHONE' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } };
  writeFileSync(path, await sharp({ create }).withExif(exif).jpeg().toBuffer());
  return { ...viewOf(path, number), width: 1200, height: 900 };
}

const photos = (count: number): Promise<readonly PhotoView[]> => Promise.all(Array.from({ length: count }, (_, at) => photo(at + 1)));
const doubt = (number: number, extra: Partial<PhotoText> = {}): PhotoText => ({ photo: number, lines: [], unreadable: true, ...extra });

function reader(
  options: { readonly apiKey?: string; readonly keyFile?: string; readonly readsAll?: boolean; readonly language?: string } = {},
) {
  const settings = defaultSettings();
  const patient = {
    ...settings,
    services: { ...settings.services, vision: { ...settings.services.vision, strategy: 'immediate' as const } },
  };
  const outgoing = outgoingOf({ settings: patient, store, clock: systemClock } as App, { runId: 'run', emit: () => undefined });
  const { readsAll = false, language = 'eng', ...credentials } = options;
  const access = { endpoint: google.url, ...(credentials.keyFile ? credentials : { apiKey: credentials.apiKey ?? google.apiKey }) };
  // The client takes a second to load: tests with the same credentials share one.
  const key = JSON.stringify(access);
  const client = clients.get(key) ?? createVisionClient(access);
  clients.set(key, client);
  const shared = { outgoing, journal: store.journal, clock: systemClock, usdPerThousand: 1.5, ocrLanguage: language, readsAll };
  return createVisionReader({ client, ...shared });
}

const read = async (count: number, options: Parameters<typeof reader>[0] = {}): Promise<readonly PhotoText[]> => {
  const views = await photos(count);
  return reader(options).readText(
    views,
    views.map(({ number }) => doubt(number)),
    callNow,
  );
};
const textsOf = (texts: readonly PhotoText[]): readonly (readonly string[])[] => texts.map(({ lines }) => lines.map(({ text }) => text));

describe('reading with Google Vision', () => {
  it('sends pictures without metadata, several in a request, and places the answers', async () => {
    google.reads = (_, at) => ({ lines: [`SIZE ${at + 1}`, '100% COTTON'] });
    const texts = await read(3);
    expect(google.requests).toHaveLength(1);
    expect(textsOf(texts)).toEqual([1, 2, 3].map((number) => [`SIZE ${number}`, '100% COTTON']));
    expect(texts.map(({ photo: number }) => number)).toEqual([1, 2, 3]);
    expect(texts[0]).toMatchObject({ unreadable: false, lines: [{ confidence: 0.97, height: 0.03, top: 0 }, { top: 0.5 }] });
    for (const { jpeg } of google.requests[0]?.pictures ?? []) {
      expect((await sharp(jpeg).metadata()).exif).toBeUndefined();
      expect(jpeg.includes('OWNER-OF-THE-PHONE')).toBe(false);
    }
    expect(await store.ledger.spentByRun('run')).toBe(4500);
  });

  it('sends no more than sixteen pictures at once', async () => {
    expect(textsOf(await read(18))).toHaveLength(18);
    expect(google.requests.map(({ pictures }) => pictures.length).toSorted((a, b) => a - b)).toEqual([2, 16]);
  });

  it('cuts out the places that are in doubt', async () => {
    const view = await photo(1);
    const places = [{ left: 0.05, top: 0.1, width: 0.3, height: 0.2 }];
    const [text] = await reader().readText([view], [doubt(1, { places })], callNow);
    const [{ jpeg } = { jpeg: Buffer.alloc(0) }] = google.requests[0]?.pictures ?? [];
    const { width = 0, height = 0 } = await sharp(jpeg).metadata();
    expect(width / height).toBeCloseTo((0.425 * 1200) / (0.3 * 900), 1);
    // 30 of 1000 pixels of a cut-out that is 0.425 of the photo's long side.
    expect(text?.lines[0]?.height).toBeCloseTo(0.03 * 0.425, 3);
  });

  it('never pays twice for the same picture, also after a restart', async () => {
    await read(2);
    const again = await read(3);
    expect(google.requests.map(({ pictures }) => pictures.length)).toEqual([2, 1]);
    expect(textsOf(again)).toEqual([['100% COTTON'], ['100% COTTON'], ['100% COTTON']]);
    expect(await store.ledger.spentByRun('run')).toBe(4500);
  });

  it('keeps what was answered when others in the request failed, and asks only for those again', async () => {
    google.reads = (_, at) => (at === 1 ? { error: { code: 14, message: 'try again' } } : { lines: ['SIZE M'] });
    await expect(read(3)).rejects.toMatchObject({ code: 'provider.unavailable', retryable: true });
    google.reads = () => ({ lines: ['SIZE L'] });
    expect(textsOf(await read(3))).toEqual([['SIZE M'], ['SIZE L'], ['SIZE M']]);
    expect(google.requests.map(({ pictures }) => pictures.length)).toEqual([3, 1]);
  });

  it('takes a picture that Vision cannot use, or finds empty, as unread', async () => {
    google.reads = (_, at) => (at === 0 ? { error: { code: 3, message: 'Bad image data.' } } : { lines: [] });
    expect(await read(2)).toMatchObject([
      { lines: [], unreadable: true },
      { lines: [], unreadable: true },
    ]);
  });

  it('joins what no space divides, and says how sure it is', async () => {
    google.reads = () => ({ lines: ['COTTON@0.4'] });
    expect(await read(1)).toMatchObject([{ unreadable: true, lines: [{ confidence: 0.4 }] }]);
  });

  it('asks only where the first reading is in doubt, or where there is writing when it is the chosen one', () => {
    const line = { text: 'M', words: [], confidence: 1, height: 0.1, top: 0 };
    const clear = { photo: 1, lines: [line], unreadable: false };
    expect(reader().wants(clear)).toBe(false);
    expect(reader().wants(doubt(1))).toBe(true);
    expect(reader({ readsAll: true }).wants(clear)).toBe(true);
    expect(reader({ readsAll: true }).wants({ photo: 1, lines: [], unreadable: false })).toBe(false);
  });

  it('gives hints only for scripts that need them', async () => {
    await read(1, { language: 'eng+rus' });
    await read(2, { language: 'eng+deu' });
    expect(google.requests.map(({ hints }) => hints)).toEqual([['ru'], []]);
  });
});

describe('faults', () => {
  const quota = failure(
    429,
    'RESOURCE_EXHAUSTED',
    "Quota exceeded for quota metric 'Requests' and limit 'Requests per day' of service vision.googleapis.com",
  );
  it.each([
    ['a wrong key', { apiKey: 'wrong' }, [], 'provider.auth', 'GOOGLE_VISION_API_KEY'],
    [
      'a project without Vision',
      {},
      [failure(403, 'PERMISSION_DENIED', 'Cloud Vision API has not been used in project 1 before or it is disabled.')],
      'provider.auth',
      'Enable the Cloud Vision API',
    ],
    ['a used up quota', {}, [quota], 'provider.quota-exhausted', 'Raise the quota'],
    ['a refused request', {}, [failure(400, 'INVALID_ARGUMENT', 'Request must specify features.')], 'provider.refused', 'Report this'],
    ['a missing key file', { keyFile: '/nowhere/key.json' }, [], 'provider.auth', 'GOOGLE_APPLICATION_CREDENTIALS'],
  ] as const)('%s ends with its own code and cure, without a second try', async (_, credentials, faults, code, cure) => {
    google.faults = [...faults];
    const failed = await read(1, credentials).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code, retryable: false, hint: expect.stringContaining(cure) });
    expect(JSON.stringify(failed, Object.getOwnPropertyNames(failed))).not.toMatch(/vision-key-of-the-test|wrong|nowhere/);
    expect(google.faults).toEqual([]);
  });

  it.each([
    ['a rate limit', failure(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded: Requests per minute')],
    ['an outage', failure(503, 'UNAVAILABLE', 'The service is currently unavailable.')],
    ['a page instead of data', { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }],
    ['a cut connection', 'drop'],
  ] as const)('%s is tried again', async (_, fault) => {
    google.faults = [fault];
    expect(textsOf(await read(1))).toEqual([['100% COTTON']]);
    expect(google.faults).toEqual([]);
  });

  it('a request is let go when the run is cancelled, and is not held against anybody', async () => {
    google.faults = ['hang'];
    const stop = new AbortController();
    const view = await photo(1);
    const reading = reader().readText([view], [doubt(1)], { ...callNow, signal: stop.signal });
    await expect.poll(() => google.faults.length, { timeout: 30_000 }).toBe(0);
    stop.abort(new Error('cancelled'));
    await expect(reading).rejects.toThrow('cancelled');
  });
});
