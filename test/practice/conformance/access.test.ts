import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import { openWorld, type World } from '../world.ts';
import { rule } from './rule.ts';

const SCOPE = 'https://api.ebay.com/oauth/api_scope';
const PRIVILEGE = '/sell/account/v1/privilege';
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await world.call('POST', '/_practice/reset', {});
  world.forgetToken();
});
afterAll(() => world.close());

const refresh = (over: Readonly<Record<string, string>> = {}) =>
  world.token({ grant_type: 'refresh_token', refresh_token: 'practice-refresh-token', ...over });
const errorOf = async (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => {
  const { status, body: answer } = await world.call(method, path, body, headers);
  return [status, answer?.errors?.[0]?.errorId];
};

describe('tokens', () => {
  rule('oauth.client', 'OAuth guide invalid_client', 'an application it does not know is 401/invalid_client', async () => {
    const { status, body } = await world.token({ grant_type: 'client_credentials', scope: SCOPE }, 'Basic bm9ib2R5Om5vYm9keQ==');
    expect([status, body.error]).toEqual([401, 'invalid_client']);
  });

  rule('oauth.application', 'CONTRACTS 2.10', 'client credentials get the base scope, two hours, no refresh token', async () => {
    const { body } = await world.token({ grant_type: 'client_credentials', scope: SCOPE });
    expect(body).toMatchObject({ token_type: 'Application Access Token', expires_in: 7200 });
    expect(body).not.toHaveProperty('refresh_token');
    expect((await world.token({ grant_type: 'client_credentials', scope: `${SCOPE}/sell.inventory` })).body.error).toBe('invalid_scope');
  });

  rule(
    'oauth.refresh',
    'CONTRACTS 2.10',
    'a refresh keeps its refresh token; scopes beyond the consent are invalid_scope, none named means all',
    async () => {
      const { body } = await refresh();
      expect(body).not.toHaveProperty('refresh_token');
      expect((await refresh({ scope: `${SCOPE}/sell.inventory` })).status).toBe(200);
      expect((await refresh({ scope: `${SCOPE}/sell.marketing` })).body.error).toBe('invalid_scope');
      expect((await refresh({ refresh_token: 'stolen' })).body.error).toBe('invalid_grant');
    },
  );

  rule('oauth.code', 'CONTRACTS 2.10', 'a code serves once, for the RuName it was made for', async () => {
    const consent = await world.call('POST', '/_practice/consents', {});
    const form = { grant_type: 'authorization_code', code: consent.body.code, redirect_uri: consent.body.redirectUri };
    expect((await world.token({ ...form, redirect_uri: 'https://elsewhere' })).body.error).toBe('invalid_grant');
    expect((await world.token(form)).body).toMatchObject({ refresh_token_expires_in: 47_304_000 });
    expect((await world.token(form)).body.error).toBe('invalid_grant');
  });

  rule(
    'oauth.consent-page',
    'CONTRACTS 2.10',
    'the seller agrees or declines; the code or access_denied comes back in the address',
    async () => {
      const asked = { client_id: 'practice-app', redirect_uri: 'practice-ru-name', response_type: 'code', scope: SCOPE, state: 'a&b' };
      const page = `${world.practice.url}/oauth2/authorize`;
      const ask = async (changes: object) => (await fetch(`${page}?${new URLSearchParams({ ...asked, ...changes })}`)).status;
      expect(await ask({})).toBe(200);
      for (const wrong of [
        { client_id: 'x' },
        { redirect_uri: 'https://x' },
        { response_type: 'token' },
        { scope: `${SCOPE}/sell.luck` },
      ]) {
        expect(await ask(wrong)).toBe(400);
      }
      const decide = async (decision: string) => {
        const sent = await fetch(page, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ ...asked, decision }) });
        expect(sent.status).toBe(302);
        return Object.fromEntries(new URL(sent.headers.get('location') ?? '', page).searchParams);
      };
      const { code = '', ...granted } = await decide('agree');
      expect(granted).toEqual({ state: 'a&b', expires_in: '299' });
      expect((await world.token({ grant_type: 'authorization_code', code, redirect_uri: 'practice-ru-name' })).status).toBe(200);
      expect(await decide('decline')).toMatchObject({ state: 'a&b', error: 'access_denied' });
    },
  );

  rule('oauth.minting-limits', 'CONTRACTS 2.10 minting limits', 'tokens are counted a day by grant: 1,000, 10,000, 50,000', async () => {
    const mint = () => world.token({ grant_type: 'client_credentials' });
    await world.call('POST', '/_practice/settings', { callLimits: { 'oauth.client_credentials': 1 } });
    const statuses = [(await mint()).status, (await mint()).status];
    await world.call('POST', '/_practice/settings', { callLimits: null });
    expect(statuses.at(-1)).toBe(429);
    expect([(await mint()).status, (await refresh()).status]).toEqual([200, 200]);
  });

  rule('oauth.expiry', 'CONTRACTS 2.10', 'an access token ends after two hours of the server’s clock: 401/1001', async () => {
    expect((await world.call('GET', PRIVILEGE)).status).toBe(200);
    await world.call('POST', '/_practice/settings', { clockOffsetMs: 7_201_000 });
    expect(await errorOf('GET', PRIVILEGE)).toEqual([401, 1001]);
  });

  rule('oauth.revoked', 'CONTRACTS 2.10', 'a consent that was taken back: calls are 401/1001, refreshing is invalid_grant', async () => {
    expect((await world.call('GET', PRIVILEGE)).status).toBe(200);
    expect((await world.call('POST', '/_practice/revocations', {})).status).toBe(200);
    expect(await errorOf('GET', PRIVILEGE)).toEqual([401, 1001]);
    expect((await refresh()).body.error).toBe('invalid_grant');
  });

  rule('oauth.scopes', 'CONTRACTS 1.5; 403/1100', 'each call wants one of the scopes its document names', async () => {
    const application = await world.token({ grant_type: 'client_credentials', scope: SCOPE });
    const base = { Authorization: `Bearer ${application.body.access_token}` };
    expect(await errorOf('GET', PRIVILEGE, undefined, base)).toEqual([403, 1100]);
    const narrow = await refresh({ scope: `${SCOPE}/sell.inventory` });
    const inventory = { Authorization: `Bearer ${narrow.body.access_token}` };
    expect((await world.call('GET', '/sell/inventory/v1/location', undefined, inventory)).status).toBe(200);
    expect(await errorOf('GET', '/sell/fulfillment/v1/order', undefined, inventory)).toEqual([403, 1100]);
    expect(await errorOf('GET', PRIVILEGE, undefined, { Authorization: 'nonsense' })).toEqual([401, 1001]);
  });
});

