import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completeItems, picture, sidecar } from '../support/items.ts';
import { finished, isWriting, type Ran, sha256, World } from '../support/world.ts';

let world: World;
let item: string;
beforeEach(async () => {
  world = await World.open();
  await completeItems(world, 2);
  const ran = await world.run('list', world.photos, '--json');
  expect(ran.code, ran.err).toBe(0);
  item = String(ran.lines.find(({ type, title }) => type === 'item.finished' && title === 'Test Shirt Number 1')?.item);
});
afterEach(() => world.close());

interface UpdateLine {
  readonly type: string;
  readonly state: string;
  readonly changes: readonly { readonly field: string; readonly from: string | null; readonly to: string | null }[];
}

const lineOf = (ran: Ran): UpdateLine => ran.lines.at(-1) as unknown as UpdateLine;

async function writesDuring(work: () => Promise<Ran>): Promise<{ readonly ran: Ran; readonly writes: readonly string[] }> {
  const before = (await world.calls()).length;
  const ran = await work();
  return {
    ran,
    writes: (await world.calls())
      .slice(before)
      .filter(isWriting)
      .map(({ method, path }) => `${method} ${path}`),
  };
}

const shirt = async (n = 1) => (await world.listings()).find(({ sku }) => sku.endsWith(item) === (n === 1));

it('shows the difference and writes nothing in a dry run', async () => {
  const { ran, writes } = await writesDuring(() =>
    world.run('update', item, '--set', 'price=9.99', '--set', 'Color=Red', '--dry-run', '--json'),
  );
  expect(ran.code, ran.err).toBe(0);
  expect(lineOf(ran)).toMatchObject({ type: 'item.update', state: 'proposed' });
  expect(lineOf(ran).changes.filter(({ field }) => field !== 'description')).toEqual([
    { field: 'price', from: '$11.99', to: '$9.99' },
    { field: 'aspects.Color', from: 'Blue', to: 'Red' },
  ]);
  expect(writes).toEqual([]);
  const plain = await world.run('update', item, '--set', 'price=9.99', '--dry-run');
  expect(plain.out).toContain('- $11.99');
  expect(plain.out).toContain('+ $9.99');
  // Looked at only: a later run knows nothing of it.
  expect(lineOf(await world.run('update', item, '--dry-run', '--json')).state).toBe('unchanged');
});

it('sends exactly what was shown, to the same listing; the other stays as it is; again is nothing', async () => {
  const before = await shirt();
  const ran = await world.run('update', item, '--set', 'price=9.99', '--set', 'title=Test Shirt Renewed', '--yes', '--json');
  expect(ran.code, ran.err).toBe(0);
  expect(lineOf(ran).state).toBe('updated');
  expect(await shirt()).toMatchObject({
    listingId: before?.listingId,
    price: { value: '9.99', currency: 'USD' },
    title: 'Test Shirt Renewed',
    status: 'ACTIVE',
  });
  expect(await shirt(2)).toMatchObject({ title: 'Test Shirt Number 2', price: { value: '12.99', currency: 'USD' } });
  expect(await world.listings()).toHaveLength(2);
  const again = await writesDuring(() => world.run('update', item, '--yes', '--json'));
  expect(lineOf(again.ran).state).toBe('unchanged');
  expect(again.writes).toEqual([]);
  const listed = await world.run('list', world.photos, '--json');
  expect(listed.lines.filter(({ outcome }) => outcome === 'already')).toHaveLength(2);
});

it('new photos in the folder go to the live listing only when they are asked for', async () => {
  const added = await picture(777);
  world.write('item-1/c.jpg', added);
  world.write('item-1/item.json', JSON.stringify({ ...sidecar(1), price: '8.50' }));
  const listed = await world.run('list', world.photos, '--json');
  expect(listed.lines.some(({ type, message }) => type === 'run.notice' && String(message).includes('changed since it went live'))).toBe(
    true,
  );
  expect((await shirt())?.pictures).toHaveLength(2);

  const ran = await world.run('update', item, '--from-photos', '--yes', '--json');
  expect(ran.code, ran.err).toBe(0);
  expect(lineOf(ran).changes.map(({ field }) => field)).toEqual(['price', 'photos']);
  const now = await shirt();
  expect(now?.pictures).toHaveLength(3);
  expect(now?.price.value).toBe('8.50');
  expect(lineOf(await world.run('update', item, '--from-photos', '--json', '--dry-run')).state).toBe('unchanged');
  expect(sha256(added)).toHaveLength(64);
});

it('what eBay would refuse is refused before it is sent, and the live listing stays as it was', async () => {
  const before = await shirt();
  const { ran, writes } = await writesDuring(() => world.run('update', item, '--set', `title=${'long '.repeat(30)}`, '--yes', '--json'));
  expect(ran.code).not.toBe(0);
  expect(ran.lines.at(-1)).toMatchObject({ type: 'error' });
  expect(writes).toEqual([]);
  expect(await shirt()).toEqual(before);
  expect(lineOf(await world.run('update', item, '--dry-run', '--json')).state).toBe('unchanged');
});

