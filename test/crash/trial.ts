import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { OpenAiServer } from '../support/openai-server.ts';
import { type JsonLine, type Ran, World } from '../support/world.ts';
import { fuse } from './fuse.ts';
import type { Command, Kind } from './kinds.ts';
import { MarketplaceProcess } from './marketplace.ts';
import { makeOlder } from './older-database.ts';
import { backedUp, cutPower, damage, ledgerProblems } from './remains.ts';
import { notAsApproved, PUBLISHING, type Truth, truthOf, UPLOAD } from './truth.ts';

/** `plug`: a power cut. `marketplace`: not the program dies but what it talks to, and is back a moment later. */
export type Violence = 'kill' | 'plug' | 'marketplace';

interface Counted {
  readonly counts: Readonly<Record<string, number>>;
  readonly exitCode: number;
}

const UPLOAD_MOMENT = new RegExp(`^${UPLOAD}$`);
/** Items that share one call here. */
const PER_CALL_MAX = 3;
const MODEL_CALL = 'POST /v1/chat/completions';
/** Commands that may find their work done by what was killed, and say so: a backup of the same second among them. */
const SAYS_DONE: ReadonlySet<string> = new Set(['approve', 'update', 'withdraw', 'backup']);

/** One kind of item in a throw-away place with its own marketplace and model: run it, kill it, look what is there. */
export class Trial {
  readonly kind: Kind;
  readonly #world: World;
  readonly #marketplace: MarketplaceProcess;
  #openai: OpenAiServer;
  #itemId = '';

  private constructor(kind: Kind, world: World, marketplace: MarketplaceProcess, openai: OpenAiServer) {
    this.kind = kind;
    this.#world = world;
    this.#marketplace = marketplace;
    this.#openai = openai;
  }