describe('call limits', () => {
  rule(
    'limits.counted',
    'developer_analytics_v1_beta getRateLimits',
    'every call counts against its API’s day, refused ones too',
    async () => {
      const used = async () => {
        const { body } = await world.call('GET', '/developer/analytics/v1_beta/rate_limit/?api_context=sell&api_name=account');
        return body.rateLimits[0].resources[0].rates[0];
      };
      const before = await used();
      await world.call('GET', PRIVILEGE);
      await world.call('GET', '/sell/account/v1/return_policy');
      const after = await used();
      expect(after.count - before.count).toBe(2);
      expect(after.limit - after.count).toBe(after.remaining);
      expect(Date.parse(after.reset)).toBeGreaterThan(Date.now() - 1_000);
    },
  );

  rule(
    'limits.used-up',
    'CONTRACTS 2.11; 429/2001',
    'beyond the day’s limit every call of that API is 429/2001, others go on',
    async () => {
      await world.call('POST', '/_practice/settings', { callLimits: { 'sell.account': 1 } });
      expect((await world.call('GET', PRIVILEGE)).status).toBe(200);
      expect(await errorOf('GET', PRIVILEGE)).toEqual([429, 2001]);
      expect((await world.call('GET', '/sell/inventory/v1/location')).status).toBe(200);
    },
  );

  rule('limits.unknown', 'developer_analytics_v1_beta getRateLimits 204', 'an API that is not counted is 204', async () => {
    expect((await world.call('GET', '/developer/analytics/v1_beta/rate_limit/?api_context=sell&api_name=luck')).status).toBe(204);
  });
});

describe('locations', () => {
  const path = (key: string) => `/sell/inventory/v1/location/${key}`;
  const body = (address: Readonly<Record<string, string>>) => ({ name: 'Shed', location: { address } });

  rule(
    'locations.life',
    'sell_inventory_v1 createInventoryLocation',
    'made enabled (204), disabled, enabled, deleted; postal code and country suffice',
    async () => {
      expect((await world.call('POST', path('shed'), body({ postalCode: '95125', country: 'US' }))).status).toBe(204);
      expect((await world.call('GET', path('shed'))).body).toMatchObject({
        merchantLocationStatus: 'ENABLED',
        locationTypes: ['WAREHOUSE'],
      });
      expect((await world.call('POST', `${path('shed')}/disable`)).status).toBe(200);
      expect((await world.call('GET', path('shed'))).body.merchantLocationStatus).toBe('DISABLED');
      expect((await world.call('POST', `${path('shed')}/enable`)).status).toBe(200);
      expect((await world.call('DELETE', path('shed'))).status).toBe(204);
      expect(await errorOf('GET', path('shed'))).toEqual([404, 25805]);
    },
  );

  rule(
    'locations.address',
    'sell_inventory_v1 createInventoryLocation 25800 25801',
    'country with postal code, or with city and state',
    async () => {
      expect(await errorOf('POST', path('a'), body({ country: 'US' }))).toEqual([400, 25801]);
      expect(await errorOf('POST', path('a'), body({ postalCode: '95125' }))).toEqual([400, 25801]);
      expect(await errorOf('POST', path('a'), body({ postalCode: '95125', country: 'Germany' }))).toEqual([400, 25800]);
      expect((await world.call('POST', path('a'), body({ city: 'San Jose', stateOrProvince: 'CA', country: 'US' }))).status).toBe(204);
      expect(await errorOf('POST', path('x'.repeat(37)), body({ postalCode: '95125', country: 'US' }))).toEqual([400, 25800]);
    },
  );

  rule('locations.once', 'sell_inventory_v1 createInventoryLocation 25803', 'a key is given once: 409/25803', async () => {
    expect(await errorOf('POST', path('practice-home'), body({ postalCode: '95125', country: 'US' }))).toEqual([409, 25803]);
  });
});
