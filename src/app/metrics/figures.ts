import { statfs } from 'node:fs/promises';
import type { Figures, ServiceFigures } from '../../core/figures.ts';
import { deriveState } from '../../core/item-state.ts';
import type { ItemState } from '../../core/outcome.ts';
import { SERVICES } from '../../core/settings.ts';
import { pacificDay } from '../../resilience/limiter.ts';
import type { App } from '../app.ts';
import { stageNames } from '../status.ts';

/** One look at everything. Nothing outside is asked, and no photo is opened. Errors: `store.*`. */
export async function figuresOf(app: App): Promise<Figures> {
  const { store, settings, folders, clock } = app;
  const [standing, services, totals, allowances, sold, models, lastRun, latestBackup, diskFreeBytes, firing] = await Promise.all([
    standingOf(app),
    serviceFigures(app),
    store.measures.totals(),
    store.services.allowances(),
    store.measures.sold(),
    store.measures.spentOnModels(),
    store.runs.latest(),
    store.upkeep.latestBackup(),
    diskFree(folders.data),
    store.alerts.firing(),
  ]);
  return {
    at: new Date(clock.now()).toISOString(),
    environment: settings.environment,
    ...standing,
    totals,
    services,
    allowances,
    sold,
    models,
    lastRun: lastRun ? { startedAt: lastRun.startedAt, finishedAt: lastRun.finishedAt ?? null, exitCode: lastRun.exitCode ?? null } : null,
    backups: { wanted: settings.store.backupsKept > 0, latestAt: latestBackup ?? null },
    diskFreeBytes,
    firing,
  };
}

/** The same derivation as `status`, once for all items that are alike. */
async function standingOf({ store }: App): Promise<Pick<Figures, 'states' | 'queue' | 'oldestWaitingAt'>> {
  const states: Record<ItemState, number> = { live: 0, sold: 0, ended: 0, waiting: 0, held: 0, failed: 0, skipped: 0, withdrawn: 0 };
  const queue = new Map<string, number>(stageNames.map((stage) => [stage, 0]));
  let oldestWaitingAt: string | null = null;
  for (const { items, oldestAt, like, recorded } of await store.measures.standing()) {
    const { state, stage } = deriveState(like, recorded, stageNames);
    states[state] += items;
    if (state !== 'waiting') continue;
    if (stage !== undefined) queue.set(stage, (queue.get(stage) ?? 0) + items);
    if (oldestWaitingAt === null || oldestAt < oldestWaitingAt) oldestWaitingAt = oldestAt;
  }
  return { states, queue: [...queue].map(([stage, waiting]) => ({ stage, items: waiting })), oldestWaitingAt };
}

async function serviceFigures({ store, settings, clock }: App): Promise<readonly ServiceFigures[]> {
  const now = clock.now();
  const [breakers, calls] = await Promise.all([store.services.breakers(), store.services.callsOf(pacificDay(now))]);
  return SERVICES.map((service) => {
    const open = breakers.get(service);
    return {
      service,
      breaker: open === undefined ? 'closed' : open.probeAtMs > now ? 'open' : 'half-open',
      openSince: open === undefined ? null : new Date(open.sinceMs).toISOString(),
      callsToday: calls.get(service) ?? 0,
      dailyQuota: settings.services[service].dailyQuota,
    };
  });
}

async function diskFree(folder: string): Promise<number | null> {
  const space = await statfs(folder).catch(() => undefined);
  return space === undefined ? null : space.bavail * space.bsize;
}
