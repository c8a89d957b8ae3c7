import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { EasyflipError, isEasyflipError, reasonOf } from '../../core/errors.ts';
import { anchorOf, itemIdOf, skuOf } from '../../core/identity.ts';
import type { Item, Photo } from '../../core/item.ts';
import { microUsdToUsd } from '../../core/money.ts';
import type { Call, Description, Marketplace } from '../../core/ports/index.ts';
import { probePhoto } from '../../imaging/probe-photo.ts';
import { mapLimited } from '../../intake/map-limited.ts';
import { nameParts } from '../../intake/name-words.ts';
import type { RunControl } from '../../pipeline/run-control.ts';
import type { Hold, StageContext } from '../../pipeline/stage.ts';
import type { EvalRun, JudgedItem } from '../../report/eval-view.ts';
import { classify } from '../../stages/classify.ts';
import { draft } from '../../stages/draft.ts';
import { type Prepared, prepare } from '../../stages/prepare.ts';
import { type Read, read } from '../../stages/read.ts';
import { specify } from '../../stages/specify.ts';
import type { App } from '../app.ts';
import { wireAnalysis, wireMarketplace } from '../wire-run.ts';
import { type ExpectedItem, expectedItems } from './expected.ts';
import { judge } from './judge.ts';
import { type CostMeter, measureCost } from './measure-cost.ts';
import { tally } from './tally.ts';

export interface EvaluateOptions {
  readonly control: RunControl;
  readonly onItem: (done: number, all: number, item: JudgedItem) => void;
}

/** Two keep the machine and a provider busy without spoiling the times of each. */
const AT_ONCE = 2;
/** As in `classify`: more queries are not asked. */
const QUERIES_MAX = 3;

/**
 * What the chosen provider says of the items in DIR/expected.json, compared with what is true of them. Runs the stages
 * up to the words of a listing and writes nothing about the items: neither to the store nor to a marketplace. Paid
 * answers are kept by content as in a run, so that the same evaluation again costs nothing.
 * Errors: `usage.invalid`, `config.*`, and what ends a run. An item that fails is counted as such.
 */
export async function evaluateItems(app: App, directory: string, { control, onItem }: EvaluateOptions): Promise<EvalRun> {
  const folder = resolve(directory);
  const expected = await expectedItems(folder);
  const wiring = { runId: randomUUID(), emit: () => undefined };
  const analysis = await wireAnalysis(app, wiring, measureCost);
  const pictureFolder = await mkdtemp(join(tmpdir(), 'easyflip-eval-'));
  const notes: string[] = [];
  const market = await wireMarketplace(app, wiring.emit).catch((error: unknown) => {
    if (!isEasyflipError(error)) throw error;
    notes.push(`Categories and titles were not judged: ${error.message} ${error.hint}`);
    return undefined;
  });
  try {
    let done = 0;
    const items = await mapLimited(expected, AT_ONCE, control.soft, async (one) => {
      const judged = await evaluateItem(app, folder, one, { analysis, market: market?.marketplace, pictureFolder, signal: control.hard });
      done += 1;
      onItem(done, expected.length, judged);
      return judged;
    });
    if (market && expected.every(({ categories }) => categories.length === 0))
      notes.push('Categories were not judged: expected.json names none.');
    const { provider, model } = app.settings.analysis;
    const describes = analysis.describer.name;
    return {
      folder,
      provider: provider === 'auto' ? describes : provider,
      model: describes === 'local' ? null : model,
      at: new Date(app.clock.now()).toISOString(),
      tally: tally(items),
      items,
      notes,
    };
  } finally {
    await Promise.all([analysis.close(), market?.close()]);
    await rm(pictureFolder, { recursive: true, force: true });
  }
}

interface Bench {
  readonly analysis: Awaited<ReturnType<typeof wireAnalysis<CostMeter>>>;
  readonly market: Marketplace | undefined;
  readonly pictureFolder: string;
  readonly signal: AbortSignal;
}

