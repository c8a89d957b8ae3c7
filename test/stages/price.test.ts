import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateFees } from '../../src/core/fees.ts';
import type { Comparable } from '../../src/core/listing.ts';
import type { Money } from '../../src/core/money.ts';
import { bestOfferFor } from '../../src/stages/price/best-offer.ts';
import { alike, at, type Compared, comparableWith } from '../../src/stages/price/comparables.ts';
import { floorFor, priceWithMargin, roundedDown, roundedUp, settle } from '../../src/stages/price/floor.ts';
import { searchesFor } from '../../src/stages/price/queries.ts';
import { defaultSettings } from '../support/settings.ts';

const { pricing, fees } = defaultSettings();
const usd = (minor: number): Money => ({ minor, currency: 'USD' });
const ask = (minor: number, title = `Blue Mug ${minor}`, more: Partial<Comparable> = {}): Comparable => ({
  itemId: `v1|${minor}|0`,
  title,
  price: usd(minor),
  ...more,
});
const MUG: Compared = {
  title: 'Blue Mug',
  conditionId: '3000',
  currency: 'USD',
  ownSeller: null,
  ownListings: new Set(),
  includeShipping: false,
};
const minors = (item: Partial<Compared>, found: readonly Comparable[]): readonly number[] =>
  comparableWith({ ...MUG, ...item }, found).map(({ price }) => price.minor);

describe('comparables', () => {
  const plain = [900, 1000, 1100, 1200, 1300].map((minor) => ask(minor));

  it.each([
    'Lot of 5 mugs',
    'Mugs bundle',
    'Mug job lot',
    'Set of 4 mugs',
    '12 pcs mug',
    'Konvolut Tassen',
    'Mug for parts',
    'Mug spares or repair',
    'Mug BOX ONLY',
    'Empty box mug',
    'Tasse defekt an Bastler',
    'Replica mug',
  ])('"%s" says nothing about one whole mug', (title) => {
    expect(minors({}, [...plain, ask(1050, title)])).toEqual([900, 1000, 1100, 1200, 1300]);
  });

  it('a lot is compared with lots, and a broken thing with broken things', () => {
    const lots = [4000, 4100].map((minor) => ask(minor, `Lot of 5 mugs ${minor}`));
    expect(minors({ title: 'Lot of 5 Mugs' }, [...plain, ...lots])).toEqual([4000, 4100]);
    expect(minors({ conditionId: '7000' }, [ask(300, 'Mug for parts')])).toEqual([300]);
  });

  it('dreamers, other currencies and nothing are left out', () => {
    const euros = { ...ask(1000), price: { minor: 1000, currency: 'EUR' } };
    expect(minors({}, [...plain, ask(99_900), ask(1), euros, ask(0)])).toEqual([900, 1000, 1100, 1200, 1300]);
  });

  it('where most ask the same, a price a little beside it still counts', () => {
    const same = Array.from({ length: 8 }, (_, n) => ask(1000, `Mug ${n}`, { itemId: String(n) }));
    expect(minors({}, [...same, ask(1150), ask(9000)])).toHaveLength(9);
  });

  it("the seller's own listings are none, by name and by number", () => {
    const found = [...plain, ask(1010, 'Mine', { seller: 'Me_Myself' }), ask(1020, 'Made here', { listingId: '42' })];
    expect(minors({ ownSeller: 'me_myself', ownListings: new Set(['42']) }, found)).toEqual([900, 1000, 1100, 1200, 1300]);
    expect(minors({}, found)).toHaveLength(7);
  });

  it('what one seller offers ten times counts once, at its cheapest', () => {
    const many = Array.from({ length: 10 }, (_, n) => ask(700 + n, 'Blue  MUG!', { itemId: `same-${n}`, seller: 'bulk' }));
    expect(minors({}, [...many, ...plain]).filter((minor) => minor < 900)).toEqual([700]);
  });

  it('with shipping, a listing that does not tell its shipping does not count', () => {
    expect(minors({ includeShipping: true }, [ask(1000, 'A', { shipping: usd(500) }), ask(900, 'B')])).toEqual([1500]);
  });

  it('are never more than what was found, each one of them, in order', () => {
    const listing = fc.record({
      minor: fc.integer({ min: -5, max: 1_000_000 }),
      title: fc.string(),
      seller: fc.constantFrom('a', 'b', undefined),
    });
    fc.assert(
      fc.property(fc.array(listing, { maxLength: 60 }), (listings) => {
        const found = listings.map(({ minor, title, seller }, n) =>
          ask(minor, title, { itemId: String(n), ...(seller ? { seller } : {}) }),
        );
        const counted = comparableWith(MUG, found);
        const prices = counted.map(({ price }) => price.minor);
        expect([...prices].sort((a, b) => a - b)).toEqual(prices);
        expect(counted.every(({ comparable }) => found.includes(comparable) && comparable.price.minor > 0)).toBe(true);
      }),
    );
  });

  it('used competes with used, new with new', () => {
    expect(alike('3000')).toContain('2990');
    expect(alike('3000')).not.toContain('1000');
    expect(alike(undefined)).toEqual([]);
  });

  it('percentiles are prices that somebody asks', () => {
    const prices = [900, 1000, 1100].map(usd);
    expect([at(prices, 0), at(prices, 0.5), at(prices, 1)]).toEqual([usd(900), usd(1000), usd(1100)]);
  });
});

