import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { type AdapterContext, chosenProvider, createAnalysis, createBatches, marketplaces } from '../adapters/registry.ts';
import { ebayCredentials, openAiCredentials, visionCredentials } from '../config/secrets.ts';
import { EasyflipError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { Marketplace, Outgoing, SpendLimits } from '../core/ports/index.ts';
import type { Settings } from '../core/settings.ts';
import { openVault } from '../credentials/vault.ts';
import type { RunControl } from '../pipeline/run-control.ts';
import type { StagePorts } from '../pipeline/stage.ts';
import { createOutgoing } from '../resilience/guard.ts';
import { withPauses } from '../resilience/pausing.ts';
import type { App } from './app.ts';
import { type BatchDesk, createBatchDesk } from './batches/desk.ts';
import { allowMemory } from './heap.ts';
import { practiceUrl } from './practice-process.ts';

export interface RunPorts {
  readonly ports: StagePorts;
  /** As set, with the analysis provider that `auto` stands for. */
  readonly settings: Settings;
  /** Where there are any, or shall be. */
  readonly batches?: BatchDesk;
  /** Waits until no call is under way and ends workers, so that the program can exit. */
  close(): Promise<void>;
}

/** A service that is down for a moment makes calls wait for its next probe; one that stays down puts items off. */
const BREAKER_PATIENCE_MS = 60_000;

export interface MarketplaceAccess {
  readonly marketplace: Marketplace;
  readonly outgoing: Outgoing;
  /** Waits until no call is under way. */
  close(): Promise<void>;
}

interface Wiring {
  readonly runId: string;
  readonly emit: Emit;
  /** How a run deals with batches; absent: it only respects them. */
  readonly batch?: { readonly accepts: boolean; readonly control: RunControl };
}

/** The composition root: the one place where ports, guards and adapters meet. */
export async function wireRun(app: App, wiring: Wiring): Promise<RunPorts> {
  allowMemory();
  const { store, clock, env, folders } = app;
  const credentials = { openAi: openAiCredentials(env), vision: visionCredentials(env) };
  const { analysis: looks } = app.settings;
  const settings = { ...app.settings, analysis: { ...looks, provider: chosenProvider(looks.provider, credentials) } };
  const outgoing = outgoingOf(app, wiring);
  const context = { settings, outgoing, journal: store.journal, clock, env, ...credentials };
  const batches = await batchesOf(app, context, wiring);
  const [marketplace, analysis] = await Promise.all([
    marketplaceOf(app, outgoing),
    createAnalysis({ ...context, ...(batches ? { batched: batches.questions } : {}) }),
    mkdir(folders.pictures, { recursive: true, mode: 0o700 }),
  ]);
  return {
    settings,
    ...(batches ? { batches } : {}),
    ports: { outgoing, ...analysis, marketplace, items: store.items, clock, pictureFolder: folders.pictures },
    async close() {
      await outgoing.idle();
      await analysis.textReader.close?.();
    },
  };
}

/** What looks at photos, without a marketplace: for measuring. `meter` stands before the guards. */
export async function wireAnalysis<Meter extends { readonly outgoing: Outgoing }>(
  app: App,
  wiring: Wiring,
  meter: (guarded: Outgoing) => Meter,
) {
  const { settings, store, clock, env } = app;
  const guarded = outgoingOf(app, wiring);
  const metered = meter(guarded);
  const { outgoing } = metered;
  const analysis = await createAnalysis({
    settings,
    outgoing,
    journal: store.journal,
    clock,
    env,
    openAi: openAiCredentials(env),
    vision: visionCredentials(env),
  });
  return {
    ...analysis,
    ...metered,
    async close(): Promise<void> {
      await guarded.idle();
      await analysis.textReader.close?.();
    },
  };
}

/** Batches of the chosen provider. Errors: `usage.invalid` where questions shall wait and it has none; `provider.*`. */
async function batchesOf(app: App, context: AdapterContext, { runId, emit, batch }: Wiring): Promise<BatchDesk | undefined> {
  const { store, clock, folders } = app;
  const accepts = batch?.accepts ?? false;
  if (!accepts && !(await store.batches.isUsed())) return undefined;
  const { provider } = context.settings.analysis;
  const service = await createBatches(context);
  if (!service) {
    if (!accepts) return undefined;
    throw new EasyflipError('usage.invalid', `The analysis provider "${provider}" has no batches at a lower price.`, {
      hint: 'Run without `--batch`, or set OPENAI_API_KEY and use `--provider openai`.',
    });
  }
  const call = { signal: batch?.control.hard ?? new AbortController().signal, priority: 0 };
  // Before anything is started: whoever asks for the lower price shall not wait for it in vain.
  if (accepts) await service.check(call);
  return createBatchDesk({
    context: { store, service, settings: context.settings.batches, clock, emit, folder: folders.batches, call },
    runId,
    spendLimits: spendLimitsOf(context.settings),
    accepts,
  });
}

/** The marketplace alone, for commands that look at no photo: nothing for reading or describing is loaded. */
export async function wireMarketplace(app: App, emit: Emit): Promise<MarketplaceAccess> {
  const outgoing = outgoingOf(app, { runId: randomUUID(), emit });
  return { marketplace: await marketplaceOf(app, outgoing), outgoing, close: () => outgoing.idle() };
}

/** Loopback address of the practice marketplace, started if need be; undefined elsewhere. */
export const marketplaceAddress = async ({ settings, folders, env }: App): Promise<string | undefined> =>
  settings.environment === 'practice' ? await practiceUrl(folders.practiceState, env) : undefined;

export function outgoingOf({ settings, store, clock }: App, { runId, emit }: Wiring): ReturnType<typeof createOutgoing> {
  const outgoing = createOutgoing({
    settings,
    rates: store.rates,
    ledger: store.ledger,
    services: store.services,
    clock,
    emit,
    runId,
    spendLimits: spendLimitsOf(settings),
    breakerPatienceMs: BREAKER_PATIENCE_MS,
  });
  return withPauses(outgoing, store.pauses);
}

const spendLimitsOf = ({ limits: { maxCostUsd, maxCostPerItemUsd, maxCostPerDayUsd } }: Settings): SpendLimits => ({
  run: microUsd(maxCostUsd),
  item: microUsd(maxCostPerItemUsd),
  day: microUsd(maxCostPerDayUsd),
});

const microUsd = (usd: number | null): number | null => (usd === null ? null : Math.round(usd * 1_000_000));

async function marketplaceOf(app: App, outgoing: Outgoing): Promise<Marketplace> {
  const { settings, store, clock, env, folders } = app;
  const vault = openVault({ folder: folders.data, environment: settings.environment, env });
  const stored = await vault.read();
  const credentials = ebayCredentials(settings.environment, env, stored);
  const baseUrl = await marketplaceAddress(app);
  // Practice keeps nothing unless somebody has logged in there to learn how it goes.
  const keeps = settings.environment !== 'practice' || stored !== undefined;
  return await marketplaces[settings.marketplace](
    { settings, outgoing, journal: store.journal, clock, env },
    { credentials, reference: store.reference, ...(baseUrl === undefined ? {} : { baseUrl }), ...(keeps ? { vault } : {}) },
  );
}
