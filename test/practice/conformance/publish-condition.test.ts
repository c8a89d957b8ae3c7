import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openWorld, type World } from '../world.ts';
import { expectLive, expectRefusal, expectWarnings, policiesOf, product, publishing } from './inventory.ts';
import { rule } from './rule.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

interface Descriptor {
  readonly name: string;
  readonly values?: readonly string[];
  readonly additionalInfo?: string;
}

const CARD = { categoryId: '183454' };
const GRADER = { name: '27501', values: ['275010'] };
const GRADE = { name: '27502', values: ['275020'] };
const card = async (condition: string, conditionDescriptors: readonly Descriptor[]) =>
  publishing(world, { condition, conditionDescriptors, ...(await product(world, { aspects: { Game: ['Pokémon TCG'] } })) }, CARD);
const ids = (answer: { body: { errors: readonly { errorId: number }[] } }) => answer.body.errors.map((error) => error.errorId);

describe('conditions', () => {
  rule('condition.required', 'CONTRACTS 2.1, 25021', 'where the category has conditions, one must be given', async () => {
    expectRefusal(await publishing(world, { condition: undefined }), 400, 25021, 'required');
  });
  rule('condition.of-category', 'CONTRACTS 2.5, 25021', 'the condition must be one of the category', async () => {
    const answer = await publishing(world, { condition: 'USED_GOOD' });
    expectRefusal(answer, 400, 25021, 'The provided condition id is invalid for the selected primary category id.');
  });
  rule('condition.without', 'sell_inventory_v1 25028', 'a category without conditions drops the condition with a warning', async () => {
    const aspects = { Certification: ['Uncertified'] };
    const coin = { ...(await product(world, { aspects })), condition: 'NEW' };
    expectWarnings(await publishing(world, coin, { categoryId: '177653' }), 25028);
  });
  rule(
    'condition.description-new',
    'CONTRACTS 2.2, 25030',
    'a condition description for a new thing is ignored, with a warning',
    async () => {
      const answer = await publishing(world, { condition: 'NEW', conditionDescription: 'As from the shop.' });
      expectWarnings(answer, 25030);
      const page = await world.call('GET', `/itm/${answer.body.listingId}`);
      expect(page.body).not.toContain('As from the shop.');
    },
  );
  rule('condition.description-used', 'CONTRACTS 2.2', 'for a used thing it stands', async () => {
    const answer = await publishing(world, { condition: 'USED_EXCELLENT', conditionDescription: 'A chip on the rim.' });
    expectLive(answer);
    expect((await world.call('GET', `/itm/${answer.body.listingId}`)).body).toContain('A chip on the rim.');
  });
});

describe('condition descriptors', () => {
  rule('descriptors.graded', 'CONTRACTS 2.5', 'a graded card (2750) needs grader and grade', async () => {
    expect(ids(await card('LIKE_NEW', []))).toEqual([25066, 25066]);
    expectRefusal(await card('LIKE_NEW', [GRADER]), 400, 25066, 'Grade');
    expectLive(await card('LIKE_NEW', [GRADER, GRADE]));
  });
  rule('descriptors.certificate', 'CONTRACTS 2.5', 'its certification number is free text in additionalInfo', async () => {
    expectLive(await card('LIKE_NEW', [GRADER, GRADE, { name: '27503', additionalInfo: '12345678' }]));
  });
  rule('descriptors.ungraded', 'CONTRACTS 2.5', 'an ungraded card (4000) needs its card condition', async () => {
    expectRefusal(await card('USED_VERY_GOOD', []), 400, 25066, 'Card Condition');
    expectLive(await card('USED_VERY_GOOD', [{ name: '40001', values: ['400010'] }]));
  });
  rule('descriptors.card-conditions', 'CONTRACTS 2.5', 'a card has no other condition', async () => {
    expectRefusal(await card('USED_EXCELLENT', []), 400, 25021);
    expectRefusal(await card('NEW', []), 400, 25021);
  });
  rule('descriptors.unknown', 'CONTRACTS 2.9 25060', 'a descriptor of another condition is refused', async () => {
    const answer = await card('USED_VERY_GOOD', [{ name: '40001', values: ['400010'] }, GRADER]);
    expectRefusal(answer, 400, 25060, '27501');
  });
  rule('descriptors.value', 'CONTRACTS 2.9 25060', 'a value is one of the ids of the policy, and one alone', async () => {
    expectRefusal(await card('LIKE_NEW', [{ ...GRADER, values: ['PSA'] }, GRADE]), 400, 25060, 'PSA');
    expectRefusal(await card('LIKE_NEW', [{ ...GRADER, values: ['275010', '275013'] }, GRADE]), 400, 25060, 'one value');
  });
  rule(
    'descriptors.dependent',
    'sell_metadata_v1 conditionDescriptorValueConstraints',
    'a grade in numbers goes with its letters',
    async () => {
      const { aspects } = { aspects: { Certification: ['PCGS'], Year: ['1881'] } };
      const coin = async (letter: string) =>
        publishing(
          world,
          {
            condition: 'LIKE_NEW',
            conditionDescriptors: [
              { name: '1', values: ['14'] },
              { name: '3', values: [letter] },
              { name: '4', values: ['55'] },
            ],
            ...(await product(world, { aspects })),
          },
          { categoryId: '39464' },
        );
      expect(ids(await coin('46'))).toContain(25060);
      expect(((await coin('18')).body.errors ?? []).map((error: { errorId: number }) => error.errorId)).not.toContain(25060);
    },
  );
});

