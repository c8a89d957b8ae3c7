import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { navyShirtSaying, writeNavyShirt } from '../support/navy-shirt.ts';
import { OpenAiServer } from '../support/openai-server.ts';
import { finished, type Ran, World } from '../support/world.ts';

/** Right but for the colour. */
const shirt = navyShirtSaying({ f: 'color', v: 'Purple', c: 95, by: 'picture', p: 1, q: 'navy cloth' });

let world: World;
let openai: OpenAiServer;
let item: string;
beforeEach(async () => {
  world = await World.open();
  openai = await OpenAiServer.open(() => shirt);
  writeNavyShirt(world, { privateNote: 'from aunt Mabel' });
  const ran = await list();
  expect(finished(ran), ran.out).toMatchObject({ counts: { items: 1, held: 1 } });
  item = String(ran.lines.find(({ type }) => type === 'item.finished')?.item);
});
afterEach(async () => {
  expect(openai.problems).toEqual([]);
  await world.close();
  await openai.close();
});

const run = (...args: readonly string[]): Promise<Ran> => world.start(args, openai.env).ended;
const list = (): Promise<Ran> => run('list', world.photos, '--json', '--publish', 'review');
const shown = async (): Promise<{
  title: string;
  aspects: { name: string; values: string[] }[];
  stages: { stage: string; attempts: number }[];
  decision: unknown;
  reason: { code: string; message: string };
}> => (await run('show', item, '--json')).lines.at(-1) as never;
const valuesOf = async (name: string) => (await shown()).aspects.find((one) => one.name === name)?.values;

it('changes what an item will be listed as: shown first, worked out anew, nothing paid for again, nothing written to eBay', async () => {
  const asked = await run('edit', item, '--set', 'color=Blue');
  expect(asked.code).toBe(2);
  expect(asked.err).toContain('--yes');
  expect(asked.out).toContain('- Purple (proposed)');
  expect(asked.out).toContain('+ Blue');
  expect(await valuesOf('Color')).toEqual(['Purple']);

  const ran = await run('edit', item, '--set', 'color=Blue', '--set', 'title=Navy Tee 👕 "as new"', '--yes', '--json');
  expect(ran.code, ran.err).toBe(0);
  const [line] = ran.lines;
  const valid = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync('schemas/edit-line.schema.json', 'utf8')));
  for (const one of ran.lines) expect(valid(one), JSON.stringify([one, valid.errors])).toBe(true);
  expect(line).toMatchObject({
    type: 'item.edit',
    state: 'edited',
    changes: [
      { field: 'title', to: 'Navy Tee 👕 "as new"', proposed: true },
      { field: 'color', from: 'Purple', to: 'Blue', proposed: true },
    ],
  });
  const now = await shown();
  expect(now.title).toBe('Navy Tee 👕 "as new"');
  expect(await valuesOf('Color')).toEqual(['Blue']);
  // Photos were prepared and read once.
  for (const stage of ['prepare', 'read']) expect(now.stages.find((one) => one.stage === stage)?.attempts).toBe(1);
  expect(openai.asked).toHaveLength(1);
  expect(await world.writingCalls()).toEqual([]);

  // What an edit says wins over a sidecar, also one that comes later, and is kept by later scans.
  world.write(
    'mens-tshirt-navy/item.json',
    JSON.stringify({ price: '14.99', condition: 'used', color: 'Red', aspects: { Color: 'Green' } }),
  );
  await list();
  expect(await valuesOf('Color')).toEqual(['Blue']);
  expect((await run('edit', item, '--unset', 'color', '--yes')).code).toBe(0);
  expect(await valuesOf('Color')).toEqual(['Green']);
  expect((await run('edit', item, '--set', 'color=Blue', '--yes')).code).toBe(0);
  expect(await valuesOf('Color')).toEqual(['Blue']);
  expect(openai.asked).toHaveLength(1);
});

it('an edit of what was approved withdraws the approval, and says so', async () => {
  expect((await run('approve', item, '--later')).code).toBe(0);
  const told = await run('edit', item, '--set', 'price=12.50', '--yes');
  expect(told.out).toContain('that approval is withdrawn');
  expect((await shown()).decision).toBeNull();
});

it('a field that is left out stays out; where eBay wants it, the item is held and says what is wrong', async () => {
  expect((await run('edit', item, '--remove', 'color', '--remove', 'size', '--yes', '--json')).code).toBe(0);
  const now = await shown();
  expect(await valuesOf('Color')).toBeUndefined();
  expect(now.reason).toMatchObject({ code: 'aspect.missing' });
  expect(now.reason.message).toContain('you left it out');
  expect(openai.asked).toHaveLength(1);
  expect((await run('edit', item, '--unset', 'size', '--yes')).code).toBe(0);
  expect(await valuesOf('Size')).toEqual(['M']);
});

it('refuses what cannot be: slips, fields named twice, a live item, a SKU that eBay knows', async () => {
  for (const [args, told] of [
    [['--set', 'colr=Blue'], 'probably "color"'],
    [['--unset', 'pirce'], 'probably "price"'],
    [['--set', 'price=1.234,56'], 'price must be an amount'],
    [['--set', 'size=M', '--unset', 'size'], 'named twice'],
    [[], 'Nothing is named'],
    [['--set', 'sku=MINE1'], 'keeps its SKU'],
  ] as const) {
    const ran = await run('edit', item, ...args, '--yes');
    expect(ran.code, ran.out).toBe(2);
    expect(ran.err).toContain(told);
  }
  expect((await run('approve', item)).code).toBe(0);
  const live = await run('edit', item, '--set', 'size=L', '--yes');
  expect(live.code).toBe(2);
  expect(live.err).toContain('easyflip update');
});

it('several items in one call: all are shown, one question, each worked out anew, or none is touched', async () => {
  await completeItems(world, 2);
  const ran = await list();
  const folder = (n: number): string => join(world.photos, `item-${n}`);
  expect(finished(ran).counts, ran.out).toMatchObject({ items: 3, held: 3 });
  const stateOf = async (name: string) =>
    (await run('show', name, '--json')).lines.at(-1) as unknown as { title: string; state: string; price: unknown };
  const before = await Promise.all([1, 2].map((n) => stateOf(folder(n))));

  const missing = await run('edit', folder(1), 'nobody', '--set', 'title=Another', '--yes');
  expect(missing.code).toBe(2);
  const asked = await run('edit', folder(1), folder(2), '--set', 'title=Another');
  expect([asked.code, asked.out.match(/\+ Another/g)?.length]).toEqual([2, 2]);
  expect(await Promise.all([1, 2].map((n) => stateOf(folder(n))))).toEqual(before);

  // The same item twice is one.
  const told = await run('edit', folder(1), folder(2), item, item, '--set', 'price=31.50', '--yes', '--json');
  expect(told.code, told.out + told.err).toBe(0);
  const edits = told.lines.filter(({ type }) => type === 'item.edit');
  expect(edits.map(({ state }) => state)).toEqual(['edited', 'edited', 'edited']);
  expect(new Set(edits.map((line) => line.item)).size).toBe(3);
  for (const name of [folder(1), folder(2), item]) expect((await stateOf(name)).price).toMatchObject({ value: '31.50' });
  expect(await world.writingCalls()).toEqual([]);
});
