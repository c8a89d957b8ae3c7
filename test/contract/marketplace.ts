import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PhotoHash, Sku } from '../../src/core/item.ts';
import type { ListingContent } from '../../src/core/listing.ts';
import type { Call, Marketplace, PictureFile, ReadyListing } from '../../src/core/ports/index.ts';

/** A place to sell in a throw-away world, with a window that does not go through the port. */
export interface MarketplaceWorld {
  /** The same seller with an empty memory: what remains after a lost database. */
  connect(): Marketplace;
  /** A picture that no call has seen before. */
  picture(): Promise<PictureFile>;
  /** Every listing that was ever made, as the marketplace itself shows it. */
  listings(): Promise<
    readonly {
      readonly sku: string;
      readonly listingId: string;
      readonly title: string;
      readonly priceMinor: number;
      readonly isLive: boolean;
      readonly pictures: readonly string[];
    }[]
  >;
  /** Pictures that arrived. */
  uploads(): Promise<number>;
  /** Somebody buys one. */
  buy(sku: Sku): Promise<void>;
  /** Words that fit a leaf category with required aspects, where others sell such things; and the id of a category that is no leaf. */
  readonly words: string;
  readonly branchCategoryId: string;
  close(): Promise<void>;
}

/** What any Marketplace must do. Apply it with a way to open a world. */
export function marketplaceContract(name: string, open: () => Promise<MarketplaceWorld>): void {
  describe(`${name} as a marketplace`, () => {
    let world: MarketplaceWorld;
    let market: Marketplace;
    beforeAll(async () => {
      world = await open();
      market = world.connect();
    });
    afterAll(() => world?.close());

    describe('what it knows', () => {
      test('limits and a currency', () => {
        expect(market.site.currency).toMatch(/^[A-Z]{3}$/);
        for (const limit of Object.values(market.limits)) expect(limit).toBeGreaterThan(0);
      });

      test('the seller has policies and a location', async () => {
        const policies = await market.policies(call());
        for (const id of Object.values(policies)) expect(id).toMatch(/\S/);
      });

      test('words lead to leaf categories, and each of them can be looked up', async () => {
        const suggestions = await market.suggestCategories(world.words, call());
        expect(suggestions.length).toBeGreaterThan(0);
        const [best] = suggestions;
        expect(await market.category(best?.id ?? '', call())).toMatchObject({ id: best?.id, name: best?.name });
      });

      test('nonsense leads nowhere, and a category that is not there is undefined', async () => {
        expect(await market.suggestCategories('qzxv wkjjq zzyyx', call())).toEqual([]);
        expect(await market.category('999999999', call())).toBeUndefined();
      });

      test('a category with others below it is refused', async () => {
        await expect(market.category(world.branchCategoryId, call())).rejects.toMatchObject({
          code: 'category.not-a-leaf',
          retryable: false,
        });
      });

      test('a leaf says what it wants', async () => {
        const id = await leafOf(market, world);
        const aspects = await market.aspects(id, call());
        expect(aspects.some(({ required }) => required)).toBe(true);
        for (const aspect of aspects) {
          expect(aspect.name).toMatch(/\S/);
          if (aspect.mode === 'SELECTION_ONLY') expect(aspect.values.length).toBeGreaterThan(0);
        }
        const { allowed } = await market.conditions(id, call());
        expect(allowed.length).toBeGreaterThan(0);
        for (const condition of allowed) {
          expect(condition.id).toMatch(/^\d+$/);
          expect(condition.word).toMatch(/^[A-Z_]+$/);
        }
      });

      test('comparables are priced in its currency; nonsense has none', async () => {
        const categoryId = await leafOf(market, world);
        const comparables = await market.comparables({ words: world.words, categoryId, conditionIds: [] }, call());
        expect(comparables.length).toBeGreaterThan(0);
        for (const { price, itemId } of comparables) {
          expect(itemId).toMatch(/\S/);
          expect(price.currency).toBe(market.site.currency);
          expect(Number.isInteger(price.minor)).toBe(true);
        }
        expect(await market.comparables({ words: 'qzxv wkjjq zzyyx', categoryId, conditionIds: [] }, call())).toEqual([]);
      });
    });

    describe('pictures', () => {
      test('one that was answered is not sent again', async () => {
        const picture = await world.picture();
        const before = await world.uploads();
        const first = await market.uploadPicture(picture, call());
        expect(await market.uploadPicture(picture, call())).toEqual(first);
        const both = await Promise.all([market.uploadPicture(picture, call()), market.uploadPicture(picture, call())]);
        expect(both).toEqual([first, first]);
        expect(await world.uploads()).toBe(before + 1);
        expect(first.url).toMatch(/^https:/);
      });
    });

    describe('listings', () => {
      test('what was never written is not found', async () => {
        expect(await market.find([newSku(), newSku()], call())).toEqual([]);
        expect(await market.find([], call())).toEqual([]);
      });

      test('published once it is live, as approved; published twice it is one listing', async () => {
        const listing = await readyListing(market, world);
        const receipt = await market.publish(listing, call());
        expect(receipt).toMatchObject({ sku: listing.sku, created: true });
        expect(receipt.url).toContain(receipt.listingId);
        const again = await market.publish(listing, call());
        expect(again).toMatchObject({ listingId: receipt.listingId, offerId: receipt.offerId, created: false });
        const mine = await listingsOf(world, listing.sku);
        expect(mine).toEqual([
          expect.objectContaining({
            listingId: receipt.listingId,
            title: listing.content.title,
            priceMinor: listing.content.price.minor,
            isLive: true,
          }),
        ]);
        expect(await market.find([newSku(), listing.sku], call())).toEqual([
          expect.objectContaining({
            sku: listing.sku,
            state: 'live',
            listingId: receipt.listingId,
            url: receipt.url,
            title: listing.content.title,
          }),
        ]);
        const all: unknown[] = [];
        for await (const page of market.everything((sku) => sku === listing.sku, call())) all.push(...page.listings);
        const { price, categoryId } = listing.content;
        expect(all).toEqual([
          expect.objectContaining({ sku: listing.sku, state: 'live', listingId: receipt.listingId, price, categoryId }),
        ]);
      });

      test('a lost database does not list twice', async () => {
        const listing = await readyListing(market, world);
        const { listingId } = await market.publish(listing, call());
        expect(await world.connect().publish(listing, call())).toMatchObject({ listingId, created: false });
        expect(await listingsOf(world, listing.sku)).toHaveLength(1);
      });

      test('two at the same time are one listing', async () => {
        const listing = await readyListing(market, world);
        const receipts = await Promise.all([
          market.publish(listing, call()),
          market.publish(listing, call()),
          market.publish(listing, call()),
        ]);
        expect(new Set(receipts.map(({ listingId }) => listingId)).size).toBe(1);
        expect(receipts.filter(({ created }) => created)).toHaveLength(1);
        expect(await listingsOf(world, listing.sku)).toHaveLength(1);
      });

      test('changed content updates the same listing, there and back', async () => {
        const listing = await readyListing(market, world);
        const { listingId } = await market.publish(listing, call());
        const changed = {
          ...listing,
          content: { ...listing.content, title: 'Changed after it went live', price: { minor: 3199, currency: market.site.currency } },
        };
        expect(await market.publish(changed, call())).toMatchObject({ listingId, created: false });
        expect(await listingsOf(world, listing.sku)).toEqual([
          expect.objectContaining({ listingId, title: 'Changed after it went live', priceMinor: 3199, isLive: true }),
        ]);
        await market.publish(listing, call());
        expect(await listingsOf(world, listing.sku)).toEqual([
          expect.objectContaining({ listingId, title: listing.content.title, isLive: true }),
        ]);
      });

      test('many at once are all there, each once, each with its own content', async () => {
        const base = await readyListing(market, world);
        const many = Array.from({ length: 30 }, (_, at) => ({
          ...base,
          sku: newSku(),
          content: { ...base.content, title: `One of many ${at}` },
        }));
        const receipts = await Promise.all(many.map((one) => market.publish(one, call())));
        const shown = new Map((await world.listings()).map((listing) => [listing.listingId, listing]));
        expect(receipts.map(({ listingId }) => shown.get(listingId)?.title)).toEqual(many.map(({ content }) => content.title));
        expect(
          (
            await market.find(
              many.map(({ sku }) => sku),
              call(),
            )
          ).map(({ state }) => state),
        ).toEqual(many.map(() => 'live'));
      });

      test('a refusal is permanent, and leaves nothing live', async () => {
        const listing = await readyListing(market, world, { title: 'x'.repeat(market.limits.titleMax + 1) });
        await expect(market.publish(listing, call())).rejects.toMatchObject({ retryable: false });
        expect(await listingsOf(world, listing.sku)).toEqual([]);
        const mended = { ...listing, content: { ...listing.content, title: 'Now it fits' } };
        expect(await market.publish(mended, call())).toMatchObject({ created: true });
      });

      test('a category that is no leaf is refused at the latest when it goes live', async () => {
        const listing = await readyListing(market, world, { categoryId: world.branchCategoryId });
        await expect(market.publish(listing, call())).rejects.toMatchObject({
          retryable: false,
          message: expect.stringMatching(/categor/i),
        });
        expect(await listingsOf(world, listing.sku)).toEqual([]);
        expect(await market.find([listing.sku], call())).toEqual([expect.objectContaining({ state: 'unpublished' })]);
      });

      test('withdrawn it is over, and stays known as withdrawn without a database', async () => {
        const listing = await readyListing(market, world);
        const { listingId } = await market.publish(listing, call());
        await market.withdraw(listing.sku, call());
        expect(await listingsOf(world, listing.sku)).toEqual([expect.objectContaining({ listingId, isLive: false })]);
        for (const client of [market, world.connect()]) {
          expect(await client.find([listing.sku], call())).toEqual([expect.objectContaining({ sku: listing.sku, state: 'withdrawn' })]);
        }
        await market.withdraw(listing.sku, call());
        await world.connect().withdraw(listing.sku, call());
        expect(await market.find([listing.sku], call())).toEqual([expect.objectContaining({ state: 'withdrawn' })]);
      });

      test('withdrawn and published again it is a new listing', async () => {
        const listing = await readyListing(market, world);
        const first = await market.publish(listing, call());
        await market.withdraw(listing.sku, call());
        const second = await market.publish(listing, call());
        expect(second).toMatchObject({ created: true });
        expect(second.listingId).not.toBe(first.listingId);
        expect(await market.find([listing.sku], call())).toEqual([expect.objectContaining({ state: 'live', listingId: second.listingId })]);
      });

      test('withdrawing what is not there is no error', async () => {
        await market.withdraw(newSku(), call());
      });

      test('sold it is sold, and not listed again on a guess', async () => {
        const listing = await readyListing(market, world);
        await market.publish(listing, call());
        await world.buy(listing.sku);
        expect(await market.find([listing.sku], call())).toEqual([expect.objectContaining({ state: 'sold' })]);
        await expect(market.publish(listing, call())).rejects.toMatchObject({ code: 'item.ended-listing', retryable: false });
        expect((await listingsOf(world, listing.sku)).filter(({ isLive }) => isLive)).toEqual([]);
      });

      test('called off, it stops with the reason given', async () => {
        const listing = await readyListing(market, world);
        const controller = new AbortController();
        const reason = new Error('called off');
        const work = market.publish(listing, { signal: controller.signal, priority: 1 });
        controller.abort(reason);
        await expect(work).rejects.toBe(reason);
        expect(await market.publish(listing, call())).toMatchObject({ sku: listing.sku });
        expect(await listingsOf(world, listing.sku)).toHaveLength(1);
      });
    });
  });
}

