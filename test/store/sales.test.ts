import { expect, it } from 'vitest';
import type { ItemId, Sku } from '../../src/core/item.ts';
import type { Sale } from '../../src/core/sale.ts';
import { open, tempFile } from './support/world.ts';

const item = 'K7TM2Q9XPA4DB' as ItemId;
const usd = (minor: number) => ({ minor, currency: 'USD' });
const sale = (lineId: string, over: Partial<Sale> = {}): Sale => ({
  lineId,
  orderId: `order-${lineId[0]}`,
  sku: 'EFK7TM2Q9XPA4DB' as Sku,
  listingId: '110500000001',
  title: 'Blue mug',
  soldAt: '2026-11-20T10:00:00.000Z',
  quantity: 1,
  amount: usd(2499),
  delivery: usd(500),
  fee: usd(331),
  refunded: usd(0),
  state: 'paid',
  shipped: false,
  ...over,
});

it('a sale read twice is one sale, as it was read last; a fee once known stays known', async () => {
  const file = tempFile();
  const store = await open(file);
  expect(await store.sales.record([{ sale: sale('a1'), itemId: item }])).toEqual([true]);
  const later = sale('a1', { state: 'refunded', refunded: usd(2999), shipped: true, fee: undefined });
  expect(
    await store.sales.record([
      { sale: later, itemId: item },
      { sale: sale('b1'), itemId: item },
    ]),
  ).toEqual([false, true]);
  await store.close();
  const again = await open(file);
  expect(await again.sales.ofItem(item)).toEqual([
    { ...later, fee: usd(331), itemId: item, label: undefined },
    { ...sale('b1'), itemId: item, label: undefined },
  ]);
});

it('sales of a span, both ends in it, oldest first', async () => {
  const store = await open(tempFile());
  const days = ['2026-11-03', '2026-11-01', '2026-11-02'];
  await store.sales.record(days.map((day, at) => ({ sale: sale(`c${at}`, { soldAt: `${day}T00:00:00.000Z` }), itemId: item })));
  const found = await store.sales.during({ from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T00:00:00.000Z' });
  expect(found.map(({ lineId }) => lineId)).toEqual(['c1', 'c2']);
});

it('labels: only of known orders, the same one once, with the first line of the order, a voided one taken off', async () => {
  const store = await open(tempFile());
  await store.sales.record([
    { sale: sale('a1'), itemId: item },
    { sale: sale('a2'), itemId: item },
  ]);
  const label = { transactionId: 't1', orderId: 'order-a', cost: usd(480) };
  await store.sales.recordLabels([label, { transactionId: 't9', orderId: 'order-of-others', cost: usd(999) }]);
  await store.sales.recordLabels([label, { transactionId: 't2', orderId: 'order-a', cost: usd(-80) }]);
  expect((await store.sales.ofItem(item)).map((one) => one.label?.minor)).toEqual([400, undefined]);
});

it('traffic: the newest figures of a listing count', async () => {
  const store = await open(tempFile());
  const during = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-31T00:00:00.000Z' };
  const figures = { itemId: item, listingId: '110500000001', impressions: 10, views: 2, sales: 0 };
  await store.sales.recordTraffic([{ ...figures, during }]);
  const newer = { ...figures, impressions: 30, during: { from: during.from, to: '2026-11-05T00:00:00.000Z' } };
  await store.sales.recordTraffic([newer]);
  expect(await store.sales.trafficOf(item)).toEqual(newer);
  expect(await store.sales.trafficOf('NOBODY' as ItemId)).toBeUndefined();
});

it('remembers up to when it is in step, across a restart', async () => {
  const file = tempFile();
  const store = await open(file);
  expect(await store.sales.syncedTo()).toBeUndefined();
  await store.sales.markSynced('2026-11-20T10:00:00.000Z');
  await store.close();
  expect(await (await open(file)).sales.syncedTo()).toBe('2026-11-20T10:00:00.000Z');
});
