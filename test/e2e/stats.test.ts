import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeItems, sidecar } from '../support/items.ts';
import { World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

async function post(path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${world.practice.url}/_practice/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}

interface Known {
  readonly value: unknown;
  readonly unknown?: string;
}

async function stats(...args: readonly string[]) {
  const ran = await world.run('stats', '--json', ...args);
  expect(ran.code, ran.err).toBe(0);
  const [line] = ran.lines;
  const valid = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync('schemas/stats-line.schema.json', 'utf8')));
  expect(valid(line), JSON.stringify(valid.errors)).toBe(true);
  return line as unknown as {
    work: { listed: number; items: Record<string, number>; stages: { stage: string; done: number; medianMs: number }[] };
    bottleneck: { value: { runs: number; items: number; services: { service: string; calls: number; busyMs: number }[] } };
    business: Readonly<Record<string, Known>>;
    projection: Readonly<Record<string, Known>>;
  };
}

it('real runs and real sales of the practice marketplace: every figure from what really happened', async () => {
  await completeItems(world, 4);
  for (const n of [1, 2, 3]) world.write(`item-${n}/item.json`, JSON.stringify({ ...sidecar(n), cost: '2.50' }));
  const { category: _category, ...vague } = sidecar(5);
  await completeItems(world, 1, 5);
  world.write('item-5/item.json', JSON.stringify({ ...vague, title: 'Zzz', aspects: {} }));
  expect((await world.run('list', world.photos)).code).toBe(0);
  const listings = await world.listings();
  expect(listings).toHaveLength(4);

  const before = await stats();
  expect(before.work).toMatchObject({ listed: 4, items: { listed: 4, held: 1 } });
  expect(before.business.revenue).toMatchObject({ value: null, unknown: expect.stringContaining('easyflip sync') });
  const services = new Map(before.bottleneck.value.services.map((one) => [one.service, one]));
  expect(before.bottleneck.value).toMatchObject({ runs: 1, items: 5 });
  // Two pictures of each of four items, and one attempt for each: nothing was repeated.
  expect(services.get('media')?.calls).toBe((await world.calls()).filter(({ path }) => path.includes('create_image_from_file')).length);
  for (const name of ['imaging', 'media', 'inventory']) expect(services.get(name)?.busyMs, name).toBeGreaterThan(0);
  expect(before.work.stages.find(({ stage }) => stage === 'publish')).toMatchObject({ done: 4 });

  await world.run('sync');
  expect((await stats()).business.revenue).toEqual({ value: null, unknown: 'no sales yet in this time' });

  // 11.99 and 12.99 with a known cost; 14.99 without.
  for (const n of [1, 2, 4]) await post('sales', { listingId: listings.find(({ title }) => title.endsWith(` ${n}`))?.listingId });
  const synced = await world.run('sync', '--json');
  const sold = (synced.lines.at(-1) as unknown as { sold: { amount: { value: string }; fee: { value: string } | null }[] }).sold;
  const after = await stats();
  expect(after.business.sales).toMatchObject({ value: { sales: 3, pieces: 3, cancelled: 0 } });
  expect(after.business.revenue).toEqual({ value: { value: '39.97', currency: 'USD' } });
  expect(after.business.averageValue).toEqual({ value: { value: '13.32', currency: 'USD' } });
  expect(after.business.conversion).toMatchObject({ value: { sold: 3, listed: 4, share: 0.75 } });
  expect(after.business.sellThrough).toMatchObject({ value: { sold: 3, offered: 4 } });
  expect(after.business.cost).toEqual({ value: null, unknown: 'you have not told the cost of 1 of 3 sales' });
  const told = sold.every(({ fee }) => fee !== null);
  if (told) {
    const fees = sold.reduce((sum, { fee }) => sum + Math.round(Number(fee?.value) * 100), 0);
    expect(after.business.fees).toEqual({ value: { value: (fees / 100).toFixed(2), currency: 'USD' } });
    expect(after.business.profit).toMatchObject({ value: { sales: 2, left: 1 } });
  } else expect(after.business.fees?.value).toBeNull();
  // 10 000 ÷ (13.32 × 0.75) ÷ 30
  expect(after.projection.neededPerDay?.value).toBeCloseTo(10_000 / (13.32 * 0.75) / 30, 6);

  const plain = await world.run('stats');
  for (const part of [
    'What holds things up',
    'Your target',
    'Accuracy of the analysis',
    '$39.97',
    '75 %: 3 of 4',
    'settle the 1 item that is held',
  ])
    expect(plain.out).toContain(part);
  expect((await world.run('stats', '--bottleneck')).out).toContain('imaging');

  const file = join(world.root, 'report.html');
  const page = await world.run('report', '--html', file, '--json', '--since', '7d');
  expect(page.lines).toMatchObject([{ type: 'report.page', file }]);
  expect(readFileSync(file, 'utf8')).toContain('$39.97');
  await world.run('report', '--html');
  expect(existsSync(join(world.root, 'easyflip-report.html'))).toBe(true);
  expect((await world.run('report')).code).toBe(2);
});

it('a target and a site of your own', async () => {
  const config = join(world.root, 'easyflip.config.json');
  world.write('../easyflip.config.json', JSON.stringify({ marketplace: 'EBAY_DE', target: { monthly: '2500.00', marginPercent: 40 } }));
  const { projection } = await stats('--config', config, '--stale-days', '5');
  expect(projection).toMatchObject({ target: { value: '2500.00', currency: 'EUR' }, targetProfit: { value: '1000.00', currency: 'EUR' } });
  for (const wrong of [
    ['--since', 'soon'],
    ['--stale-days', '0'],
    ['--stale-days', '1.5'],
  ])
    expect((await world.run('stats', ...wrong)).code).toBe(2);
});
