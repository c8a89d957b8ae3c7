import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { logIn } from '../support/seller-login.ts';
import { finished, isWriting, type JsonLine, type Ran, World } from '../support/world.ts';

const ITEMS = 4;
let world: World;
beforeEach(async () => {
  world = await World.open();
  await logIn(world);
  await completeItems(world, ITEMS);
});
afterEach(() => world.close());

async function tell(path: string, body: unknown = {}): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${world.practice.url}/_practice/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.ok, await answer.text()).toBe(true);
}
const reasons = ({ lines }: Ran): readonly { code: string; message: string; hint: string }[] =>
  lines.filter(({ type }) => type === 'item.finished').map(({ reason }) => reason as { code: string; message: string; hint: string });
const stopping = ({ lines }: Ran): JsonLine | undefined => lines.find(({ type }) => type === 'run.stopping');
const uploads = async (): Promise<number> =>
  (await world.calls()).filter(({ path, status }) => path.includes('create_image_from_file') && status < 400).length;
const refresh = async (): Promise<number> =>
  (await world.calls()).filter(({ path, status }) => path.includes('/oauth2/token') && status === 400).length;

async function liveOnceAfterLogin(): Promise<void> {
  const listings = await world.listings();
  expect(listings.filter(({ status }) => status === 'ACTIVE')).toHaveLength(ITEMS);
  expect(listings).toHaveLength(ITEMS);
  // Each picture was taken once: none was lost, none is sent again.
  expect(await uploads()).toBe(ITEMS * 2);
}

it('a login that was revoked before the run: ends in order with 4 and the cure, writes nothing, and a new login goes on', async () => {
  await tell('revocations');
  const ran = await world.run('list', world.photos, '--json');
  expect(finished(ran)).toMatchObject({ exitCode: 4, counts: { items: ITEMS, listed: 0, failed: 0, deferred: ITEMS } });
  expect(ran.code).toBe(4);
  expect(stopping(ran)).toMatchObject({ reason: { code: 'provider.auth', hint: expect.stringContaining('easyflip auth login') } });
  expect(reasons(ran).map(({ code }) => code)).toContain('provider.auth');
  expect((await world.calls()).filter(isWriting).filter(({ status }) => status < 400)).toEqual([]);
  // The refusal ends the run: it is not asked again for each item, whose answer could only be the same.
  expect(await refresh()).toBeLessThanOrEqual(2);

  // To people, too, with what they can do; again and again nothing changes until they do.
  const told = await world.run('resume');
  expect(told.code).toBe(4);
  expect((told.out + told.err).replace(/\s+/g, ' ')).toContain('Run `easyflip auth login` to log in to eBay again.');

  await logIn(world);
  expect(finished(await world.run('resume', '--json'))).toMatchObject({ exitCode: 0, counts: { listed: ITEMS } });
  await liveOnceAfterLogin();
}, 240_000);

it.each([
  ['before the pictures', '/create_image_from_file'],
  ['between pictures and listing', '/bulk_create_or_replace_inventory_item'],
  ['before the last call', '/bulk_publish_offer'],
])(
  'a login that is revoked in mid-run, %s: what was done is kept, and after a new login each item is live once',
  async (_, path) => {
    await tell('faults', [{ id: 'gate', match: { path }, count: 1, action: { type: 'hold' } }]);
    const { ended } = world.start(['list', world.photos, '--json']);
    await expect
      .poll(async () => ((await (await fetch(`${world.practice.url}/_practice/faults`)).json()) as { waiting: unknown[] }).waiting.length, {
        timeout: 120_000,
        interval: 100,
      })
      .toBe(1);
    await tell('revocations');
    await tell('faults', []);
    const ran = await ended;
    expect(finished(ran)).toMatchObject({ exitCode: 4, counts: { items: ITEMS, failed: 0 } });
    expect(finished(ran).counts.deferred).toBeGreaterThan(0);
    expect(stopping(ran)).toMatchObject({ reason: { code: 'provider.auth', hint: expect.stringContaining('easyflip auth login') } });
    const before = finished(ran).counts.listed;

    await logIn(world);
    expect(finished(await world.run('list', world.photos, '--json'))).toMatchObject({
      exitCode: 0,
      counts: { listed: ITEMS - before, already: before },
    });
    await liveOnceAfterLogin();
  },
  240_000,
);
