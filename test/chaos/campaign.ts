import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OutcomeCounts } from '../../src/core/outcome.ts';
import { onlyColour } from '../support/items.ts';
import { OpenAiServer } from '../support/openai-server.ts';
import { type Ran, World } from '../support/world.ts';
import { type Stock, stockOf, writeStock } from './goods.ts';
import { type Jump, jumpsOf, modelWeather, weatherOf } from './weather.ts';

export interface Plan {
  readonly items: number;
  readonly seed: number;
  /** Of all calls, so many are struck: 0.2 is one in five. */
  readonly share: number;
  /** The clocks of program and marketplace go so many times faster than the wall's. */
  readonly speed: number;
  readonly processes: number;
  /** Several processes are given all photos, or each its part. */
  readonly folders: 'same' | 'split';
  /** Pictures that eBay takes and then does not know: failures that no repetition mends. */
  readonly lostPictures: number;
  /** So many days the marketplace's clock is ahead of the program's; below 0: behind. */
  readonly daysAhead: number;
  /** What eBay takes of pictures in a day, as a share of all of them; 1 and more: no shortage. */
  readonly pictureQuota: number;
  /** `list` is run again so often at most, as cron would. */
  readonly rounds: number;
}

/** What one `list` or `retry-failed` came to. */
export interface Round {
  readonly command: string;
  readonly exitCode: number | null;
  readonly counts?: OutcomeCounts;
  /** By the program's clock. */
  readonly seconds: number;
  /** Codes of what failed, was held or was put off, with how often. */
  readonly codes: Readonly<Record<string, number>>;
  readonly said: string;
}

export const SECRETS = {
  key: 'sk-test-0123456789abcdef',
  passphrase: 'chaos-passphrase-90210-tulip',
} as const;

const DAY_MS = 86_400_000;
const STATE = 'practice.sqlite';
const CLOCK = resolve('test/chaos/clock.cjs');

/** A place with photos, a marketplace in a process of its own and a model, all in bad weather. */
export class Campaign {
  readonly plan: Plan;
  readonly stock: Stock;
  readonly world: World;
  readonly openai: OpenAiServer;
  /** Everything that the program has printed. */
  readonly said: string[] = [];
  readonly #baseMs: number;
  #practice!: ChildProcess;
  readonly #jumps: readonly Jump[];
  /** Nights that cron has let pass. */
  #days = 0;

  private constructor(plan: Plan, stock: Stock, world: World, openai: OpenAiServer, baseMs: number) {
    this.plan = plan;
    this.stock = stock;
    this.world = world;
    this.openai = openai;
    this.#baseMs = baseMs;
    this.#jumps = jumpsOf(plan.seed);
  }

