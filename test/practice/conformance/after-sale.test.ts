import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openWorld, prepare, publishPath, type World } from '../world.ts';
import { rule } from './rule.ts';

let world: World;
let listingId: string;
let orderId: string;
beforeAll(async () => {
  world = await openWorld();
  const published = await world.call('POST', publishPath(await prepare(world, 'AFTER1')));
  listingId = published.body.listingId;
  orderId = (await world.call('POST', '/_practice/sales', { listingId })).body.orderId;
});
afterAll(() => world.close());

const TRAFFIC = '/sell/analytics/v1/traffic_report';
const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
const report = (query: Readonly<Record<string, string>>) => world.call('GET', `${TRAFFIC}?${new URLSearchParams(query).toString()}`);
const good = (over: Readonly<Record<string, string>> = {}) => ({
  dimension: 'LISTING',
  metric: 'LISTING_IMPRESSION_TOTAL,LISTING_VIEWS_TOTAL,TRANSACTION',
  filter: `date_range:[${day(-7)}..${day(0)}],listing_ids:{${listingId}}`,
  ...over,
});
const wrong = async (over: Readonly<Record<string, string>>): Promise<number> => (await report(good(over))).body.errors?.[0]?.errorId;

describe('traffic', () => {
  rule(
    'traffic.by-listing',
    'sell_analytics_v1 getTrafficReport',
    'a record for each listing, metrics in the order of the header; TRANSACTION counts real sales',
    async () => {
      const { status, body } = await report(good());
      expect(status).toBe(200);
      expect(body.header.metrics.map(({ key }: { key: string }) => key)).toEqual([
        'LISTING_IMPRESSION_TOTAL',
        'LISTING_VIEWS_TOTAL',
        'TRANSACTION',
      ]);
      expect(body.records[0].dimensionValues[0].value).toBe(listingId);
      expect(body.records[0].metricValues[2].value).toBe(1);
      expect((await report(good())).body.records).toEqual(body.records);
    },
  );

  rule('traffic.by-day', 'sell_analytics_v1 getTrafficReport dimension', 'a record for each day of the range', async () => {
    const { body } = await report(good({ dimension: 'DAY', filter: `${good().filter},marketplace_ids:{EBAY_US}` }));
    expect(body.records).toHaveLength(8);
  });

  rule('traffic.errors', 'sell_analytics_v1 getTrafficReport 50001-50036', 'each wrong parameter has its own error', async () => {
    expect((await world.call('GET', TRAFFIC)).body.errors[0].errorId).toBe(50009);
    expect(await wrong({ dimension: 'WEEK' })).toBe(50001);
    expect(await wrong({ metric: 'LUCK' })).toBe(50002);
    expect(await wrong({ metric: '' })).toBe(50008);
    expect(await wrong({ filter: '' })).toBe(50005);
    expect(await wrong({ filter: `listing_ids:{${listingId}}` })).toBe(50031);
    expect(await wrong({ filter: 'date_range:today' })).toBe(50033);
    expect(await wrong({ filter: `date_range:[soon..${day(0)}]` })).toBe(50013);
    expect(await wrong({ filter: `date_range:[${day(-3)}..later]` })).toBe(50014);
    expect(await wrong({ filter: `date_range:[${day(0)}..${day(-3)}]` })).toBe(50004);
    expect(await wrong({ filter: `date_range:[${day(-3)}..${day(9)}]` })).toBe(50018);
    expect(await wrong({ filter: `date_range:[${day(-100)}..${day(0)}]` })).toBe(50026);
    expect(await wrong({ filter: `date_range:[${day(-800)}..${day(-790)}]` })).toBe(50025);
    const range = `date_range:[${day(-7)}..${day(0)}]`;
    expect(await wrong({ filter: `${range},color:{red}` })).toBe(50021);
    expect(await wrong({ filter: `${range},marketplace_ids:{EBAY_CA}` })).toBe(50023);
    expect(await wrong({ filter: `${range},marketplace_ids:{EBAY_MARS}` })).toBe(50024);
    expect(await wrong({ filter: `${range},marketplace_ids:{}` })).toBe(50022);
    expect(await wrong({ filter: range, dimension: 'DAY' })).toBe(50022);
    expect(await wrong({ filter: `${range},listing_ids:12` })).toBe(50034);
    expect(await wrong({ filter: `${range},listing_ids:{1|}` })).toBe(50027);
    expect(await wrong({ filter: `${range},listing_ids:{shoe}` })).toBe(50029);
    expect(await wrong({ filter: `${range},listing_ids:{110599999999}` })).toBe(50030);
    expect(await wrong({ filter: `${range},listing_ids:{${Array.from({ length: 201 }, () => listingId).join('|')}}` })).toBe(50028);
    expect(await wrong({ sort: 'LUCK' })).toBe(50006);
    expect(await wrong({ sort: 'CLICK_THROUGH_RATE' })).toBe(50035);
    expect(await wrong({ sort: 'TRANSACTION' })).toBe(50036);
  });
});

describe('money and identity', () => {
  const transactions = (query: string) =>
    world.call('GET', `/sell/finances/v1/transaction?${query}`, undefined, { 'X-Forwarded-Host': 'apiz.ebay.com' });
  const filter = (text: string) => `filter=${encodeURIComponent(text)}`;

  rule('finances.transactions', 'sell_finances_v1 getTransactions', 'sales, refunds and labels as transactions; none is 204', async () => {
    const sales = await transactions(filter('transactionType:{SALE}'));
    expect(sales.body.transactions.map((one: { orderId: string }) => one.orderId)).toEqual([orderId]);
    expect((await transactions(filter('transactionType:{SHIPPING_LABEL}'))).status).toBe(204);
    expect((await world.call('POST', '/_practice/labels', { orderId, cost: '4.80' })).status).toBe(200);
    const labels = await transactions(filter('transactionType:{SHIPPING_LABEL}'));
    expect(labels.body.transactions).toMatchObject([{ orderId, bookingEntry: 'DEBIT', amount: { value: '4.80', currency: 'USD' } }]);
    expect((await world.call('POST', '/_practice/labels', { orderId: 'nobody', cost: '4.80' })).status).toBe(409);
  });

  rule('finances.errors', 'sell_finances_v1 getTransactions 135003-135016', 'paging, sorting, type and dates are checked', async () => {
    const errorOf = async (query: string) => (await transactions(query)).body.errors[0].errorId;
    expect(await errorOf('limit=0')).toBe(135003);
    expect(await errorOf('limit=1001')).toBe(135003);
    expect(await errorOf('sort=amount')).toBe(135005);
    expect(await errorOf(filter('transactionType:{GIFT}'))).toBe(135006);
    expect(await errorOf(filter('transactionDate:yesterday'))).toBe(135008);
    expect(await errorOf(filter('transactionDate:[2015-01-01T00:00:00.000Z..2015-02-01T00:00:00.000Z]'))).toBe(135015);
    expect(await errorOf(filter('transactionDate:[2022-06-01T00:00:00.000Z..2026-06-01T00:00:00.000Z]'))).toBe(135016);
  });

  rule(
    'identity.user',
    'commerce_identity_v1 getUser',
    'name, site and state of the seller, nothing that needs a further scope',
    async () => {
      const { status, body } = await world.call('GET', '/commerce/identity/v1/user/', undefined, { 'X-Forwarded-Host': 'apiz.ebay.com' });
      expect(status).toBe(200);
      expect(body).toMatchObject({ username: 'practice-seller', status: 'CONFIRMED' });
      expect(body).not.toHaveProperty('individualAccount');
    },
  );
});
