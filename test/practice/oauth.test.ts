import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from './world.ts';

const SCOPE = 'https://api.ebay.com/oauth/api_scope';
let world: World;
let now = Date.UTC(2026, 10, 20);

beforeEach(async () => {
  now = Date.UTC(2026, 10, 20);
  world = await openWorld({ now: () => now });
});
afterEach(() => world.close());

describe('token endpoint', () => {
  it('refuses a client it does not know', async () => {
    const answer = await world.token({ grant_type: 'client_credentials', scope: SCOPE }, 'Basic bm9ib2R5Om5vYm9keQ==');
    expect(answer.status).toBe(401);
    expect(answer.body.error).toBe('invalid_client');
  });

  it('mints an application token for the base scope only', async () => {
    const good = await world.token({ grant_type: 'client_credentials', scope: SCOPE });
    expect(good.body).toMatchObject({ token_type: 'Application Access Token', expires_in: 7200 });
    expect(good.body).not.toHaveProperty('refresh_token');
    const bad = await world.token({ grant_type: 'client_credentials', scope: `${SCOPE}/sell.inventory` });
    expect([bad.status, bad.body.error]).toEqual([400, 'invalid_scope']);
  });

  it('refreshes within the consent, without a new refresh token', async () => {
    const good = await world.token({
      grant_type: 'refresh_token',
      refresh_token: 'practice-refresh-token',
      scope: `${SCOPE}/sell.inventory`,
    });
    expect(good.status).toBe(200);
    expect(good.body).not.toHaveProperty('refresh_token');
    const more = await world.token({
      grant_type: 'refresh_token',
      refresh_token: 'practice-refresh-token',
      scope: `${SCOPE}/sell.marketing`,
    });
    expect(more.body.error).toBe('invalid_scope');
    const unknown = await world.token({ grant_type: 'refresh_token', refresh_token: 'stolen' });
    expect([unknown.status, unknown.body.error]).toEqual([400, 'invalid_grant']);
    expect((await world.token({ grant_type: 'password' })).body.error).toBe('unsupported_grant_type');
  });

  it('takes a consent code once, with the RuName, within five minutes', async () => {
    const consent = await world.call('POST', '/_practice/consents', {});
    const form = { grant_type: 'authorization_code', code: consent.body.code, redirect_uri: consent.body.redirectUri };
    expect((await world.token({ ...form, redirect_uri: 'https://elsewhere' })).body.error).toBe('invalid_grant');
    const first = await world.token(form);
    expect(first.body).toMatchObject({ token_type: 'User Access Token', refresh_token_expires_in: 47304000 });
    expect((await world.token(form)).body.error).toBe('invalid_grant');
    expect((await world.token({ grant_type: 'refresh_token', refresh_token: first.body.refresh_token })).status).toBe(200);
    const late = await world.call('POST', '/_practice/consents', {});
    now += 300_000;
    expect((await world.token({ ...form, code: late.body.code })).body.error).toBe('invalid_grant');
  });
});

describe('every API call', () => {
  const path = '/sell/account/v1/privilege';

  it('needs a token that lives', async () => {
    const unknown = await world.call('GET', path, undefined, { Authorization: 'Bearer nonsense' });
    expect([unknown.status, unknown.body.errors[0].errorId, unknown.body.errors[0].message]).toEqual([401, 1001, 'Invalid access token']);
    expect((await world.call('GET', path)).status).toBe(200);
    now += 7_200_000;
    expect((await world.call('GET', path)).body.errors[0].errorId).toBe(1001);
  });

  it('refuses an application token where a seller is needed', async () => {
    const application = await world.token({ grant_type: 'client_credentials', scope: SCOPE });
    const headers = { Authorization: `Bearer ${application.body.access_token}` };
    const refused = await world.call('GET', path, undefined, headers);
    expect([refused.status, refused.body.errors[0].errorId, refused.body.errors[0].domain]).toEqual([403, 1100, 'ACCESS']);
    const allowed = await world.call(
      'GET',
      '/commerce/taxonomy/v1/get_default_category_tree_id?marketplace_id=EBAY_US',
      undefined,
      headers,
    );
    expect(allowed.body).toEqual({ categoryTreeId: '0', categoryTreeVersion: '134' });
  });
});

describe('paths and hosts', () => {
  it('tells unknown, unimplemented and misplaced calls apart', async () => {
    expect((await world.call('GET', '/sell/inventory/v1/nothing')).status).toBe(404);
    const missing = await world.call('GET', '/sell/inventory/v1/inventory_item/A1/product_compatibility');
    expect([missing.status, missing.body.errors[0].message]).toEqual([
      501,
      expect.stringContaining('sell_inventory.getProductCompatibility'),
    ]);
    expect((await world.call('POST', '/ws/api.dll', {})).status).toBe(501);
    expect((await world.call('DELETE', path405)).status).toBe(405);
    expect((await world.call('GET', path405, undefined, { 'X-Forwarded-Host': 'apim.ebay.com' })).status).toBe(404);
    expect((await world.call('GET', path405, undefined, { 'X-Forwarded-Host': 'api.ebay.com' })).status).toBe(200);
  });
});

const path405 = '/sell/account/v1/privilege';
