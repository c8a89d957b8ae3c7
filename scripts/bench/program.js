// The built program as a process of its own, in a place of its own; what it took is told by itself at its end.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const USAGE = resolve(import.meta.dirname, 'usage.cjs');

let isBuilt = process.env.BENCH_AS_BUILT !== undefined;

/** BENCH_AS_BUILT: what lies in `dist` is measured; tests, which have built it and use it meanwhile, say so. */
export function buildOnce() {
  if (isBuilt) return;
  execFileSync(process.execPath, [resolve(import.meta.dirname, '../build.js')], { stdio: 'inherit' });
  isBuilt = true;
}

/** The way to run the program: `run(...args)` answers seconds, processor seconds, peak memory, bytes
 * sent by port, and its lines with the second at which each came. */
export function program(root, env = {}) {
  buildOnce();
  mkdirSync(join(root, 'home'), { recursive: true });
  return async function run(...args) {
    const usage = join(root, 'usage.json');
    rmSync(usage, { force: true });
    const began = process.hrtime.bigint();
    const child = spawn(process.execPath, ['--require', USAGE, resolve('bin/easyflip.js'), ...args], {
      cwd: root,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: join(root, 'home'),
        EASYFLIP_DATA_DIR: join(root, 'data'),
        BENCH_USAGE: usage,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines = [];
    const [out, err, code] = await Promise.all([
      text(child.stdout, (line) => lines.push({ text: line, seconds: Number(process.hrtime.bigint() - began) / 1e9 })),
      text(child.stderr),
      new Promise((done) => child.on('close', (status) => done(status))),
    ]);
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    const { cpuSeconds, peakKilobytes, sent } = JSON.parse(readFileSync(usage, 'utf8'));
    return { args, code, out, err, lines, seconds, cpuSeconds, sent, peakMegabytes: Math.round(peakKilobytes / 1024) };
  };
}

async function text(stream, tell = () => {}) {
  const all = [];
  // Only what is no whole line yet is added to: lines cut out of the whole text would each keep what there was of it alive.
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    all.push(chunk);
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) tell(line);
  }
  return all.join('');
}

/** The last line of `--json`; a program that did not do its work ends the bench. */
export function closing(ran, isRight) {
  const last = JSON.parse(ran.out.trimEnd().split('\n').at(-1) ?? '{}');
  if (isRight(last)) return last;
  throw new Error(`easyflip ${ran.args.join(' ')} ended with ${ran.code}:\n${ran.out.slice(-2_000)}\n${ran.err.slice(-2_000)}`);
}

export const round = (value, digits = 2) => Number(value.toFixed(digits));
