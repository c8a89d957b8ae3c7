import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll } from 'vitest';

interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  /** The next line the child prints, parsed. Rejects with its error output when it ends before. */
  next(): Promise<unknown>;
  /** SIGKILL, and waits until the system has taken it away. */
  kill(): Promise<void>;
  ended(): Promise<number | null>;
}

export interface ChildProcesses {
  start(task: string, ...args: readonly string[]): Child;
  /** The same on a disk mounted over `folder` that only this child sees and that vanishes with it. */
  startOnDisk(mount: string, folder: string, task: string, ...args: readonly string[]): Child;
}

/** Linux with user namespaces, which some containers forbid. */
export const canMountPrivately = (): boolean => spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

/** Real processes that run the real store: built once per test file, because Node 20 reads no TypeScript. */
export function childProcesses(): ChildProcesses {
  const folder = mkdtempSync(join(tmpdir(), 'easyflip-child-'));
  const program = join(folder, 'child.mjs');
  const children: Child[] = [];

  beforeAll(async () => {
    const sqlite = pathToFileURL(createRequire(import.meta.url).resolve('better-sqlite3')).href;
    await build({
      entryPoints: [fileURLToPath(new URL('./child-tasks.ts', import.meta.url))],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      plugins: [{ name: 'sqlite', setup: (b) => b.onResolve({ filter: /^better-sqlite3$/ }, () => ({ path: sqlite, external: true })) }],
    });
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await child.kill();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const start = (command: string, args: readonly string[]): Child => {
    const child = childOf(spawn(command, args));
    children.push(child);
    return child;
  };
  return {
    start: (task, ...args) => start(process.execPath, [program, task, ...args]),
    startOnDisk: (mount, folder, ...args) =>
      start('unshare', ['-rm', 'sh', '-c', `${mount} "$0" && exec "$@"`, folder, process.execPath, program, ...args]),
  };
}

function childOf(process: ChildProcessWithoutNullStreams): Child {
  const errors: string[] = [];
  process.stderr.on('data', (chunk) => errors.push(String(chunk)));
  const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  const exit = once(process, 'exit') as Promise<[number | null]>;
  return {
    process,
    async next() {
      const line = await lines.next();
      if (line.done) throw new Error(`the child ended: ${errors.join('')}`);
      return JSON.parse(String(line.value)) as unknown;
    },
    async kill() {
      process.kill('SIGKILL');
      await exit;
    },
    ended: async () => (await exit)[0],
  };
}
