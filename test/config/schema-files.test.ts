import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { configJsonSchema, exampleConfig } from '../../src/config/json-schema.ts';

const project = new URL('../../', import.meta.url);

const generated: ReadonlyArray<readonly [string, () => unknown]> = [
  ['schemas/config.schema.json', configJsonSchema],
  ['easyflip.config.example.json', exampleConfig],
];

// UPDATE_SCHEMAS=1 rewrites the committed files.
it.each(generated)('%s is what the code says', async (name, make) => {
  const file = new URL(name, project);
  if (process.env.UPDATE_SCHEMAS === '1') await writeFile(file, `${JSON.stringify(make(), null, 2)}\n`);
  const committed: unknown = JSON.parse(await readFile(file, 'utf8'));
  // Through JSON, so that the order of keys is compared as well.
  expect(JSON.stringify(committed)).toBe(JSON.stringify(make()));
});

it('every setting has a description and a default in the schema', () => {
  const undocumented: string[] = [];
  const walk = (node: Record<string, unknown>, path: string): void => {
    for (const [key, member] of Object.entries((node.properties ?? {}) as Record<string, Record<string, unknown>>)) {
      const place = `${path}${key}`;
      if (!member.description || (!('default' in member) && key !== '$schema')) undocumented.push(place);
      walk(member, `${place}.`);
    }
  };
  walk(configJsonSchema(), '');
  expect(undocumented).toEqual([]);
});
