import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { OutcomeCounts } from '../../src/core/outcome.ts';
import { startPractice } from '../../src/practice/server.ts';

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
  /** Standard output as JSON lines; fails the test when a line is none. */
  readonly lines: readonly JsonLine[];
}

/** The program while it runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
  /** What it has printed of JSON lines by now, whole lines only. */
  lines(): readonly JsonLine[];
  /** Resolves when `check` is fulfilled, by what was printed or by what can be seen elsewhere; throws when the program ends before that. */
  until(check: () => boolean | Promise<boolean>): Promise<void>;
}

export interface JsonLine {
  readonly type: string;
  readonly [key: string]: unknown;
}

export interface FinishedLine extends JsonLine {
  readonly counts: OutcomeCounts;
  readonly exitCode: number;
}

export interface PracticeListing {
  readonly listingId: string;
  readonly sku: string;
  readonly title: string;
  readonly categoryId: string;
  readonly price: { readonly value: string; readonly currency: string };
  readonly quantity: number;
  readonly aspects: Readonly<Record<string, readonly string[]>>;
  readonly condition: string;
  readonly pictures: readonly { readonly url: string; readonly sha256: string }[];
  readonly status: string;
}

export interface JournalCall {
  readonly n: number;
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** A throw-away place: photos, data folder, home, and a practice marketplace of its own. */
export class World {
  readonly root = mkdtempSync(join(tmpdir(), 'easyflip-test-'));
  readonly photos = join(this.root, 'photos');
  readonly data = join(this.root, 'data');
  practice!: { readonly url: string; close(): Promise<void> };
  readonly #children = new Set<ChildProcess>();

  static async open(): Promise<World> {
    const world = new World();
    mkdirSync(world.photos, { recursive: true });
    world.practice = await startPractice({ state: join(world.root, 'practice.sqlite') });
    return world;
  }

  async close(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    await this.practice.close();
    rmSync(this.root, { recursive: true, force: true });
  }

  write(path: string, content: string | Uint8Array): string {
    const full = resolve(this.photos, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, content);
    return full;
  }

  /** What the program is told of its surroundings. */
  get env(): Readonly<Record<string, string>> {
    return {
      PATH: process.env.PATH ?? '',
      HOME: join(this.root, 'home'),
      EASYFLIP_DATA_DIR: this.data,
      EASYFLIP_PRACTICE_URL: this.practice.url,
    };
  }

  forgetDatabase(): void {
    rmSync(this.data, { recursive: true, force: true });
  }

  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
    const child = spawn(process.execPath, [resolve('bin/easyflip.js'), ...args], {
      cwd: this.root,
      env: { ...this.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const ended = new Promise<Ran>((done) => {
      child.on('close', (code, signal) => {
        this.#children.delete(child);
        done({
          code,
          signal,
          out,
          err,
          get lines() {
            return linesOf(out);
          },
        });
      });
    });
    const until = (check: () => boolean | Promise<boolean>): Promise<void> =>
      untilTrue(async () => {
        if (await check()) return true;
        if (child.exitCode !== null || child.signalCode !== null) {
          throw new Error(`easyflip ${args.join(' ')} ended with ${child.exitCode ?? child.signalCode}: ${out}${err}`);
        }
        return false;
      });
    return { child, ended, lines: () => linesOf(out.slice(0, out.lastIndexOf('\n') + 1)), until };
  }

  run(...args: readonly string[]): Promise<Ran> {
    return this.start(args).ended;
  }

  async listings(): Promise<readonly PracticeListing[]> {
    return (await this.#asked('listings')) as PracticeListing[];
  }

  async calls(): Promise<readonly JournalCall[]> {
    return (await this.#asked('requests')) as JournalCall[];
  }

  /** On a line of its own: one that was kept open is cut when this process was busy for longer than the server keeps it. */
  async #asked(what: string): Promise<unknown> {
    return await (await fetch(`${this.practice.url}/_practice/${what}`, { headers: { connection: 'close' } })).json();
  }

  async writingCalls(): Promise<readonly JournalCall[]> {
    return (await this.calls()).filter(isWriting);
  }

  async reset(): Promise<void> {
    await fetch(`${this.practice.url}/_practice/reset`, { method: 'POST' });
  }
}

/** Waits without an end of its own: a test that hangs is ended by its timeout. */
export async function untilTrue(check: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await check())) await pause(50);
}

const linesOf = (text: string): readonly JsonLine[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JsonLine);

/** Calls that change something at eBay; bulk gets and tokens are POSTs that do not. */
export const isWriting = ({ method, path }: Pick<JournalCall, 'method' | 'path'>): boolean =>
  method !== 'GET' && !path.includes('/oauth2/token') && !path.includes('bulk_get_inventory_item');

export const finished = (ran: Ran): FinishedLine => {
  const last = ran.lines.at(-1);
  if (last?.type !== 'run.finished') throw new Error(`no run.finished at the end:\n${ran.out}\n${ran.err}`);
  return last as FinishedLine;
};

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
