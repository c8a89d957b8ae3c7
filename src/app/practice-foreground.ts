import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { EasyflipError } from '../core/errors.ts';
import { practiceServerFile, runningPractice } from './practice-process.ts';

export interface PracticeRequest {
  readonly stateFile: string;
  readonly port?: number | undefined;
  readonly onStarted: (url: string) => void;
}

/** Often enough that a server started by `list` does not end for want of visitors. */
const KEEP_AWAKE_MS = 60_000;

/**
 * The practice marketplace for looking at: starts it, or joins the one that a run has started on the same
 * state, and stays until interrupted. Errors: `usage.invalid` for a port that cannot be had, `practice.busy`.
 */
export async function openPractice({ stateFile: named, port, onStarted }: PracticeRequest): Promise<void> {
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
    throw new EasyflipError('usage.invalid', '--port takes a number from 0 to 65535.', { hint: 'Leave it out to take any free port.' });
  }
  const stateFile = resolve(named);
  const running = await runningPractice(stateFile);
  if (running) return join(running, port, onStarted);
  await mkdir(dirname(stateFile), { recursive: true, mode: 0o700 });
  await start(stateFile, port, onStarted);
}

async function join(url: string, port: number | undefined, onStarted: (url: string) => void): Promise<void> {
  if (port !== undefined && new URL(url).port !== String(port)) {
    throw new EasyflipError('practice.busy', `It is running already, at ${url}.`, { hint: 'Use that address, leave out --port, or give another --state.' });
  }
  onStarted(url);
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());
  while (!stopped.signal.aborted) {
    await fetch(`${url}/_practice/health`).catch(() => {});
    await pause(KEEP_AWAKE_MS, undefined, { signal: stopped.signal }).catch(() => {});
  }
}

async function start(stateFile: string, port: number | undefined, onStarted: (url: string) => void): Promise<void> {
  const args = [practiceServerFile(), '--state', stateFile, ...(port === undefined ? [] : ['--port', String(port)])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const pass = (signal: NodeJS.Signals): boolean => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, pass);
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-500);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said = JSON.parse(line) as { type?: string; url?: string };
    if (said.type === 'practice.started' && said.url) onStarted(said.url);
  });
  const code = await new Promise<number | null>((done) => child.on('exit', (exitCode) => done(exitCode)));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, pass);
  if (code !== 0 && code !== null) {
    throw new EasyflipError('practice.busy', `The practice marketplace ended: ${complaint.trim() || `exit code ${code}`}`, {
      hint: 'Choose another --port, or another --state.',
    });
  }
}
