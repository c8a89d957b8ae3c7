import { afterAll, beforeAll, expect } from 'vitest';
import { ERROR_TABLE } from '../../../src/practice/wire/error-table.ts';
import { openWorld, type World } from '../world.ts';
import { rule } from './rule.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

rule('faults.every-error', 'x-response-codes of all documents', 'a fault script plays any error at its status, in its words', async () => {
  const refusals = Object.entries(ERROR_TABLE).filter(([, { status }]) => status >= 400);
  expect(refusals.length).toBeGreaterThan(200);
  const rules = refusals.map(([errorId], index) => ({ nth: index + 1, action: { type: 'error', errorId: Number(errorId) } }));
  expect((await world.call('POST', '/_practice/faults', rules)).status).toBe(200);
  for (const [number, { status, domain, category, text }] of refusals) {
    const answer = await world.call('GET', '/sell/account/v1/privilege', undefined, { Authorization: 'Bearer any' });
    const [error] = answer.body.errors;
    expect([answer.status, Object.keys(answer.body), error]).toMatchObject([
      status,
      ['errors'],
      { errorId: Number(number), domain, category },
    ]);
    expect(error.message.startsWith(text.split('{')[0]?.trim() ?? '')).toBe(true);
    expect(error.message).not.toMatch(/[{}]/);
  }
});

rule(
  'faults.no-warnings',
  'guide "Handling error messages"',
  'a warning comes with a success and cannot be played as an error',
  async () => {
    const answer = await world.call('POST', '/_practice/faults', [{ action: { type: 'error', errorId: 25753 } }]);
    expect([answer.status, answer.body.problems]).toMatchObject([400, [expect.stringContaining('rules[0].action.errorId')]]);
  },
);