describe('searches', () => {
  const said = (value: string) => ({ value, confidence: 1, evidence: [{ from: 'seller', field: 'x' } as const] });
  it('go from the product number to the plainest words', () => {
    const facts = { brand: said('Acme'), model: said('M1'), type: said('Mug') };
    expect(searchesFor(facts, '4006381333931', 'Unbranded')).toEqual([
      { gtin: '4006381333931' },
      { words: 'Acme M1 Mug' },
      { words: 'Acme Mug' },
      { words: 'Mug' },
    ]);
    expect(searchesFor({ title: said('Emma'), author: said('Jane Austen'), type: said('Book') }, undefined, 'Unbranded')[0]).toEqual({
      words: 'Emma Jane Austen',
    });
    expect(searchesFor({ brand: said('Acme') }, undefined, 'Unbranded')).toEqual([]);
    expect(searchesFor({ brand: said('Unbranded'), type: said('Mug') }, undefined, 'Unbranded')).toEqual([{ words: 'Mug' }]);
  });
});

describe('fees are estimated from the table', () => {
  const estimate = (minor: number, path: readonly string[], table = fees) =>
    estimateFees({ ...table, buyerTaxPercent: 0 }, { price: usd(minor), shipping: usd(0), path });

  it.each([
    [1000, ['15687', '11450'], 136 + 30, 'everything else'],
    [1001, ['15687', '11450'], 137 + 40, 'everything else'],
    [2000, ['261186', '267'], 306 + 40, 'books, movies, music'],
    [1_000_000, ['15687'], 102_000 + 5_875 + 40, 'everything else'],
    [200_000, ['31387', '260324', '281'], 15_000 + 6_500 + 40, 'watches'],
  ])('%i cents in %j: %i cents', (minor, path, total, group) => {
    expect(estimate(minor, path)).toEqual({ total: usd(total), group, asOf: fees.asOf });
  });

  it('shipping and the buyer’s tax count too', () => {
    const total = estimateFees({ ...fees, buyerTaxPercent: 10 }, { price: usd(1500), shipping: usd(500), path: [] }).total;
    expect(total).toEqual(usd(Math.ceil(2200 * 0.136) + 40));
  });
});

