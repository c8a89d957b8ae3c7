import { type Facts, isProven } from '../core/facts.ts';
import type { PriceBasis } from '../core/listing.ts';
import { type Money, moneyLabel } from '../core/money.ts';
import { defineStage, hold } from '../pipeline/stage.ts';
import { classify } from './classify.ts';
import { draft } from './draft.ts';
import { alike, at, cleanPrices } from './price/comparables.ts';
import { floorPrice, roundedUp } from './price/floor.ts';
import { specify } from './specify.ts';

export interface Priced {
  readonly price: Money;
  readonly basis: PriceBasis;
  /** True when costs and fees, not the market, set the price. */
  readonly atFloor: boolean;
}

export const price = defineStage({
  name: 'price',
  version: 1,
  needs: { draft, classify, specify },
  // Others' prices come and go: an item without a basis is looked up again in the next run.
  retryHold: true,
  uses: ({ item: { seller }, settings }) => ({ price: seller.price, cost: seller.cost, pricing: settings.pricing }),

  async run({ draft: { facts }, classify: { category }, specify: { condition, identifiers } }, { item, settings, ports, call }) {
    const { pricing } = settings;
    if (item.seller.price) return { price: item.seller.price, basis: { kind: 'seller' }, atFloor: false } satisfies Priced;

    const gtin = identifiers.upc ?? identifiers.ean ?? identifiers.isbn;
    const { currency } = ports.marketplace.site;
    for (const words of queries(facts)) {
      const found = await ports.marketplace.comparables(
        { words, categoryId: category.id, ...(gtin ? { gtin } : {}), conditionIds: alike(condition?.id) },
        call,
      );
      const prices = cleanPrices(found, currency);
      if (prices.length < pricing.minimumComparables) continue;
      const wanted = at(prices, pricing.percentile);
      const floor = floorPrice(pricing, item.seller.cost);
      const atFloor = wanted.minor < floor.minor;
      return {
        price: roundedUp(atFloor ? floor : wanted, pricing.endsIn),
        basis: {
          kind: 'asking-prices',
          count: prices.length,
          low: at(prices, 0),
          median: at(prices, 0.5),
          high: at(prices, 1),
          query: words,
        },
        atFloor,
      } satisfies Priced;
    }
    const floor = floorPrice(pricing, item.seller.cost);
    return hold({
      code: 'price.no-basis',
      message: `Fewer than ${pricing.minimumComparables} comparable listings were found, so there is no basis for a price.`,
      hint: `Set one: \`easyflip approve ${item.id} --set price=…\`${item.seller.cost ? ` (costs are covered from ${moneyLabel(floor)})` : ''}.`,
    });
  },
});

/** From the nearest likeness to the plainest: what it is, with brand and model, with brand, alone. */
function queries(facts: Facts): readonly string[] {
  const proven = (name: keyof Facts): string | undefined => {
    const fact = facts[name];
    return fact && isProven(name, fact) ? fact.value : undefined;
  };
  const [brand, model, type, work] = [proven('brand'), proven('model'), proven('type'), proven('title')];
  const thing = work ?? type;
  if (!thing) return [];
  const wordings = [[brand, model, thing], [brand, thing], [thing]].map((words) => words.filter((word) => word !== undefined).join(' '));
  return [...new Set(wordings)];
}