async function evaluateItem(app: App, folder: string, expected: ExpectedItem, bench: Bench): Promise<JudgedItem> {
  const started = performance.now();
  const empty = { facts: {}, unknowns: {}, title: null, categories: null };
  const seconds = (): number => Math.round(performance.now() - started) / 1000;
  const threshold = app.settings.analysis.confidence;
  let item: Item | undefined;
  // Also a useless answer was paid for.
  const costUsd = (): number => (item ? microUsdToUsd(bench.analysis.costOf(item.id)) : 0);
  try {
    item = await itemOf(app, folder, expected);
    const call: Call = { signal: bench.signal, priority: 0, itemId: item.id };
    const seen = await lookAtItem(app, item, call, bench);
    const { insteadOf } = seen.draft;
    // What somebody else made of it says nothing about the one who is measured.
    if (insteadOf) throw new EasyflipError(insteadOf.code, insteadOf.message, { hint: insteadOf.hint });
    const looked = seconds();
    const { title, categories } = bench.market ? await words(app, item, call, seen, bench.market, bench) : empty;
    const { facts, unknowns } = seen.draft;
    return judge(expected, { facts, unknowns, title, categories, seconds: looked, costUsd: costUsd(), failed: null }, threshold);
  } catch (error) {
    if (bench.signal.aborted || !isEasyflipError(error) || ENDS_ALL.test(error.code)) throw error;
    const failed = `${error.code}: ${reasonOf(error).message}`;
    return judge(expected, { ...empty, seconds: seconds(), costUsd: costUsd(), failed }, threshold);
  }
}

/** The next item would meet the same. */
const ENDS_ALL = /^(provider\.(auth|quota-exhausted)|budget\.exhausted|config\.|breaker\.)/;

async function itemOf(app: App, folder: string, { name, photos }: ExpectedItem): Promise<Item> {
  const { maxPixels, maxFileBytes } = app.settings.photos;
  const probed = await Promise.all(photos.map((photo) => probePhoto(join(folder, photo), { maxPixels, maxFileBytes })));
  const good = probed.map((one, at): Photo => {
    if ('photo' in one) return one.photo;
    // Without it another item would be measured than the one whose truth is known.
    const { code, message, hint } = one.refused;
    throw new EasyflipError(code, `${photos[at]}: ${message}`, { hint });
  });
  const anchor = anchorOf(good.map(({ sha256 }) => sha256));
  const { words } = nameParts(basename(name));
  return { id: itemIdOf(anchor), sku: skuOf(anchor), anchor, source: join(folder, name), photos: good, nameWords: words, seller: {} };
}

/** What the stages that look at an item made of it. */
interface Seen {
  readonly prepare: Prepared;
  readonly read: Read;
  readonly draft: Description;
}

async function lookAtItem(app: App, item: Item, call: Call, bench: Bench): Promise<Seen> {
  const context = contextOf(app, item, call, bench);
  const prepared = result(await prepare.run({}, context));
  const texts = result(await read.run({ prepare: prepared }, context));
  return { prepare: prepared, read: texts, draft: result(await draft.run({ prepare: prepared, read: texts }, context)) };
}

/** A question for the seller is no answer. */
function result<T extends object>(output: T | Hold): T {
  if (!('hold' in output)) return output as T;
  const { code, message, hint } = (output as Hold).hold;
  throw new EasyflipError(code, message, { hint });
}

/** Title and category as `list` would make them. A hold tells how far it came. */
async function words(
  app: App,
  item: Item,
  call: Call,
  seen: Seen,
  marketplace: Marketplace,
  bench: Bench,
): Promise<{ readonly title: string | null; readonly categories: readonly string[] }> {
  const context = contextOf(app, item, call, bench, marketplace);
  const suggested: string[] = [];
  for (const query of seen.draft.categoryQueries.slice(0, QUERIES_MAX)) {
    for (const { id } of await marketplace.suggestCategories(query, call)) if (!suggested.includes(id)) suggested.push(id);
  }
  const classified = await classify.run({ draft: seen.draft }, context);
  if ('hold' in classified) return { title: null, categories: suggested };
  const categories = [classified.category.id, ...suggested.filter((id) => id !== classified.category.id)];
  const specified = await specify.run({ ...seen, classify: classified }, context);
  const title = 'hold' in specified ? (specified.partial as { readonly title?: string } | undefined)?.title : specified.title;
  return { title: title ?? null, categories };
}

/** What is measured must leave no trace in the looks and listings of real items. */
const noItems: StageContext['ports']['items'] = {
  rememberLook: async () => undefined,
  nearDuplicates: async () => [],
  approvals: async () => 0,
  ownListings: async () => new Set(),
};

function contextOf(app: App, item: Item, call: Call, { analysis, pictureFolder }: Bench, marketplace?: Marketplace): StageContext {
  return {
    item,
    decision: undefined,
    firstSeenAt: new Date(app.clock.now()).toISOString(),
    settings: app.settings,
    ports: { ...analysis, items: noItems, marketplace: marketplace as Marketplace, clock: app.clock, pictureFolder },
    call,
    emit: () => undefined,
  };
}
