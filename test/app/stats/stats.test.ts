import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { bottleneckOf } from '../../../src/app/stats/bottleneck.ts';
import { statsView } from '../../../src/app/stats/stats.ts';
import type { RunUse, ServiceUse } from '../../../src/core/ports/index.ts';
import { outputJsonSchemas } from '../../../src/report/schemas.ts';
import { renderBottleneck, renderStats } from '../../../src/report/stats.ts';
import { statsJson } from '../../../src/report/stats-json.ts';
import { defaultSettings } from '../../support/settings.ts';
import { emptyStore, handMade, SINCE } from './history.ts';

const settings = defaultSettings();
const plain = { color: false, columns: 200 };
const usd = (minor: number) => ({ minor, currency: 'USD' });

it('a month by hand: every figure exactly', async () => {
  const view = await statsView({ ...(await handMade()), settings }, { since: SINCE, staleDays: 30 });
  const { business, projection, work } = view;
  expect(work).toMatchObject({
    listed: 60,
    items: { listed: 60, held: 3, failed: 0, waiting: 0, skipped: 0 },
    success: { value: 60 / 63 },
    stages: [
      { stage: 'specify', done: 60, medianMs: 1_000, p95Ms: 1_000 },
      { stage: 'price', done: 60, medianMs: 500 },
      { stage: 'publish', done: 60, medianMs: 2_000 },
    ],
  });
  expect(work.days).toHaveLength(31);
  expect(work.days.slice(0, 2)).toEqual([
    { day: '2026-01-01', listed: 60 },
    { day: '2026-01-02', listed: 0 },
  ]);
  expect(business).toMatchObject({
    otherCurrencies: 1,
    sales: { value: { sales: 15, pieces: 15, cancelled: 1, unpaid: 1 } },
    conversion: { value: { sold: 15, listed: 60, share: 0.25 } },
    sellThrough: { value: { sold: 15, offered: 60, share: 0.25 } },
    traffic: { value: { listings: 10, impressions: 1000, views: 45, viewsPerListing: 4.5 } },
    revenue: { value: usd(60_000) },
    averageValue: { value: usd(4_000) },
    delivery: { value: usd(3_000) },
    refunds: { value: { amount: usd(4_000), sales: 1, share: 1 / 15 } },
    fees: { value: usd(9_000) },
    // Nine labels at 5.00, five parcels at 6.00 of the settings; the order of two lines is one parcel.
    shipping: { value: { amount: usd(7_500), estimated: 5 } },
    cost: { value: usd(12_000) },
    profit: { value: { amount: usd(30_500), of: usd(63_000), sales: 15, left: 0 } },
    margin: { value: 30_500 / 63_000 },
    stale: { days: 30, count: 45, value: usd(180_000) },
  });
  expect(projection).toMatchObject({
    target: usd(1_000_000),
    targetProfit: usd(700_000),
    overDays: 30,
    listedPerDay: { value: 2 },
    neededPerDay: { value: 1_000_000 / (4_000 * 0.25) / 30 },
    revenue: { value: usd(60_000) },
    profit: { value: usd(29_048) },
  });
  expect(projection.shortPerDay).toEqual({ value: 1000 / 30 - 2 });
  const levers = 'value' in projection.levers ? (projection.levers.value ?? []) : [];
  expect(levers.map(({ lever, revenue, profit, alone }) => [lever, revenue.minor, profit?.minor, alone])).toEqual([
    ['value', 6_000, 5_100, '$666.67 apiece instead of $40.00'],
    ['refunds', 0, 4_000, null],
    ['pace', 6_000, 2_905, '34 listings a day instead of 2'],
    ['conversion', 6_000, 2_905, null],
    ['held', 3_000, 1_452, null],
    ['cost', 0, 1_200, null],
  ]);
  const text = renderStats(view, plain);
  for (const told of ['$600.00', '25 %: 15 of 60', '33 listings a day', '+$51.00', '$300.00'.replace('300', '305'), '48.4 %'])
    expect(text).toContain(told);
  const valid = new Ajv2020({ strict: false }).compile(outputJsonSchemas()['stats-line.schema.json'] as object);
  expect(valid(JSON.parse(JSON.stringify(statsJson(view)))), JSON.stringify(valid.errors)).toBe(true);
});

