import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { valid } from '../support/schemas.ts';
import { finished, isWriting, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

interface Recovered {
  readonly items: readonly {
    readonly item: string;
    readonly was: string;
    readonly listing: { readonly listingId: string | null } | null;
  }[];
  readonly withoutPhotos: readonly { readonly sku: string; readonly title: string }[];
  readonly others: number;
}

async function recover(...args: readonly string[]): Promise<Recovered> {
  const before = (await world.calls()).length;
  const ran = await world.run('recover', world.photos, '--json', ...args);
  expect(ran.code, ran.out + ran.err).toBe(0);
  expect((await world.calls()).slice(before).filter(isWriting)).toEqual([]);
  for (const line of ran.lines) valid('recover-line', line);
  return ran.lines.at(-1) as unknown as Recovered;
}

interface StatusItem {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly listingId: string | null;
  readonly price: { readonly value: string } | null;
}

async function status(): Promise<readonly StatusItem[]> {
  const [line] = (await world.run('status', '--json')).lines as unknown as readonly { readonly items: readonly StatusItem[] }[];
  return [...(line?.items ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const practice = (path: string, body: unknown): Promise<Response> =>
  fetch(`${world.practice.url}/_practice/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

it('after the database was lost everything is known again, nothing is listed twice, and sync goes on', async () => {
  await completeItems(world, 7);
  expect(finished(await world.run('list', world.photos, '--json')).counts.listed).toBe(7);
  const listings = await world.listings();
  const numbered = (n: number) => {
    const listing = listings.find(({ title }) => title.endsWith(String(n)));
    if (!listing) throw new Error(`no listing ${n}`);
    return listing;
  };
  expect((await practice('sales', { listingId: numbered(1).listingId })).ok).toBe(true);
  expect((await practice('endings', { listingId: numbered(2).listingId })).ok).toBe(true);
  expect((await world.run('withdraw', numbered(3).sku)).code).toBe(0);
  const before = await status();

  world.forgetDatabase();
  // Without their sidecars title and price can only come from eBay.
  for (const n of [4, 5]) rmSync(join(world.photos, `item-${n}`, 'item.json'));
  rmSync(join(world.photos, 'item-7'), { recursive: true });
  const told = await recover('--dry-run');
  expect((await status()).length).toBe(0);
  const found = await recover();
  expect(found.items).toEqual(told.items);
  const was = Object.fromEntries(found.items.map((one) => [one.listing?.listingId, one.was]));
  expect([1, 2, 4, 5, 6].map((n) => was[numbered(n).listingId])).toEqual(['sold', 'ended', 'live', 'live', 'live']);
  expect(found.items.filter((one) => one.was === 'withdrawn')).toHaveLength(1);
  expect(found.withoutPhotos.map(({ title }) => title)).toEqual([numbered(7).title]);

  const after = await status();
  const lost = before.filter(({ title }) => !title.endsWith('7'));
  expect(after.map(({ id }) => id)).toEqual(lost.map(({ id }) => id));
  for (const [at, one] of after.entries()) {
    expect([one.title, one.price?.value]).toEqual([lost[at]?.title, lost[at]?.price?.value]);
    if (one.state === 'live') expect(one.listingId).toBe(lost[at]?.listingId);
  }
  expect(after.map(({ state }) => state).sort()).toEqual(['ended', 'live', 'live', 'live', 'sold', 'withdrawn']);

  const { counts } = finished(await world.run('list', world.photos, '--json'));
  expect([counts.listed, counts.already, counts.held]).toEqual([0, 5, 1]);
  expect(await world.listings()).toHaveLength(7);
  const synced = await world.run('sync', '--json', '--since', '2020-01-01');
  expect(synced.lines.at(-1)).toMatchObject({ sold: [{ listingId: numbered(1).listingId }], ended: [], live: 3 });
  expect((await world.run('verify')).code).toBe(0);
  expect((await recover()).items.every((one) => one.was === 'known')).toBe(true);
});

it('something half made is completed under its SKU by the next list, and what is new is listed', async () => {
  await completeItems(world, 2);
  await practice('faults', [{ match: { operation: 'sell_inventory.bulkPublishOffer' }, action: { type: 'error', errorId: 25007 } }]);
  expect(finished(await world.run('list', world.photos, '--json')).counts.listed).toBe(0);
  world.forgetDatabase();
  await practice('faults', []);
  await completeItems(world, 1, 3);
  const found = await recover();
  expect(found.items.map((one) => one.was).sort()).toEqual(['debris', 'debris', 'new']);
  expect(finished(await world.run('list', world.photos, '--json')).counts.listed).toBe(3);
  expect(await world.listings()).toHaveLength(3);
});

it('says in words what was found, and refuses a folder that is not there', async () => {
  await completeItems(world, 1);
  await world.run('list', world.photos);
  world.forgetDatabase();
  const ran = await world.run('recover', world.photos);
  expect(ran.out).toContain('Test Shirt Number 1');
  expect(ran.out).toMatch(/1 item found on eBay, 0 not there/);
  expect((await world.run('recover', join(world.root, 'nowhere'))).code).toBe(2);
});
