// How long the program takes to begin, against Node.js alone.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { program, round } from './program.js';

export const title = 'startup: against `node -e 0`; the bar for --version is 2';
const WAYS = { 'node -e 0': ['-e', '0'], '--version': ['--version'], '--help': ['--help'], status: ['status'] };

export async function run({ compare, folder, short }) {
  program(folder);
  const env = { PATH: process.env.PATH ?? '', HOME: folder, EASYFLIP_DATA_DIR: join(folder, 'data') };
  const start = (args) => {
    const { status, stderr } = spawnSync(process.execPath, args, { env, cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  };
  const ways = Object.entries(WAYS).map(([name, args]) => [
    name,
    () => start(name === 'node -e 0' ? args : [resolve('bin/easyflip.js'), ...args]),
  ]);
  const results = await compare(Object.fromEntries(ways), short ? 3 : 15);
  return Object.entries(results).map(([command, { seconds, timesAsLongAsFirst }]) => ({
    command,
    ms: Math.round(seconds * 1000),
    'times node alone': round(timesAsLongAsFirst),
  }));
}
