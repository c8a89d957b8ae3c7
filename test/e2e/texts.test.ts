import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeItems, picture, sidecar } from '../support/items.ts';
import { finished, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

it('a placeholder or a refusal of a model never goes live, whoever wrote it', async () => {
  const texts = [
    { title: 'Shirt [brand] Size M' },
    { description: "I'm sorry, but I cannot identify this item." },
    { aspects: { Brand: '[brand]' } },
  ];
  for (const [n, text] of texts.entries()) {
    const whole = sidecar(n);
    world.write(`item-${n}/a.jpg`, await picture(n * 10 + 5));
    world.write(`item-${n}/item.json`, JSON.stringify({ ...whole, ...text, aspects: { ...whole.aspects, ...text.aspects } }));
  }
  const ran = await world.run('list', world.photos, '--json');
  expect(finished(ran).counts, ran.out).toMatchObject({ items: 3, held: 3 });
  const reasons = ran.lines.filter(({ type }) => type === 'item.finished').map(({ reason }) => reason as { code: string; hint: string });
  expect(reasons.map(({ code }) => code)).toEqual(['text.unfit', 'text.unfit', 'text.unfit']);
  expect(reasons.every(({ hint }) => /easyflip approve \S+ --set (title|description)=…/.test(hint))).toBe(true);
  expect(await world.writingCalls()).toEqual([]);
});

it('a seller’s own description template is used, and a forbidden one starts nothing', async () => {
  await completeItems(world, 1);
  mkdirSync(join(world.root, 'own'));
  const config = join(world.root, 'own', 'easyflip.config.json');
  const template = join(world.root, 'own', 'mine.mustache');
  writeFileSync(config, JSON.stringify({ listing: { descriptionTemplate: 'mine.mustache' } }));
  writeFileSync(template, '<h2>{{title}}</h2>\n<script>x</script>');
  const refused = await world.run('list', world.photos, '--config', config);
  expect(refused.code).toBe(2);
  expect(refused.err + refused.out).toContain('mine.mustache line 2: the tag <script> is not allowed in a listing');
  expect(await world.calls()).toEqual([]);

  writeFileSync(template, '<h2>{{title}}</h2>{{#specifics}}<p>{{name}}: {{value}}</p>{{/specifics}}');
  const ran = await world.run('list', world.photos, '--config', config, '--json');
  expect(finished(ran).counts).toMatchObject({ listed: 1 });
  rmSync(template);
  const [item] = ran.lines.filter(({ type }) => type === 'item.finished').map((line) => String(line.item));
  const shown = (await world.run('show', item ?? '', '--json')).lines[0] as unknown as { readonly description: string };
  expect(shown.description).toMatch(/^<h2>Test Shirt Number 1<\/h2><p>/);
});
