import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { finished, World } from '../support/world.ts';

const ITEMS = 4;
const DAY_MS = 86_400_000;
let world: World;
beforeEach(async () => {
  world = await World.open();
  await completeItems(world, ITEMS);
});
afterEach(() => world.close());

const tell = async (path: string, body: unknown): Promise<void> => {
  const answer = await fetch(`${world.practice.url}/_practice/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.ok, await answer.text()).toBe(true);
};
const live = async () => (await world.listings()).filter(({ status }) => status === 'ACTIVE');

it.each([
  ['the selling limit is reached (25026)', '/bulk_publish_offer', 25026, 'listing.selling-limit'],
  ['the day’s calls are used up (429/2001)', '/sell/inventory/', 2001, 'provider.rate-limited'],
] as const)(
  '%s: the run stops in order with exit code 4, and goes on later',
  async (_, path, errorId, code) => {
    await tell('faults', [{ match: { method: 'POST', path }, rate: 1, action: { type: 'error', errorId } }]);
    const ran = await world.run('list', world.photos, '--json');
    expect(finished(ran)).toMatchObject({ exitCode: 4, counts: { items: ITEMS, listed: 0, failed: 0, deferred: ITEMS } });
    const reasons = ran.lines.flatMap(({ type, reason }) => (type === 'item.finished' ? [(reason as { code?: string })?.code] : []));
    expect(reasons).toContain(code);
    expect(await live()).toEqual([]);
    const uploads = (await world.calls()).filter(({ path: asked }) => asked.includes('create_image_from_file')).length;

    await tell('faults', []);
    expect(finished(await world.run('resume', '--json'))).toMatchObject({ exitCode: 0, counts: { listed: ITEMS } });
    expect(await live()).toHaveLength(ITEMS);
    expect(await world.listings()).toHaveLength(ITEMS);
    // What was uploaded before the stop is not uploaded again.
    const after = (await world.calls()).filter(({ path: asked }) => asked.includes('create_image_from_file')).length;
    expect(after).toBe(Math.max(uploads, ITEMS * 2));
  },
  240_000,
);

it('pictures that ran out before the listing was made are uploaded again, and the listing shows the new ones', async () => {
  await tell('faults', [{ match: { method: 'POST', path: '/bulk_publish_offer' }, rate: 1, action: { type: 'error', errorId: 25026 } }]);
  expect(finished(await world.run('list', world.photos, '--json'))).toMatchObject({ exitCode: 4 });
  await tell('faults', []);
  const uploads = async () => (await world.calls()).filter(({ path }) => path.includes('create_image_from_file')).length;
  expect(await uploads()).toBe(ITEMS * 2);
  const before = new Set(await addresses());
  // Their time is over on both clocks: at eBay, and as the program remembers it.
  await tell('settings', { clockOffsetMs: 40 * DAY_MS });
  await age();
  const ran = await world.run('resume', '--json');
  expect(finished(ran).counts, ran.out).toMatchObject({ listed: ITEMS });
  expect(await uploads()).toBe(ITEMS * 4);
  const shown = (await live()).flatMap(({ pictures }) => pictures.map(({ url }) => url));
  expect(shown).toHaveLength(ITEMS * 2);
  expect(shown.filter((url) => before.has(url))).toEqual([]);
}, 240_000);

/** Addresses that the program has kept. */
async function addresses(): Promise<readonly string[]> {
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(join(world.data, 'practice.sqlite'), { readonly: true });
  const rows = db.prepare("SELECT answer FROM journal WHERE key LIKE 'ebay:picture:%'").pluck().all() as string[];
  db.close();
  return rows.map((row) => (JSON.parse(row) as { url: string }).url);
}

/** As if the first run had been forty days ago: the program's own clock cannot be moved from outside. */
async function age(): Promise<void> {
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(join(world.data, 'practice.sqlite'));
  const long = new Date(Date.now() - 10 * DAY_MS).toISOString();
  db.prepare("UPDATE journal SET answer = json_set(answer, '$.expiresAt', ?) WHERE key LIKE 'ebay:picture:%'").run(long);
  const outputs = db.prepare("SELECT outcome_id AS row, output FROM outputs WHERE output LIKE '%expiresAt%'").all() as {
    row: number;
    output: string;
  }[];
  for (const { row, output } of outputs) {
    db.prepare('UPDATE outputs SET output = ? WHERE outcome_id = ?').run(
      output.replace(/"expiresAt":"[^"]*"/g, `"expiresAt":"${long}"`),
      row,
    );
  }
  db.close();
}
