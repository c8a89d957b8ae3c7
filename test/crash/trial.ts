import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NAVY_SHIRT } from '../support/navy-shirt.ts';
import { OpenAiServer } from '../support/openai-server.ts';
import { type Ran, World } from '../support/world.ts';
import type { Command, Kind } from './kinds.ts';

/** `plug` is a power cut: the shared memory file is gone and the log ends in a torn write. */
export type Violence = 'kill' | 'plug';

/** What the marketplace has, by the bytes of the pictures; numbers and addresses that eBay gives are left out. */
export interface Truth {
  readonly listings: readonly string[];
  readonly items: number;
  readonly offers: number;
  readonly uploads: number;
  readonly modelCalls: number;
}

const FUSE = resolve('test/crash/fuse.cjs');
const UPLOAD = 'POST /commerce/media/v1_beta/image/create_image_from_file';
const MODEL_CALL = 'POST /v1/chat/completions';

/** One kind of item in a throw-away place with its own marketplace and model: run it, kill it, look what is there. */
export class Trial {
  readonly kind: Kind;
  readonly #world: World;
  readonly #openai: OpenAiServer;
  #itemId = '';

  private constructor(kind: Kind, world: World, openai: OpenAiServer) {
    this.kind = kind;
    this.#world = world;
    this.#openai = openai;
  }

  static async open(kind: Kind): Promise<Trial> {
    const world = await World.open();
    const trial = new Trial(kind, world, await OpenAiServer.open(() => NAVY_SHIRT));
    await kind.photos(world);
    return trial;
  }

  async close(): Promise<void> {
    await this.#world.close();
    await this.#openai.close();
  }

