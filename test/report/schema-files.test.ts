import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { outputJsonSchemas } from '../../src/report/schemas.ts';

const folder = new URL('../../schemas/', import.meta.url);
const schemas = Object.entries(outputJsonSchemas());

// UPDATE_SCHEMAS=1 rewrites the committed files.
it.each(schemas)('schemas/%s is what the code says', async (name, schema) => {
  const file = new URL(name, folder);
  if (process.env.UPDATE_SCHEMAS === '1') {
    await mkdir(folder, { recursive: true });
    await writeFile(file, `${JSON.stringify(schema, null, 2)}\n`);
  }
  expect(JSON.stringify(JSON.parse(await readFile(file, 'utf8')))).toBe(JSON.stringify(schema));
});

it('no other schema lies there', async () => {
  const names = (await readdir(folder)).filter((name) => !['config.schema.json', 'plan.schema.json'].includes(name));
  expect(names.toSorted()).toEqual(schemas.map(([name]) => name).toSorted());
});
