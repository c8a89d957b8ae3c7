import { parse } from 'csv-parse/sync';
import { beforeEach, expect, it } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { exportDrafts } from '../../src/app/exchange/drafts.ts';
import type { Store } from '../../src/core/ports/store.ts';
import type { SellerFacts } from '../../src/core/seller-facts.ts';
import type { MarketplaceId } from '../../src/core/settings.ts';
import { draftFiles } from '../../src/report/draft-csv.ts';
import { done, item } from '../store/support/samples.ts';
import { claimed, movableClock, open, tempFile } from '../store/support/world.ts';

let store: Store;
let app: App;
const onSite = (marketplace: MarketplaceId): App =>
  ({ store, clock: movableClock(), settings: { marketplace, environment: 'production', listing: { quantity: 1 } } }) as unknown as App;
beforeEach(async () => {
  store = await open(tempFile());
  app = onSite('EBAY_US');
});

const usd = (minor: number) => ({ minor, currency: 'USD' });

async function add(name: string, seller: SellerFacts, outputs: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const one = item(name, { seller });
  await store.items.save(one, undefined);
  if (seller.title !== undefined || seller.condition !== undefined) await store.items.setFacts(one.id, seller);
  const claim = await claimed(store, one);
  for (const [stage, output] of Object.entries(outputs)) await store.outcomes.record(done(one, stage, output), claim);
  await store.claims.release(claim);
  return one.id;
}

const classify = { category: { id: '11450', name: 'Other', ancestors: [] } };
const specify = {
  title: 'Northfield Tee "M", blue',
  description: '<p>A tee; soft,\n  "as new"</p>',
  aspects: {},
  condition: { id: '3000', word: 'USED_EXCELLENT', label: 'Pre-owned' },
  identifiers: { upc: '012345678905' },
};
const price = { price: usd(1999), basis: { kind: 'seller' } };

/** What a program of another hand reads of the file. */
const read = (text: string, delimiter = ','): string[][] => parse(text, { delimiter, relax_column_count: false });

it('writes the template to the letter, and the draft in its places', async () => {
  await add('tee', {}, { classify, specify, price });
  const { drafts, view } = await exportDrafts(app);
  const [file, ...more] = await draftFiles(drafts, 'EBAY_US');
  expect(more).toEqual([]);
  const lines = (file?.text ?? '').split('\r\n');
  expect(lines.slice(0, 5)).toEqual([
    '#INFO,Version=0.0.2,Template= eBay-draft-listings-template_US,,,,,,,,',
    '#INFO Action and Category ID are required fields. 1) Set Action to Draft 2) Please find the category ID for your listings here: https://pages.ebay.com/sellerinformation/news/categorychanges.html,,,,,,,,,,',
    '"#INFO After you\'ve successfully uploaded your draft from the Seller Hub Reports tab, complete your drafts to active listings here: https://www.ebay.com/sh/lst/drafts",,,,,,,,,,',
    '#INFO,,,,,,,,,,',
    'Action(SiteID=US|Country=US|Currency=USD|Version=1193|CC=UTF-8),Custom label (SKU),Category ID,Title,UPC,Price,Quantity,Item photo URL,Condition ID,Description,Format',
  ]);
  expect(lines).toHaveLength(7);
  const [stored] = await store.items.all();
  expect(read(file?.text ?? '')[5]).toEqual([
    'Draft',
    stored?.item.sku,
    '11450',
    'Northfield Tee "M", blue',
    '012345678905',
    '19.99',
    '1',
    '',
    '3000',
    '<p>A tee; soft, "as new"</p>',
    'FixedPrice',
  ]);
  expect(view).toMatchObject({ drafts: 1, held: 0, withPictures: 0, leftOut: [] });
});

it('has the form of each site', async () => {
  await add('tee', {}, { classify, specify });
  for (const [site, first, action, delimiter] of [
    [
      'EBAY_GB',
      '#INFO,Version=0.0.2,Template= eBay-draft-listings-template_GB,,,,,,,,',
      'Action(SiteID=UK|Country=GB|Currency=GBP|Version=1193|CC=UTF-8)',
      ',',
    ],
    [
      'EBAY_AU',
      '#INFO,Version=0.0.2,Template= eBay-draft-listings-template_AU,,,,,,,,',
      'Action(SiteID=Australia|Country=AU|Currency=AUD|Version=1193|CC=UTF-8)',
      ',',
    ],
    [
      'EBAY_CA',
      '#INFO,Version=0.0.2,Template= eBay-draft-listings-template_ENCA,,,,,,,,',
      'Action(SiteID=Canada|Country=CA|Currency=CAD|Version=1193|CC=UTF-8)',
      ',',
    ],
    [
      'EBAY_DE',
      '#INFO;Version=0.0.2;Template= eBay-draft-listings-template_DE;;;;;;;;',
      'Action(SiteID=Germany|Country=DE|Currency=EUR|Version=1193|CC=UTF-8)',
      ';',
    ],
  ] as const) {
    const [file] = await draftFiles((await exportDrafts(onSite(site))).drafts, site);
    expect(file?.text.split('\r\n')[0]).toBe(first);
    expect(read(file?.text ?? '', delimiter)[4]?.[0]).toBe(action);
    expect(read(file?.text ?? '', delimiter)[5]?.[3]).toBe('Northfield Tee "M", blue');
  }
});

