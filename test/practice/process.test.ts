import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

// Inside the project, so that the packages left outside the bundle are found.
const bundleFolder = mkdtempIn(join(process.cwd(), 'node_modules', '.cache'));
const bundle = join(bundleFolder, 'practice-server.mjs');
const folder = mkdtempSync(join(tmpdir(), 'easyflip-practice-process-'));
const started: ChildProcess[] = [];

beforeAll(() =>
  build({
    entryPoints: ['src/practice/main.ts'],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  }),
);
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = exited(child);
      child.kill('SIGKILL');
      await gone;
    }
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(bundleFolder, { recursive: true, force: true });
});

describe('the practice server as a process', () => {
  it('says one line, keeps its state file to itself, and ends in order', async () => {
    const state = join(folder, 'deep', 'a.sqlite');
    const first = start(state);
    const line = await firstLine(first);
    expect(line).toEqual({ type: 'practice.started', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
    expect(JSON.parse(readFileSync(`${state}.address.json`, 'utf8'))).toEqual({ url: line.url, pid: first.pid });
    const second = start(state);
    expect(await firstLine(second)).toEqual({ type: 'practice.already-running', url: line.url });
    expect(await exited(second)).toBe(75);
    const end = exited(first);
    await fetch(`${line.url}/_practice/stop`, { method: 'POST' });
    expect(await end).toBe(0);
    expect(existsSync(`${state}.address.json`)).toBe(false);
  });

  it('keeps what it answered when it is killed, and frees the file', async () => {
    const state = join(folder, 'b.sqlite');
    const first = start(state);
    const { url } = await firstLine(first);
    const bearer = await sellerToken(url);
    const location = { location: { address: { country: 'US', postalCode: '10001' } } };
    const made = await fetch(`${url}/sell/inventory/v1/location/garage`, {
      method: 'POST',
      headers: { Authorization: bearer, 'Content-Type': 'application/json' },
      body: JSON.stringify(location),
    });
    expect(made.status).toBe(204);
    const end = exited(first);
    first.kill('SIGKILL');
    await end;
    const again = await firstLine(start(state));
    expect(again.type).toBe('practice.started');
    const kept = await fetch(`${again.url}/sell/inventory/v1/location/garage`, { headers: { Authorization: bearer } });
    expect(kept.status).toBe(200);
    const requests = (await (await fetch(`${again.url}/_practice/requests`)).json()) as { path: string }[];
    expect(requests.map((entry) => entry.path)).toContain('/sell/inventory/v1/location/garage');
  });

  it('lets one of several that start at once win, and the others join it', async () => {
    const state = join(folder, 'c.sqlite');
    const lines = await Promise.all([start(state), start(state), start(state)].map(firstLine));
    expect(lines.map((line) => line.type).sort()).toEqual(['practice.already-running', 'practice.already-running', 'practice.started']);
    expect(new Set(lines.map((line) => line.url)).size).toBe(1);
  });

  it('ends by itself when nobody asks, and on SIGTERM', async () => {
    const idle = start(join(folder, 'd.sqlite'), '--idle-exit-seconds', '0.5');
    await firstLine(idle);
    expect(await exited(idle)).toBe(0);
    const told = start(join(folder, 'e.sqlite'));
    await firstLine(told);
    told.kill('SIGTERM');
    expect(await exited(told)).toBe(0);
  });

  it('refuses arguments it does not know', async () => {
    const child = spawn(process.execPath, [bundle, '--nonsense', '1'], { stdio: ['ignore', 'pipe', 'pipe'] });
    started.push(child);
    expect(await exited(child)).toBe(2);
  });
});

describe('easyflip practice', () => {
  const cli = (...args: readonly string[]) => {
    const env = { PATH: process.env.PATH ?? '', HOME: folder, EASYFLIP_DATA_DIR: join(folder, 'data') };
    const child = spawn(process.execPath, ['bin/easyflip.js', 'practice', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    started.push(child);
    return child;
  };
  const errorOf = async (child: ChildProcess) => {
    let text = '';
    child.stderr?.on('data', (chunk) => {
      text += String(chunk);
    });
    return { code: await exited(child), text };
  };

  it('serves with a script of faults, ends on Ctrl-C, and a second one brings its script to the first', async () => {
    const [state, script] = [join(folder, 'cli.sqlite'), join(folder, 'faults.json')];
    writeFileSync(script, JSON.stringify([{ action: { type: 'error', errorId: 2001, retryAfterSeconds: 3 } }]));
    const first = cli('--json', '--state', state, '--faults', script);
    const { url } = await firstLine(first);
    const limited = await fetch(`${url}/sell/account/v1/privilege`);
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '3']);
    writeFileSync(script, JSON.stringify([{ action: { type: 'html-503' } }]));
    const second = cli('--json', '--state', state, '--faults', script);
    expect((await firstLine(second)).url).toBe(url);
    expect((await fetch(`${url}/sell/account/v1/privilege`)).status).toBe(503);
    const ends = [exited(second), exited(first)];
    second.kill('SIGINT');
    expect(await ends[0]).toBe(0);
    first.kill('SIGINT');
    expect(await ends[1]).toBe(0);
  });

  it('says what is wrong with a script, and does not start', async () => {
    const script = join(folder, 'wrong.json');
    const attempt = async () => errorOf(cli('--state', join(folder, 'wrong.sqlite'), '--faults', script));
    expect(await attempt()).toMatchObject({ code: 2, text: expect.stringContaining('cannot be read') });
    writeFileSync(script, '[');
    expect(await attempt()).toMatchObject({ code: 2, text: expect.stringContaining('is not JSON') });
    writeFileSync(script, '[{"action":{"type":"explode"}}]');
    expect(await attempt()).toMatchObject({ code: 2, text: expect.stringContaining('rules[0].action') });
  });
});

function start(state: string, ...more: string[]): ChildProcess {
  const child = spawn(process.execPath, [bundle, '--state', state, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  return child;
}

function firstLine(child: ChildProcess): Promise<{ type: string; url: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += String(chunk);
      if (text.includes('\n')) resolve(JSON.parse(text));
    });
    child.once('exit', () => (text === '' ? reject(new Error('It ended without a word.')) : undefined));
  });
}

function exited(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', resolve));
}

async function sellerToken(url: string): Promise<string> {
  const response = await fetch(`${url}/identity/v1/oauth2/token`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${Buffer.from('practice-app:practice-cert').toString('base64')}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=refresh_token&refresh_token=practice-refresh-token',
  });
  return `Bearer ${((await response.json()) as { access_token: string }).access_token}`;
}

function mkdtempIn(parent: string): string {
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, 'practice-'));
}
