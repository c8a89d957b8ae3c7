import { afterAll, beforeAll, describe } from 'vitest';
import { openWorld, type World } from '../world.ts';
import { expectLive, expectRefusal, policiesOf, price, publishing } from './inventory.ts';
import { rule } from './rule.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const MAKER = {
  companyName: 'Töpferei Brandt GmbH',
  addressLine1: 'Hauptstraße 1',
  city: 'Hannover',
  postalCode: '30159',
  country: 'DE',
  email: 'info@brandt.example',
};
const FOREIGN = { ...MAKER, companyName: 'Far Pottery Ltd', country: 'CN' };
const PERSON = { ...MAKER, companyName: 'EU Agent GmbH', types: ['EU_RESPONSIBLE_PERSON'] };

const onGermany = async (regulatory: unknown, condition = 'NEW') => {
  const listingPolicies = await policiesOf(world, 'EBAY_DE');
  const site = { marketplaceId: 'EBAY_DE', listingPolicies, pricingSummary: price('9.99', 'EUR') };
  return publishing(world, { condition }, { ...site, regulatory });
};
const onUs = (regulatory: unknown) => publishing(world, {}, { regulatory });
const refused = async (regulatory: unknown, errorId: number, text?: string) => expectRefusal(await onUs(regulatory), 400, errorId, text);

describe('who made it, and who answers for it', () => {
  rule('regulatory.eu-new', 'CONTRACTS 2.2, 25029', 'on an EU site new goods need a manufacturer or a responsible person', async () => {
    expectRefusal(await onGermany(undefined), 400, 25029, 'regulatory.manufacturer is required for this category.');
    expectLive(await onGermany({ manufacturer: MAKER }));
    expectLive(await onGermany({ responsiblePersons: [PERSON] }));
    expectLive(await onGermany(undefined, 'USED_EXCELLENT'));
  });
  rule('regulatory.in-eu', 'sell_inventory_v1 25115', 'one of them must be in the EU', async () => {
    expectRefusal(await onGermany({ manufacturer: FOREIGN }), 400, 25115);
    expectLive(await onGermany({ manufacturer: FOREIGN, responsiblePersons: [PERSON] }));
  });
  rule('regulatory.elsewhere', 'CONTRACTS 2.2', 'on other sites nobody asks for it', async () => {
    expectLive(await onUs(undefined));
    expectLive(await onUs({ manufacturer: FOREIGN }));
  });
  rule(
    'manufacturer.complete',
    'sell_inventory_v1 25110, 25111, 25118',
    'a manufacturer has a name, a whole address, a contact',
    async () => {
      await refused({ manufacturer: { ...MAKER, companyName: undefined } }, 25111);
      await refused({ manufacturer: { ...MAKER, city: undefined } }, 25110);
      await refused({ manufacturer: { companyName: 'Brandt' } }, 25118);
      expectLive(await onUs({ manufacturer: { companyName: 'Brandt', phone: '+49 511 1234' } }));
    },
  );
  rule('person.complete', 'sell_inventory_v1 25113, 25114, 25119', 'so has a responsible person', async () => {
    await refused({ responsiblePersons: [{ ...PERSON, companyName: '' }] }, 25114);
    await refused({ responsiblePersons: [{ ...PERSON, postalCode: undefined }] }, 25113);
    await refused({ responsiblePersons: [{ companyName: 'Agent', types: PERSON.types }] }, 25119);
  });
  rule('person.type', 'sell_inventory_v1 25116, 2004', 'a responsible person has one type, of a known word', async () => {
    await refused({ responsiblePersons: [{ ...PERSON, types: [] }] }, 25116, 'minimum of 1 and a maximum of 1');
    await refused({ responsiblePersons: [{ ...PERSON, types: [...PERSON.types, ...PERSON.types] }] }, 25116);
  });
  rule('person.five', 'sell_inventory_v1 25112', 'five responsible persons at most', async () => {
    await refused({ responsiblePersons: Array(6).fill(PERSON) }, 25112, 'Max allowed number of entries is 5');
  });
  rule('contact.form', 'sell_inventory_v1 25080, 25088, 25122', 'lengths, e-mail and web addresses are looked at', async () => {
    await refused({ manufacturer: { ...MAKER, companyName: 'x'.repeat(101) } }, 25080, 'manufacturer.companyName');
    await refused({ manufacturer: { ...MAKER, postalCode: '1234567890' } }, 25080, 'must not exceed 9 characters');
    await refused({ manufacturer: { ...MAKER, email: 'nobody' } }, 25088);
    await refused({ manufacturer: { ...MAKER, contactUrl: 'brandt' } }, 25122);
    expectLive(await onUs({ manufacturer: { ...MAKER, contactUrl: 'https://brandt.example/kontakt' } }));
  });
});

describe('safety and energy', () => {
  rule('safety.complete', 'sell_inventory_v1 25081, 25109', 'hazards need statements, safety pictograms or statements', async () => {
    await refused({ hazmat: { signalWord: 'Danger' } }, 25081);
    await refused({ productSafety: { component: 'Lid' } }, 25109);
    expectLive(await onUs({ hazmat: { statements: ['EUH018'] }, productSafety: { pictograms: ['Choking'] } }));
  });
  rule('documents.unknown', 'sell_inventory_v1 25104', 'a regulatory document that nobody uploaded is not found', async () => {
    await refused({ documents: [{ documentId: '17' }] }, 25104, '17');
  });
  rule('repair-score', 'sell_inventory_v1 25079', 'the repair score is 0.0 to 10.0 with one decimal place', async () => {
    for (const repairScore of [-0.1, 10.1, 7.35]) await refused({ repairScore }, 25079, 'from 0.0 to 10.0');
    for (const repairScore of [0.1, 8.2, 10]) expectLive(await onUs({ repairScore }));
  });
  rule('energy.label', 'sell_inventory_v1 25083, 25084, 25086', 'an energy label needs picture and sheet, hosted by eBay', async () => {
    const picture = await world.picture();
    const label = (energyEfficiencyLabel: unknown) => ({ energyEfficiencyLabel });
    await refused(label({ imageDescription: 'A' }), 25083);
    await refused(label({ imageURL: picture }), 25084);
    await refused(label({ imageURL: picture, productInformationSheet: 'https://elsewhere.example/sheet.jpg' }), 25086);
    expectLive(await onUs(label({ imageURL: picture, productInformationSheet: picture, imageDescription: 'A' })));
  });
});
