import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completeItems, picture, sidecar } from '../support/items.ts';
import { World } from '../support/world.ts';
import { type Watching, watchingIn } from './watching.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const QUICK = { EASYFLIP_QUIET_SECONDS: '1.5' };

const watching = (env: Readonly<Record<string, string>> = QUICK): Promise<Watching> => watchingIn(world, env);

const liveTitles = async (): Promise<readonly string[]> =>
  (await world.listings())
    .filter(({ status }) => status === 'ACTIVE')
    .map(({ title }) => title)
    .sort();

/** Writes a file in pieces, as a slow copy does. */
async function slowly(path: string, content: Buffer, pieces: number, pauseMs: number): Promise<void> {
  const full = join(world.photos, path);
  mkdirSync(dirname(full), { recursive: true });
  const file = openSync(full, 'w');
  const size = Math.ceil(content.length / pieces);
  for (let at = 0; at < content.length; at += size) {
    writeSync(file, content.subarray(at, at + size));
    await pause(pauseMs);
  }
  closeSync(file);
}

describe('watch', () => {
  it('lists what is there, then what arrives, each once, and stops in order', async () => {
    await completeItems(world, 2);
    const watch = await watching();
    await watch.until(async () => (await liveTitles()).length === 2);
    await completeItems(world, 1, 3);
    await watch.until(async () => (await liveTitles()).length === 3);
    const { code, err, lines } = await watch.stop();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(lines.at(-1)).toMatchObject({ type: 'watch.stopped', counts: { listed: 3, held: 0, failed: 0, deferred: 0 } });
    expect(await liveTitles()).toEqual(['Test Shirt Number 1', 'Test Shirt Number 2', 'Test Shirt Number 3']);
  });

  it('waits for slow copies, sees through renames and unfinished names, and lists nothing twice after a kill', async () => {
    const first = await watching();
    const copies = Promise.all(
      [1, 2, 3].map(async (n) => {
        await slowly(`item-${n}/a.jpg`, await picture(n * 10), 4, 500);
        await slowly(`item-${n}/b.jpg.part`, await picture(n * 10 + 1), 4, 300);
        renameSync(join(world.photos, `item-${n}/b.jpg.part`), join(world.photos, `item-${n}/b.jpg`));
        world.write(`item-${n}/item.json`, JSON.stringify(sidecar(n)));
      }),
    );
    world.write('passing/a.jpg', await picture(900));
    await pause(700);
    rmSync(join(world.photos, 'passing'), { recursive: true });
    await first.until(
      () => first.lines().some(({ type }) => type === 'item.finished') || existsSync(join(world.photos, 'item-3/item.json')),
    );
    await first.stop('SIGKILL');
    await copies;
    renameSync(join(world.photos, 'item-2'), join(world.photos, 'shirt two'));
    const second = await watching();
    await second.until(async () => (await liveTitles()).length === 3);
    await pause(2_000);
    const { code } = await second.stop();
    expect(code).toBe(0);
    const live = await world.listings();
    expect(live.map(({ title }) => title).sort()).toEqual(['Test Shirt Number 1', 'Test Shirt Number 2', 'Test Shirt Number 3']);
    // Whole items, never half of one.
    expect(live.map(({ pictures }) => pictures.length)).toEqual([2, 2, 2]);
  });

  it('waits for a photo whose copy has come to a stop, longer than for a quiet folder', async () => {
    const watch = await watching();
    world.write('item-1/item.json', JSON.stringify(sidecar(1)));
    world.write('item-1/a.jpg', await picture(10));
    world.write('item-1/b.jpg', '');
    await pause(4_500);
    expect(await world.listings()).toEqual([]);
    world.write('item-1/b.jpg', await picture(11));
    await watch.until(async () => (await liveTitles()).length === 1);
    await watch.stop();
    expect((await world.listings()).map(({ pictures }) => pictures.length)).toEqual([2]);
  });

  it('takes what a divider shot closes at once, although the folder is not quiet', async () => {
    const cards = await world.run('divider', '--png', join(world.root, 'card.png'), '--count', '2', '--json');
    expect(cards.code, cards.out + cards.err).toBe(0);
    const files = (cards.lines[0] as unknown as { files: string[] }).files;
    const watch = await watching({ EASYFLIP_QUIET_SECONDS: '3600' });
    const card = (at: number): Buffer => readFileSync(files[at] as string);
    world.write('IMG_0001.png', card(0));
    world.write('IMG_0002.jpg', await picture(20));
    world.write('IMG_0003.jpg', await picture(21));
    world.write('IMG_0004.png', card(1));
    world.write('IMG_0005.jpg', await picture(30));
    await watch.until(() => watch.lines().some(({ type }) => type === 'item.finished'));
    const { lines } = await watch.stop();
    const ended = lines.filter(({ type }) => type === 'item.finished');
    expect(ended).toHaveLength(1);
    expect(ended[0]?.source).toMatch(/#IMG_0002/i);
  });

  it('is one for a folder, goes on after the folder was away, and leaves a live listing as it is', async () => {
    await completeItems(world, 1);
    const watch = await watching({ ...QUICK });
    await watch.until(async () => (await liveTitles()).length === 1);
    const other = await world.run('watch', world.photos, '--json');
    expect(other.code).toBe(2);
    expect(other.lines[0]).toMatchObject({ type: 'error', reason: { code: 'watch.busy' } });
    const away = `${world.photos}-away`;
    renameSync(world.photos, away);
    await watch.until(() => watch.lines().some(({ message }) => String(message).includes('There is no folder')));
    renameSync(away, world.photos);
    await watch.until(() => watch.lines().some(({ message }) => String(message).includes('is there again')));
    world.write('item-1/c.jpg', await picture(77));
    await watch.until(() => watch.lines().some(({ message }) => String(message).includes('changed since it went live')));
    await completeItems(world, 1, 2);
    await watch.until(async () => (await liveTitles()).length === 2);
    expect((await watch.stop()).code).toBe(0);
    expect((await world.listings()).map(({ pictures }) => pictures.length)).toEqual([2, 2]);
  });

  it('begins nothing while everything is paused, calls no paused service, and goes on by itself', async () => {
    await completeItems(world, 1);
    expect((await world.run('pause', '--json')).lines[0]).toMatchObject({ type: 'pauses', paused: [{ what: 'all' }] });
    const watch = await watching();
    await watch.until(() => watch.lines().some(({ type, why }) => type === 'watch.waiting' && why === 'paused'));
    expect(await world.writingCalls()).toEqual([]);
    const status = await world.run('status', '--json');
    expect(status.lines[0]).toMatchObject({ paused: [{ what: 'all' }] });
    expect((await world.run('status')).out).toContain('Paused: everything, since');
    expect((await world.run('unpause', '--json')).lines[0]).toMatchObject({ type: 'pauses', paused: [] });
    await watch.until(async () => (await liveTitles()).length === 1);
    await watch.stop();

    await world.run('pause', 'inventory');
    await completeItems(world, 1, 2);
    const ran = await world.run('list', world.photos, '--json');
    expect(ran.code).toBe(4);
    expect(ran.lines.find(({ type, outcome }) => type === 'item.finished' && outcome === 'deferred')).toMatchObject({
      reason: { code: 'service.paused' },
    });
    await world.run('unpause', 'inventory');
    expect((await world.run('resume', '--json')).code).toBe(0);
    expect(await liveTitles()).toHaveLength(2);
  });
});

describe('cron', () => {
  it('begins nothing outside of its window, and only what the pace allows', async () => {
    await completeItems(world, 3);
    const [now, later] = [new Date(Date.now() + 7_200_000), new Date(Date.now() + 10_800_000)];
    const clock = (date: Date): string => `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
    const outside = await world.run('list', world.photos, '--json', '--window', `${clock(now)}-${clock(later)}`);
    expect(outside.code).toBe(4);
    expect(outside.lines.find(({ type }) => type === 'run.stopping')).toMatchObject({ reason: { code: 'time.outside-window' } });
    expect(await world.writingCalls()).toEqual([]);
    const paced = await world.run('list', world.photos, '--json', '--pace', '1/day');
    expect(paced.code).toBe(0);
    expect(paced.lines.find(({ message }) => String(message).includes('--pace'))).toMatchObject({
      message: '2 more items wait because of --pace; run the same command again for them.',
    });
    expect(await liveTitles()).toHaveLength(1);
    await world.run('list', world.photos, '--json', '--pace', '1/day');
    expect(await liveTitles()).toHaveLength(1);
    const wrong = await world.run('list', world.photos, '--json', '--window', 'evening');
    expect(wrong.code).toBe(2);
    expect(wrong.lines[0]).toMatchObject({ reason: { code: 'config.invalid' } });
  });
});

describe('forget', () => {
  it('takes out what is not live, and nothing that is', async () => {
    await completeItems(world, 2);
    await world.run('list', world.photos, '--limit', '1');
    world.write('mystery/a.jpg', await picture(500));
    unlinkSync(join(world.photos, 'item-2/item.json'));
    await world.run('list', world.photos, '--provider', 'local');
    const states = async (): Promise<readonly unknown[]> =>
      ((await world.run('status', '--json')).lines[0] as unknown as { items: { state: string }[] }).items.map(({ state }) => state).sort();
    expect(await states()).toEqual(['held', 'held', 'live']);
    const live = await world.run('forget', 'item-1', '--yes', '--json');
    expect(live.lines[0]).toMatchObject({ reason: { code: 'usage.wrong-state' } });
    expect((await world.run('forget', '--held', '--dry-run')).out).toContain('2 items, nothing was changed');
    expect(await states()).toHaveLength(3);
    const gone = await world.run('forget', '--held', '--yes', '--json');
    expect((gone.lines[0] as unknown as { items: unknown[] }).items).toHaveLength(2);
    expect(await states()).toEqual(['live']);
    expect((await world.run('forget')).code).toBe(2);
  });
});