describe('the floor', () => {
  const amounts = { price: fc.integer({ min: 1, max: 2_000_000 }), cost: fc.integer({ min: 0, max: 1_500_000 }) };
  const terms = fc.record({
    shippingCost: fc.integer({ min: 0, max: 5_000 }),
    shippingCharged: fc.integer({ min: 0, max: 5_000 }),
    minimumProfit: fc.integer({ min: 0, max: 5_000 }),
    minimumPrice: fc.integer({ min: 1, max: 2_000 }),
    endsIn: fc.constantFrom(99, 95, 0, 49, null),
    path: fc.constantFrom(['15687'], ['1', '267'], ['9', '260324', '281'], []),
  });
  const left = (price: Money, charged: number, path: readonly string[]): number =>
    price.minor + charged - estimateFees(fees, { price, shipping: usd(charged), path }).total.minor;

  it('no settled price is ever under it, whatever is wanted and however it ends', () => {
    fc.assert(
      fc.property(
        terms,
        fc.record(amounts),
        fc.constantFrom('up' as const, 'down' as const),
        ({ path, endsIn, ...given }, { price, cost }, direction) => {
          const own = {
            ...pricing,
            shippingCost: usd(given.shippingCost),
            shippingCharged: usd(given.shippingCharged),
            minimumProfit: usd(given.minimumProfit),
            minimumPrice: usd(given.minimumPrice),
          };
          const floor = floorFor({ pricing: own, fees, path }, usd(cost));
          const { price: settled } = settle(usd(price), floor, endsIn, direction);
          expect(settled.minor).toBeGreaterThanOrEqual(given.minimumPrice);
          expect(left(settled, given.shippingCharged, path)).toBeGreaterThanOrEqual(cost + given.shippingCost + given.minimumProfit);
          if (endsIn !== null) expect(settled.minor % 100).toBe(endsIn);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is the least price that pays everything', () => {
    fc.assert(
      fc.property(amounts.cost, (cost) => {
        const floor = floorFor({ pricing, fees, path: [] }, usd(cost));
        expect(floor.allows(floor.price)).toBe(true);
        if (floor.price.minor > pricing.minimumPrice.minor) expect(floor.allows(usd(floor.price.minor - 1))).toBe(false);
      }),
    );
  });

  it('of an item of unknown cost is the minimum price', () => {
    expect(floorFor({ pricing, fees, path: [] }, undefined).price).toEqual(pricing.minimumPrice);
  });

  it('a margin is what is left over the cost after fees and shipping', () => {
    const price = priceWithMargin({ pricing, fees, path: [] }, usd(1000), 50);
    expect(left(price, 0, []) - pricing.shippingCost.minor).toBeGreaterThanOrEqual(1500);
    expect(left(usd(price.minor - 1), 0, []) - pricing.shippingCost.minor).toBeLessThan(1500);
  });

  it.each([
    [1231, 99, 1299, 1199],
    [1299, 99, 1299, 1299],
    [1296, 95, 1395, 1295],
    [1231, null, 1231, 1231],
  ])('%i ending in %s is %i upwards and %i downwards', (minor, endsIn, up, down) => {
    expect(roundedUp(usd(minor), endsIn)).toEqual(usd(up));
    expect(roundedDown(usd(minor), endsIn)).toEqual(usd(down));
  });
});

describe('best offer', () => {
  const on = { enabled: true, acceptPercent: 90, declinePercent: 60 };
  const floorAt = (minor: number) => ({ price: usd(minor), allows: () => true });

  it('answers at shares of the price, but never under the floor', () => {
    expect(bestOfferFor(usd(2000), floorAt(500), on)).toEqual({ autoAccept: usd(1800), autoDecline: usd(1200) });
    expect(bestOfferFor(usd(2000), floorAt(1900), on)).toEqual({ autoAccept: usd(1900), autoDecline: usd(1899) });
    expect(bestOfferFor(usd(2000), floorAt(2000), on)).toBeUndefined();
    expect(bestOfferFor(usd(2000), floorAt(500), { ...on, enabled: false })).toBeUndefined();
    expect(bestOfferFor(usd(2000), floorAt(500), { enabled: true, acceptPercent: null, declinePercent: null })).toEqual({
      autoDecline: usd(499),
    });
  });

  it('keeps eBay’s order: decline < accept < price', () => {
    const percent = fc.option(fc.integer({ min: 0, max: 99 }));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 100_000 }),
        percent,
        percent,
        (price, floor, accept, decline) => {
          const offer = bestOfferFor(usd(price), floorAt(floor), { enabled: true, acceptPercent: accept, declinePercent: decline });
          const [accepted, declined] = [offer?.autoAccept?.minor, offer?.autoDecline?.minor];
          if (accepted !== undefined) expect(accepted >= floor && accepted < price).toBe(true);
          if (declined !== undefined) expect(declined >= 0 && declined < (accepted ?? price)).toBe(true);
        },
      ),
    );
  });
});
