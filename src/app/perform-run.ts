import { randomUUID } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { isEasyflipError, type Reason, reasonOf } from '../core/errors.ts';
import type { Emit, ItemFinished, RunFinished } from '../core/events.ts';
import type { ItemId } from '../core/item.ts';
import { listingOf } from '../core/item-state.ts';
import type { Receipt } from '../core/listing.ts';
import { microUsdToUsd } from '../core/money.ts';
import { newTally } from '../core/outcome.ts';
import { type PackedTexts, packedTexts } from '../core/packed-texts.ts';
import type { Description, StoredItem } from '../core/ports/index.ts';
import { countRemoved, NOTHING_REMOVED } from '../core/removed-metadata.ts';
import type { RunControl } from '../pipeline/run-control.ts';
import { runItems, type Waiting } from '../pipeline/runner.ts';
import { closesIntake, defers, endsRun } from '../resilience/deferring.ts';
import type { Classified } from '../stages/classify.ts';
import { stages } from '../stages/index.ts';
import type { Prepared } from '../stages/prepare.ts';
import type { Priced } from '../stages/price.ts';
import type { Specified } from '../stages/specify.ts';
import { createAdmit } from './admit.ts';
import { watchOver } from './alerts/watch-over.ts';
import { learnAllowances, watchQuotas } from './allowances.ts';
import type { App } from './app.ts';
import { backUpDaily } from './backup.ts';
import type { BatchDesk } from './batches/desk.ts';
import { boundPictures } from './bounded-pictures.ts';
import { askCallsLeft } from './calls-left.ts';
import { createCallCounter } from './count-calls.ts';
import { exitCodeOf } from './exit-code.ts';
import { saleFees } from './fees.ts';
import { createIntakeGates } from './intake-gates.ts';
import { createMeasurer, type Measurer } from './metrics/measurer.ts';
import { wireRun } from './wire-run.ts';

export interface RunRequest {
  readonly command: string;
  readonly dryRun: boolean;
  readonly emit: Emit;
  readonly control: RunControl;
  /** Questions to a model wait for half the price; the run waits with them. Default: false. */
  readonly batch?: boolean | undefined;
  /** Finds the items of this run; told over `emit` what it refuses. Throws what makes the run impossible. */
  readonly collect: () => Promise<Iterable<StoredItem> | AsyncIterable<StoredItem>>;
  /** Is handed the way to add items while the run is under way; false: too late for this run. */
  readonly arrivals?: ((add: (items: readonly StoredItem[]) => boolean) => void) | undefined;
  /** What is put in order at its end; not after a dry run, nor when the store is in trouble. */
  readonly tidy?: () => Promise<void>;
}

/** One run from finding its items to the closing line; the same for `list`, `resume`, `retry-failed` and `approve`. */
export async function performRun(app: App, request: RunRequest): Promise<RunFinished> {
  const measurer = createMeasurer(app.store.measures, app.clock, request);
  const counter = createCallCounter({
    failures: app.store.failures,
    runs: app.store.runs,
    services: app.settings.services,
    emit: measurer.emit,
  });
  const quotas = watchQuotas(counter.emit);
  const afterwards = async (): Promise<void> => {
    await counter.close();
    await measurer.flush();
    if (!request.dryRun) await watchOver(app, { emit: request.emit, signal: request.control.hard });
  };
  let finished: RunFinished;
  try {
    finished = await countedRun(app, { ...request, emit: quotas.emit }, { wasRefused: quotas.wasRefused, measurer });
  } catch (error) {
    measurer.broke(reasonOf(error));
    await afterwards();
    throw error;
  }
  await afterwards();
  request.emit(finished);
  return finished;
}

