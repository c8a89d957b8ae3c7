import type { Item } from '../../../src/core/item.ts';
import type { Store } from '../../../src/core/ports/store.ts';
import { done, item } from '../../store/support/samples.ts';
import { claimed, type MovableClock, movableClock, open, tempFile } from '../../store/support/world.ts';

export const SINCE = '2026-01-01T00:00:00.000Z';
const UNTIL = '2026-01-31T00:00:00.000Z';

const usd = (minor: number) => ({ minor, currency: 'USD' });
export const emptyStore = async (): Promise<{ readonly store: Store; readonly clock: MovableClock }> => {
  const clock = movableClock(Date.parse(SINCE));
  return { store: await open(tempFile(), clock), clock };
};

async function list(store: Store, one: Item, listedAt: string, priceMinor: number): Promise<void> {
  const claim = await claimed(store, one);
  const at = (stage: string, output: unknown, ms: number) => ({
    ...done(one, stage, output),
    startedAt: new Date(Date.parse(listedAt) - ms).toISOString(),
    finishedAt: listedAt,
  });
  await store.outcomes.record(at('specify', { title: `Title of ${one.source}` }, 1_000), claim);
  await store.outcomes.record(at('price', { price: usd(priceMinor), basis: { kind: 'seller' } }, 500), claim);
  await store.outcomes.record(at('publish', { listingId: `L${one.id}`, url: '', created: true }, 2_000), claim);
  await store.claims.release(claim);
}

/**
 * A month by hand. 60 listings on its first day, of which 15 sold for 40.00 each with 2.00 for delivery: fees 6.00, cost 8.00, two of
 * them in one order; labels at 5.00 for nine of the fourteen orders. One was refunded whole; one more was cancelled and one is not
 * paid. Three items are held. One run of an hour listed the 60.
 */
export async function handMade(): Promise<{ readonly store: Store; readonly clock: MovableClock }> {
  const { store, clock } = await emptyStore();
  const items = Array.from({ length: 60 }, (_, n) => item(`thing-${n}`, { seller: { cost: usd(800) } }));
  for (const one of items) {
    await store.items.save(one, undefined);
    await list(store, one, SINCE, 4_000);
  }
  for (const name of ['a', 'b', 'c']) {
    const one = item(`held-${name}`);
    await store.items.save(one, { code: 'item.doubtful-group', message: 'A guess.', hint: 'Look.' });
  }
  const sale = (n: number, more: Readonly<Record<string, unknown>> = {}) => ({
    itemId: items[n]?.id ?? ('' as never),
    sale: {
      lineId: `line-${String(n).padStart(2, '0')}`,
      orderId: `order-${Math.max(1, n)}`,
      sku: undefined,
      listingId: undefined,
      title: `thing ${n}`,
      soldAt: '2026-01-20T12:00:00.000Z',
      quantity: 1,
      amount: usd(4_000),
      delivery: usd(200),
      fee: usd(600),
      refunded: usd(n === 14 ? 4_000 : 0),
      state: n === 14 ? ('refunded' as const) : ('paid' as const),
      shipped: true,
      ...more,
    },
  });
  await store.sales.record([
    ...Array.from({ length: 15 }, (_, n) => sale(n)),
    sale(15, { state: 'cancelled' }),
    sale(16, { state: 'unpaid' }),
    sale(17, { amount: { minor: 999_999, currency: 'EUR' } }),
  ]);
  await store.sales.recordLabels(
    Array.from({ length: 9 }, (_, n) => ({ transactionId: `t${n}`, orderId: `order-${n + 1}`, cost: usd(500) })),
  );
  await store.sales.recordTraffic(
    items.slice(0, 10).map((one, n) => ({
      itemId: one.id,
      listingId: `L${one.id}`,
      during: { from: SINCE, to: UNTIL },
      impressions: 100,
      views: n,
      sales: 0,
    })),
  );
  await store.sales.markSynced(UNTIL);
  const counts = { items: 60, listed: 60, already: 0, held: 0, failed: 0, deferred: 0, skipped: 0 };
  await store.runs.start({ id: 'run', command: 'list', dryRun: false, startedAt: '2026-01-01T01:00:00.000Z' });
  await store.runs.finish('run', { finishedAt: '2026-01-01T02:00:00.000Z', counts, exitCode: 0 });
  await store.runs.keepUsage('run', [
    { service: 'model', atOnce: 5, calls: 60, failed: 2, busyMs: 16_200_000 },
    { service: 'media', atOnce: 3, calls: 240, failed: 0, busyMs: 6_480_000 },
  ]);
  clock.ms = Date.parse(UNTIL);
  return { store, clock };
}
