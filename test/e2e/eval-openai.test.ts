import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evalLine } from '../../src/report/schemas.ts';
import { picture } from '../support/items.ts';
import { NAVY_SHIRT, navyShirtSaying, writeNavyShirt } from '../support/navy-shirt.ts';
import { type Asked, OpenAiServer } from '../support/openai-server.ts';
import { type Ran, World } from '../support/world.ts';

const SHIRT = 'mens-tshirt-navy';
const TRUTH = {
  items: {
    [SHIRT]: {
      photos: [1, 2, 3, 4].map((n) => `${SHIRT}/IMG_000${n}.jpg`),
      // The country is read here, whatever the model says; of the pattern nobody speaks.
      facts: { brand: 'Fenward', size: 'M', color: 'Red', countryOfOrigin: 'Portugal', pattern: 'Solid', model: null },
      categories: ['15687'],
    },
    vase: { photos: ['vase/a.jpg'], facts: { type: 'Vase', brand: null }, mustNotClaim: ['vintage'], categories: ['1'] },
  },
};

const vase = {
  ...NAVY_SHIRT,
  facts: [
    { f: 'type', v: 'Vase', c: 95, by: 'picture', p: 1, q: 'a vase' },
    { f: 'style', v: 'Vintage', c: 95, by: 'picture', p: 1, q: 'looks old' },
    // By its looks: the program drops it.
    { f: 'brand', v: 'Wedgwood', c: 99, by: 'picture', p: 1, q: 'looks like one' },
  ],
  photos: [],
  queries: ['vase'],
};

function kindOf({ body, text }: Asked): 'navy' | 'vase' | 'narrow' {
  if (body.response_format?.json_schema?.name !== 'describe') return 'narrow';
  return text.includes('navy') ? 'navy' : 'vase';
}

/** A narrow question gets no answer. */
function model(asked: Asked): unknown {
  const nothing = asked.body.response_format?.json_schema?.name === 'labels' ? { crops: [], facts: [] } : { found: [] };
  return { navy: NAVY_SHIRT, vase, narrow: { ...nothing, unknown: [] } }[kindOf(asked)];
}

describe('easyflip eval with a model', () => {
  let world: World;
  let openai: OpenAiServer;
  beforeAll(async () => {
    [world, openai] = [await World.open(), await OpenAiServer.open(model)];
    writeNavyShirt(world);
    world.write('vase/a.jpg', await picture(2));
    world.write('expected.json', JSON.stringify(TRUTH));
  });
  afterAll(async () => {
    expect(openai.problems).toEqual([]);
    await world.close();
    await openai.close();
  });
  const run = (...args: readonly string[]): Promise<Ran> =>
    world.start(['eval', world.photos, '--provider', 'openai', ...args], openai.env).ended;

  it('judges right, wrong, missing and rightly absent, categories, titles, inventions, cost and time', { timeout: 300_000 }, async () => {
    const [file, page] = [join(world.root, 'first.json'), join(world.root, 'page.html')];
    const ran = await run('--json', file, '--html', page);
    expect(ran.code, ran.err).toBe(0);
    const line = evalLine.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (line.type !== 'eval') throw new Error(line.type);
    const { tally, items } = line;
    expect(tally.all).toMatchObject({ right: 4, wrong: 1, missing: 1, 'rightly-absent': 2, wrongAndCertain: 1, wrongRate: 0.2 });
    expect(tally.all.recall).toBeCloseTo(4 / 6);
    expect(tally.abstention).toEqual({ kept: 1, justified: 2 / 3 });
    expect(tally).toMatchObject({ inventions: 1, items: 2, failed: 0, categories: { judged: 2, top1: 0.5, top3: 0.5 } });
    expect(tally.titles.built).toBeGreaterThanOrEqual(1);
    expect(items.map(({ categoryRank }) => categoryRank)).toEqual([1, 0]);
    for (const item of items) expect(item.seconds).toBeGreaterThan(0);
    // Every answer that the service billed, also that of a second look.
    const billed = openai.billed.reduce((sum, { microUsd }) => sum + microUsd, 0) / 1e6;
    expect(tally.costUsd).toBeCloseTo(billed, 5);
    expect(tally.costPerItemUsd).toBeCloseTo(billed / 2, 5);

    expect(ran.out).toMatch(/^all +4 +1 +1 +2 +20\.0 % +66\.7 % +1$/m);
    expect(ran.out).toContain('mens-tshirt-navy: color "Blue", true is Red');
    expect(ran.out).toContain('category: first 50.0 %, among three 50.0 % (2 items)');
    const html = readFileSync(page, 'utf8');
    for (const words of [
      '<dt>wrong values</dt><dd>20.0 %</dd>',
      '<dt>recall</dt><dd>66.7 %</dd>',
      `<dt>sound titles of ${tally.titles.built}</dt>`,
      'Blue; true is: Red',
      'says “vintage”',
    ])
      expect(html).toContain(words);
  });

  it('costs nothing again; another model is set beside it, with both rates', { timeout: 300_000 }, async () => {
    const paid = openai.billed.length;
    const file = join(world.root, 'first.json');
    const [again] = (await run('--json')).lines.map((one) => evalLine.parse(one));
    expect(again).toMatchObject({ type: 'eval', tally: { costUsd: 0, all: { right: 4, wrong: 1 } } });
    expect(openai.billed).toHaveLength(paid);

    const other = navyShirtSaying({ f: 'color', v: 'Red', c: 95, by: 'picture', p: 1, q: 'cloth' });
    const bowl = { ...vase, facts: [{ f: 'type', v: 'Bowl', c: 95, by: 'picture', p: 1, q: 'a bowl' }] };
    openai.model = (asked) => ({ navy: other, vase: bowl, narrow: model(asked) })[kindOf(asked)];
    const ran = await run('--model', 'gpt-4o-mini', '--compare', file);
    expect(ran.out).toMatch(/Against openai gpt-4o, .*: 1 better, 1 worse/);
    expect(ran.out).toContain('before: wrong rate 20.0 %, recall 66.7 %');
    expect(ran.out).toContain('mens-tshirt-navy: color was wrong "Blue", is right "Red"');
    expect(ran.out).toContain('vase: type was right "Vase", is wrong "Bowl"');
  });

  it('never costs more than was allowed, and says where expected.json is senseless or too large', { timeout: 120_000 }, async () => {
    const paid = openai.billed.length;
    const poor = await run('--model', 'gpt-4.1', '--max-cost', '0.0001', '--json');
    expect(poor.code).not.toBe(0);
    expect(poor.out).toContain('budget.exhausted');
    expect(openai.billed).toHaveLength(paid);
    for (const [text, told] of [
      [' '.repeat(20_000_001), 'more than 20000000 are not read'],
      ['{"items":\n{]}', 'line 2, column 2'],
      ['{"items":{"a":{"photos":["../x.jpg"]}}}', 'items.a.photos[0]: must lie below'],
      ['{"items":{"a":{"photos":["x.jpg"],"facts":{"colour":"red"}}}}', 'Unrecognized key: "colour"'],
    ] as const) {
      world.write('bad/expected.json', text);
      const ran = await world.run('eval', join(world.photos, 'bad'));
      expect(ran.code).toBe(2);
      expect(ran.err).toContain(told);
      expect(ran.err).toContain('usage.invalid');
    }
  });
});
