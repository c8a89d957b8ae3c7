import type { Reason } from '../../src/core/errors.ts';
import type { ItemId, Sku } from '../../src/core/item.ts';
import type { ShowView, StatusItem } from '../../src/report/views.ts';
import { CWD } from './fake-run.ts';

export const statusItem = (name: string, more: Partial<StatusItem> = {}): StatusItem => ({
  id: name.toUpperCase() as ItemId,
  sku: `EF${name.toUpperCase()}` as Sku,
  source: `${CWD}/photos/${name}`,
  photos: 3,
  state: 'live',
  stage: 'publish',
  title: 'Blue mug',
  categoryId: '20696',
  price: { minor: 2499, currency: 'USD' },
  listingId: '110',
  listingUrl: 'https://example.test/itm/110',
  reason: null,
  attempts: 9,
  costUsd: 0.0123,
  ...more,
});

const BLURRED: Reason = { code: 'photo.blurred', message: 'The photo looks blurred.', hint: 'Take it anew.' };

const usd = (minor: number) => ({ minor, currency: 'USD' });

export const showView: ShowView = {
  item: statusItem('mug', {
    state: 'held',
    stage: 'specify',
    listingId: null,
    listingUrl: null,
    reason: { code: 'facts.missing', message: 'No brand was found.', hint: 'Name the brand.' },
  }),
  story: {
    failures: [
      {
        stage: 'classify',
        attempts: 2,
        startedAt: '2026-05-01T09:00:00.000Z',
        failedAt: '2026-05-01T09:00:05.000Z',
        reason: { code: 'provider.timeout', message: 'eBay did not answer\u001b[31m in time.', hint: 'Wait.' },
        passesByItself: true,
      },
    ],
    done: [{ what: 'pictures', count: 2, id: null, at: '2026-05-01T09:01:00.000Z', answered: true }],
    calls: [
      { service: 'taxonomy', calls: 3, failed: 2, ms: 1500 },
      { service: 'media', calls: 2, failed: 0, ms: 2500 },
    ],
  },
  photos: [
    {
      number: 1,
      path: `${CWD}/photos/mug/1.jpg`,
      width: 4032,
      height: 3024,
      takenAt: '2026-04-30T15:11:19',
      removed: ['location', 'camera'],
      changes: [{ what: 'brightened', note: 'by 12 %' }],
      place: 2,
      warnings: [],
      problems: [],
    },
    {
      number: 2,
      path: `${CWD}/photos/mug/2.jpg`,
      width: 3024,
      height: 4032,
      takenAt: null,
      removed: [],
      changes: [],
      place: 1,
      warnings: [BLURRED],
      problems: [
        {
          photo: 2,
          severity: 'hold',
          reason: { code: 'photo.contact-details', message: 'Photo 2 shows a phone number: "555-123-4567".', hint: 'Cover it.' },
        },
        { photo: 2, severity: 'warn', reason: BLURRED },
      ],
    },
  ],
  categoryPath: 'Pottery & Glass > Mugs',
  condition: { id: '3000', word: 'USED_EXCELLENT', note: null },
  parcel: { weight: { value: 12, unit: 'OUNCE' }, estimated: true },
  priceBasis: {
    kind: 'asking-prices',
    by: 'words',
    query: 'blue mug',
    count: 12,
    low: usd(999),
    median: usd(1850),
    high: usd(4000),
    withShipping: false,
    askedAt: '2026-05-01T08:00:00.000Z',
  },
  description: 'A mug.\n\nNo chips.',
  aspects: [
    {
      name: 'Color',
      values: ['Blue'],
      fact: { value: 'Blue', confidence: 0.9, evidence: [{ from: 'picture', photo: 1, note: 'blue glaze' }] },
    },
  ],
  facts: [
    {
      name: 'color',
      fact: { value: 'Blue', confidence: 0.9, evidence: [{ from: 'picture', photo: 1, note: 'blue glaze' }] },
      proven: true,
    },
    { name: 'brand', fact: { value: 'Denby', confidence: 0.95, evidence: [{ from: 'folder-name', text: 'denby mug' }] }, proven: false },
    {
      name: 'mpn',
      fact: {
        value: 'D-1',
        confidence: 1,
        evidence: [
          { from: 'label', photo: 2, text: 'No. D-1' },
          { from: 'seller', field: 'mpn' },
        ],
      },
      proven: true,
    },
  ],
  unknowns: [{ name: 'material', why: 'no label names it' }],
  stages: [
    {
      stage: 'prepare',
      kind: 'done',
      attempts: 1,
      startedAt: '2026-05-01T10:00:00.000Z',
      finishedAt: '2026-05-01T10:00:01.200Z',
      reason: null,
    },
    {
      stage: 'specify',
      kind: 'held',
      attempts: 2,
      startedAt: '2026-05-01T10:00:10.000Z',
      finishedAt: '2026-05-01T10:00:12.000Z',
      reason: { code: 'facts.missing', message: 'No brand was found.', hint: 'Name the brand.' },
    },
    { stage: 'price', kind: 'started', attempts: 1, startedAt: '2026-05-01T10:00:12.000Z', finishedAt: null, reason: null },
  ],
  decision: { kind: 'hold', at: '2026-05-01T11:00:00.000Z' },
  sales: [],
  traffic: null,
};
