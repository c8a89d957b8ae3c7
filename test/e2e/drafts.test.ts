import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeNavyShirt } from '../support/navy-shirt.ts';
import { World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const SAID = { title: 'Navy tee, "size M" 👕', type: 'T-Shirt', brand: 'Fenward', size: 'M', department: 'Men', color: 'Blue' };

it('what is not live becomes drafts; what is live does not; the difference to a listing is told', async () => {
  writeNavyShirt(world, SAID, 'live');
  expect((await world.run('list', world.photos, '--publish', 'auto')).code).toBe(0);
  expect(await world.listings()).toHaveLength(1);
  cpSync('fixtures/photos/mens-polo-shirt-striped-green', join(world.photos, 'polo'), { recursive: true });
  world.write(
    'polo/item.json',
    JSON.stringify({ ...SAID, title: 'Green polo', color: 'Green', type: 'Polo', price: '7.50', condition: 'used' }),
  );
  await world.run('list', world.photos, '--publish', 'review');

  const file = join(world.root, 'drafts.csv');
  const ran = await world.run('export', '--format', 'ebay-drafts', '-o', file);
  expect(ran.code, ran.err).toBe(0);
  for (const told of [
    '1 draft in ',
    'no place for item specifics',
    'No photo goes with it',
    'https://www.ebay.com/sh/lst/drafts',
    'easyflip skip',
  ])
    expect(ran.out).toContain(told);
  expect(ran.out).toContain('categories are those of the practice marketplace');
  const [head, draft, ...more] = (parse(readFileSync(file)) as string[][]).slice(4);
  expect(more).toEqual([]);
  expect(head?.[0]).toBe('Action(SiteID=US|Country=US|Currency=USD|Version=1193|CC=UTF-8)');
  expect(draft?.slice(3, 7)).toEqual(['Green polo', '', '7.50', '1']);
  expect(draft?.[2]).toMatch(/^\d+$/);
  expect(draft?.[8]).toBe('3000');
  expect(draft?.[9]).toMatch(/^<.*Polo/);

  const json = await world.run('export', '--format', 'ebay-drafts', '-o', file, '--json');
  const valid = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync('schemas/export-line.schema.json', 'utf8')));
  expect(valid(json.lines[0]), JSON.stringify(valid.errors)).toBe(true);
  expect(json.lines).toMatchObject([{ type: 'export.drafts', drafts: 1, leftOut: [], files: [{ file, drafts: 1 }] }]);

  // To standard output goes the file alone; what is to be said, beside it.
  const piped = await world.run('export', '--format', 'ebay-drafts');
  expect(piped.out).toBe(readFileSync(file, 'utf8'));
  expect(piped.err).toContain('no place for item specifics');
});

it('a title that is too long leaves its item out, with the cure and exit code 3; several files are numbered', async () => {
  for (const [name, title] of [
    ['a', 'x'.repeat(81)],
    ['b', 'Mug b'],
    ['c', 'Mug c'],
  ] as const) {
    world.write(`${name}/photo.jpg`, readFileSync(`fixtures/photos/${{ a: 'vase_1', b: 'mug_1', c: 'IMG_2041' }[name]}.jpg`));
    world.write(`${name}/item.json`, JSON.stringify({ title, category: '20659', price: '7.50', condition: 'used' }));
  }
  await world.run('list', world.photos, '--publish', 'review');
  const ran = await world.run('export', '--format', 'ebay-drafts', '-o', join(world.root, 'd.csv'), '--rows', '1');
  expect(ran.code, ran.out + ran.err).toBe(3);
  expect(ran.out).toContain('The title has 81 characters; eBay takes 80.');
  expect(['d-1.csv', 'd-2.csv', 'd-3.csv', 'd.csv'].map((name) => existsSync(join(world.root, name)))).toEqual([true, true, false, false]);
  for (const args of [['--state', 'live'], ['--json'], ['--rows', '1'], ['--rows', '0']]) {
    const refused = await world.run('export', '--format', 'ebay-drafts', ...args);
    expect(refused.code, args.join()).toBe(2);
  }
});