async function countedRun(
  app: App,
  { command, dryRun, emit, control, batch = false, collect, arrivals, tidy }: RunRequest,
  { wasRefused, measurer }: { readonly wasRefused: () => boolean; readonly measurer: Measurer },
): Promise<RunFinished> {
  const { store, settings, clock } = app;
  const run = randomUUID();
  const beganMs = clock.now();
  const startedAt = new Date(beganMs).toISOString();
  emit({ type: 'run.begun', run, command });
  const { live, open } = await splitLive(app, await collect());
  // A run in which everything is live already opens no connection and loads nothing heavy. What cannot be
  // reached or is not configured ends the program here, before the run has begun.
  const wired = open.length > 0 ? await wireRun(app, { runId: run, emit, batch: { accepts: batch, control } }) : undefined;
  await backUpDaily(app, emit);
  await store.runs.start({ id: run, command, dryRun, startedAt });
  emit({ type: 'run.started', run, environment: settings.environment, dryRun, at: startedAt });

  const tally = newTally();
  let removed = NOTHING_REMOVED;
  for (let at = 0; at < live.length; at += 1) {
    if (at % 100 === 0) await breathe();
    const end = await liveNow(app, live.at(at) as ItemId);
    if (!end) continue;
    tally.add(end);
    emit(end);
  }

  let trouble: unknown;
  if (wired) {
    const { ports, settings: chosen, batches, close } = wired;
    const timer = deadline(settings.limits.maxMinutes, control);
    const pictures = boundPictures(app);
    const mayBegin = createIntakeGates(app);
    const call = { signal: control.hard, priority: 0 };
    try {
      const callsLeft = dryRun ? undefined : await askCallsLeft(app, ports.marketplace, { emit, call: { ...call, signal: control.soft } });
      // Every item that comes as far needs them. An error is told where they are needed, if need be after asking again.
      if (!callsLeft) void ports.marketplace.policies({ ...call, signal: control.soft }).catch(() => undefined);
      const admit = createAdmit({ store, marketplace: ports.marketplace, clock, callsLeft, call });
      if (batches) await collected(batches, emit);
      ({ trouble } = await runItems(open, {
        stages,
        store,
        settings: settings.pipeline,
        clock,
        emit: (event) => {
          pictures.hear(event);
          emit(event);
        },
        control,
        dryRun,
        admit: async (stored, claim, signal) => {
          await mayBegin(signal);
          return await admit(stored, claim, signal);
        },
        contextOf: (stored, call) => ({
          item: stored.item,
          decision: stored.decision,
          firstSeenAt: stored.firstSeenAt,
          settings: chosen,
          ports,
          call,
          emit,
        }),
        defers,
        endsRun,
        closesIntake,
        arrivals,
        lateAnswers: batch ? batches?.lateAnswers(control) : undefined,
        tell: (stored, { end, outputs }) => {
          tally.add(end);
          if (stored) measurer.item(stored, end, outputs.draft as Description | undefined);
          const title = (outputs.specify as Specified | undefined)?.title;
          const priced = outputs.price as Priced | undefined;
          const receipt = outputs.publish as Receipt | undefined;
          const photos = (outputs.prepare as Prepared | undefined)?.photos ?? [];
          removed = countRemoved(removed, photos);
          if (receipt) pictures.listed(photos);
          return {
            ...end,
            ...(title === undefined ? {} : { title }),
            ...(priced ? { price: priced.price } : {}),
            ...(dryRun && end.outcome === 'listed' ? estimateOf(settings, outputs) : {}),
            ...(receipt ? { listingId: receipt.listingId, listingUrl: receipt.url } : {}),
          };
        },
      }));
    } finally {
      clearTimeout(timer);
      if (wasRefused() && !control.hard.aborted) {
        await learnAllowances(store, ports.marketplace, clock.now(), call);
      }
      await pictures.settle();
      await close();
    }
  }

  const counts = tally.counts();
  const exitCode = exitCodeOf(tally, trouble === undefined ? control.reason() : reasonOf(trouble));
  const costUsd = trouble === undefined ? microUsdToUsd(await store.ledger.spentByRun(run)) : 0;
  const finished: RunFinished = {
    type: 'run.finished',
    run,
    environment: settings.environment,
    dryRun,
    counts,
    removed,
    costUsd,
    seconds: Math.round((clock.now() - beganMs) / 100) / 10,
    exitCode,
  };
  if (trouble === undefined) await store.runs.finish(run, { finishedAt: new Date(clock.now()).toISOString(), counts, exitCode });
  if (trouble === undefined && !dryRun) await tidy?.();
  return finished;
}

/** What earlier runs left in batches. Where it cannot be told, its items wait on. */
async function collected(batches: BatchDesk, emit: Emit): Promise<void> {
  try {
    await batches.lookOnce();
  } catch (error) {
    if (!isEasyflipError(error) || error.code.startsWith('store.')) throw error;
    emit({ type: 'run.notice', message: `The batches of earlier runs could not be looked at: ${error.message}` });
  }
}

/** What is live needs no claim and no stage. Of thousands of items no more is kept than it takes to find them again. */
async function splitLive(
  { store }: App,
  items: Iterable<StoredItem> | AsyncIterable<StoredItem>,
): Promise<{ readonly live: PackedTexts; readonly open: readonly Waiting[] }> {
  const live = packedTexts();
  const open: Waiting[] = [];
  for await (const stored of items) {
    const { id, sku, source } = stored.item;
    const publish = await store.outcomes.ofStage(id, 'publish');
    if (listingOf(stored, publish ? [publish] : [])) live.add(id);
    else open.push({ item: { id, sku, source } });
  }
  return { live, open };
}

/** Undefined: another process has forgotten it meanwhile. */
async function liveNow({ store }: App, id: ItemId): Promise<ItemFinished | undefined> {
  const [stored, publish] = await Promise.all([store.items.get(id), store.outcomes.ofStage(id, 'publish')]);
  if (!stored) return undefined;
  const { sku, source } = stored.item;
  const listing = listingOf(stored, publish ? [publish] : []);
  const where = listing ? { listingId: listing.listingId, listingUrl: listing.url } : {};
  return { type: 'item.finished', item: id, sku, source, outcome: 'already', ...where };
}

/** What a dry run can say of the money: price and fees by the seller's own table. */
function estimateOf(settings: App['settings'], outputs: Readonly<Record<string, unknown>>): Pick<ItemFinished, 'estimate'> {
  const priced = outputs.price as Priced | undefined;
  const classified = outputs.classify as Classified | undefined;
  if (!priced || !classified) return {};
  const { total, asOf } = saleFees(settings, priced.price, classified.category);
  return { estimate: { price: priced.price, fees: total, feesAsOf: asOf } };
}

const TIME_IS_UP: Reason = {
  code: 'time.exhausted',
  message: 'The time set with --max-minutes is used up; what was finished is saved.',
  hint: 'Run `easyflip resume` to continue.',
};

function deadline(maxMinutes: number | null, control: RunControl): NodeJS.Timeout | undefined {
  return maxMinutes === null ? undefined : setTimeout(() => control.stop(TIME_IS_UP), maxMinutes * 60_000);
}
