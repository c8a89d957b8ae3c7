import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fuse } from './fuse.ts';

/** The practice marketplace in a process of its own, so that it can die: then it is started again at its address, with what it has on disk. */
export class MarketplaceProcess {
  readonly #state: string;
  #child: ChildProcess | undefined;
  /** Ends when the one that follows a dead one answers. */
  #following: Promise<void> | undefined;
  #isEnding = false;
  url = '';

  private constructor(state: string) {
    this.#state = state;
  }

  static async open(state: string): Promise<MarketplaceProcess> {
    const process = new MarketplaceProcess(state);
    await process.#start({});
    return process;
  }

  /** From now on it writes down its works, and dies at the moment `at`; the one that follows it knows nothing of that. */
  async restart(trace: string, at: string | undefined): Promise<void> {
    await this.close();
    this.#isEnding = false;
    this.#following = undefined;
    await this.#start(fuse('practice-server.js', trace, at));
  }

  /** To be asked when it has died: ends when it is back. */
  async isBack(): Promise<void> {
    // Its connections are cut a moment before its death is told.
    if (this.#child?.exitCode === null && this.#child.signalCode === null && this.#following === undefined) await once(this.#child, 'exit');
    await this.#following;
  }

  async close(): Promise<void> {
    await this.#following;
    this.#isEnding = true;
    if (this.#child === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }

  async #start(env: Readonly<Record<string, string>>): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port;
    const child = spawn(process.execPath, [resolve('dist/practice-server.js'), '--state', this.#state, '--port', port], {
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    child.once('exit', () => {
      if (!this.#isEnding) this.#following = this.#start({});
    });
    for await (const line of createInterface({ input: child.stdout })) {
      this.url = (JSON.parse(line) as { url: string }).url;
      return;
    }
    throw new Error('the practice marketplace did not start');
  }
}
