import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completeItems, picture, sidecar } from '../support/items.ts';
import { finished, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

describe('the main job', () => {
  it('lists items with exactly the seller’s facts, and a second run changes nothing', async () => {
    await completeItems(world, 3);
    const first = await world.run('list', world.photos, '--json');
    expect(first.err).toBe('');
    expect(finished(first)).toMatchObject({ dryRun: false, environment: 'practice', exitCode: 0, counts: { items: 3, listed: 3 } });
    const live = await world.listings();
    for (const n of [1, 2, 3]) {
      const { title, category, price, aspects } = sidecar(n);
      const listing = live.find((one) => one.title === title);
      expect(listing).toMatchObject({
        categoryId: category,
        price: { value: price, currency: 'USD' },
        condition: 'USED_EXCELLENT',
        quantity: 1,
        status: 'ACTIVE',
      });
      expect(listing?.aspects).toEqual(Object.fromEntries(Object.entries(aspects).map(([name, value]) => [name, [value]])));
      expect(listing?.pictures).toHaveLength(2);
      expect(listing?.sku).toMatch(/^EF[A-Z2-7]{13}$/);
    }

    const before = (await world.calls()).length;
    const second = await world.run('list', world.photos, '--json');
    expect(second.code).toBe(0);
    expect(finished(second).counts).toMatchObject({ items: 3, already: 3, listed: 0 });
    // Not even a token: everything is known to be live.
    expect(await world.calls()).toHaveLength(before);
  });

  it('dry run and real run end alike, and the dry run writes nothing', async () => {
    await completeItems(world, 2);
    world.write('mystery/IMG_0001.jpg', await picture(900));
    world.write('broken/IMG_0002.jpg', 'not a picture');
    const dry = await world.run('list', world.photos, '--json', '--dry-run');
    expect(await world.writingCalls()).toEqual([]);
    const real = await world.run('list', world.photos, '--json');
    expect(finished(dry)).toMatchObject({ dryRun: true, exitCode: 0 });
    expect(finished(dry).counts).toEqual(finished(real).counts);
    expect(finished(real).counts).toMatchObject({ items: 3, listed: 2, held: 1 });
    const outcomes = (lines: typeof dry.lines): unknown =>
      lines
        .filter(({ type }) => type === 'item.finished')
        .map(({ item, outcome }) => [item, outcome])
        .sort();
    expect(outcomes(dry.lines)).toEqual(outcomes(real.lines));
  });

  it('two processes on one folder and database list every item once and both account for all', async () => {
    await completeItems(world, 6);
    const [a, b] = await Promise.all([world.run('list', world.photos, '--json'), world.run('list', world.photos, '--json')]);
    expect([a.code, b.code]).toEqual([0, 0]);
    for (const ran of [a, b]) {
      const { counts } = finished(ran);
      expect(counts.items).toBe(6);
      expect(counts.listed + counts.already).toBe(6);
    }
    expect(finished(a).counts.listed + finished(b).counts.listed).toBe(6);
    expect(await world.listings()).toHaveLength(6);
  });

  it('adopts what is live after the database was lost, also with a photo added', async () => {
    await completeItems(world, 2);
    await world.run('list', world.photos, '--json');
    const live = await world.listings();
    world.forgetDatabase();
    world.write('item-1/c.jpg', await picture(77));
    const writes = (await world.writingCalls()).length;
    const again = await world.run('list', world.photos, '--json');
    expect(again.code).toBe(0);
    expect(finished(again).counts).toMatchObject({ items: 2, already: 2 });
    expect(await world.listings()).toEqual(live);
    expect(await world.writingCalls()).toHaveLength(writes);
  });

  it('holds what was withdrawn, also after the database was lost, until it is approved', async () => {
    await completeItems(world, 1);
    const [{ item }] = (await world.run('list', world.photos, '--json')).lines.filter(
      ({ type }) => type === 'item.finished',
    ) as unknown as [{ item: string }];
    expect((await world.run('withdraw', item, '--json')).code).toBe(0);
    expect((await world.listings()).map(({ status }) => status)).toEqual(['ENDED']);
    expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ held: 1 });
    world.forgetDatabase();
    const lost = await world.run('list', world.photos, '--json');
    expect(finished(lost).counts).toMatchObject({ held: 1 });
    expect(lost.lines.find(({ type }) => type === 'item.finished')).toMatchObject({ reason: { code: 'item.ended-listing' } });
    const approved = await world.run('approve', item, '--json');
    expect(finished(approved).counts).toMatchObject({ listed: 1 });
    expect((await world.listings()).filter(({ status }) => status === 'ACTIVE')).toHaveLength(1);
  });

  it('knows an item that moved, and holds one that shares photos with another', async () => {
    await completeItems(world, 1);
    await world.run('list', world.photos, '--json');
    renameSync(join(world.photos, 'item-1'), join(world.photos, 'shelf'));
    expect(finished(await world.run('list', world.photos, '--json')).counts).toMatchObject({ items: 1, already: 1 });

    cpSync(join(world.photos, 'shelf'), join(world.root, 'other/copy'), { recursive: true });
    rmSync(join(world.root, 'other/copy/b.jpg'));
    world.write('../other/copy/c.jpg', await picture(555));
    const shared = await world.run('list', join(world.root, 'other'), '--json');
    expect(shared.lines.find(({ type }) => type === 'item.finished')).toMatchObject({
      outcome: 'held',
      reason: { code: 'item.possible-duplicate' },
    });
    expect(await world.listings()).toHaveLength(1);
  });

  it('a held item goes live with what the seller says', async () => {
    const { aspects, ...rest } = sidecar(1);
    const { Size: _size, ...known } = aspects;
    world.write('item-1/a.jpg', await picture(10));
    world.write('item-1/item.json', JSON.stringify({ ...rest, aspects: known }));
    const held = await world.run('list', world.photos, '--json');
    const line = held.lines.find(({ type }) => type === 'item.finished') as unknown as {
      item: string;
      reason: { code: string; hint: string };
    };
    expect(line.reason.code).toBe('aspect.missing');
    expect(line.reason.hint).toContain(`easyflip approve ${line.item} --set Size=`);
    const approved = await world.run('approve', line.item, '--set', 'Size=M', '--json');
    expect(finished(approved).counts).toMatchObject({ listed: 1 });
    expect((await world.listings())[0]?.aspects.Size).toEqual(['M']);
  });

  it('review holds all; approval lets exactly that live; skip keeps it out', async () => {
    await completeItems(world, 2);
    const review = await world.run('list', world.photos, '--publish', 'review', '--json');
    expect(finished(review)).toMatchObject({ exitCode: 0, counts: { held: 2 } });
    expect(await world.writingCalls()).toEqual([]);
    const [first, second] = review.lines.filter(({ type }) => type === 'item.finished') as unknown as [{ item: string }, { item: string }];
    expect((await world.run('skip', second.item)).code).toBe(0);
    expect(finished(await world.run('approve', first.item, '--json')).counts).toMatchObject({ listed: 1 });
    expect(finished(await world.run('list', world.photos, '--publish', 'review', '--json')).counts).toMatchObject({
      already: 1,
      skipped: 1,
    });
  });

  it('status and show tell the state in the published form', async () => {
    await completeItems(world, 1);
    world.write('mystery/IMG_0001.jpg', await picture(900));
    await world.run('list', world.photos, '--json');
    const [status] = (await world.run('status', '--json')).lines;
    expect(status).toMatchObject({ counts: { items: 2, live: 1, held: 1 } });
    const items = (status as unknown as { items: { id: string; state: string; listingId: string | null; price: unknown }[] }).items;
    const live = items.find(({ state }) => state === 'live');
    expect(live).toMatchObject({ title: 'Test Shirt Number 1', categoryId: '15687', price: { value: '11.99', currency: 'USD' } });
    const shown = await world.run('show', live?.listingId ?? '', '--json');
    expect(shown.lines[0]).toMatchObject({ id: live?.id });
    expect((await world.run('show', live?.id ?? '')).out).toContain('Test Shirt Number 1');
  });
});
