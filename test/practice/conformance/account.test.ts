import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import { openWorld, prepare, publishPath, type World } from '../world.ts';
import { rule } from './rule.ts';

const ACCOUNT = '/sell/account/v1';
const TYPES = [{ name: 'ALL_EXCLUDING_MOTORS_VEHICLES' }];
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  await world.call('POST', '/_practice/reset', {});
  world.forgetToken();
});
afterAll(() => world.close());

type Body = Readonly<Record<string, unknown>>;
const errorOf = async (method: string, path: string, body?: unknown): Promise<readonly [number, number]> => {
  const { status, body: answer } = await world.call(method, `${ACCOUNT}${path}`, body);
  return [status, answer.errors?.[0]?.errorId];
};

const shipping = (over: Body = {}): Body => ({
  name: 'Post',
  marketplaceId: 'EBAY_US',
  categoryTypes: TYPES,
  handlingTime: { value: 2, unit: 'DAY' },
  shippingOptions: [
    {
      optionType: 'DOMESTIC',
      costType: 'FLAT_RATE',
      shippingServices: [{ shippingServiceCode: 'USPSPriority', shippingCost: { value: '5.00', currency: 'USD' } }],
    },
  ],
  ...over,
});
const payment = (over: Body = {}): Body => ({ name: 'Pay', marketplaceId: 'EBAY_US', categoryTypes: TYPES, immediatePay: true, ...over });
const returns = (over: Body = {}): Body => ({
  name: 'Back',
  marketplaceId: 'EBAY_US',
  categoryTypes: TYPES,
  returnsAccepted: true,
  returnPeriod: { value: 30, unit: 'DAY' },
  returnShippingCostPayer: 'BUYER',
  ...over,
});
const KINDS = [
  ['fulfillment', shipping],
  ['payment', payment],
  ['return', returns],
] as const;

describe('policies', () => {
  rule(
    'account.policy-life',
    'sell_account_v1 create…Policy, get, update, delete',
    'made (201 with Location), read by id, list and name, replaced whole, deleted (204)',
    async () => {
      for (const [kind, body] of KINDS) {
        const made = await world.call('POST', `${ACCOUNT}/${kind}_policy`, body({ description: 'first' }));
        expect(made.status, JSON.stringify(made.body)).toBe(201);
        const id = made.body[`${kind}PolicyId`];
        expect(made.headers.get('location')).toContain(id);
        expect((await world.call('GET', `${ACCOUNT}/${kind}_policy?marketplace_id=EBAY_US`)).body.total).toBe(2);
        const named = await world.call('GET', `${ACCOUNT}/${kind}_policy/get_by_policy_name?marketplace_id=EBAY_US&name=${body().name}`);
        expect(named.body[`${kind}PolicyId`]).toBe(id);
        expect((await world.call('PUT', `${ACCOUNT}/${kind}_policy/${id}`, body({ name: 'Other' }))).status).toBe(200);
        const now = (await world.call('GET', `${ACCOUNT}/${kind}_policy/${id}`)).body;
        expect(now.name).toBe('Other');
        expect(now).not.toHaveProperty('description');
        expect((await world.call('DELETE', `${ACCOUNT}/${kind}_policy/${id}`)).status).toBe(204);
        expect(await errorOf('GET', `/${kind}_policy/${id}`)).toEqual([404, 20404]);
      }
    },
  );

  rule(
    'account.policy-required',
    'sell_account_v1 create…Policy 20401',
    'name, site and category types are required of each kind',
    async () => {
      for (const [kind, body] of KINDS)
        for (const field of ['name', 'marketplaceId', 'categoryTypes'])
          expect(await errorOf('POST', `/${kind}_policy`, { ...body(), [field]: undefined })).toEqual([400, 20401]);
    },
  );

  rule('account.policy-name', 'sell_account_v1 create…Policy name', 'a name is unique in its site and at most 64 long', async () => {
    expect((await world.call('POST', `${ACCOUNT}/payment_policy`, payment())).status).toBe(201);
    expect(await errorOf('POST', '/payment_policy', payment())).toEqual([400, 20403]);
    expect((await world.call('POST', `${ACCOUNT}/payment_policy`, payment({ marketplaceId: 'EBAY_GB' }))).status).toBe(201);
    expect(await errorOf('POST', '/payment_policy', payment({ name: 'x'.repeat(65) }))).toEqual([400, 20403]);
  });

  rule(
    'account.shipping-options',
    'sell_account_v1 createFulfillmentPolicy',
    'options, handling time, service and cost are required and checked',
    async () => {
      const create = (over: Body) => errorOf('POST', '/fulfillment_policy', shipping(over));
      const option = (over: Body) => create({ shippingOptions: [{ ...(shipping().shippingOptions as Body[])[0], ...over }] });
      expect(await create({ shippingOptions: undefined })).toEqual([400, 20401]);
      expect(await create({ handlingTime: undefined })).toEqual([400, 20401]);
      expect(await create({ handlingTime: { value: 99, unit: 'DAY' } })).toEqual([400, 20403]);
      expect(await option({ costType: 'GUESSED' })).toEqual([400, 20403]);
      expect(await option({ shippingServices: [{}] })).toEqual([400, 20401]);
      expect(await option({ shippingServices: [{ shippingServiceCode: 'USPSPriority' }] })).toEqual([400, 20401]);
      expect(
        await option({ shippingServices: [{ shippingServiceCode: 'USPSPriority', shippingCost: { value: '5.00', currency: 'EUR' } }] }),
      ).toEqual([400, 20403]);
      const pickup = shipping({ name: 'Pickup', shippingOptions: undefined, handlingTime: undefined, localPickup: true });
      expect((await world.call('POST', `${ACCOUNT}/fulfillment_policy`, pickup)).status).toBe(201);
    },
  );

  rule(
    'account.returns',
    'sell_account_v1 createReturnPolicy 20401 20406',
    'accepted returns want period and payer; no vehicles',
    async () => {
      const create = (over: Body) => errorOf('POST', '/return_policy', returns(over));
      expect(await create({ returnsAccepted: undefined })).toEqual([400, 20401]);
      expect(await create({ returnPeriod: undefined })).toEqual([400, 20401]);
      expect(await create({ returnPeriod: { value: 31, unit: 'DAY' } })).toEqual([400, 20406]);
      expect(await create({ returnShippingCostPayer: undefined })).toEqual([400, 20401]);
      expect(await create({ returnShippingCostPayer: 'NOBODY' })).toEqual([400, 20406]);
      expect(await create({ categoryTypes: [{ name: 'MOTORS_VEHICLES' }] })).toEqual([400, 20406]);
    },
  );

  rule(
    'account.payment-methods',
    'sell_account_v1 createPaymentPolicy 20405',
    'electronic payment is eBay’s: only offline methods may be named',
    async () => {
      expect(await errorOf('POST', '/payment_policy', payment({ paymentMethods: [{ paymentMethodType: 'PAYPAL' }] }))).toEqual([
        400, 20405,
      ]);
    },
  );

  rule('account.policy-in-use', 'sell_account_v1 delete…Policy 20402', 'a policy of a live listing cannot be deleted', async () => {
    await world.call('POST', publishPath(await prepare(world, 'POLICY1')));
    const { body } = await world.call('GET', `${ACCOUNT}/payment_policy?marketplace_id=EBAY_US`);
    expect(await errorOf('DELETE', `/payment_policy/${body.paymentPolicies[0].paymentPolicyId}`)).toEqual([400, 20402]);
  });

  rule(
    'account.policy-lists',
    'sell_account_v1 get…Policies 20401 20403',
    'a list wants a site that exists; each site has its own policies',
    async () => {
      expect(await errorOf('GET', '/return_policy')).toEqual([400, 20401]);
      expect(await errorOf('GET', '/return_policy?marketplace_id=EBAY_MARS')).toEqual([400, 20403]);
      expect(await errorOf('GET', '/return_policy/get_by_policy_name?marketplace_id=EBAY_US&name=None')).toEqual([400, 20404]);
      const [us, gb] = await Promise.all(
        ['EBAY_US', 'EBAY_GB'].map(
          async (site) => (await world.call('GET', `${ACCOUNT}/return_policy?marketplace_id=${site}`)).body.returnPolicies[0],
        ),
      );
      expect(us.returnPolicyId).not.toBe(gb.returnPolicyId);
    },
  );
});

