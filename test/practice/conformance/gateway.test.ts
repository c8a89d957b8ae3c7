import { afterAll, beforeAll, expect } from 'vitest';
import { INVENTORY, mug, openWorld, type World } from '../world.ts';
import { rule } from './rule.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const first = (body: { errors: readonly { errorId: number }[] }) => body.errors[0];
const ITEM = `${INVENTORY}/inventory_item/GATE1`;

rule('gateway.unknown-path', 'CONTRACTS 2.9 [open]', 'A path that eBay does not have is 404/2002.', async () => {
  const { status, body } = await world.call('GET', '/sell/inventory/v1/no_such_thing');
  expect([status, first(body)]).toMatchObject([404, { errorId: 2002, domain: 'ACCESS' }]);
});

rule('gateway.wrong-method', 'CONTRACTS 2.9 [open]', 'A method that the path does not have is 405/2003.', async () => {
  const { status, body } = await world.call('DELETE', `${INVENTORY}/bulk_publish_offer`);
  expect([status, first(body)?.errorId]).toEqual([405, 2003]);
});

rule('gateway.wrong-host', 'servers of the OpenAPI documents', 'A call to another host than the one its API lives on is 404.', async () => {
  const ask = (host: string) => world.call('GET', '/commerce/media/v1_beta/image/x', undefined, { 'X-Forwarded-Host': host });
  expect(first((await ask('api.ebay.com')).body)?.errorId).toBe(2002);
  expect(first((await ask('apim.ebay.com')).body)?.errorId).toBe(190200);
  expect(first((await ask('apim.sandbox.ebay.com')).body)?.errorId).toBe(190200);
});

rule(
  'gateway.media-type',
  'Content-Type of the OpenAPI documents',
  'A body that is not JSON where JSON is required is 415/2005.',
  async () => {
    const { status, body } = await world.call('PUT', ITEM, '<item/>', { 'Content-Type': 'application/xml' });
    expect([status, first(body)?.errorId]).toEqual([415, 2005]);
  },
);

rule(
  'gateway.broken-json',
  'CONTRACTS 2.9 2004',
  'A body that is not well-formed JSON is 400/2004, with the reason as a parameter.',
  async () => {
    const { status, body } = await world.call('PUT', ITEM, '{"condition":');
    expect([status, first(body)]).toMatchObject([400, { errorId: 2004, parameters: [{ name: 'reason' }] }]);
  },
);

rule(
  'gateway.unreadable-field',
  'CONTRACTS 2.5 2004',
  'A word that no enumeration has is 400/2004 "Could not serialize field [x]".',
  async () => {
    const { status, body } = await world.call('PUT', ITEM, mug([], { condition: 'USED' }));
    const parameters = [{ name: 'reason', value: 'Could not serialize field [condition]' }];
    expect([status, first(body)]).toMatchObject([400, { errorId: 2004, domain: 'ACCESS', parameters }]);
  },
);

rule('gateway.no-token', 'CONTRACTS 2.9 1002 [open]', 'A call without a token is 401/1002 in the domain OAuth.', async () => {
  const response = await fetch(`${world.practice.url}${ITEM}`);
  expect([response.status, first((await response.json()) as never)]).toMatchObject([401, { errorId: 1002, domain: 'OAuth' }]);
  const empty = await world.call('GET', ITEM, undefined, { Authorization: '' });
  expect([empty.status, first(empty.body)]).toMatchObject([401, { errorId: 1002, message: 'Missing access token' }]);
});

rule('gateway.bad-token', 'CONTRACTS 2.9 1001', 'A token that is unknown or has run out is 401/1001 "Invalid access token".', async () => {
  const { status, body } = await world.call('GET', ITEM, undefined, { Authorization: 'Bearer stale' });
  expect([status, first(body)]).toMatchObject([401, { errorId: 1001, message: 'Invalid access token' }]);
});

rule(
  'gateway.envelope',
  'guide "Handling error messages"',
  'An error has number, domain, category and message, and no warnings beside it.',
  async () => {
    const { body, headers } = await world.call('GET', `${INVENTORY}/offer/0`);
    expect(headers.get('content-type')).toContain('application/json');
    expect(Object.keys(body)).toEqual(['errors']);
    for (const key of ['errorId', 'domain', 'category', 'message']) expect(body.errors[0]).toHaveProperty(key);
  },
);

rule('gateway.empty-answers', 'sell_inventory_v1 deleteInventoryItem 204', 'An answer 204 has no body and no content type.', async () => {
  await world.call('PUT', ITEM, {});
  const { status, body, headers } = await world.call('DELETE', ITEM);
  expect([status, body, headers.get('content-type')]).toEqual([204, undefined, null]);
});

rule('gateway.trailing-slash', 'CONTRACTS 1.4', 'A path with a slash at its end is the same path.', async () => {
  const { status } = await world.call('GET', '/sell/account/v1/fulfillment_policy/?marketplace_id=EBAY_US');
  expect(status).toBe(200);
});

rule('gateway.unsupported', 'docs/practice.md', 'A call that eBay documents and this server does not do is 501, and says so.', async () => {
  const { status, body } = await world.call('GET', '/sell/marketing/v1/ad_campaign');
  expect([status, first(body)]).toMatchObject([501, { domain: 'PRACTICE', message: expect.stringContaining('getCampaigns') }]);
});
