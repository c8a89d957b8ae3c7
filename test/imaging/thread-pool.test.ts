import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createThreadPool } from '../../src/imaging/thread-pool.ts';

const bundled = (from: string, outfile: string): Promise<unknown> =>
  build({ entryPoints: [from], outfile, bundle: true, format: 'esm', platform: 'node' });

let folder: string;
let program: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'easyflip-threads-'));
  program = join(folder, 'thread.mjs');
  const source = join(folder, 'thread.ts');
  await writeFile(
    source,
    `import { threadId } from 'node:worker_threads';
    import { answerInThread } from ${JSON.stringify(resolve('src/imaging/answer-in-thread.ts'))};
    answerInThread(async (asked) => {
      console.log('what a library says');
      if (asked === 'die') throw new Error('dead');
      if (asked === 'hang') await new Promise(() => undefined);
      return { asked, threadId };
    });`,
  );
  await bundled(source, program);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const never = new AbortController().signal;
const failure = (what: string) => () => new Error(what);
const make = (threads: number, wornOut?: (answer: { threadId: number }, answers: number) => boolean) =>
  createThreadPool<string, { asked: string; threadId: number }>({
    ...{ threads, program, timeoutMs: 60_000, idleMs: 60_000, died: failure('died'), tooSlow: failure('too slow') },
    ...(wornOut ? { wornOut } : {}),
  });

it('a process ends although a thread rests, and hears nothing of what it says', async () => {
  const outfile = join(folder, 'pool.mjs');
  await bundled('src/imaging/thread-pool.ts', outfile);
  const main = join(folder, 'main.mjs');
  await writeFile(
    main,
    `import { createThreadPool } from ${JSON.stringify(outfile)};
    const hour = 3_600_000;
    const options = { threads: 1, program: ${JSON.stringify(program)}, timeoutMs: hour, idleMs: hour, died: Error, tooSlow: Error };
    const { asked } = await createThreadPool(options).ask('a', new AbortController().signal);
    console.log('answered', asked);`,
  );
  // Does not end before the hour is over otherwise.
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [main]);
  expect([stdout, stderr]).toEqual(['answered a\n', '']);
});

it('a thread is used again until it is worn out or has died; a death is told to who asked, and to nobody else', async () => {
  const pool = make(1, (_, answers) => answers >= 3);
  const threads: number[] = [];
  for (const asked of ['a', 'b', 'c', 'd']) threads.push((await pool.ask(asked, never)).threadId);
  expect(new Set(threads.slice(0, 3)).size).toBe(1);
  expect(threads[3]).not.toBe(threads[0]);
  const [dead, next] = await Promise.allSettled([pool.ask('die', never), pool.ask('e', never)]);
  expect(dead).toMatchObject({ status: 'rejected', reason: { message: 'died' } });
  expect(next).toMatchObject({ status: 'fulfilled', value: { asked: 'e' } });
});

it('one that hangs is ended by who gives up, and the next one gets another', async () => {
  const pool = make(1);
  const patience = new AbortController();
  const hung = pool.ask('hang', patience.signal);
  const next = pool.ask('a', never);
  patience.abort(new Error('enough'));
  await expect(hung).rejects.toThrow('enough');
  await expect(next).resolves.toMatchObject({ asked: 'a' });
});