describe('programmes and limits', () => {
  rule(
    'account.programs',
    'sell_account_v1 optInToProgram 25803, optOutOfProgram 25804',
    'in, in again 409/25803, out, out again 25804',
    async () => {
      const join = { programType: 'SELLING_POLICY_MANAGEMENT' };
      expect(await errorOf('POST', '/program/opt_in', join)).toEqual([409, 25803]);
      expect((await world.call('POST', `${ACCOUNT}/program/opt_out`, join)).status).toBe(200);
      expect(await errorOf('POST', '/program/opt_out', join)).toEqual([400, 25804]);
      expect((await world.call('GET', `${ACCOUNT}/program/get_opted_in_programs`)).body.programs).toEqual([]);
      expect((await world.call('POST', `${ACCOUNT}/program/opt_in`, join)).status).toBe(200);
      expect(await errorOf('POST', '/program/opt_in', {})).toEqual([400, 20401]);
    },
  );

  rule('account.without-program', 'sell_account_v1 createPaymentPolicy 20403', 'without the programme there are no policies', async () => {
    await world.call('POST', '/_practice/reset', { seller: 'new' });
    world.forgetToken();
    expect(await errorOf('GET', '/payment_policy?marketplace_id=EBAY_US')).toEqual([400, 20403]);
    expect(await errorOf('POST', '/payment_policy', payment())).toEqual([400, 20403]);
  });

  rule(
    'account.privileges',
    'sell_account_v1 getPrivileges; 25026',
    'the selling limit is told, and refuses what goes over it',
    async () => {
      const settings = await world.call('POST', '/_practice/settings', { sellingLimitQuantity: 1 });
      expect(settings.status).toBe(200);
      const { body } = await world.call('GET', `${ACCOUNT}/privilege`);
      expect(body).toMatchObject({ sellerRegistrationCompleted: true, sellingLimit: { quantity: 1 } });
      expect((await world.call('POST', publishPath(await prepare(world, 'LIMIT1')))).status).toBe(200);
      const over = await world.call('POST', publishPath(await prepare(world, 'LIMIT2')));
      expect(over.body.errors[0].errorId).toBe(25026);
    },
  );
});
