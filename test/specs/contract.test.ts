import { cpSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { completeItems, picture, sidecar } from '../support/items.ts';
import { finished, World } from '../support/world.ts';
import { adapterCalls } from './adapter-calls.ts';
import { answerProblems, requestProblems, summed } from './check.ts';
import { SpecDocuments, specsFolder } from './documents.ts';
import type { Exchange } from './exchange.ts';
import { PublishRequirements } from './publish-requirements.ts';
import { openRecorder, type Recorder } from './recorder.ts';

const folder = specsFolder();

/** Both halves of the contract: what easyflip sends and what the practice marketplace answers, against eBay's own documents. */
describe.skipIf(folder === undefined)('as eBay documents it', () => {
  let documents: SpecDocuments;
  let world: World;
  let recorder: Recorder;
  /** The operations that the runs of this file have called, for the last test. */
  const seen = new Set<string>();
  beforeAll(() => {
    documents = new SpecDocuments(folder ?? '');
  });
  beforeEach(async () => {
    world = await World.open();
    recorder = await openRecorder(world.practice.url);
  });
  afterEach(async () => {
    await recorder?.close();
    await world?.close();
  });

  const run = (...args: readonly string[]) => world.start(args, { EASYFLIP_PRACTICE_URL: recorder.url }).ended;
  const arm = async (rules: readonly unknown[]): Promise<void> => {
    const armed = await fetch(`${world.practice.url}/_practice/faults`, { method: 'POST', body: JSON.stringify(rules) });
    expect(armed.status, await armed.text()).toBe(200);
  };
  const called = (exchanges: readonly Exchange[], path: RegExp) => exchanges.filter((one) => path.test(one.path));

  it('list, publish and withdraw', async () => {
    cpSync('fixtures/photos', world.photos, { recursive: true });
    await completeItems(world, 2);
    const listed = finished(await run('list', world.photos, '--json'));
    expect(listed.counts.listed).toBeGreaterThanOrEqual(2);
    expect((await run('withdraw', (await world.listings())[0]?.sku ?? '')).code).toBe(0);
    const { exchanges } = recorder;
    for (const path of [
      /oauth2\/token$/,
      /create_image_from_file$/,
      /inventory_item/,
      /publish/,
      /withdraw$/,
      /item_aspects_for_category/,
    ]) {
      expect(called(exchanges, path), String(path)).not.toEqual([]);
    }
    expectNoProblems(exchanges);
  }, 480_000);

  it('single calls, where the bulk ones are not served', async () => {
    await completeItems(world, 2);
    await arm([{ match: { operation: 'sell_inventory.bulk' }, action: { type: 'answer', status: 404 } }]);
    const listed = finished(await run('list', world.photos, '--json'));
    expect(listed.counts).toMatchObject({ listed: 2 });
    // The bulk answers are the script's, not the practice marketplace's.
    expectNoProblems(recorder.exchanges.filter(({ path }) => !path.includes('/bulk_')));
  });

  it('a picture that is answered with its address alone is asked for', async () => {
    await completeItems(world, 1);
    expect((await run('list', world.photos, '--json')).code).toBe(0);
    const [uploaded] = called(recorder.exchanges, /create_image_from_file$/);
    const location = uploaded?.answerHeaders.location ?? '';
    expect(location).toMatch(/\/image\/[^/]+$/);
    const action = { type: 'answer', status: 201, headers: { Location: location } };
    await arm([{ match: { operation: 'createImageFromFile' }, count: 1, action }]);
    await completeItems(world, 1, 2);
    expect((await run('list', world.photos, '--json')).code).toBe(0);
    expect(called(recorder.exchanges, /media\/v1_beta\/image\/[^/]+$/).filter(({ method }) => method === 'GET')).toHaveLength(1);
    expectNoProblems(recorder.exchanges);
  });

  it('an account made ready from nothing, then listed with', async () => {
    await fetch(`${world.practice.url}/_practice/reset`, { method: 'POST', body: JSON.stringify({ seller: 'new' }) });
    const ready = await run('setup', '--yes', '--postal-code', '95125', '--shipping-cost', '5.99', '--return-days', '30', '--json');
    expect(ready.code, ready.err).toBe(0);
    for (const path of [/fulfillment_policy/, /payment_policy/, /return_policy/, /location/, /program/]) {
      expect(
        called(recorder.exchanges, path).filter(({ method }) => method === 'POST'),
        String(path),
      ).not.toEqual([]);
    }
    await completeItems(world, 1);
    expect((await run('list', world.photos, '--json')).code).toBe(0);
    expectNoProblems(recorder.exchanges);
  });

  it('change, sell, learn what was sold', async () => {
    await completeItems(world, 3);
    expect((await run('list', world.photos, '--json')).code).toBe(0);
    const [changed, sold] = (await world.listings()).map(({ sku }) => sku);
    const updated = await run('update', changed ?? '', '--set', 'price=19.99', '--yes');
    expect(updated.code, updated.err).toBe(0);
    await fetch(`${world.practice.url}/_practice/sales`, { method: 'POST', body: JSON.stringify({ sku: sold }) });
    const synced = await run('sync', '--json');
    expect(synced.code, synced.err).toBe(0);
    expect(called(recorder.exchanges, /fulfillment\/v1\/order/)).not.toEqual([]);
    world.forgetDatabase();
    const recovered = await run('recover', world.photos, '--json');
    expect(recovered.code, recovered.err).toBe(0);
    expect(called(recorder.exchanges, /inventory_item\?/)).not.toEqual([]);
    expectNoProblems(recorder.exchanges);
  });

  it('fees of an offer that is not live, the account looked over', async () => {
    await completeItems(world, 1);
    await arm([{ match: { operation: 'sell_inventory.bulkPublishOffer' }, action: { type: 'error', errorId: 25007 } }]);
    const ran = await run('list', world.photos, '--json');
    expect(finished(ran).counts).toMatchObject({ listed: 0 });
    const item = String(ran.lines.find(({ type }) => type === 'item.finished')?.item);
    const fees = await run('fees', item, '--json');
    expect(fees.code, fees.err).toBe(0);
    expect(fees.out).toContain('"from":"ebay"');
    expect(called(recorder.exchanges, /get_listing_fees$/)).toHaveLength(1);
    await run('doctor', '--json');
    expectNoProblems(recorder.exchanges, { publishes: false });
  });

  it('what others ask, by product number and by words; the policies that tell whether a parcel must be weighed', async () => {
    const { price: _price, category: _category, ...unpriced } = sidecar(1);
    world.write('shirt/a.jpg', await picture(1));
    const known = { ...unpriced, type: 'T-Shirt', department: 'Men', gtin: '012345678905' };
    world.write('shirt/item.json', JSON.stringify(known));
    await run('list', world.photos, '--json');
    const searches = called(recorder.exchanges, /item_summary\/search/).map(({ path }) => new URL(path, 'http://ebay').searchParams);
    expect(searches.some((asked) => asked.get('gtin') === '012345678905' && !asked.has('q'))).toBe(true);
    expect(searches.some((asked) => asked.has('q') && !asked.has('gtin'))).toBe(true);
    await run('approve', String((await run('status', '--json')).lines[0]?.item ?? 'shirt'), '--set', 'price=12.99', '--json');
    expect(called(recorder.exchanges, /fulfillment_policy\?/)).not.toEqual([]);
    expectNoProblems(recorder.exchanges, { publishes: false });
  });

  it.each(['bulkCreateOrReplaceInventoryItem', 'bulkCreateOffer', 'bulkPublishOffer'])(
    'answers of %s that are lost for good: the next run looks first',
    async (operation) => {
      await completeItems(world, 2);
      await arm([{ match: { operation: `sell_inventory.${operation}` }, action: { type: 'drop-after' } }]);
      await run('list', world.photos, '--json');
      await arm([]);
      await run('retry-failed', '--json');
      await run('resume', '--json');
      expect((await world.listings()).map(({ status }) => status)).toEqual(['ACTIVE', 'ACTIVE']);
      expectNoProblems(recorder.exchanges);
    },
  );

  it('the same under faults', async () => {
    await completeItems(world, 8);
    const rules = [
      { match: { operation: 'sell_inventory' }, rate: 0.1, seed: 3, action: { type: 'error', errorId: 25001 } },
      { match: { operation: 'bulkCreateOrReplace|bulkPublish' }, rate: 0.2, seed: 4, action: { type: 'error', errorId: 25025 } },
      { match: { operation: '[oO]ffer|Inventory' }, rate: 0.1, seed: 5, action: { type: 'drop-after' } },
      { match: { operation: 'commerce_media' }, rate: 0.2, seed: 6, action: { type: 'html-503' } },
      { match: { operation: 'commerce_taxonomy' }, rate: 0.2, seed: 7, action: { type: 'reset' } },
      { match: { operation: 'sell_inventory.bulkCreateOffer' }, nth: 1, action: { type: 'duplicate' } },
    ];
    await arm(rules);
    await run('list', world.photos, '--json');
    await arm([]);
    await run('retry-failed', '--json');
    const { exchanges } = recorder;
    expect(exchanges.filter((one) => one.status >= 500).length).toBeGreaterThan(0);
    expect((await world.listings()).filter(({ status }) => status === 'ACTIVE')).toHaveLength(8);
    expectNoProblems(exchanges);
  });

  function expectNoProblems(passed: readonly Exchange[], { publishes = true } = {}): void {
    // `doctor` reads eBay's clock off the answer to a HEAD of the host, which is no call of an API.
    const exchanges = passed.filter(({ method, path }) => method !== 'HEAD' || path !== '/');
    const publishing = new PublishRequirements();
    const problems = exchanges.flatMap((one) => [
      ...requestProblems(documents, one),
      ...answerProblems(documents, one),
      ...publishing.problems(one),
    ]);
    expect(summed(problems)).toEqual([]);
    if (publishes) expect(publishing.looked).toBeGreaterThan(0);
    for (const { method, path } of exchanges) seen.add(documents.find(method, path)?.name.split(' ')[1] ?? '');
  }

  it('finds what is wrong: an unknown key, a missing field, a foreign path', () => {
    const json = { 'content-type': 'application/json', 'content-language': 'en-US' };
    const exchange = (method: string, path: string, sent: unknown, status: number, answered: unknown): Exchange => ({
      method,
      path: `/sell/inventory/v1/${path}`,
      requestHeaders: json,
      requestBody: Buffer.from(sent === undefined ? '' : JSON.stringify(sent)),
      status,
      answerHeaders: json,
      answerBody: Buffer.from(answered === undefined ? '' : JSON.stringify(answered)),
    });
    const item = exchange('PUT', 'inventory_item/A', { product: { titel: 'x', aspects: { Brand: 'not a list' } } }, 204, undefined);
    expect(requestProblems(documents, item)).toEqual([
      'sell_inventory_v1 createOrReplaceInventoryItem, request: /product has the undocumented key "titel"',
      'sell_inventory_v1 createOrReplaceInventoryItem, request: /product/aspects/Brand must be array',
    ]);
    expect(requestProblems(documents, exchange('POST', 'nonsense', {}, 200, {}))[0]).toContain('no document has such an operation');
    expect(requestProblems(documents, exchange('GET', 'offer?skus=A', undefined, 200, {}))[0]).toContain('"skus" is not documented');
    const offer = exchange('POST', 'offer', { sku: 'A' }, 201, { offerId: '1', listing: 'x' });
    expect(answerProblems(documents, offer)[0]).toContain('undocumented key "listing"');
    expect(answerProblems(documents, exchange('POST', 'offer', {}, 400, { message: 'no' }))[0]).toContain('no list of errors');
    expect(answerProblems(documents, exchange('POST', 'bulk_publish_offer', {}, 207, { responses: [{ state: 1 }] }))[0]).toContain(
      '"state"',
    );
    const publishing = new PublishRequirements();
    for (const one of [item, offer]) publishing.problems(one);
    const missing = publishing.problems(exchange('POST', 'offer/1/publish', undefined, 200, { listingId: '2' }));
    expect(missing).toContain('publish of A: item product.title was never sent');
    expect(missing).toContain('publish of A: offer categoryId was never sent');
  });

  /** Runs last, over what the tests above have seen. */
  it('covers every call of the adapter', () => {
    const calls = adapterCalls(documents.operationIds);
    expect(calls.length).toBeGreaterThan(30);
    expect(calls.filter((name) => !seen.has(name))).toEqual([]);
  });
});
