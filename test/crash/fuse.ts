import { resolve } from 'node:path';

const FUSE = resolve('test/crash/fuse.cjs');

/** The environment in which `program` writes its moments into the file `trace`, and dies at the moment `at`. */
export const fuse = (
  program: 'easyflip.js' | 'practice-server.js',
  trace: string,
  at: string | undefined,
): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--require=${FUSE}`,
  EASYFLIP_FUSE: JSON.stringify({ program, trace, at }),
});
