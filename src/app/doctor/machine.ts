import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Folders } from '../../config/folders.ts';
import { loadSharp } from '../../imaging/load-sharp.ts';
import { type Check, type Found, fail, pass, skip, warn } from './finding.ts';

const NODE_LEAST = [20, 19] as const;
/** A day's pictures of a busy seller, twice. */
const LOW_DISK_BYTES = 2e9;
const FULL_DISK_BYTES = 200e6;
const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** The program and the place it works in: nothing outside is asked. */
export const machineChecks = (folders: Folders, settings: Found): readonly Check[] => [
  {
    name: 'Node.js',
    look: async () => {
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
      const isOld = major < NODE_LEAST[0] || (major === NODE_LEAST[0] && minor < NODE_LEAST[1]);
      return isOld ? fail(`${process.version} is too old.`, `Install Node.js ${NODE_LEAST.join('.')} or newer.`) : pass(process.version);
    },
  },
  { name: 'picture module', look: () => loads('sharp', loadSharp) },
  { name: 'settings', look: async () => settings },
  {
    name: 'data folder',
    look: async () => {
      const place = await nearestPlace(folders.data);
      const writable = await access(place, constants.W_OK).then(
        () => true,
        () => false,
      );
      if (!writable) return fail(`${folders.data} cannot be written.`, 'Make it writable for you, or choose another with --data-dir.');
      return pass(place === folders.data ? place : `${folders.data}, to be made with the first run`);
    },
  },
  {
    name: 'disk space',
    look: async () => {
      const space = await statfs(await nearestPlace(folders.data)).catch(() => undefined);
      if (!space) return skip('this file system does not tell');
      const { bavail, bsize } = space;
      const free = bavail * bsize;
      if (free < FULL_DISK_BYTES) return fail(`${gigabytes(free)} left.`, 'Free some disk space before the next run.');
      if (free < LOW_DISK_BYTES) return warn(`${gigabytes(free)} left.`, 'Free some disk space soon.');
      return pass(`${gigabytes(free)} left`);
    },
  },
];

/** The folder itself, or where it would be made: looking changes nothing. */
async function nearestPlace(folder: string): Promise<string> {
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  return isThere || dirname(folder) === folder ? folder : await nearestPlace(dirname(folder));
}

async function loads(name: string, load: () => Promise<unknown>): ReturnType<Check['look']> {
  try {
    await load();
    return pass(`${name} loads`);
  } catch {
    return fail(`${name} does not load on this machine.`, 'Install easyflip again with this Node.js: its modules belong to one version.');
  }
}
