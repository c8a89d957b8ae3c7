import { chmodSync, closeSync, mkdirSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completeItems, picture } from '../support/items.ts';
import { finished, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

/** Every expected problem is a sentence, a code and a next step, and starts nothing. */
async function expectRefusal(args: readonly string[], code: string, exitCode = 2, env: Record<string, string> = {}): Promise<string> {
  const ran = await world.start([...args, '--json'], env).ended;
  expect(ran.code, ran.err).toBe(exitCode);
  const error = ran.lines.at(-1) as unknown as {
    type: string;
    reason: { code: string; message: string; hint: string };
    problems?: string[];
  };
  expect(error.type).toBe('error');
  expect(error.reason.code).toBe(code);
  expect(error.reason.message.length).toBeGreaterThan(10);
  expect(error.reason.hint.length).toBeGreaterThan(10);
  const plain = await world.start(args, env).ended;
  expect(plain.err).toContain(error.reason.hint);
  expect(plain.err).not.toMatch(/\n\s+at /);
  return [error.reason.message, ...(error.problems ?? [])].join('\n');
}

describe('trouble is told in a sentence with a next step', () => {
  it('no such folder, a file instead of a folder, a folder without photos', async () => {
    await expectRefusal(['list', join(world.root, 'nowhere')], 'input.missing-folder');
    await expectRefusal(['list', world.write('one.jpg', await picture(1))], 'usage.invalid');
    mkdirSync(join(world.root, 'empty'));
    await expectRefusal(['list', join(world.root, 'empty')], 'input.no-photos');
  });

  it('wrong command line', async () => {
    expect(await expectRefusal(['lst'], 'usage.invalid')).toContain('list');
    await expectRefusal(['list'], 'usage.invalid');
    await expectRefusal(['list', world.photos, '--publish', 'maybe'], 'usage.invalid');
    await completeItems(world, 1);
    await expectRefusal(['list', world.photos, '--group', 'colour'], 'usage.invalid');
    await expectRefusal(['list', world.photos, '--limit', 'many'], 'usage.invalid');
    await expectRefusal(['show', 'nobody'], 'usage.unknown-item');
  });

  it('a settings file with three mistakes names all three', async () => {
    const file = join(world.root, 'bad.json');
    writeFileSync(file, JSON.stringify({ publish: 'perhaps', pricing: { percentile: 7 }, fotos: {} }));
    const said = await expectRefusal(['list', world.photos, '--config', file], 'config.invalid');
    for (const place of ['publish', 'pricing.percentile', 'fotos']) expect(said).toContain(place);
    expect(said).toContain('photos');
    writeFileSync(file, '{ "publish": ');
    await expectRefusal(['list', world.photos, '--config', file], 'config.unreadable');
  });

  it('production without credentials', async () => {
    await completeItems(world, 1);
    expect(await expectRefusal(['list', world.photos, '--env', 'production'], 'config.missing-credentials')).toContain('EBAY_APP_ID');
  });

  it('a data folder that cannot be written', async () => {
    await completeItems(world, 1);
    const file = join(world.root, 'a-file');
    writeFileSync(file, '');
    await expectRefusal(['list', world.photos, '--data-dir', join(file, 'data')], 'store.unusable');
    // A folder of the system in which nothing can be made: Node's own recursive mkdir would never return.
    if (process.platform === 'linux') await expectRefusal(['status', '--data-dir', '/proc/easyflip'], 'store.unusable');
    if (process.getuid?.() === 0) return;
    const closed = join(world.root, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    await expectRefusal(['list', world.photos, '--data-dir', join(closed, 'data')], 'store.read-only');
  });

  it('a damaged database is not touched', async () => {
    await completeItems(world, 1);
    await world.run('list', world.photos);
    const database = join(world.data, 'practice.sqlite');
    const handle = openSync(database, 'r+');
    writeSync(handle, Buffer.alloc(4096, 7), 0, 4096, 0);
    closeSync(handle);
    await expectRefusal(['list', world.photos], 'store.damaged');
    truncateSync(database, 1000);
    await expectRefusal(['status'], 'store.damaged');
  });

  it('a database of a newer version', async () => {
    await completeItems(world, 1);
    await world.run('list', world.photos);
    const { default: Database } = await import('better-sqlite3');
    const database = new Database(join(world.data, 'practice.sqlite'));
    database.pragma('user_version = 999');
    database.close();
    await expectRefusal(['status'], 'store.newer');
  });

  it('a practice marketplace that does not answer', async () => {
    await completeItems(world, 1);
    await expectRefusal(['list', world.photos], 'practice.unreachable', 4, { EASYFLIP_PRACTICE_URL: 'http://127.0.0.1:9' });
  });

  it('a sidecar with mistakes holds its item and no other', async () => {
    await completeItems(world, 2);
    world.write('item-1/item.json', JSON.stringify({ titel: 'x', price: 'cheap', quantity: -1 }));
    const ran = await world.run('list', world.photos, '--json');
    expect(finished(ran)).toMatchObject({ exitCode: 0, counts: { listed: 1, held: 1 } });
    const held = ran.lines.find(({ outcome }) => outcome === 'held') as unknown as { reason: { code: string; message: string } };
    expect(held.reason.code).toBe('sidecar.invalid');
    for (const word of ['titel', 'title', 'price', 'quantity']) expect(held.reason.message).toContain(word);
  });

  it('a failure is remembered, told with exit code 3, and cleared by retry-failed', async () => {
    await completeItems(world, 2);
    const answer = {
      status: 400,
      body: { errors: [{ errorId: 25003, domain: 'API_INVENTORY', category: 'REQUEST', message: 'Invalid price.' }] },
    };
    const faults = (rules: unknown[]): Promise<Response> =>
      fetch(`${world.practice.url}/_practice/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(rules),
      });
    await faults([{ match: { path: 'bulk_create_or_replace_inventory_item' }, count: 50, action: { type: 'answer', ...answer } }]);
    const failed = await world.run('list', world.photos, '--json');
    expect(finished(failed)).toMatchObject({ exitCode: 3, counts: { failed: 2 } });
    await faults([]);
    expect(finished(await world.run('list', world.photos, '--json'))).toMatchObject({ exitCode: 3, counts: { failed: 2 } });
    expect(finished(await world.run('retry-failed', '--json'))).toMatchObject({ exitCode: 0, counts: { listed: 2 } });
  });

  it('Ctrl-C stops in order with 130, and resume completes', async () => {
    await completeItems(world, 5);
    await fetch(`${world.practice.url}/_practice/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ match: { path: 'create_image_from_file' }, count: 1000, action: { type: 'delay', ms: 1500 } }]),
    });
    const { child, ended } = world.start(['list', world.photos, '--json']);
    for (let tries = 0; tries < 400 && !(await world.writingCalls()).length; tries += 1) await new Promise((done) => setTimeout(done, 50));
    child.kill('SIGINT');
    const ran = await ended;
    expect(ran.code).toBe(130);
    expect(finished(ran)).toMatchObject({ exitCode: 130, counts: { items: 5 } });
    await fetch(`${world.practice.url}/_practice/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '[]' });
    const resumed = await world.run('resume', '--json');
    expect(resumed.code).toBe(0);
    expect((await world.listings()).filter(({ status }) => status === 'ACTIVE')).toHaveLength(5);
    expect(await world.listings()).toHaveLength(5);
  });
});
