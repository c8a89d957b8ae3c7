import { afterEach, beforeEach, expect, test } from 'vitest';
import { type PracticeWorld, practiceWorld } from './practice-world.ts';
import { call } from './support.ts';

const PICTURES = 12;
let world: PracticeWorld;
beforeEach(async () => {
  world = await practiceWorld();
});
afterEach(() => world.close());

test('answers that come twice on their line never pass for the answer to the next call', async () => {
  const market = world.connect();
  const pictures: Awaited<ReturnType<typeof world.picture>>[] = [];
  while (pictures.length < PICTURES) pictures.push(await world.picture());
  const policies = await market.policies(call());
  await world.faults({ action: { type: 'answer-twice' } });
  const urls: string[] = [];
  for (const picture of pictures) {
    const { url } = await market.uploadPicture(picture, call());
    urls.push(url);
    expect(await world.connect().policies(call())).toEqual(policies);
  }
  expect(new Set(urls).size).toBe(PICTURES);
  // None was repeated: each call had its own answer at once.
  expect(await world.uploads()).toBe(PICTURES);
});
