import { randomUUID } from 'node:crypto';
import { isEasyflipError, type Reason, reasonOf } from '../core/errors.ts';
import type { Emit, ItemFinished, RunFinished } from '../core/events.ts';
import { listingOf } from '../core/item-state.ts';
import type { Receipt } from '../core/listing.ts';
import { microUsdToUsd } from '../core/money.ts';
import { countOutcomes, type ItemEnd } from '../core/outcome.ts';
import type { Description, StageOutcome, StoredItem } from '../core/ports/index.ts';
import { countRemoved, type RemovedKind } from '../core/removed-metadata.ts';
import { removeLargePictures, trimPictures } from '../imaging/picture-store.ts';
import type { RunControl } from '../pipeline/run-control.ts';
import { runItems } from '../pipeline/runner.ts';
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
  readonly collect: () => Promise<readonly StoredItem[]>;
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
  const items = await collect();
  const { live, open } = await splitLive(app, items);
  // A run in which everything is live already opens no connection and loads nothing heavy. What cannot be
  // reached or is not configured ends the program here, before the run has begun.
  const wired = open.length > 0 ? await wireRun(app, { runId: run, emit, batch: { accepts: batch, control } }) : undefined;
  await backUpDaily(app, emit);
  await store.runs.start({ id: run, command, dryRun, startedAt });
  emit({ type: 'run.started', run, environment: settings.environment, dryRun, at: startedAt });

  const ends: ItemEnd[] = [];
  const prepared: { readonly removed: readonly RemovedKind[] }[] = [];
  for (const { stored, end } of live) {
    ends.push(end);
    emit({ type: 'item.finished', item: stored.item.id, sku: stored.item.sku, source: stored.item.source, ...end });
  }

  let trouble: unknown;
  if (wired) {
    const { ports, settings: chosen, batches, close } = wired;
    const timer = deadline(settings.limits.maxMinutes, control);
    const clearing: Promise<void>[] = [];
    const mayBegin = createIntakeGates(app);
    const call = { signal: control.hard, priority: 0 };
    try {
      const callsLeft = dryRun ? undefined : await askCallsLeft(app, ports.marketplace, { emit, call: { ...call, signal: control.soft } });
      const admit = createAdmit({ store, marketplace: ports.marketplace, clock, callsLeft, call });
      if (batches) await collected(batches, emit);
      const result = await runItems(open, {
        stages,
        store,
        settings: settings.pipeline,
        clock,
        emit,
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
          measurer.item(stored, end, outputs.draft as Description | undefined);
          const title = (outputs.specify as Specified | undefined)?.title;
          const priced = outputs.price as Priced | undefined;
          const receipt = outputs.publish as Receipt | undefined;
          const photos = (outputs.prepare as Prepared | undefined)?.photos ?? [];
          prepared.push(...photos.map(({ removed }) => ({ removed })));
          // eBay has the pictures now.
          if (receipt) clearing.push(removeLargePictures(app.folders.pictures, photos));
          return {
            ...end,
            ...(title === undefined ? {} : { title }),
            ...(priced ? { price: priced.price } : {}),
            ...(dryRun && end.outcome === 'listed' ? estimateOf(settings, outputs) : {}),
            ...(receipt ? { listingId: receipt.listingId, listingUrl: receipt.url } : {}),
          };
        },
      });
      ends.push(...result.ends);
      trouble = result.trouble;
    } finally {
      clearTimeout(timer);
      await Promise.all(clearing);
      if (wasRefused() && !control.hard.aborted) {
        await learnAllowances(store, ports.marketplace, clock.now(), call);
      }
      await trimPictures(app.folders.pictures, settings.photos.cacheMaxMegabytes * 1_000_000, clock.now());
      await close();
    }
  }

  const counts = countOutcomes(ends);
  const exitCode = exitCodeOf(ends, trouble === undefined ? control.reason() : reasonOf(trouble));
  const costUsd = trouble === undefined ? microUsdToUsd(await store.ledger.spentByRun(run)) : 0;
  const finished: RunFinished = {
    type: 'run.finished',
    run,
    environment: settings.environment,
    dryRun,
    counts,
    removed: countRemoved(prepared),
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

/** What is live needs no claim and no stage: thousands of such items cost one query. */
async function splitLive(
  app: App,
  items: readonly StoredItem[],
): Promise<{ live: readonly { stored: StoredItem; end: ItemEnd }[]; open: readonly StoredItem[] }> {
  const published = new Map<string, StageOutcome[]>();
  for (const outcome of await app.store.outcomes.published()) published.set(outcome.itemId, [outcome]);
  const live: { stored: StoredItem; end: ItemEnd }[] = [];
  const open: StoredItem[] = [];
  for (const stored of items) {
    const listing = listingOf(stored, published.get(stored.item.id) ?? []);
    if (listing) live.push({ stored, end: { outcome: 'already', listingId: listing.listingId, listingUrl: listing.url } });
    else open.push(stored);
  }
  return { live, open };
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
