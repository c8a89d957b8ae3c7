import { mkdir } from 'node:fs/promises';
import { createAnalysis, marketplaces } from '../adapters/registry.ts';
import { ebayCredentials } from '../config/secrets.ts';
import type { Emit } from '../core/events.ts';
import type { StagePorts } from '../pipeline/stage.ts';
import { createOutgoing } from '../resilience/guard.ts';
import type { App } from './app.ts';
import { practiceUrl } from './practice-process.ts';

export interface RunPorts {
  readonly ports: StagePorts;
  /** Waits until no call is under way and ends workers, so that the program can exit. */
  close(): Promise<void>;
}

/** A service that is down for a moment makes calls wait for its next probe; one that stays down puts items off. */
const BREAKER_PATIENCE_MS = 60_000;

/** The composition root: the one place where ports, guards and adapters meet. */
export async function wireRun(app: App, { runId, emit }: { readonly runId: string; readonly emit: Emit }): Promise<RunPorts> {
  const { settings, store, clock, env, folders } = app;
  const { maxCostUsd } = settings.limits;
  const outgoing = createOutgoing({
    settings,
    rates: store.rates,
    ledger: store.ledger,
    clock,
    emit,
    runId,
    maxCostMicroUsd: maxCostUsd === null ? null : Math.round(maxCostUsd * 1_000_000),
    breakerPatienceMs: BREAKER_PATIENCE_MS,
  });
  const context = { settings, outgoing, journal: store.journal, clock, env };
  const credentials = ebayCredentials(settings.environment, env);
  const baseUrl = settings.environment === 'practice' ? await practiceUrl(folders.practiceState, env) : undefined;
  const [marketplace, analysis] = await Promise.all([
    marketplaces[settings.marketplace](context, { credentials, ...(baseUrl === undefined ? {} : { baseUrl }) }),
    createAnalysis(context),
    mkdir(folders.pictures, { recursive: true, mode: 0o700 }),
  ]);
  return {
    ports: { outgoing, ...analysis, marketplace, items: store.items, clock, pictureFolder: folders.pictures },
    async close() {
      await outgoing.idle();
      await analysis.textReader.close?.();
    },
  };
}