  /** Every moment of an unharmed run, and what is there at its end. */
  async unharmed(): Promise<{ readonly moments: readonly string[]; readonly truth: Truth }> {
    await this.#begin();
    const { ran, trace } = await this.#runUntil(undefined);
    if (ran.code !== 0) throw new Error(`${this.kind.name}: the unharmed run ended with ${ran.code}:\n${ran.out}${ran.err}`);
    const again = await this.#continue();
    if (again.length > 0) throw new Error(`${this.kind.name}: ${again.join('; ')}`);
    return { moments: trace, truth: await this.#truth() };
  }

  /** Killed at `moment` and run again to the end: everything that is not as it should be; undefined if the moment never came. */
  async killedAt(moment: string, violence: Violence, expected: Truth): Promise<readonly string[] | undefined> {
    await this.#begin();
    const { ran, trace } = await this.#runUntil(moment);
    if (ran.signal !== 'SIGKILL') return undefined;
    if (violence === 'plug') this.#pullThePlug();
    const problems = [...(await this.#continue())];
    const truth = await this.#truth();

    for (const field of ['listings', 'items', 'offers'] as const) {
      const [wanted, got] = [JSON.stringify(expected[field]), JSON.stringify(truth[field])];
      if (wanted !== got) problems.push(`${field}: ${got} instead of ${wanted}`);
    }
    // What was answered and written down is never asked for again; what was under way may be, once.
    const underWay = (call: string, stage: string): number =>
      count(trace, `before ${call} `) - count(trace, 'after write (answer journal', ` ${stage} `);
    for (const [field, may] of [
      ['uploads', underWay(UPLOAD, 'upload')],
      ['modelCalls', underWay(MODEL_CALL, 'draft')],
    ] as const) {
      const more = truth[field] - expected[field];
      if (more < 0 || more > Math.max(0, may)) problems.push(`${field}: ${truth[field]}, ${may} under way, instead of ${expected[field]}`);
    }
    problems.push(...(await this.#ledgerProblems()));
    return problems;
  }

  async #begin(): Promise<void> {
    this.#world.forgetDatabase();
    await this.#world.reset();
    this.#openai.asked.length = 0;
    for (const command of this.kind.before ?? []) {
      const ran = await this.#run(command);
      if (ran.code !== 0) throw new Error(`${this.kind.name}: ${command[0]} ended with ${ran.code}:\n${ran.out}${ran.err}`);
      this.#itemId = String(ran.lines.find(({ type }) => type === 'item.finished')?.item);
    }
  }

  async #runUntil(at: string | undefined): Promise<{ readonly ran: Ran; readonly trace: readonly string[] }> {
    const trace = join(this.#world.root, 'trace');
    rmSync(trace, { force: true });
    const ran = await this.#run(this.kind.killed, { NODE_OPTIONS: `--require=${FUSE}`, EASYFLIP_FUSE: JSON.stringify({ trace, at }) });
    return { ran, trace: existsSync(trace) ? readFileSync(trace, 'utf8').split('\n').filter(Boolean) : [] };
  }

  /** The same command again, as a person or cron would; then the folder once more, until everything is found done. */
  async #continue(): Promise<readonly string[]> {
    const problems: string[] = [];
    const repeated = await this.#run(this.kind.killed);
    // A command that had done its work before the kill may say so.
    if (![0, 2].includes(repeated.code ?? -1) || (repeated.code === 2 && this.kind.killed[0] === 'list'))
      problems.push(`again: exit code ${repeated.code}: ${repeated.out.slice(-600)}${repeated.err}`);
    // The folder's own run may finish what the command was killed in; the one after it finds everything done.
    const once = await this.#listed();
    const last = once.listed === 0 ? once : await this.#listed();
    if (last.exitCode !== 0 || last.listed !== 0 || last.sum !== last.items) problems.push(`the last list: ${JSON.stringify(last)}`);
    return problems;
  }

  async #listed(): Promise<{ readonly items: number; readonly listed: number; readonly sum: number; readonly exitCode: number }> {
    const ran = await this.#run(['list', 'FOLDER', '--json']);
    const { counts, exitCode } = ran.lines.at(-1) as unknown as { counts: Record<string, number>; exitCode: number };
    const { items = 0, ...outcomes } = counts ?? {};
    return { items, listed: outcomes.listed ?? 0, sum: Object.values(outcomes).reduce((total, one) => total + one, 0), exitCode };
  }

  #pullThePlug(): void {
    for (const name of readdirSync(this.#world.data)) {
      const file = join(this.#world.data, name);
      if (name.endsWith('-shm')) rmSync(file);
      if (name.endsWith('-wal')) appendFileSync(file, Buffer.alloc(1_000, 0x5a));
    }
  }

  async #truth(): Promise<Truth> {
    const listings = await this.#world.listings();
    const uploads = (await this.#world.calls()).filter(({ method, path, status }) => `${method} ${path}` === UPLOAD && status === 201);
    const inventory = await this.#inventory();
    return {
      listings: listings
        .map(({ listingId: _id, pictures, ...rest }) => JSON.stringify({ ...rest, pictures: pictures.map(({ sha256 }) => sha256) }))
        .sort(),
      ...inventory,
      uploads: uploads.length,
      modelCalls: this.#openai.asked.length,
    };
  }

  /** Inventory items and offers as eBay's own API tells them. */
  async #inventory(): Promise<Pick<Truth, 'items' | 'offers'>> {
    const { url } = this.#world.practice;
    const granted = await fetch(`${url}/identity/v1/oauth2/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${Buffer.from('practice-app:practice-cert').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'practice-refresh-token' }),
    });
    const { access_token } = (await granted.json()) as { access_token: string };
    const get = async <T>(path: string): Promise<T> =>
      (await (await fetch(`${url}/sell/inventory/v1/${path}`, { headers: { Authorization: `Bearer ${access_token}` } })).json()) as T;
    const { inventoryItems = [] } = await get<{ inventoryItems?: readonly { sku: string }[] }>('inventory_item?limit=100');
    const offers = await Promise.all(inventoryItems.map(({ sku }) => get<{ total?: number }>(`offer?sku=${sku}`)));
    return { items: inventoryItems.length, offers: offers.reduce((sum, { total = 0 }) => sum + total, 0) };
  }

  /** No call was made that the ledger does not know; one that was cut off stays in it at its worst case. */
  async #ledgerProblems(): Promise<readonly string[]> {
    const line = (await this.#run(['costs', '--json'])).lines.at(-1) as unknown as { total: { calls: number } };
    const asked = this.#openai.asked.length;
    return line.total.calls < asked || line.total.calls > asked + 1 ? [`the ledger knows ${line.total.calls} of ${asked} calls`] : [];
  }

  #run(command: Command, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const words = command.map((word) => word.replace(/^FOLDER$/, this.#world.photos).replace(/^ITEM$/, this.#itemId));
    return this.#world.start(words, { ...(this.kind.asksModel ? this.#openai.env : {}), ...env }).ended;
  }
}

const count = (trace: readonly string[], start: string, within = ''): number =>
  trace.filter((line) => line.startsWith(start) && line.includes(within)).length;