export const call = (): Call => ({ signal: new AbortController().signal, priority: 1 });

let counter = 0;
export const newSku = (): Sku => {
  counter += 1;
  return `EFTEST${process.pid}X${counter}` as Sku;
};

const listingsOf = async (world: MarketplaceWorld, sku: Sku) => (await world.listings()).filter((listing) => listing.sku === sku);

async function leafOf(market: Marketplace, world: MarketplaceWorld): Promise<string> {
  const [best] = await market.suggestCategories(world.words, call());
  if (best === undefined) throw new Error('the world names words that fit no category');
  return best.id;
}

/** A listing that the marketplace takes: its category's required aspects filled, a condition that it allows. */
export async function readyListing(
  market: Marketplace,
  world: Pick<MarketplaceWorld, 'words' | 'picture'>,
  change: Partial<ListingContent> = {},
): Promise<ReadyListing> {
  const categoryId = await leafOf(market, world as MarketplaceWorld);
  const [rules, conditions, policies, picture] = [
    await market.aspects(categoryId, call()),
    await market.conditions(categoryId, call()),
    await market.policies(call()),
    await world.picture(),
  ];
  const { url } = await market.uploadPicture(picture, call());
  const used = conditions.allowed.find(({ word }) => word.startsWith('USED')) ?? conditions.allowed[0];
  const required = rules.filter((rule) => rule.required);
  const photo = picture.sha256 as PhotoHash;
  const content: ListingContent = {
    photos: [photo],
    title: 'A thing with a title',
    description: 'A thing, described in a sentence.',
    categoryId,
    aspects: Object.fromEntries(
      required.map(({ name, values, dataType }) => [name, [values[0] ?? (dataType === 'NUMBER' ? '1' : 'Unbranded')]]),
    ),
    ...(used === undefined ? {} : { condition: { id: used.id, word: used.word } }),
    price: { minor: 2499, currency: market.site.currency },
    quantity: 1,
    identifiers: {},
    policies,
    ...change,
  };
  return { sku: newSku(), content, pictures: [{ photo, url }] };
}
