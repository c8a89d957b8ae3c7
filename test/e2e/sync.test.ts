import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { isWriting, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

interface SyncLine {
  readonly type: string;
  readonly sold: readonly {
    readonly item: string;
    readonly amount: { readonly value: string };
    readonly quantity: number;
    readonly title: string;
  }[];
  readonly changed: number;
  readonly foreign: number;
  readonly ended: readonly { readonly item: string; readonly kind: string }[];
  readonly live: number;
}

const sync = async (...args: readonly string[]): Promise<SyncLine> => {
  const ran = await world.run('sync', '--json', ...args);
  expect(ran.code, ran.err).toBe(0);
  return ran.lines.at(-1) as unknown as SyncLine;
};

async function buy(listingId: string, quantity = 1): Promise<void> {
  const answer = await fetch(`${world.practice.url}/_practice/sales`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ listingId, quantity }),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}

const states = async (): Promise<readonly string[]> => {
  const ran = await world.run('status', '--json');
  const [line] = ran.lines as unknown as readonly { readonly items: readonly { readonly title: string; readonly state: string }[] }[];
  return (line?.items ?? []).map(({ title, state }) => `${title}: ${state}`).sort();
};

it('a sale is found once, with its amount; the item is sold and stays so', async () => {
  await completeItems(world, 3);
  expect((await world.run('list', world.photos, '--json')).code).toBe(0);
  const [first] = (await world.listings()).filter(({ title }) => title.endsWith('1'));
  await buy(first?.listingId ?? '');
  const before = (await world.calls()).length;

  const found = await sync();
  expect(found.sold.map(({ amount, quantity, title }) => [amount.value, quantity, title])).toEqual([['11.99', 1, 'Test Shirt Number 1']]);
  expect(found.ended.map(({ kind }) => kind)).toEqual(['sold']);
  expect(found.live).toBe(2);
  expect((await world.calls()).slice(before).filter(isWriting)).toEqual([]);

  const again = await sync();
  expect(again.sold).toEqual([]);
  expect(again.changed).toBe(1);
  expect(await states()).toEqual(['Test Shirt Number 1: sold', 'Test Shirt Number 2: live', 'Test Shirt Number 3: live']);
  // Nothing that is sold is listed again by a later run.
  const listed = await world.run('list', world.photos, '--json');
  expect(listed.lines.filter(({ outcome }) => outcome === 'already')).toHaveLength(3);
  expect(await world.listings()).toHaveLength(3);
});

it('a listing that was ended elsewhere is told, and can be withdrawn and listed anew', async () => {
  await completeItems(world, 1);
  await world.run('list', world.photos, '--json');
  const [listing] = await world.listings();
  const answer = await fetch(`${world.practice.url}/_practice/endings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ listingId: listing?.listingId }),
  });
  expect(answer.ok, await answer.text()).toBe(true);
  const { ended, live } = await sync();
  expect(ended.map(({ kind }) => kind)).toEqual(['ended']);
  expect(live).toBe(0);
  const plain = await world.run('sync');
  expect(plain.out).toContain('Nothing sold');
  const item = ended[0]?.item ?? '';
  const early = await world.run('approve', item);
  expect(early.code).toBe(2);
  expect(early.err).toContain(`easyflip withdraw ${item}`);
  expect((await world.run('withdraw', item)).code).toBe(0);
  expect((await world.run('approve', item, '--json')).code).toBe(0);
  expect((await world.listings()).filter(({ status }) => status === 'ACTIVE')).toHaveLength(1);
});

it('several of a kind: a sale leaves the rest live', async () => {
  await completeItems(world, 1);
  world.write('item-1/item.json', JSON.stringify({ ...JSON.parse(await sidecarText()), quantity: 3 }));
  await world.run('list', world.photos, '--json');
  const [listing] = await world.listings();
  await buy(listing?.listingId ?? '', 2);
  const found = await sync();
  expect(found.sold.map(({ quantity, amount }) => [quantity, amount.value])).toEqual([[2, '23.98']]);
  expect(found.ended).toEqual([]);
  expect(await states()).toEqual(['Test Shirt Number 1: live']);
  await buy(listing?.listingId ?? '', 1);
  expect((await sync()).ended.map(({ kind }) => kind)).toEqual(['sold']);
});

const sidecarText = async (): Promise<string> => JSON.stringify((await import('../support/items.ts')).sidecar(1));

it('a day that is none, or that is to come, is refused', async () => {
  for (const since of ['yesterday', '2999-01-01']) {
    const ran = await world.run('sync', '--json', '--since', since);
    expect(ran.code).toBe(2);
    expect(ran.lines.at(-1)).toMatchObject({ type: 'error', reason: { code: 'usage.invalid' } });
  }
});
