import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileShape } from '../../src/config/shape.ts';
import { Campaign, type Plan, type Round } from './campaign.ts';
import type { Stock } from './goods.ts';
import { type Scanned, scanned } from './scanned.ts';
import { type Truth, truthOf } from './truth.ts';

export interface Verdict {
  readonly plan: Plan;
  readonly good: number;
  readonly bad: number;
  /** Good items that went live in bad weather, without a hand. */
  readonly liveAlone: number;
  readonly rounds: readonly Round[];
  /** Reasons of failed items when the bad weather ended, with how often. */
  readonly deadLetters: Readonly<Record<string, number>>;
  /** `retry-failed` in fair weather. */
  readonly retried: Round;
  readonly live: number;
  readonly minutes: number;
  /** By the program's clock. */
  readonly programMinutes: number;
  /** As the program's log counts them, and as the marketplace does. */
  readonly calls: number;
  readonly requests: number;
  readonly retries: number;
  readonly modelCalls: number;
  readonly struck: Readonly<Record<string, number>>;
  readonly scan: Scanned;
  /** Everything that is not as it must be. */
  readonly problems: readonly string[];
}

/** Ends of a `list` that cron may meet: all done, some failed, to be continued. */
const IN_ORDER: readonly (number | null)[] = [0, 3, 4];
/** What no repetition mends by itself, and the weather brings. */
const LOST_PICTURE = 'picture.rejected';
const QUIET_ROUNDS = 2;
/** Cron comes again so soon where a service was left alone. By the program's clock. */
const CRON_MS = 60_000;
/** What a breaker's pause grows to. */
const LONGEST_PROBE_MS = fileShape.parse({}).services.inventory.longestProbeMs;
/** At most one good item of so many may need a hand for other reasons. */
const LEAST_LIVE = 0.995;

/** Lists in bad weather until nothing moves any more, as cron would; then in fair weather `retry-failed`, once. */
export async function ordeal(plan: Plan, tell: (line: string) => void = () => {}, keep = false): Promise<Verdict> {
  const beganMs = Date.now();
  const campaign = await Campaign.open(plan);
  try {
    const { world, stock } = campaign;
    const rounds: Round[] = [];
    let quiet = 0;
    for (let at = 0; at < plan.rounds; at += 1) {
      const ended = await campaign.list();
      rounds.push(...ended);
      for (const round of ended) tell(lineOf(round));
      quiet = ended.every(isAtRest) ? quiet + 1 : 0;
      if (quiet === QUIET_ROUNDS) break;
      if (ended.some(isOutOfCalls)) await campaign.nextDay();
      else if (ended.some(isLeftAlone)) await campaign.wait(CRON_MS);
    }
    const struck = await campaign.struck();
    const failed = await failures(campaign);
    const alone = await truthOf(campaign);
    await campaign.turnFair();
    if (rounds.slice(-plan.processes).some(isLeftAlone)) await campaign.wait(LONGEST_PROBE_MS);
    const retried = await campaign.run('retry-failed');
    const last = await campaign.run('list', world.photos);
    tell(lineOf(retried));
    tell(lineOf(last));
    const outcomes = await ends(campaign);
    const found = await scanned(campaign);
    const truth = await truthOf(campaign);
    const { calls, retries } = logged(world.data);
    return {
      plan,
      good: stock.goods.length,
      bad: stock.bads.length,
      liveAlone: alone.live.length,
      rounds,
      deadLetters: failed.counts,
      retried,
      live: truth.live.length,
      minutes: Math.round((Date.now() - beganMs) / 6_000) / 10,
      programMinutes: Math.round(rounds.reduce((sum, { seconds }) => sum + seconds, 0) / 60 / plan.processes),
      calls,
      requests: truth.requests,
      retries,
      modelCalls: campaign.openai.asked.length,
      struck: Object.fromEntries([...struck].filter(([, count]) => count > 0)),
      scan: found,
      problems: [
        ...orderProblems([...rounds, retried, last]),
        ...aloneProblems(plan, alone, failed),
        ...finalProblems(stock, truth, last, outcomes),
        ...truth.leftOver,
        ...found.found,
        ...found.overlooked,
        ...campaign.openai.problems,
      ],
    };
  } finally {
    if (keep) tell(`Everything is kept in ${campaign.world.root}`);
    await campaign.close(keep);
  }
}

const sum = (counts: Round['counts'], ...names: readonly (keyof NonNullable<Round['counts']>)[]): number =>
  names.reduce((total, name) => total + (counts?.[name] ?? 0), 0);

