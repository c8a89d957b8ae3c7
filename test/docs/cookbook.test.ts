import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { World } from '../support/world.ts';
import { commandPages } from './command-pages.ts';

const PAGE = readFileSync('docs/cookbook.md', 'utf8');
const blocks = (kind: string): readonly string[] =>
  [...PAGE.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, name, text = '']) =>
    name === kind ? text.split('\n').filter((line) => line.includes('easyflip')) : [],
  );

/** 3: `doctor` has something to look at, and the items of the pile have no category yet. */
const MAY_END: Readonly<Record<string, readonly number[]>> = { doctor: [0, 3], export: [0, 3] };

let world: World;
let bin: string;
beforeAll(async () => {
  world = await World.open();
  await completeItems(world, 2);
  cpSync('fixtures/photos', join(world.root, 'pile'), { recursive: true, filter: (path) => !/photos\/.+\/|photos\/[^.]+$/.test(path) });
  bin = join(world.root, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'easyflip'), `#!/bin/sh\nexec '${process.execPath}' '${resolve('bin/easyflip.js')}' "$@"\n`, { mode: 0o755 });
});
afterAll(() => world.close());

it('has lines to run and lines to hold against the program', () => {
  expect(blocks('sh').length).toBeGreaterThan(25);
  expect(blocks('text').length).toBeGreaterThan(4);
});

it.each(blocks('sh'))('%s', async (line) => {
  // Not spawnSync: the practice marketplace answers in this process.
  const child = spawn('sh', ['-c', line], {
    cwd: world.root,
    env: {
      PATH: `${bin}:${process.env.PATH}`,
      HOME: join(world.root, 'home'),
      EASYFLIP_DATA_DIR: world.data,
      EASYFLIP_PRACTICE_URL: world.practice.url,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const status = await new Promise((done) => child.on('close', done));
  const [, command = ''] = line.split(' ');
  expect(MAY_END[command] ?? [0], told).toContain(status);
});

it.each(blocks('text'))('is known to the program: %s', (line) => {
  const words = line.slice(line.indexOf('easyflip ')).split(/\s+/).slice(1);
  const help = commandPages().find(({ name }) => name === words[0])?.help;
  expect(help).toBeDefined();
  for (const flag of words.filter((word) => word.startsWith('--'))) expect(help).toMatch(new RegExp(`${flag}\\b`));
});
