import { expect, it } from 'vitest';
import type { Measure } from '../../src/core/measure.ts';
import { movableClock, open, tempFile } from './support/world.ts';

const measure = (day: string, over: Partial<Measure> = {}): Measure => ({
  day,
  what: 'call',
  label: 'inventory',
  detail: 'ok',
  bound: 100,
  count: 2,
  sum: 150.5,
  ...over,
});

it('measures add up over processes and days', async () => {
  const file = tempFile();
  const clock = movableClock(Date.UTC(2026, 2, 3));
  const [one, other] = [await open(file, clock), await open(file, clock)];
  await one.measures.add([measure('2026-03-01'), measure('2026-03-01', { bound: -1, count: 1, sum: 9e5 })], []);
  await other.measures.add([measure('2026-03-01'), measure('2026-03-02')], []);
  expect(await one.measures.totals()).toEqual([measure('', { bound: -1, count: 1, sum: 9e5 }), measure('', { count: 6, sum: 451.5 })]);
  expect(await one.measures.since('2026-03-02')).toEqual([measure('2026-03-02')]);
});

it('days older than a hundred become one sum, and no count is lost', async () => {
  const clock = movableClock(Date.UTC(2026, 0, 1));
  const store = await open(tempFile(), clock);
  for (let day = 0; day < 150; day += 1) {
    await store.measures.add([measure(new Date(clock.ms).toISOString().slice(0, 10))], []);
    clock.ms += 86_400_000;
  }
  expect(await store.measures.totals()).toEqual([measure('', { count: 300, sum: 150 * 150.5 })]);
  const kept = await store.measures.since('2026');
  expect(kept.length).toBeLessThanOrEqual(101);
  expect(kept.length).toBeGreaterThanOrEqual(100);
});

it('a login that was refused stays refused until it is taken, by service', async () => {
  const store = await open(tempFile());
  await store.measures.add([], [{ service: 'inventory', takenAt: '1', refusedAt: null }]);
  await store.measures.add([], [{ service: 'inventory', takenAt: null, refusedAt: '2' }]);
  expect(await store.measures.logins()).toEqual([{ service: 'inventory', takenAt: '1', refusedAt: '2' }]);
});

it('what is sold in all leaves out what was not paid or called off', async () => {
  const store = await open(tempFile());
  const sale = (lineId: string, state: 'paid' | 'unpaid' | 'cancelled' | 'refunded', minor: number, currency = 'USD') => ({
    itemId: 'item' as never,
    sale: {
      lineId,
      orderId: lineId,
      sku: undefined,
      listingId: undefined,
      title: 'A shirt',
      soldAt: '2026-03-01T10:00:00.000Z',
      quantity: 1,
      amount: { minor, currency },
      delivery: { minor: 100, currency },
      fee: lineId === 'c' ? undefined : { minor: 10, currency },
      refunded: { minor: state === 'refunded' ? minor : 0, currency },
      state,
      shipped: false,
    },
  });
  await store.sales.record([
    sale('a', 'paid', 2000),
    sale('b', 'refunded', 500),
    sale('c', 'paid', 1000),
    sale('d', 'unpaid', 9000),
    sale('e', 'cancelled', 9000),
    sale('f', 'paid', 700, 'EUR'),
  ]);
  expect(await store.measures.sold()).toEqual([
    { currency: 'EUR', sales: 1, amountMinor: 700, deliveryMinor: 100, feesMinor: 10, refundedMinor: 0 },
    { currency: 'USD', sales: 3, amountMinor: 3500, deliveryMinor: 300, feesMinor: 20, refundedMinor: 500 },
  ]);
});
