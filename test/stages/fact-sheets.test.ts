import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Marketplace } from '../../src/core/ports/index.ts';
import type { MarketplaceId } from '../../src/core/settings.ts';
import { SITES } from '../../src/core/site.ts';
import type { Hold } from '../../src/pipeline/stage.ts';
import { type PracticeWorld, practiceWorld } from '../adapters/ebay/practice-world.ts';
import { call, ebay } from '../adapters/ebay/support.ts';
import { readyListing } from '../contract/marketplace.ts';
import { SHEETS } from './sheets.ts';
import { contentOf, specified } from './specify-world.ts';

/** Leaves of many kinds: clothes, shoes, phones, watches, books, cards, coins, kitchen, games. */
const CATEGORIES = [
  '15687',
  '57989',
  '11483',
  '24087',
  '63861',
  '20695',
  '9355',
  '31387',
  '261186',
  '183454',
  '261328',
  '39464',
  '139973',
  '112529',
  '29223',
  '169291',
];

interface Leaf {
  readonly id: string;
  readonly name: string;
  readonly aspects?: readonly { readonly name: string; readonly required?: boolean }[];
  readonly conditions: readonly unknown[];
}
const LEAVES = JSON.parse(readFileSync('src/practice/data/categories.json', 'utf8')) as readonly Leaf[];
const leaves = CATEGORIES.flatMap((id) => LEAVES.find((leaf) => leaf.id === id) ?? []);

let world: PracticeWorld;
beforeAll(async () => {
  world = await practiceWorld();
});
afterAll(() => world.close());

/** What eBay says of specifics and conditions: none of these may ever come back from a publish call. */
const REFUSED = /item specific|aspect|condition|value of|too long|one value|allowed|go with|descriptor/i;

describe.each(['EBAY_US', 'EBAY_GB', 'EBAY_DE'] as const)('fact sheets × categories on %s', (id: MarketplaceId) => {
  it(`${Object.keys(SHEETS).length} sheets in ${leaves.length} categories: what is published is valid, what is held says what is missing`, async () => {
    expect(Object.keys(SHEETS).length).toBeGreaterThanOrEqual(40);
    expect(new Set(Object.values(SHEETS).map((sheet) => JSON.stringify(sheet))).size).toBe(Object.keys(SHEETS).length);
    const market = ebay(world.url, { site: SITES[id] });
    const model = await readyListing(market, { words: id === 'EBAY_DE' ? 'becher' : 'coffee mug', picture: world.picture }, {});
    let published = 0;
    let held = 0;
    const wrong: string[] = [];
    const look = async (leaf: Leaf, leafAt: number): Promise<void> => {
      const sheets = Object.entries(SHEETS).map(async ([name, sheet], sheetAt) => {
        const at = leafAt * 1_000 + sheetAt;
        const result = await specified(market, { category: leaf, ...sheet });
        if ('hold' in result) {
          held += 1;
          wrong.push(...(await saysWhatIsMissing(market, leaf, result)).map((what) => `${name} in ${leaf.name}: ${what}`));
          return;
        }
        const { condition: _condition, ...rest } = model.content;
        // On sites of the EU new goods need more than specifics; that is the business of `check`.
        const regulatory = {
          manufacturer: { companyName: 'A', addressLine1: 'B 1', city: 'C', postalCode: '10115', country: 'DE', email: 'a@example.com' },
        };
        const listing = {
          ...model,
          sku: `SHEET${id.slice(5)}${at}` as typeof model.sku,
          content: { ...rest, ...contentOf(result), regulatory },
        };
        await market.publish(listing, call()).then(
          () => (published += 1),
          (error: Error) =>
            wrong.push(`${name} in ${leaf.name} ${REFUSED.test(error.message) ? 'was refused' : 'failed'}: ${error.message}`),
        );
      });
      await Promise.all(sheets);
    };
    // One category after the other: hundreds of calls at once would starve the server in this very process.
    for (const [at, leaf] of leaves.entries()) await look(leaf, at);
    expect(wrong).toEqual([]);
    // Neither way is empty: a stage that held everything, or nothing, would prove nothing.
    expect(published).toBeGreaterThan(20);
    expect(held).toBeGreaterThan(40);
  }, 240_000);
});

/** What is wrong with a hold, told by what eBay requires and not by what the stage says of itself. */
async function saysWhatIsMissing(market: Marketplace, leaf: Leaf, { hold: { message, hint }, partial }: Hold): Promise<readonly string[]> {
  const { aspects = {} } = partial as { readonly aspects?: Readonly<Record<string, unknown>> };
  const [rules, { required: conditionRequired }] = await Promise.all([market.aspects(leaf.id, call()), market.conditions(leaf.id, call())]);
  const missing = rules.filter(({ name, required }) => required && aspects[name] === undefined).map(({ name }) => name);
  // It follows from the size, which is asked for first.
  const asked = missing.filter((name) => name !== 'Size Type' && name !== 'Größenart');
  const silent = asked.filter((name) => !message.includes(name) || !hint.includes(`${name}=`));
  const asksNothing = !hint.includes('--set ') || (missing.length === 0 && conditionRequired && message.length < 20);
  return [...silent.map((name) => `does not ask for ${name}: ${message} ${hint}`), ...(asksNothing ? [`asks nothing: ${message}`] : [])];
}
