import { afterEach, beforeEach, expect, it } from 'vitest';
import { picture } from '../support/items.ts';
import { finished, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const error = { errorId: 25005, domain: 'API_INVENTORY', category: 'REQUEST', message: 'Invalid category.' };
/** eBay refuses the whole call, or the one entry of a bulk answer. */
const REFUSALS = {
  'the call': { type: 'error', errorId: 25005 },
  'the entry': { type: 'answer', status: 207, body: { responses: [{ statusCode: 400, errors: [error], warnings: [] }] } },
} as const;

it.each(Object.entries(REFUSALS))(
  'a category that eBay refuses at publish (%s): the item waits, the runner-up is proposed, and the proposed command lists it',
  async (_, action) => {
    world.write('mug/a.jpg', await picture(1));
    const known = { type: 'Coffee mug', brand: 'Denby', color: 'Blue', material: 'Stoneware', condition: 'used', price: '12.99' };
    world.write('mug/item.json', JSON.stringify(known));
    const rules = [{ match: { operation: 'sell_inventory.bulkPublishOffer' }, count: 2, action }];
    const armed = await fetch(`${world.practice.url}/_practice/faults`, { method: 'POST', body: JSON.stringify(rules) });
    expect(armed.ok, await armed.text()).toBe(true);

    const ran = await world.run('list', world.photos, '--json');
    expect(finished(ran), ran.out).toMatchObject({ exitCode: 0, counts: { held: 1, failed: 0, listed: 0 } });
    const line = ran.lines.find(({ type }) => type === 'item.finished') as unknown as {
      readonly item: string;
      readonly reason: { readonly code: string; readonly message: string; readonly hint: string };
    };
    expect(line.reason.code).toBe('category.refused');
    expect(line.reason.message).toMatch(
      /^Category 20695 Mugs < Dinnerware.*: eBay does not take the category\. eBay says: Invalid category\. \(error 25005\)$/,
    );
    expect(line.reason.hint).toMatch(/^The next best is 262378 Mugs < .+: `easyflip approve \S+ --set category=262378`\.$/);
    const command = /`easyflip (.+)`/.exec(line.reason.hint)?.[1] ?? '';
    expect((await world.run('show', line.item)).out).toContain(`Next: easyflip ${command}`);
    expect((await world.run('status')).out).toContain(command);

    // Asked again without an answer, it is held again, in plain words too; never another category by itself.
    const again = await world.run('list', world.photos);
    expect(again.out).toContain(line.reason.message);
    expect(again.out).toContain(line.reason.hint);
    expect(await world.listings()).toEqual([]);

    const approved = await world.run(...command.split(' '), '--json');
    expect(finished(approved), approved.out).toMatchObject({ exitCode: 0, counts: { listed: 1 } });
    const listings = await world.listings();
    expect(listings.map(({ categoryId, status }) => [categoryId, status])).toEqual([['262378', 'ACTIVE']]);
    expect(listings[0]?.pictures).toHaveLength(1);
  },
  180_000,
);

it('a category that the seller named is refused: there is no runner-up, and the item asks for another', async () => {
  world.write('mug/a.jpg', await picture(1));
  const known = { category: '20695', brand: 'Denby', color: 'Blue', type: 'Mug', condition: 'used', price: '12.99' };
  world.write('mug/item.json', JSON.stringify(known));
  const rules = [{ match: { operation: 'sell_inventory.bulkPublishOffer' }, count: 1, action: REFUSALS['the call'] }];
  await fetch(`${world.practice.url}/_practice/faults`, { method: 'POST', body: JSON.stringify(rules) });
  const ran = await world.run('list', world.photos, '--json');
  const line = ran.lines.find(({ type }) => type === 'item.finished');
  expect(line).toMatchObject({
    outcome: 'held',
    reason: { code: 'category.refused', hint: expect.stringMatching(/easyflip approve \S+ --set category=ID/) },
  });
  const approved = await world.run('approve', String(line?.item), '--set', 'category=262378', '--json');
  expect(finished(approved).counts, approved.out).toMatchObject({ listed: 1 });
  expect((await world.listings()).map(({ categoryId }) => categoryId)).toEqual(['262378']);
}, 180_000);
