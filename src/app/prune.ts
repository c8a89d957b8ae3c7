import { EasyflipError, reasonOf } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { PruneView } from '../report/upkeep.ts';
import type { App } from './app.ts';

/** Forgets the detail of what is over. `days` undefined: as set. Errors: `usage.invalid`, `store.*`. */
export async function pruneNow({ store, settings }: App, wanted: number | undefined, dryRun: boolean): Promise<PruneView> {
  const days = wanted ?? settings.store.detailDays;
  if (days === null) {
    throw new EasyflipError('usage.invalid', 'The settings say that detail is kept for ever.', { hint: 'Say how long with --days N.' });
  }
  return { dryRun, days, ...(await store.upkeep.prune(days, dryRun)) };
}

/** At the end of `list`, once a day. That it fails is told, and changes nothing of how the run ended. */
export async function pruneDaily({ store, settings }: App, emit: Emit): Promise<void> {
  const { detailDays } = settings.store;
  if (detailDays === null) return;
  try {
    await store.upkeep.pruneDaily(detailDays);
  } catch (error) {
    if (!(error instanceof EasyflipError)) throw error;
    const { message, hint } = reasonOf(error);
    emit({ type: 'run.notice', message: `Old detail could not be removed from the database. ${message} ${hint}` });
  }
}
