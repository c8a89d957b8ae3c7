import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { planShape } from '../../src/intake/plan-file.ts';

// UPDATE_SCHEMAS=1 rewrites the committed file.
it('schemas/plan.schema.json is what the code says', async () => {
  const file = new URL('../../schemas/plan.schema.json', import.meta.url);
  const schema = { title: 'A plan of easyflip scan --write, read by easyflip list --plan', ...z.toJSONSchema(planShape, { io: 'input' }) };
  if (process.env.UPDATE_SCHEMAS === '1') await writeFile(file, `${JSON.stringify(schema, null, 2)}\n`);
  expect(JSON.stringify(JSON.parse(await readFile(file, 'utf8')))).toBe(JSON.stringify(schema));
});
