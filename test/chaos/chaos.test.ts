import { expect, it } from 'vitest';
import type { Plan } from './campaign.ts';
import { ordeal } from './ordeal.ts';

/** The small forms of `npm run chaos`. */
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
  rounds: 12,
};

it.each([
  ['one process, the marketplace two days ahead, its calls of the day run out', PLAN],
  [
    'three processes on one database and the same folders, the marketplace two days behind',
    { ...PLAN, items: 30, seed: 8, processes: 3, daysAhead: -2, pictureQuota: 1 },
  ],
] as const)(
  'one in five calls fails, services black out, clocks jump; %s: each good item is live once, nothing secret is left behind',
  async (_, plan) => {
    const lines: string[] = [];
    const verdict = await ordeal(plan, (line) => lines.push(line));
    const story = lines.join('\n');
    expect(verdict.problems, story).toEqual([]);
    expect(verdict.live, story).toBe(verdict.good);
    // A fault that never came proves nothing.
    expect(Object.keys(verdict.struck).length, story).toBeGreaterThan(5);
    expect(verdict.deadLetters, story).toEqual({ 'picture.rejected': 1 });
    expect(verdict.scan.files).toBeGreaterThan(plan.items);
  },
  // Of a machine that does other work too.
  900_000,
);