it('leaves out what the template cannot take, and never cuts: titles, formulas, no category; what is held still goes', async () => {
  const long = 'x'.repeat(81);
  const cases = {
    long: await add('long', { title: long }, { classify, specify }),
    formula: await add('formula', { title: '=HYPERLINK("http://example.com")' }, { classify, specify }),
    wide: await add('wide', { title: '＝wide' }, { classify, specify }),
    nowhere: await add('nowhere', { title: 'no category' }),
    words: await add('words', { title: 'in words', category: 'coffee mugs' }),
  };
  const fits = await add('fits', { title: 'y'.repeat(80), category: '123' });
  const { drafts, view } = await exportDrafts(app);
  expect(drafts.map(({ Title }) => Title)).toEqual(['y'.repeat(80)]);
  expect(view.leftOut.map(({ item: id, reason }) => [id, reason.code]).toSorted()).toEqual(
    [
      [cases.long, 'check.failed'],
      [cases.formula, 'check.failed'],
      [cases.wide, 'check.failed'],
      [cases.nowhere, 'category.unknown'],
      [cases.words, 'category.unknown'],
    ].toSorted(),
  );
  expect(view.leftOut.find(({ item: id }) => id === cases.long)?.reason.message).toContain('81 characters; eBay takes 80');
  expect(view.leftOut.map(({ item: id }) => id)).not.toContain(fits);
});

it('an item that was edited after its stages has no condition of old, and its own words as paragraphs', async () => {
  await add('edited', { title: 'A & B', description: '=1+1 <b>\n\nsecond', condition: 'new', price: usd(500) }, { classify, specify });
  const [draft] = (await exportDrafts(app)).drafts;
  expect(draft).not.toHaveProperty('Condition ID');
  expect(draft).toMatchObject({ Title: 'A & B', Price: '5.00', Description: '<p>=1+1 &lt;b&gt;</p><p>second</p>' });
});

it('takes only pictures that eBay can fetch', async () => {
  const at = (url: string, expiresAt?: string) => ({ photo: 'a', url, ...(expiresAt ? { expiresAt } : {}) });
  const pictures = [
    at('https://i.ebayimg.com/1.jpg'),
    at('http://127.0.0.1:4000/2.jpg'),
    at('https://127.0.0.1/3.jpg'),
    at('https://i.ebayimg.com/4.jpg', '2026-01-01T00:00:00.000Z'),
    at('https://i.ebayimg.com/5.jpg', '2026-02-01T00:00:00.000Z'),
  ];
  await add('shown', {}, { classify, specify, upload: { pictures } });
  const { drafts, view } = await exportDrafts(app);
  expect(drafts[0]?.['Item photo URL']).toBe('https://i.ebayimg.com/1.jpg|https://i.ebayimg.com/5.jpg');
  expect(view.withPictures).toBe(1);
});

it('many drafts make several files, each whole', async () => {
  const rows = Array.from({ length: 1201 }, (_, n) => ({ 'Category ID': '1', Title: `Mug "${n}" 🎉, two\nlines` }));
  const files = await draftFiles(rows, 'EBAY_US');
  expect(files.map(({ drafts }) => drafts)).toEqual([500, 500, 201]);
  const titles = files.flatMap(({ text }) => {
    const [first, second, third, fourth, head, ...body] = read(text);
    expect([first?.[0], second?.[0]?.slice(0, 5), third?.[0]?.slice(0, 5), fourth?.[0], head?.[3]]).toEqual([
      '#INFO',
      '#INFO',
      '#INFO',
      '#INFO',
      'Title',
    ]);
    return body.map(([, , , title]) => title);
  });
  expect(titles).toEqual(rows.map((_, n) => `Mug "${n}" 🎉, two lines`));
  const heavy = rows.slice(0, 30).map((row) => ({ ...row, Description: `<p>${'é'.repeat(400_000)}</p>` }));
  const parts = await draftFiles(heavy, 'EBAY_US');
  expect(parts.length).toBeGreaterThan(1);
  for (const { text } of parts) expect(Buffer.byteLength(text)).toBeLessThan(5_000_001);
});