describe('refurbished', () => {
  const REFURBISHED = 'VERY_GOOD_REFURBISHED';
  const phone = async (title: string, offerChanges: object = {}, pictures = 2, subtitle?: string) => {
    const picture = await world.picture();
    const fields = { title, subtitle, aspects: { Brand: ['Apple'], Model: ['Apple iPhone 12'] }, imageUrls: Array(pictures).fill(picture) };
    return publishing(world, { condition: REFURBISHED, ...(await product(world, fields)) }, { categoryId: '9355', ...offerChanges });
  };
  /** A copy of the seeded policy that has been changed; its id. */
  const policyWith = async (kind: string, name: string, changes: object): Promise<string> => {
    const { body } = await world.call('GET', `/sell/account/v1/${kind}_policy?marketplace_id=EBAY_US`);
    const { [`${kind}PolicyId`]: _, ...seeded } = body[`${kind}Policies`][0];
    const made = await world.call('POST', `/sell/account/v1/${kind}_policy`, { ...seeded, ...changes, name });
    expect([made.status, made.body.errors]).toEqual([201, undefined]);
    return made.body[`${kind}PolicyId`];
  };
  const freeShipping = (handlingDays: number) => ({
    handlingTime: { value: handlingDays, unit: 'DAY' },
    shippingOptions: [
      {
        optionType: 'DOMESTIC',
        costType: 'FLAT_RATE',
        shippingServices: [{ sortOrder: 1, shippingCarrierCode: 'USPS', shippingServiceCode: 'USPSPriority', freeShipping: true }],
      },
    ],
  });
  const programme = async (fulfillment: string, returns: string) => ({
    listingPolicies: { ...(await policiesOf(world, 'EBAY_US')), fulfillmentPolicyId: fulfillment, returnPolicyId: returns },
  });
  const eligible = (is: boolean) => world.call('POST', '/_practice/settings', { refurbishedSeller: is });

  rule('refurbished.seller', 'CONTRACTS 2.5 RESTRICTED, 25047', 'a seller outside the programme cannot use 2000 to 2030', async () => {
    await eligible(false);
    expectRefusal(await phone('Apple iPhone 12'), 400, 25047);
  });
  rule('refurbished.category', 'sell_inventory_v1 25048', 'nor one inside, in a category outside it', async () => {
    await eligible(true);
    expectRefusal(await publishing(world, { condition: REFURBISHED }), 400, 25048);
  });
  rule(
    'refurbished.terms',
    'sell_inventory_v1 25041-25046, 25050-25052',
    'handling, shipping, returns, words and pictures must be as the programme asks',
    async () => {
      await eligible(true);
      const good = await policyWith('fulfillment', 'Free, fast', freeShipping(1));
      const slow = await policyWith('fulfillment', 'Free, slow', freeShipping(5));
      const paid = await policyWith('return', 'Seller pays', { returnShippingCostPayer: 'SELLER' });
      const none = await policyWith('return', 'No returns', { returnsAccepted: false });
      const short = await policyWith('return', 'Two weeks', {
        returnShippingCostPayer: 'SELLER',
        returnPeriod: { value: 14, unit: 'DAY' },
      });
      const credit = await policyWith('return', 'Credit only', {
        returnShippingCostPayer: 'SELLER',
        refundMethod: 'MERCHANDISE_CREDIT',
      });
      const seeded = await policiesOf(world, 'EBAY_US');
      expectLive(await phone('Apple iPhone 12', await programme(good, paid)));
      expectRefusal(await phone('Apple iPhone 12', await programme(slow, paid)), 400, 25041, '3 business day');
      expectRefusal(await phone('Apple iPhone 12', await programme(String(seeded.fulfillmentPolicyId), paid)), 400, 25042);
      expectRefusal(await phone('Apple iPhone 12', await programme(good, none)), 400, 25043);
      expectRefusal(await phone('Apple iPhone 12', await programme(good, credit)), 400, 25044);
      expectRefusal(await phone('Apple iPhone 12', await programme(good, short)), 400, 25045, '30 days');
      expectRefusal(await phone('Apple iPhone 12', await programme(good, String(seeded.returnPolicyId))), 400, 25046);
      expectRefusal(await phone('Like new Apple iPhone 12', await programme(good, paid)), 400, 25050, 'new cannot be used in the Title');
      expectRefusal(await phone('Apple iPhone 12', await programme(good, paid), 2, 'Used with care'), 400, 25051);
      expectRefusal(await phone('Apple iPhone 12', await programme(good, paid), 1), 400, 25052, '2 images');
    },
  );
});
