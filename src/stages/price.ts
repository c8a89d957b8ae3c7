import type { Reason } from '../core/errors.ts';
import type { AskingPrices, Comparable, ListingContent, PriceBasis } from '../core/listing.ts';
import { type Money, moneyLabel, percentOf } from '../core/money.ts';
import type { Settings } from '../core/settings.ts';
import { defineStage, hold, type StageContext } from '../pipeline/stage.ts';
import { classify } from './classify.ts';
import { draft } from './draft.ts';
import { bestOfferFor } from './price/best-offer.ts';
import { alike, at, type Compared, type Counted, comparableWith } from './price/comparables.ts';
import { type Floor, floorFor, priceWithMargin, settle } from './price/floor.ts';
import { type Search, searchesFor, searchText } from './price/queries.ts';
import { specify } from './specify.ts';

export interface Priced {
  readonly price: Money;
  readonly basis: PriceBasis;
  /** True when costs and fees, not the market, set the price. */
  readonly atFloor: boolean;
  readonly bestOffer?: NonNullable<ListingContent['bestOffer']>;
  /**
   * What the price was made from. The store drops them when the item goes live and keeps `basis`, because eBay's
   * licence lets market data be kept only as long as it serves the listing it was asked for.
   */
  readonly comparables?: readonly Comparable[];
}

export const price = defineStage({
  name: 'price',
  version: 2,
  needs: { draft, classify, specify },
  // Others' prices come and go: an item without a basis is looked up again in the next run.
  retryHold: true,
  uses: ({ item: { seller }, settings: { pricing, fees } }) => ({
    price: seller.price,
    cost: seller.cost,
    pricing,
    // Not its date and source: looking at the table again without changing it asks nobody for prices again.
    fees: [fees.groups, fees.perOrder, fees.buyerTaxPercent],
  }),

  async run({ draft: { facts }, classify: { category }, specify: { title, condition, identifiers } }, context) {
    const { item, settings, ports } = context;
    const { pricing, fees } = settings;
    const { cost } = item.seller;
    const terms = { pricing, fees, path: [category.id, ...category.ancestors.map(({ id }) => id)] };
    const floor = floorFor(terms, cost);
    const priced = (amount: Money, basis: PriceBasis, atFloor: boolean, comparables?: readonly Comparable[]): Priced => {
      const bestOffer = bestOfferFor(amount, floor, pricing.bestOffer);
      return { price: amount, basis, atFloor, ...(bestOffer ? { bestOffer } : {}), ...(comparables ? { comparables } : {}) };
    };

    if (item.seller.price) return priced(item.seller.price, { kind: 'seller' }, false);
    if (pricing.strategy === 'margin') {
      if (!cost) return hold(noBasis(context, floor, 'The price is made from what the item cost, and its cost is not known.'));
      const wanted = priceWithMargin(terms, cost, pricing.marginPercent);
      const settled = settle(wanted, floor, pricing.endsIn, 'up');
      return priced(settled.price, { kind: 'margin', cost, percent: pricing.marginPercent }, settled.atFloor);
    }
    if (!pricing.lookUp) return hold(noBasis(context, floor, 'Looking up what others ask is switched off, and no price is given.'));

    const searches = searchesFor(facts, productNumber(identifiers), ports.marketplace.site.unbranded);
    const compared = { title, conditionId: condition?.id };
    for (const search of searches) {
      const counted = await lookUp(context, search, category.id, compared);
      if (counted.length < pricing.minimumComparables) continue;
      const prices = counted.map((one) => one.price);
      const { price: amount, atFloor } = settle(
        wantedOf(prices, pricing),
        floor,
        pricing.endsIn,
        pricing.strategy === 'undercut' ? 'down' : 'up',
      );
      const basis = basisOf(search, prices, context);
      return priced(
        amount,
        basis,
        atFloor,
        counted.map(({ comparable }) => comparable),
      );
    }
    return hold(noBasis(context, floor, nothingFound(searches, pricing.minimumComparables)));
  },
});

/** The site's wording for none is no number to search by. */
const productNumber = ({ upc, ean, isbn }: ListingContent['identifiers']): string | undefined =>
  [upc, ean, isbn].find((code) => code !== undefined && /^\d+$/.test(code));

async function lookUp(
  { settings: { pricing }, ports, call }: StageContext,
  search: Search,
  categoryId: string,
  { title, conditionId }: Pick<Compared, 'title' | 'conditionId'>,
): Promise<readonly Counted[]> {
  const found = await ports.marketplace.comparables({ ...search, categoryId, conditionIds: alike(conditionId) }, call);
  const ownListings = await ports.items.ownListings(found.flatMap(({ listingId }) => (listingId === undefined ? [] : [listingId])));
  const { ownSeller, includeShipping } = pricing;
  return comparableWith({ title, conditionId, currency: ports.marketplace.site.currency, ownSeller, ownListings, includeShipping }, found);
}

/** What the strategy asks for, before floor and ending. */
function wantedOf(
  prices: readonly Money[],
  { strategy, percentile, undercut, includeShipping, shippingCharged }: Settings['pricing'],
): Money {
  const base = strategy === 'undercut' ? at(prices, undercut.from === 'lowest' ? 0 : 0.5) : at(prices, percentile);
  const less = strategy === 'undercut' ? percentOf(base, undercut.percent).minor + undercut.amount.minor : 0;
  return { ...base, minor: Math.max(1, base.minor - less - (includeShipping ? shippingCharged.minor : 0)) };
}

function basisOf(search: Search, prices: readonly Money[], { settings, ports }: StageContext): AskingPrices {
  return {
    kind: 'asking-prices',
    ...('gtin' in search ? { by: 'gtin', query: search.gtin } : { by: 'words', query: search.words }),
    count: prices.length,
    low: at(prices, 0),
    median: at(prices, 0.5),
    high: at(prices, 1),
    withShipping: settings.pricing.includeShipping,
    askedAt: new Date(ports.clock.now()).toISOString(),
  };
}

const nothingFound = (searches: readonly Search[], least: number): string =>
  searches.length === 0
    ? 'It is not known what the item is, so nothing comparable could be searched.'
    : `Fewer than ${least} comparable listings were found, so there is no basis for a price. Searched: ${searches.map(searchText).join(', ')}.`;

function noBasis({ item }: StageContext, floor: Floor, message: string): Reason {
  const covered = item.seller.cost ? ` (costs are covered from ${moneyLabel(floor.price)})` : '';
  return { code: 'price.no-basis', message, hint: `Set one: \`easyflip approve ${item.id} --set price=…\`${covered}.` };
}
