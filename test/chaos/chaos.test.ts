import { expect, it } from 'vitest';
import type { Plan } from './campaign.ts';
import { ordeal } from './ordeal.ts';

const PLAN: Plan = {
  items: 20,
  seed: 7,
  share: 0.2,
  speed: 20,
  processes: 1,
  folders: 'same',
  lostPictures: 1,
  daysAhead: 2,
  pictureQuota: 0.6,
  rounds: 8,
};

it('one in five calls fails, services black out, clocks jump, the day’s calls run out: each good item is live once, nothing secret is left behind', async () => {
  const lines: string[] = [];
  const verdict = await ordeal(PLAN, (line) => lines.push(line));
  expect(verdict.problems, lines.join('\n')).toEqual([]);
  expect(verdict.live).toBe(verdict.good);
});
