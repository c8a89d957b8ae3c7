import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommand } from '../../src/notify/command.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'easyflip-command-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (
  script: string,
  over: { readonly timeoutMs?: number; readonly signal?: AbortSignal; readonly text?: string } = {},
): Promise<void> =>
  runCommand({
    name: 'mail',
    run: [process.execPath, '-e', script, join(folder, 'out')],
    text: 'two words; $(touch pwned)',
    timeoutMs: 60_000,
    signal: new AbortController().signal,
    env: { PATH: process.env.PATH },
    ...over,
  });

it('gives the message on standard input, and no shell reads it', async () => {
  await run(`require('fs').writeFileSync(process.argv[1], require('fs').readFileSync(0))`);
  expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('two words; $(touch pwned)\n');
});

it('one that reads nothing may tell a long message all the same', async () => {
  await run('process.exit(0)', { text: 'x'.repeat(5_000_000) });
});

it('tells how it ended, and that it cannot be started', async () => {
  await expect(run('process.exit(7)')).rejects.toMatchObject({
    code: 'alert.unsent',
    message: 'The command "mail" was not told: it ended with 7.',
  });
  await expect(
    runCommand({ name: 'mail', run: [join(folder, 'nothing')], text: '', timeoutMs: 1000, signal: new AbortController().signal, env: {} }),
  ).rejects.toMatchObject({ message: expect.stringContaining('ENOENT') });
});

it('is ended with what it started when it takes too long, or when the program is stopped', async () => {
  // The grandchild would keep writing if it lived on.
  const script = `
    const { spawn } = require('child_process');
    spawn(process.execPath, ['-e', "setTimeout(() => require('fs').writeFileSync(process.argv[1], 'alive'), 3000)", process.argv[1]], { stdio: 'ignore' });
    setInterval(() => {}, 1000);`;
  await expect(run(script, { timeoutMs: 700 })).rejects.toMatchObject({ message: expect.stringContaining('did not end within 0.7 s') });
  const stop = new AbortController();
  const stopped = run(script, { signal: stop.signal });
  stop.abort();
  await expect(stopped).rejects.toMatchObject({ message: expect.stringContaining('the program was stopped') });
  await new Promise((done) => setTimeout(done, 4_000));
  expect(existsSync(join(folder, 'out'))).toBe(false);
});
