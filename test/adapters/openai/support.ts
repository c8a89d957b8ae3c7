import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { createOpenAiAnalysis } from '../../../src/adapters/openai/index.ts';
import { systemClock } from '../../../src/core/clock.ts';
import type { RunEvent } from '../../../src/core/events.ts';
import type { DescribeRequest, Describer, PhotoText, PhotoView, SecondReader, Store, TextReader } from '../../../src/core/ports/index.ts';
import type { ServiceSettings, Settings } from '../../../src/core/settings.ts';
import { createOutgoing, type GuardedOutgoing } from '../../../src/resilience/guard.ts';
import { openStore } from '../../../src/store/sqlite-store.ts';
import { type Model, OpenAiServer } from '../../support/openai-server.ts';
import { defaultSettings } from '../../support/settings.ts';

export interface Bench {
  readonly server: OpenAiServer;
  readonly store: Store;
  readonly outgoing: GuardedOutgoing;
  readonly describer: Describer;
  readonly events: RunEvent[];
  readonly folder: string;
  close(): Promise<void>;
}

export interface BenchOptions {
  readonly model?: string;
  readonly settings?: (settings: Settings) => Settings;
  readonly service?: Partial<ServiceSettings>;
  /** What the second reading on this machine finds. */
  readonly reads?: TextReader['readText'];
  readonly secondReader?: SecondReader;
  readonly runId?: string;
  /** A second program on the same database and service. */
  readonly beside?: Bench;
}

const nothingRead: TextReader['readText'] = async (photos) => photos.map(({ number }) => ({ photo: number, lines: [], unreadable: true }));

/** The real adapter over the real guard and store, with a stand-in for the service and for the local engines. */
export async function openBench(model: Model, options: BenchOptions = {}): Promise<Bench> {
  const folder = options.beside?.folder ?? mkdtempSync(join(tmpdir(), 'easyflip-openai-'));
  const server = options.beside?.server ?? (await OpenAiServer.open(model));
  const store = await openStore(join(folder, 'db.sqlite'), { environment: 'practice' });
  const events: RunEvent[] = [];
  const base = defaultSettings();
  const settings = (options.settings ?? ((same) => same))({
    ...base,
    services: { ...base.services, model: { ...base.services.model, strategy: 'immediate', ...options.service } },
  });
  const { maxCostUsd } = settings.limits;
  const outgoing = createOutgoing({
    settings,
    rates: store.rates,
    ledger: store.ledger,
    clock: systemClock,
    emit: (event) => events.push(event),
    runId: options.runId ?? 'run',
    spendLimits: { run: maxCostUsd === null ? null : Math.round(maxCostUsd * 1e6) },
  });
  const { describer } = createOpenAiAnalysis({
    access: { apiKey: server.env.OPENAI_API_KEY ?? '', baseUrl: server.url },
    model: options.model ?? settings.analysis.model,
    settings,
    outgoing,
    journal: store.journal,
    clock: systemClock,
    env: {},
    secondReader: options.secondReader,
    local: {
      textReader: { name: 'local', readText: options.reads ?? nothingRead },
      describer: { name: 'local', describe: async () => ({ provider: 'local', facts: {}, unknowns: {}, categoryQueries: [] }) },
    },
  });
  return {
    server,
    store,
    outgoing,
    describer,
    events,
    folder,
    async close() {
      await outgoing.idle();
      await store.close();
      if (options.beside) return;
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const call = (itemId = 'ITEM') => ({ signal: new AbortController().signal, priority: 0, itemId: itemId as never });

/** Plain pictures of one colour each; looks far apart unless said otherwise. */
export async function photosIn(folder: string, count: number, size = { width: 768, height: 576 }): Promise<readonly PhotoView[]> {
  return await Promise.all(
    Array.from({ length: count }, async (_, at): Promise<PhotoView> => {
      const path = join(folder, `photo-${at + 1}.jpg`);
      await sharp({ create: { ...size, channels: 3, background: { r: 40 * at, g: 90, b: 200 - 30 * at } } })
        .jpeg()
        .toFile(path);
      return {
        number: at + 1,
        sha256: String(at + 1).padStart(64, '0') as never,
        originalPath: path,
        picturePath: path,
        modelPath: path,
        ...size,
        colors: [],
      };
    }),
  );
}

export const text = (photo: number, ...lines: readonly string[]): PhotoText => ({
  photo,
  unreadable: lines.length === 0,
  lines: lines.map((line, at) => ({
    text: line,
    words: line.split(' ').map((word) => ({ text: word, confidence: 0.95 })),
    confidence: 0.95,
    height: 0.03,
    top: at / 10,
  })),
});

export const request = (photos: readonly PhotoView[], more: Partial<DescribeRequest> = {}): DescribeRequest => ({
  photos,
  texts: [text(3, 'FENWARD', 'SIZE M', '100% COTTON', 'MADE IN PORTUGAL')],
  barcodes: [],
  nameWords: ['mens', 'tshirt', 'navy'],
  seller: {},
  ...more,
});

/** A full answer about a clear item: every fact with its evidence, every photo with its role. */
export const fullReply = {
  facts: [
    { f: 'type', v: 'T-Shirt', c: 98, by: 'picture', p: 1, q: 'crew-neck short-sleeve shirt laid flat' },
    { f: 'brand', v: 'Fenward', c: 97, by: 'label', p: 3, q: 'FENWARD' },
    { f: 'size', v: 'M', c: 97, by: 'label', p: 3, q: 'SIZE M' },
    { f: 'material', v: '100% Cotton', c: 97, by: 'label', p: 3, q: '100% COTTON' },
    { f: 'countryOfOrigin', v: 'Portugal', c: 96, by: 'label', p: 3, q: 'MADE IN PORTUGAL' },
    { f: 'department', v: 'Men', c: 92, by: 'name', p: null, q: 'mens' },
    { f: 'color', v: 'Blue', c: 95, by: 'picture', p: 1, q: 'navy blue cloth' },
    { f: 'pattern', v: 'Solid', c: 95, by: 'picture', p: 1, q: 'one colour, no print' },
    { f: 'style', v: 'Basic Tee', c: 80, by: 'picture', p: 1, q: 'plain crew neck' },
    { f: 'features', v: 'Short Sleeve; Crew Neck', c: 90, by: 'picture', p: 2, q: 'ribbed collar, sleeves above elbow' },
    { f: 'condition', v: 'pre-owned good', c: 80, by: 'picture', p: 4, q: 'light wash wear at the hem' },
    { f: 'packageClass', v: 'small', c: 85, by: 'picture', p: 1, q: 'folds flat' },
    { f: 'weightEstimate', v: '200 g', c: 60, by: 'picture', p: 1, q: 'light cotton shirt' },
    { f: 'quantity', v: '1', c: 98, by: 'picture', p: 1, q: 'one shirt' },
  ],
  unknown: [
    { f: 'model', why: 'no model is printed' },
    { f: 'mpn', why: 'no number on the label' },
    { f: 'era', why: 'nothing dates it' },
    { f: 'measurements', why: 'no ruler shown' },
  ],
  flaws: [{ p: 4, what: 'light pilling at the lower hem' }],
  photos: [
    { p: 1, role: 'front', box: null },
    { p: 2, role: 'back', box: null },
    { p: 3, role: 'label', box: [35, 20, 65, 55] },
    { p: 4, role: 'flaw', box: null },
  ],
  cover: 1,
  problems: [],
  keywords: ['mens', 'tee', 'crew neck', 'navy', 'cotton', 'basic'],
  queries: ["men's t-shirt", 't-shirt'],
};
