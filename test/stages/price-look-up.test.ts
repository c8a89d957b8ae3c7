import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import type { Fact, Facts } from '../../src/core/facts.ts';
import type { Comparable } from '../../src/core/listing.ts';
import type { Marketplace } from '../../src/core/ports/index.ts';
import type { SellerFacts } from '../../src/core/seller-facts.ts';
import type { Settings } from '../../src/core/settings.ts';
import type { Hold, StageContext } from '../../src/pipeline/stage.ts';
import { type Priced, price } from '../../src/stages/price.ts';
import { type PracticeWorld, practiceWorld } from '../adapters/ebay/practice-world.ts';
import { call } from '../adapters/ebay/support.ts';
import { item } from '../store/support/samples.ts';
import { defaultSettings } from '../support/settings.ts';

/** Men's T-shirts and what is above them; the practice marketplace has listings of other sellers there. */
const SHIRTS = { id: '15687', name: 'T-Shirts', ancestors: [{ id: '11450', name: 'Clothing, Shoes & Accessories' }] };
const said = (value: string): Fact => ({ value, confidence: 1, evidence: [{ from: 'seller', field: 'x' }] });
const usd = (minor: number) => ({ minor, currency: 'USD' });

let world: PracticeWorld;
let market: Marketplace;
beforeAll(async () => {
  world = await practiceWorld();
  market = world.connect();
});
afterAll(() => world.close());

interface Given {
  readonly facts?: Facts;
  readonly seller?: SellerFacts;
  readonly pricing?: Partial<Settings['pricing']>;
  readonly own?: ReadonlySet<string>;
  readonly gtin?: string;
  readonly marketplace?: Marketplace;
}

async function run({
  facts = { type: said('T-Shirt') },
  seller = {},
  pricing = {},
  own = new Set(),
  gtin,
  marketplace = market,
}: Given): Promise<Priced | Hold> {
  const settings = defaultSettings();
  const context = {
    item: item('shirt', { seller }),
    settings: { ...settings, pricing: { ...settings.pricing, ...pricing } },
    ports: { marketplace, clock: systemClock, items: { ownListings: async () => own } },
    call: call(),
  } as unknown as StageContext;
  const specified = {
    title: 'T-Shirt',
    condition: { id: '3000', word: 'USED_EXCELLENT', label: 'Used' },
    identifiers: gtin ? { ean: gtin } : {},
  };
  type Inputs = Parameters<typeof price.run>[0];
  return await price.run(
    { draft: { facts, unknowns: {} }, classify: { category: SHIRTS }, specify: specified } as unknown as Inputs,
    context,
  );
}

const priced = async (given: Given): Promise<Priced> => {
  const result = await run(given);
  if ('hold' in result) throw new Error(result.hold.message);
  return result;
};
const heldFor = async (given: Given) => {
  const result = await run(given);
  if (!('hold' in result)) throw new Error('it was priced');
  return result.hold;
};