  static async open(kind: Kind): Promise<Trial> {
    const world = await World.open();
    await world.practice.close();
    const marketplace = await MarketplaceProcess.open(join(world.root, 'practice.sqlite'));
    world.practice = marketplace;
    await kind.photos(world);
    writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify(kind.settings ?? {}));
    return new Trial(kind, world, marketplace, await OpenAiServer.open(() => kind.model));
  }

  async close(): Promise<void> {
    await this.#world.close();
    await this.#openai.close();
  }

  /** Every moment of an unharmed run, the program's and then the marketplace's, and what is there at its end. */
  async unharmed(): Promise<{ readonly moments: readonly string[]; readonly truth: Truth }> {
    await this.#begin();
    await this.#restartMarketplace(undefined);
    const { ran, trace } = await this.#runUntil(undefined);
    if (ran.code !== 0) throw new Error(`${this.kind.name}: the unharmed run ended with ${ran.code}:\n${ran.out}${ran.err}`);
    const works = this.#traced('works');
    const problems = [...(await this.#continue(ran)), ...(await this.#problems(0))];
    // Else a kill would excuse what was never written down.
    if (unrecorded(trace, UPLOAD, 'ebay:picture') + unrecorded(trace, MODEL_CALL, 'openai') > 0)
      problems.push('an answer was not written down');
    if (problems.length > 0) throw new Error(`${this.kind.name}: ${problems.join('; ')}`);
    return { moments: [...trace, ...works], truth: await truthOf(this.#world, this.#openai) };
  }

  /** Killed at `moment` and run again to the end: everything that is not as it should be; undefined if the moment never came. */
  async killedAt(moment: string, violence: Violence, expected: Truth): Promise<readonly string[] | undefined> {
    await this.#begin();
    const beganMs = Date.now();
    const inMarketplace = violence === 'marketplace';
    if (inMarketplace) await this.#restartMarketplace(moment);
    const { ran, trace } = await this.#runUntil(inMarketplace ? undefined : moment);
    if (inMarketplace ? !this.#traced('works').includes(moment) : ran.signal !== 'SIGKILL')
      return ran.code === 0 ? undefined : [`it was not killed, and ended by itself: ${told(ran)}`];
    if (inMarketplace) await this.#marketplace.isBack();
    if (violence === 'plug') cutPower(this.#world.data, beganMs);

    const problems = inMarketplace && ran.code === 1 ? [`a bug was met: ${ran.out.slice(-600)}${ran.err}`] : [];
    problems.push(...(await this.#continue(ran)));
    const truth = await truthOf(this.#world, this.#openai);
    for (const field of ['listings', 'items', 'offers'] as const) {
      const [wanted, got] = [JSON.stringify(expected[field]), JSON.stringify(truth[field])];
      if (wanted !== got) problems.push(`${field}: ${got} instead of ${wanted}`);
    }
    // What was answered and written down is never asked for again; what was under way may be, once.
    const cutOff = inMarketplace
      ? { uploads: unanswered(trace, UPLOAD_MOMENT), publishing: unanswered(trace, PUBLISHING) * PER_CALL_MAX, modelCalls: 0 }
      : // Whether something went live is looked up before it is said again.
        { uploads: unrecorded(trace, UPLOAD, 'ebay:picture'), publishing: 0, modelCalls: unrecorded(trace, MODEL_CALL, 'openai') };
    for (const field of ['uploads', 'publishing', 'modelCalls'] as const) {
      const more = truth[field] - expected[field];
      if (more < 0 || more > cutOff[field])
        problems.push(`${field}: ${truth[field]}, ${cutOff[field]} under way, instead of ${expected[field]}`);
    }
    problems.push(...(await this.#problems(Math.max(cutOff.modelCalls, reservedOnly(trace)))));
    return problems;
  }

  async #begin(): Promise<void> {
    this.#world.forgetDatabase();
    rmSync(this.#file('copy.sqlite'), { force: true });
    if (this.kind.stays) rmSync(join(this.#world.photos, this.kind.stays.folder), { recursive: true, force: true });
    await this.#world.reset();
    await this.#openai.close();
    this.#openai = await OpenAiServer.open(() => this.kind.model);
    for (const command of this.kind.before ?? []) {
      const ran = await this.#run(command);
      if (ran.code !== 0) throw new Error(`${this.kind.name}: ${command[0]} ended with ${ran.code}:\n${ran.out}${ran.err}`);
      this.#itemId = String(ran.lines.find(({ type }) => type === 'item.finished')?.item ?? this.#itemId);
    }
    if (this.kind.version !== undefined) makeOlder(join(this.#world.data, 'practice.sqlite'), this.kind.version);
  }

  async #restartMarketplace(at: string | undefined): Promise<void> {
    rmSync(this.#file('works'), { force: true });
    await this.#marketplace.restart(this.#file('works'), at);
  }

  async #runUntil(at: string | undefined): Promise<{ readonly ran: Ran; readonly trace: readonly string[] }> {
    rmSync(this.#file('moments'), { force: true });
    const ran = await this.#attended(fuse('easyflip.js', this.#file('moments'), at));
    return { ran, trace: this.#traced('moments') };
  }

  /** The same command again, as a person or cron would; then the folder once more, until everything is found done. */
  async #continue(killed: Ran): Promise<readonly string[]> {
    const [command = ''] = this.kind.killed;
    const repeated = await this.#attended();
    const problems = repeated.code === 0 || (repeated.code === 2 && SAYS_DONE.has(command)) ? [] : [`again: ${told(repeated)}`];
    if (command === 'list') problems.push(...miscounted(killed, repeated, this.kind.live.length));
    // The folder's own run may finish what the command was killed in; the one after it finds everything done.
    const once = await this.#run(LIST);
    const last = isDone(once) ? once : await this.#run(LIST);
    if (!isDone(last)) problems.push(`the last list: ${told(last)}`);
    return problems;
  }

  /** What can be seen without knowing how an unharmed run ends. */
  async #problems(openInLedger: number): Promise<readonly string[]> {
    const { data } = this.#world;
    const problems = [...(await notAsApproved(this.#world, this.kind.live)), ...(await damage(data))];
    const { version } = this.kind;
    if (version !== undefined && !backedUp(data).includes(version)) problems.push(`there is no backup of version ${version}`);
    if (this.kind.model !== undefined) problems.push(...ledgerProblems(data, this.#openai, openInLedger));
    return [...problems, ...this.#openai.problems, ...this.#openai.batches.problems];
  }

  #file(name: string): string {
    return join(this.#world.root, name);
  }

  #traced(name: string): readonly string[] {
    return existsSync(this.#file(name)) ? readFileSync(this.#file(name), 'utf8').split('\n').filter(Boolean) : [];
  }

  /** The command that may be killed. One that stays meets what comes meanwhile, and is ended once it is idle and all is live. */
  async #attended(env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const { killed, stays, live } = this.kind;
    const { child, ended } = this.#start(killed, env);
    if (stays === undefined) return await ended;
    let copying: Promise<void> | undefined;
    let isCopied = false;
    const copy = async (): Promise<void> => {
      copying ??= existsSync(join(this.#world.photos, stays.folder)) ? Promise.resolve() : stays.copy(this.#world);
      await copying;
      isCopied = true;
    };
    createInterface({ input: child.stdout as Readable }).on('line', (line) => {
      const { type, settling, queued } = parsed(line);
      if (type === 'watch.started') void copy();
      const isIdle = type === 'watch.waiting' && settling === 0 && queued === 0;
      if (isIdle && isCopied) void this.#world.listings().then((all) => all.length === live.length && child.kill('SIGTERM'));
    });
    const ran = await ended;
    await copy();
    return ran;
  }

  #run(command: Command): Promise<Ran> {
    return this.#start(command, {}).ended;
  }

  #start(command: Command, env: Readonly<Record<string, string>>): ReturnType<World['start']> {
    const places: Readonly<Record<string, string>> = { FOLDER: this.#world.photos, ITEM: this.#itemId, COPY: this.#file('copy.sqlite') };
    const words = command.map((word) => places[word] ?? word);
    return this.#world.start(words, { ...(this.kind.model === undefined ? {} : this.#openai.env), ...env });
  }
}

const LIST: Command = ['list', 'FOLDER', '--json'];

const told = ({ code, out, err }: Ran): string => `exit code ${code}: ${out.slice(-600)}${err}`;

const finish = ({ lines }: Ran): Counted => lines.at(-1) as unknown as Counted;

/** Every item is counted once, and none was listed. */
function isDone(ran: Ran): boolean {
  if (ran.code !== 0) return false;
  const { items, listed, ...others } = finish(ran).counts;
  return listed === 0 && Object.values(others).reduce((sum, one) => sum + one, 0) === items;
}

/** Every item is live after the second run, and those that the first told of as live are found so. */
function miscounted(killed: Ran, repeated: Ran, items: number): readonly string[] {
  if (repeated.code !== 0) return [];
  const { counts } = finish(repeated);
  const problems: string[] = [];
  if (counts.items !== items || (counts.listed ?? 0) + (counts.already ?? 0) !== items)
    problems.push(`again: ${JSON.stringify(counts)} instead of ${items} that are live`);
  const before = new Set(listedIn(killed.out));
  const twice = listedIn(repeated.out).filter((item) => before.has(item));
  if (twice.length > 0) problems.push(`told of as listed twice: ${twice.join()}`);
  return problems;
}

/** The last line of a killed program may be cut off. */
function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(line) as JsonLine;
  } catch {
    return {};
  }
}

const listedIn = (out: string): readonly unknown[] =>
  out
    .split('\n')
    .map(parsed)
    .filter(({ type, outcome }) => type === 'item.finished' && outcome === 'listed')
    .map(({ item }) => item);

const withStart = (trace: readonly string[], start: string): readonly string[] => trace.filter((line) => line.startsWith(start));

/** Calls that left and whose answer was not written down. */
const unrecorded = (trace: readonly string[], call: string, answer: string): number =>
  Math.max(0, withStart(trace, `before ${call} `).length - withStart(trace, `after write (answer journal ${answer}`).length);

/** Model calls whose place in the ledger was taken, and whose answer was not written down: whether they left, nobody can know. */
const reservedOnly = (trace: readonly string[]): number =>
  Math.max(0, withStart(trace, 'after write (insert ledger').length - withStart(trace, 'after write (answer journal openai').length);

/** Calls whose answer never came. */
const unanswered = (trace: readonly string[], call: RegExp): number => {
  const names = trace.map((moment) => moment.replace(/ \d+$/, ''));
  const of = (side: string): number => names.filter((name) => name.startsWith(`${side} `) && call.test(name.slice(side.length + 1))).length;
  return of('before') - of('after');
};