it('eBay says no: everything is put back, also in the books', async () => {
  await fetch(`${world.practice.url}/_practice/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([
      {
        match: { operation: 'updateOffer' },
        action: {
          type: 'answer',
          status: 400,
          body: { errors: [{ errorId: 25016, domain: 'API_INVENTORY', category: 'REQUEST', message: 'The price value is invalid.' }] },
        },
      },
    ]),
  });
  const ran = await world.run('update', item, '--set', 'price=9.99', '--yes', '--json');
  expect(ran.code).not.toBe(0);
  expect(ran.lines.at(-1)).toMatchObject({ type: 'error' });
  await fetch(`${world.practice.url}/_practice/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '[]' });
  const status = await world.run('status', '--json');
  const [line] = status.lines as unknown as readonly { readonly counts: { readonly live: number } }[];
  expect(line?.counts.live).toBe(2);
  expect((await world.run('update', item, '--set', 'price=9.99', '--yes')).code).toBe(0);
  expect((await shirt())?.price.value).toBe('9.99');
  expect(await world.listings()).toHaveLength(2);
});

it('asks nobody where nobody is, and says which flag is missing; an item that is not live is refused', async () => {
  const ran = await world.run('update', item, '--set', 'price=9.99');
  expect(ran.code).toBe(2);
  expect(ran.err).toContain('--yes');
  expect((await shirt())?.price.value).toBe('11.99');
  expect((await world.run('withdraw', item)).code).toBe(0);
  const gone = await world.run('update', item, '--set', 'price=9.99', '--yes', '--json');
  expect(gone.lines.at(-1)).toMatchObject({ type: 'error', reason: { code: 'usage.wrong-state' } });
});

/** Gives the command and kills it while its first call of this path is under way. */
async function killedAt(path: string, ...args: readonly string[]): Promise<void> {
  const arm = async (rules: unknown): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(`${world.practice.url}/_practice/faults`, { method: 'POST', headers, body: JSON.stringify(rules) })).ok).toBe(true);
  };
  await arm([{ match: { path }, count: 1, action: { type: 'hold' } }]);
  const { child, ended } = world.start(args);
  const held = async () =>
    ((await (await fetch(`${world.practice.url}/_practice/faults`)).json()) as { waiting: unknown[] }).waiting.length;
  await expect.poll(held, { timeout: 120_000, interval: 100 }).toBe(1);
  child.kill('SIGKILL');
  expect((await ended).signal).toBe('SIGKILL');
  await arm([]);
}

describe('of a listing that was found on eBay, because the database was lost', () => {
  beforeEach(async () => {
    world.forgetDatabase();
    const found = await world.run('list', world.photos, '--json');
    expect(finished(found).counts).toMatchObject({ already: 2 });
  });
  const renew = () => ['update', item, '--set', 'title=Test Shirt Renewed', '--set', 'price=9.49', '--yes', '--json'];

  it.each(['create_image_from_file', 'replace_inventory_item', '/offer'])(
    'killed at %s: the next run finishes it, once',
    async (path) => {
      const before = await world.listings();
      await killedAt(path, ...renew());
      expect((await world.run('status')).out).not.toMatch(/2 live/);
      // What waits to be sent is on the marketplace all the same.
      expect((await world.run('forget', item, '--yes')).code).not.toBe(0);
      const next = await world.run('list', world.photos, '--json');
      expect(finished(next).counts, next.out).toMatchObject({ items: 2, listed: 1, already: 1 });
      const after = await world.listings();
      expect(after.map(({ listingId }) => listingId).toSorted()).toEqual(before.map(({ listingId }) => listingId).toSorted());
      expect(after.map(({ title, price }) => `${title} ${price.value}`).toSorted()).toEqual([
        'Test Shirt Number 2 12.99',
        'Test Shirt Renewed 9.49',
      ]);
      expect(lineOf(await world.run(...renew())).state).toBe('unchanged');
      expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ already: 2, listed: 0 });
      expect((await world.run('verify')).code).toBe(0);
    },
    240_000,
  );

  it('refused: it is live and adopted as before', async () => {
    const headers = { 'content-type': 'application/json' };
    const error = { errorId: 25016, domain: 'API_INVENTORY', category: 'REQUEST', message: 'The price value is invalid.' };
    const rules = [{ match: { operation: 'updateOffer' }, action: { type: 'answer', status: 400, body: { errors: [error] } } }];
    await fetch(`${world.practice.url}/_practice/faults`, { method: 'POST', headers, body: JSON.stringify(rules) });
    expect((await world.run('update', item, '--set', 'price=9.49', '--yes', '--json')).code).not.toBe(0);
    await fetch(`${world.practice.url}/_practice/faults`, { method: 'POST', headers, body: '[]' });
    expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ already: 2, listed: 0 });
    expect((await shirt())?.price.value).toBe('11.99');
  }, 240_000);
});