describe('a price from what others ask', () => {
  it('is one of their prices, with its basis, and keeps what it was made from', async () => {
    const { price: amount, basis, comparables = [] } = await priced({});
    if (basis.kind !== 'asking-prices') throw new Error(basis.kind);
    expect(basis).toMatchObject({ by: 'words', query: 'T-Shirt', withShipping: false, count: comparables.length });
    expect(Date.parse(basis.askedAt)).not.toBeNaN();
    const minors = comparables.map((one) => one.price.minor).sort((a, b) => a - b);
    expect([basis.low.minor, basis.high.minor]).toEqual([minors[0], minors.at(-1)]);
    expect(amount.minor % 100).toBe(99);
    expect(amount.minor).toBeGreaterThanOrEqual(basis.low.minor);
    expect(comparables.every(({ title }) => !/lot of|for parts/i.test(title))).toBe(true);
    expect(comparables.every(({ conditionId }) => conditionId !== '1000')).toBe(true);
  });

  it('goes from brand to the plain thing until there are enough', async () => {
    const { basis } = await priced({ facts: { type: said('T-Shirt'), brand: said('Qzxvkj') } });
    expect(basis).toMatchObject({ query: 'T-Shirt' });
  });

  it('comes from the product number first, and from words when too few sell under it', async () => {
    // Nobody on the practice marketplace sells under this number.
    expect((await priced({ gtin: '4006381333931' })).basis).toMatchObject({ by: 'words' });
    expect((await heldFor({ gtin: '4006381333931', facts: {} })).message).toContain('Searched: number 4006381333931.');
    // The same listings, as if they carried it.
    const asked: unknown[] = [];
    const withNumber: Marketplace = {
      ...market,
      comparables: (query, one) => {
        asked.push(query);
        return market.comparables({ words: 'T-Shirt', categoryId: query.categoryId, conditionIds: query.conditionIds }, one);
      },
    };
    const { basis } = await priced({ gtin: '4006381333931', marketplace: withNumber });
    expect(basis).toMatchObject({ by: 'gtin', query: '4006381333931' });
    expect(asked).toEqual([expect.objectContaining({ gtin: '4006381333931' })]);
  });

  it('never learns from the seller’s own listings', async () => {
    const all = (await priced({})).comparables ?? [];
    const mine = new Set(all.slice(0, 3).map(({ listingId }) => listingId ?? ''));
    const rest = (await priced({ own: mine })).comparables ?? [];
    expect(rest.some(({ listingId }) => mine.has(listingId ?? ''))).toBe(false);
    const name = all[0]?.seller ?? '';
    const others = (await priced({ pricing: { ownSeller: name } })).comparables ?? [];
    expect(others.length).toBeGreaterThan(0);
    expect(others.some(({ seller }: Comparable) => seller === name)).toBe(false);
  });

  it('undercuts, and pays its costs', async () => {
    const low = await priced({ pricing: { strategy: 'undercut', undercut: { from: 'median', percent: 10, amount: usd(0) } } });
    if (low.basis.kind !== 'asking-prices') throw new Error(low.basis.kind);
    expect(low.price.minor).toBeLessThanOrEqual(low.basis.median.minor * 0.9);
    const dear = await priced({ seller: { cost: usd(50_000) } });
    expect(dear.atFloor).toBe(true);
    expect(dear.price.minor).toBeGreaterThan(50_000);
  });

  it('with shipping compares what buyers pay, and takes off what they pay here', async () => {
    const plain = await priced({ pricing: { includeShipping: true, endsIn: null } });
    const charged = await priced({ pricing: { includeShipping: true, endsIn: null, shippingCharged: usd(300) } });
    expect(plain.basis).toMatchObject({ withShipping: true });
    expect(plain.price.minor - charged.price.minor).toBe(300);
  });

  it('offers are answered within price and floor', async () => {
    const { bestOffer, price: amount } = await priced({ pricing: { bestOffer: { enabled: true, acceptPercent: 90, declinePercent: 50 } } });
    expect(bestOffer?.autoAccept?.minor).toBe(Math.round(amount.minor * 0.9));
    expect(bestOffer?.autoDecline?.minor).toBe(Math.round(amount.minor * 0.5));
  });
});

describe('without a look-up', () => {
  const off = { lookUp: false };
  it('the seller’s price stands as it is', async () => {
    expect(await priced({ seller: { price: usd(1234) }, pricing: off })).toEqual({
      price: usd(1234),
      basis: { kind: 'seller' },
      atFloor: false,
    });
  });

  it('a margin over the cost is a basis; no cost is none', async () => {
    const { price: amount, basis } = await priced({
      seller: { cost: usd(1000) },
      pricing: { ...off, strategy: 'margin', marginPercent: 50 },
    });
    expect(basis).toEqual({ kind: 'margin', cost: usd(1000), percent: 50 });
    expect(amount.minor).toBeGreaterThan(1500);
    expect(await heldFor({ pricing: { strategy: 'margin' } })).toMatchObject({
      code: 'price.no-basis',
      message: expect.stringContaining('cost'),
    });
  });

  it('nobody is asked, and the item is held', async () => {
    const before = (await world.requests()).filter(({ path }) => path.includes('/browse/')).length;
    expect(await heldFor({ pricing: off })).toMatchObject({ code: 'price.no-basis', message: expect.stringContaining('switched off') });
    expect((await world.requests()).filter(({ path }) => path.includes('/browse/')).length).toBe(before);
  });
});

it('no basis says what was searched, and from where on costs are covered', async () => {
  const reason = await heldFor({ facts: { type: said('Qzxv'), brand: said('Wkjjq') }, seller: { cost: usd(1000) } });
  expect(reason.message).toContain('"Wkjjq Qzxv", "Qzxv"');
  expect(reason.hint).toMatch(/approve \S+ --set price=…` \(costs are covered from \$\d+\.\d\d\)/);
});