  static async open(plan: Plan): Promise<Campaign> {
    const world = new World();
    mkdirSync(world.photos, { recursive: true });
    const stock = stockOf(plan.items, plan.seed);
    const [openai] = await Promise.all([OpenAiServer.open(() => onlyColour), writeStock(world, stock, plan.seed, (n) => partOf(plan, n))]);
    const campaign = new Campaign(plan, stock, world, openai, Date.now());
    await campaign.#beginPractice();
    writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify(settingsOf(plan)));
    await campaign.#control('settings', { journalMax: 1_000_000 });
    await campaign.#turnBad();
    return campaign;
  }

  /** `keep`: the folder stays, to be looked at. */
  async close(keep = false): Promise<void> {
    await (keep ? this.world.practice.close() : this.world.close());
    await this.openai.close();
  }

  async #turnBad(): Promise<void> {
    const { seed, share, lostPictures, daysAhead, pictureQuota, items } = this.plan;
    await this.#setClock(daysAhead);
    const pictures = [...this.stock.goods, ...this.stock.bads].reduce((sum, one) => sum + one.pictures.length, 0);
    if (pictureQuota < 1) await this.#control('settings', { callLimits: { 'commerce.media': Math.floor(pictures * pictureQuota) } });
    await this.#control('faults', weatherOf(seed, share, lostPictures).rules);
    this.openai.fail(...modelWeather(seed, share, items * 4));
  }

  /** Faults end; clocks stay as they are. What the model still had before it is passed over. */
  async turnFair(): Promise<void> {
    await this.#control('faults', []);
    await this.#control('settings', { callLimits: {} });
    this.openai.clearFaults();
  }

  /** All processes at once, as cron starts them. */
  async list(): Promise<readonly Round[]> {
    const { processes, folders } = this.plan;
    const parts = Array.from({ length: processes }, (_, at) =>
      folders === 'split' ? join(this.world.photos, `part-${at}`) : this.world.photos,
    );
    return await Promise.all(parts.map((folder) => this.run('list', folder)));
  }

  async run(...command: readonly string[]): Promise<Round> {
    const beganMs = Date.now();
    const ran = await this.start(...command, '--json');
    return roundOf(command[0] ?? '', ran, ((Date.now() - beganMs) / 1000) * this.plan.speed);
  }

  async start(...command: readonly string[]): Promise<Ran> {
    const ran = await this.world.start(command, {
      ...this.openai.env,
      OPENAI_API_KEY: SECRETS.key,
      EASYFLIP_PASSPHRASE: SECRETS.passphrase,
      ...clockOf({ baseMs: this.#baseMs, speed: this.plan.speed, offsetMs: this.#days * DAY_MS, jumps: this.#jumps }),
    }).ended;
    this.said.push(ran.out, ran.err);
    return ran;
  }

  /** Cron comes again on the next day, on all clocks. */
  async nextDay(): Promise<void> {
    this.#days += 1;
    await this.#setClock(this.plan.daysAhead + this.#days);
  }

  /** By the program's clock. */
  async wait(ms: number): Promise<void> {
    await sleep(ms / this.plan.speed);
  }

  async struck(): Promise<ReadonlyMap<string, number>> {
    const answer = await fetch(`${this.world.practice.url}/_practice/faults`);
    const { rules } = (await answer.json()) as { rules: readonly { id: string; struck: number }[] };
    return new Map(rules.map(({ id, struck }) => [id, struck]));
  }

  /** Its state file belongs to one process: to be looked at, the marketplace closes for a while. Its faults are over then. */
  async whileClosed<T>(look: (stateFile: string) => Promise<T>): Promise<T> {
    await this.#endPractice();
    try {
      return await look(join(this.world.root, STATE));
    } finally {
      await this.#beginPractice();
    }
  }

  #setClock = (days: number): Promise<void> => this.#control('settings', { clockOffsetMs: days * DAY_MS });

  async #control(path: string, body: unknown): Promise<void> {
    const answer = await fetch(`${this.world.practice.url}/_practice/${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  }

  async #beginPractice(): Promise<void> {
    this.#practice = practiceProcess(this.world, { baseMs: this.#baseMs, speed: this.plan.speed });
    this.world.practice = { url: await addressOf(this.#practice), close: () => this.#endPractice() };
  }

  async #endPractice(): Promise<void> {
    const ended = new Promise((done) => this.#practice.once('close', done));
    this.#practice.kill('SIGTERM');
    await ended;
  }
}

/** As shipped, but for the log, which is counted, and for work on this machine: no clock makes its cores faster. */
const settingsOf = ({ speed }: Plan): object => ({
  log: { maxMegabytes: 100 },
  services: { imaging: { timeoutMs: 60_000 * speed }, ocr: { timeoutMs: 120_000 * speed } },
});

/** Below the photos: where an item lies. */
export const partOf = ({ folders, processes }: Plan, n: number): string => (folders === 'split' ? `part-${n % processes}` : 'all');

const clockOf = (clock: { baseMs: number; speed: number; offsetMs?: number; jumps?: readonly Jump[] }): Record<string, string> => ({
  NODE_OPTIONS: `--require=${CLOCK}`,
  EASYFLIP_CLOCK: JSON.stringify(clock),
});

function practiceProcess(world: World, clock: { readonly baseMs: number; readonly speed: number }): ChildProcess {
  return spawn(process.execPath, [resolve('dist/practice-server.js'), '--state', join(world.root, STATE)], {
    env: { PATH: process.env.PATH ?? '', ...clockOf(clock) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function addressOf(practice: ChildProcess): Promise<string> {
  for await (const chunk of practice.stdout ?? []) return (JSON.parse(String(chunk).split('\n')[0] ?? '') as { url: string }).url;
  throw new Error('the practice marketplace did not start');
}

function roundOf(command: string, ran: Ran, seconds: number): Round {
  const codes: Record<string, number> = {};
  for (const line of ran.lines) {
    if (line.type !== 'item.finished') continue;
    const { code } = (line.reason ?? {}) as { code?: string };
    const key = `${String(line.outcome)} ${code ?? ''}`.trim();
    codes[key] = (codes[key] ?? 0) + 1;
  }
  const last = ran.lines.at(-1);
  return {
    command,
    exitCode: ran.code,
    ...(last?.type === 'run.finished' ? { counts: last.counts as OutcomeCounts } : {}),
    seconds: Math.round(seconds),
    codes,
    said: last?.type === 'run.finished' ? '' : `${JSON.stringify(last)} ${ran.err}`,
  };
}
