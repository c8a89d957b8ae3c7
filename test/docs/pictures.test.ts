import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';

const FOLDER = 'docs/pictures';
const names = readdirSync(FOLDER);

it('README.md shows each picture, says in words what is on it, and no picture is heavy', () => {
  const shown = [...readFileSync('README.md', 'utf8').matchAll(/!\[(?<words>[^\]]+)\]\(docs\/pictures\/(?<name>[^)]+)\)/g)];
  expect(shown.map(({ groups }) => groups?.name).toSorted()).toEqual(names.toSorted());
  for (const { groups } of shown) expect(groups?.words?.length).toBeGreaterThan(40);
  for (const name of names) expect(statSync(join(FOLDER, name)).size, name).toBeLessThan(300_000);
});

it('the picture of a run names no folder of the machine it was made on, and the other one carries no metadata', async () => {
  const run = readFileSync(join(FOLDER, 'run.svg'), 'utf8');
  expect(run).toContain('easyflip list photos');
  expect(run).not.toMatch(/\/(home|tmp|root|Users|work)\//);
  const { exif, xmp, iptc, icc } = await sharp(join(FOLDER, 'review.webp')).metadata();
  expect([exif, xmp, iptc, icc]).toEqual([undefined, undefined, undefined, undefined]);
});
