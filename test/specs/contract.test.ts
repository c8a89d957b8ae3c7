import { cpSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { finished, World } from '../support/world.ts';
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
    expectNoProblems(recorder.exchanges);
  });

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
    const armed = await fetch(`${world.practice.url}/_practice/faults`, { method: 'POST', body: JSON.stringify(rules) });
    expect(armed.status).toBe(200);
    await run('list', world.photos, '--json');
    await fetch(`${world.practice.url}/_practice/faults`, { method: 'POST', body: '[]' });
    await run('retry-failed', '--json');
    const { exchanges } = recorder;
    expect(exchanges.filter((one) => one.status >= 500).length).toBeGreaterThan(0);
    expect((await world.listings()).filter(({ status }) => status === 'ACTIVE')).toHaveLength(8);
    expectNoProblems(exchanges);
  });

  function expectNoProblems(exchanges: readonly Exchange[]): void {
    const publishing = new PublishRequirements();
    const problems = exchanges.flatMap((one) => [
      ...requestProblems(documents, one),
      ...answerProblems(documents, one),
      ...publishing.problems(one),
    ]);
    expect(summed(problems)).toEqual([]);
    expect(publishing.looked).toBeGreaterThan(0);
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
});