it('nothing known is unknown, with the reason, and never 0', async () => {
  const { store, clock } = await emptyStore();
  const before = await statsView({ store, clock, settings }, { since: SINCE, staleDays: 30 });
  for (const name of [
    'revenue',
    'averageValue',
    'conversion',
    'sellThrough',
    'profit',
    'margin',
    'fees',
    'cost',
    'refunds',
    'shipping',
    'sales',
  ] as const)
    expect(before.business[name], name).toEqual({ value: null, unknown: expect.stringContaining('easyflip sync') });
  await store.sales.markSynced(SINCE);
  const view = await statsView({ store, clock, settings }, { since: SINCE, staleDays: 30 });
  expect(view.business.revenue).toEqual({ value: null, unknown: 'no sales yet in this time' });
  expect(view.projection.neededPerDay).toEqual({ value: null, unknown: 'no sales yet in this time' });
  expect(view.projection.levers).toMatchObject({ value: null });
  expect(view.bottleneck).toMatchObject({ value: null });
  expect(view.work.success).toMatchObject({ value: null });
  const text = renderStats(view, plain);
  expect(text).toContain('unknown: no sales yet in this time');
  expect(text).not.toContain('NaN');
  expect(renderBottleneck(view, plain)).toContain('unknown: no run');
  const valid = new Ajv2020({ strict: false }).compile(outputJsonSchemas()['stats-line.schema.json'] as object);
  expect(valid(JSON.parse(JSON.stringify(statsJson(view)))), JSON.stringify(valid.errors)).toBe(true);
});

it('what is known of some sales only is unknown as a sum, and the profit says of how many it is', async () => {
  const { store, clock } = await handMade();
  const [first] = await store.sales.during({ from: SINCE, to: '2026-02-01T00:00:00.000Z' });
  if (!first) throw new Error('no sale');
  const { itemId, label: _label, ...sale } = first;
  await store.sales.record([{ itemId: 'gone' as typeof itemId, sale: { ...sale, lineId: 'new', orderId: 'new', fee: undefined } }]);
  const { business } = await statsView({ store, clock, settings }, { since: SINCE, staleDays: 30 });
  expect(business.fees).toEqual({ value: null, unknown: 'eBay has not told the fees of 1 of 16 sales' });
  expect(business.cost).toEqual({ value: null, unknown: 'you have not told the cost of 1 of 16 sales' });
  expect(business.profit).toMatchObject({ value: { amount: usd(30_500), sales: 15, left: 1 } });
});

const HOUR = 3_600_000;
const use = (service: ServiceUse['service'], utilisation: number, more: Partial<ServiceUse> = {}): ServiceUse => {
  const atOnce = settings.services[service].concurrency;
  return { service, atOnce, calls: 60, failed: 0, busyMs: utilisation * atOnce * HOUR, capacityMs: atOnce * HOUR, ...more };
};
const ran = (...services: readonly ServiceUse[]): RunUse => ({ runs: 1, wallMs: HOUR, items: 60, services });

it('the bottleneck is the service whose places are busy most; the effect ends where the next one is full', async () => {
  const view = await statsView({ ...(await handMade()), settings }, { since: SINCE, staleDays: 30 });
  expect(view.bottleneck).toMatchObject({
    value: {
      service: 'model',
      itemsPerHour: 60,
      services: [
        { service: 'model', utilisation: 0.9, itemsPerHour: (5 * 60) / 4.5 },
        { service: 'media', utilisation: 0.6, itemsPerHour: 100 },
      ],
      advice: { setting: 'services.model.concurrency', from: 5, to: 10, itemsPerHour: 60 / 0.6 },
      cure: expect.stringContaining('from 5 to 10: about 100 items an hour instead of 60'),
    },
  });
  const text = renderBottleneck(view, plain);
  for (const told of ['model sets the pace', '90 %', '60 %', 'media is full then']) expect(text).toContain(told);
  // Nothing else is near: twice the places, twice the pace.
  expect(bottleneckOf(ran(use('model', 0.8), use('media', 0.1)), settings, 2)).toMatchObject({ value: { advice: { itemsPerHour: 120 } } });
  // A rate window stands before it.
  const { calls = 0, perMs = 1 } = settings.services.media.window ?? {};
  const anHour = (calls * HOUR) / perMs;
  expect(bottleneckOf(ran(use('media', 0.9, { calls: 24_000 })), settings, 2)).toMatchObject({
    value: { advice: { itemsPerHour: expect.closeTo(anHour / 400, 6) }, cure: expect.stringContaining('rate window allows for no more') },
  });
  expect(bottleneckOf(ran(use('media', 0.9, { calls: 36_000 })), settings, 2)).toMatchObject({
    value: { advice: undefined, cure: expect.stringContaining('bring nothing: its rate window') },
  });
  // What is done on this machine is bound by its cores, whatever the setting.
  expect(bottleneckOf(ran(use('ocr', 1.1), use('model', 0.8)), settings, 2)).toMatchObject({
    value: { service: 'ocr', advice: undefined, cure: expect.stringContaining("this machine's 2 cores") },
  });
  expect(bottleneckOf(ran(use('model', 0.2)), settings, 2)).toMatchObject({ value: { service: undefined, advice: undefined } });
  expect(bottleneckOf({ runs: 2, wallMs: HOUR, items: 0, services: [] }, settings, 2)).toMatchObject({ value: null });
});
