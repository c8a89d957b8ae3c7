import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { finished, isWriting, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
  await completeItems(world, 2);
});
afterEach(() => world.close());

const control = async (path: string, body: unknown): Promise<void> => {
  const headers = { 'content-type': 'application/json' };
  expect((await fetch(`${world.practice.url}/_practice/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).ok).toBe(true);
};
const settings = (content: unknown): void => writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify(content));

it('a machine without disk space begins nothing, says the cure, and goes on when there is some', async () => {
  settings({ limits: { minFreeDiskMegabytes: 1e12 } });
  const short = await world.run('list', world.photos, '--json');
  expect([short.code, finished(short).counts]).toMatchObject([4, { items: 2, deferred: 2, failed: 0 }]);
  expect(short.lines.find(({ type }) => type === 'run.stopping')).toMatchObject({ reason: { code: 'machine.disk-low' } });
  expect((await world.calls()).filter(isWriting)).toEqual([]);
  settings({});
  expect(finished(await world.run('resume', '--json')).counts).toMatchObject({ listed: 2 });
}, 120_000);

/** Lines of the log about how many calls to a service may be under way. */
const placesTold = (): readonly { service: string; places: number; most: number }[] =>
  readdirSync(join(world.data, 'logs'))
    .toSorted()
    .flatMap((name) => readFileSync(join(world.data, 'logs', name), 'utf8').split('\n'))
    .filter((line) => line.includes('"places.changed"'))
    .map((line) => JSON.parse(line) as { service: string; places: number; most: number });

it('a service in trouble gets fewer calls at once, and all of them again when it is well; one that is well has all of them throughout', async () => {
  settings({ services: { media: { concurrency: 4, tries: 9, strategy: 'immediate' } } });
  await control('faults', [{ match: { operation: 'createImageFromFile' }, action: { type: 'html-503' }, nth: 1 }]);
  expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ listed: 2 });
  const struck = placesTold();
  expect(struck[0]).toMatchObject({ service: 'media', places: 2, most: 4 });
  expect(struck.every(({ service }) => service === 'media')).toBe(true);
  expect(Math.max(...struck.map(({ places }) => places))).toBeLessThanOrEqual(4);

  await control('faults', []);
  const before = placesTold().length;
  await completeItems(world, 3, 3);
  expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ already: 2, listed: 3 });
  expect(placesTold()).toHaveLength(before);
}, 240_000);

it('a service that is down is remembered by the next run and shown; one probe finds it well again', async () => {
  // Probed often, or the pauses would grow beyond the patience of the next run.
  settings({ services: { media: { tries: 5, strategy: 'immediate', longestProbeMs: 30_000 } } });
  await control('faults', [{ match: { operation: 'createImageFromFile' }, action: { type: 'html-503' } }]);
  const down = await world.run('list', world.photos, '--json');
  expect(down.code).not.toBe(0);
  const [status] = (await world.run('status', '--json')).lines as unknown as [{ services: { service: string; breaker: unknown }[] }];
  const media = status.services.find(({ service }) => service === 'media');
  expect(media).toMatchObject({ breaker: { since: expect.any(String), probeAt: expect.any(String) }, dailyQuota: 1_000_000 });
  expect((await world.run('status')).out).toMatch(/media has not answered since/);
  await control('faults', []);
  await world.run('resume', '--json');
  await world.run('retry-failed', '--json');
  expect((await world.listings()).filter(({ status: state }) => state === 'ACTIVE')).toHaveLength(2);
  expect((await world.run('status')).out).not.toContain('media has not answered');
}, 480_000);

it('used-up calls make the run ask eBay how many are left, and status tells', async () => {
  await control('settings', { callLimits: { 'commerce.media': 1 } });
  const ran = await world.run('list', world.photos, '--json');
  expect(ran.code).not.toBe(0);
  const [status] = (await world.run('status', '--json')).lines as unknown as [{ allowances: { name: string; remaining: number }[] }];
  expect(status.allowances.find(({ name }) => name === 'commerce.media')).toMatchObject({ limit: 1, remaining: 0 });
  expect((await world.run('status')).out).toMatch(/eBay said at .*: commerce\.media has 0 of 1 calls left until/);
}, 240_000);
