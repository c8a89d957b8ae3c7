import { afterAll, beforeAll, expect, it } from 'vitest';
import { World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

it.each([
  ['a command', ['lst'], 'Did you mean list?', 'easyflip --help'],
  ['a command of a command', ['config', 'sho'], 'Did you mean show?', 'easyflip config --help'],
  ['an option', ['list', '--limitt', '3'], 'Did you mean --limit?', 'easyflip list --help'],
  ['one of a few words, none of which is near', ['completion', 'tcsh'], 'Allowed choices are bash', 'easyflip completion --help'],
  ['one of a few words', ['pause', 'inventry'], 'Did you mean inventory?', 'easyflip pause --help'],
  ['one of a few values', ['list', '.', '--env', 'sandbx'], 'Did you mean sandbox?', 'easyflip list --help'],
  ['an error code', ['explain', 'photo.damagd'], 'next:', 'Did you mean "photo.damaged"?'],
  ['a field', ['approve', 'X', '--set', 'colr=Blue'], 'probably "color" was meant', '--set color='],
] as const)('a slip in %s is told with what was meant, and what to type next', async (_, args, meant, next) => {
  const { code, err } = await world.run(...args);
  expect(code).toBe(2);
  expect(err).toContain(meant);
  expect(err).toContain(next);
});
