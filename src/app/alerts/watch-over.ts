import type { StoredAlert } from '../../core/alert.ts';
import { isEasyflipError, reasonOf } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import type { Figures } from '../../core/figures.ts';
import type { App } from '../app.ts';
import { writeMetrics } from '../metrics/publish.ts';
import { judge } from './rules.ts';
import { situationOf } from './situation.ts';
import { type Told, tellAll } from './tell.ts';

interface Handles {
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/**
 * After a run, and from time to time in a watch: looks what is the matter, tells those who want to know, and writes the metrics.
 * Does nothing where nobody wants to know. Nothing of it changes how the run ended: what fails is told as a notice.
 */
export async function watchOver(app: App, { emit, signal }: Handles): Promise<void> {
  const { alerts, metrics } = app.settings;
  const hasChannels = alerts.webhooks.length + alerts.commands.length > 0;
  if (!hasChannels && metrics.textfile === null) return;
  try {
    const { figures } = await observe(app);
    for (const { reason } of hasChannels ? await tellAll(app, signal) : []) {
      if (reason) emit({ type: 'run.notice', message: `${reason.message} ${reason.hint}` });
    }
    await writeMetrics(app, figures, emit);
  } catch (error) {
    if (!isEasyflipError(error)) throw error;
    const { message, hint } = reasonOf(error);
    emit({ type: 'run.notice', message: `Alerts and metrics could not be made. ${message} ${hint}` });
  }
}

/** What is the matter now, written down. `problems`: what a check of the whole database found, where it was looked at. Errors: `store.*`. */
export async function observe(
  app: App,
  problems?: number,
): Promise<{ readonly figures: Figures; readonly firing: readonly StoredAlert[] }> {
  const situation = await situationOf(app, problems);
  await app.store.alerts.observe(judge(situation), situation.figures.at);
  const firing = await app.store.alerts.firing();
  return { figures: { ...situation.figures, firing }, firing };
}

export interface Checked {
  readonly firing: readonly StoredAlert[];
  readonly told: readonly Told[];
}

/** `easyflip alerts check`: the same once, and once a day the whole database is looked through. Errors: `store.*`. */
export async function checkAlerts(app: App, handles: Handles): Promise<Checked> {
  const { figures, firing } = await observe(app, await problemsOf(app));
  const told = await tellAll(app, handles.signal);
  await writeMetrics(app, figures, handles.emit);
  return { firing, told };
}

async function problemsOf({ store }: App): Promise<number | undefined> {
  try {
    return (await store.upkeep.inspectDaily())?.problems;
  } catch (error) {
    if (!isEasyflipError(error) || error.code !== 'store.damaged') throw error;
    return 1;
  }
}