/** Nothing went live and nothing was put off. Twice in a row: what failed waits for a hand. */
const isAtRest = ({ counts }: Round): boolean => counts !== undefined && sum(counts, 'listed', 'deferred') === 0;

const isLeftAlone = ({ codes }: Round): boolean => 'deferred breaker.open' in codes;

const isOutOfCalls = ({ codes }: Round): boolean =>
  Object.keys(codes).some((code) => code === 'deferred provider.quota-exhausted' || code === 'deferred provider.rate-limited');

function orderProblems(rounds: readonly Round[]): readonly string[] {
  return rounds.flatMap(({ command, exitCode, counts, said }) => {
    if (!IN_ORDER.includes(exitCode)) return [`${command} ended with ${exitCode}: ${said.slice(0, 600)}`];
    const { items = 0, ...outcomes } = counts ?? {};
    const total = Object.values(outcomes).reduce((all, one) => all + one, 0);
    return total === items ? [] : [`${command} counts ${total} outcomes of ${items} items`];
  });
}

/** Those that are not live must be dead letters; more than one in two hundred may not need a hand. */
function aloneProblems(plan: Plan, { live, missing, problems }: Truth, failed: Failures): readonly string[] {
  const good = live.length + missing.length;
  const mayMiss = plan.lostPictures + Math.floor(good * (1 - LEAST_LIVE));
  return [
    ...problems,
    ...(missing.length > mayMiss ? [`${missing.length} of ${good} good items are not live, at most ${mayMiss} may be`] : []),
    ...missing.flatMap(({ folder }) => (failed.codeOf.has(folder) ? [] : [`${folder} is not live, and no dead letter`])),
    ...(plan.lostPictures > 0 && (failed.counts[LOST_PICTURE] ?? 0) > plan.lostPictures ? ['more pictures were refused than lost'] : []),
  ];
}

function finalProblems(stock: Stock, { missing, problems }: Truth, last: Round, outcomes: ReadonlyMap<string, string>): readonly string[] {
  return [
    ...problems,
    ...missing.map(({ folder, kind }) => `${folder} (${kind}) is not live in the end: ${outcomes.get(folder)}`),
    ...stock.bads.flatMap(({ folder, ends: { outcome, code } }) => {
      const got = outcomes.get(folder);
      return got === `${outcome} ${code}` ? [] : [`${folder} ended as ${got} instead of ${outcome} ${code}`];
    }),
    ...(last.exitCode === 0 ? [] : [`the last list ended with ${last.exitCode}`]),
  ];
}

interface Failures {
  readonly counts: Readonly<Record<string, number>>;
  /** By folder. */
  readonly codeOf: ReadonlyMap<string, string>;
}

async function failures(campaign: Campaign): Promise<Failures> {
  const ran = await campaign.start('status', '--failed', '--json');
  const [line] = ran.lines as unknown as [{ counts: Record<string, number>; items: { source: string; reason: { code: string } }[] }];
  return { counts: line.counts, codeOf: new Map(line.items.map(({ source, reason }) => [nameOf(source), reason.code])) };
}

/** How every item stands, by folder: state and reason. */
async function ends(campaign: Campaign): Promise<ReadonlyMap<string, string>> {
  const ran = await campaign.start('status', '--json');
  const [line] = ran.lines as unknown as [{ items: { source: string; state: string; reason?: { code: string } }[] }];
  return new Map(line.items.map(({ source, state, reason }) => [nameOf(source), `${state} ${reason?.code ?? ''}`.trim()]));
}

const nameOf = (source: string): string => source.split(/[\\/]/).at(-1) ?? '';

/** Calls and repetitions, as the program's own log tells them. */
function logged(data: string): { readonly calls: number; readonly retries: number } {
  const folder = join(data, 'logs');
  const text = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const count = (event: string): number => text.reduce((total, one) => total + one.split(`"msg":"${event}"`).length - 1, 0);
  return { calls: count('call.finished'), retries: count('call.retried') };
}

/** One line about a run. */
function lineOf({ command, exitCode, counts, seconds, codes, said }: Round): string {
  const ended = Object.entries(counts ?? {}).filter(([, count]) => count > 0);
  const tally = (entries: readonly (readonly [string, number])[]): string => entries.map(([name, count]) => `${count} ${name}`).join(', ');
  const why = Object.entries(codes).filter(([code]) => code.includes(' '));
  return `${command}: exit code ${exitCode} after ${seconds} s; ${tally(ended)}${why.length > 0 ? ` (${tally(why)})` : ''}${said}`;
}
