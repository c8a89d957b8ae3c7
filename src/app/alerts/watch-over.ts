import type { StoredAlert } from '../../core/alert.ts';
import type { MessageNotice } from '../../core/alert-message.ts';
import { isEasyflipError, reasonOf } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import type { Figures } from '../../core/figures.ts';
import type { App } from '../app.ts';
import { writeMetrics } from '../metrics/publish.ts';
import { channelsOf } from './channels.ts';
import { judge } from './rules.ts';
import { situationOf } from './situation.ts';
import { messageOf, sent, type Told, tellAll } from './tell.ts';
import { tellItOpens } from './without-store.ts';

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
    if (hasChannels) await tellItOpens(app, signal);
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
  await tellItOpens(app, handles.signal);
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

/** `easyflip alerts test`: a notice of each level to every channel, whatever it wants to know otherwise. Nothing is remembered. */
export function testChannels({ settings, env, clock }: App, signal: AbortSignal): Promise<readonly Told[]> {
  const now = clock.now();
  const at = new Date(now).toISOString();
  const notices = TESTS.map(
    (one): MessageNotice => ({
      ...one,
      hint: 'Nothing needs to be done.',
      figures: {},
      since: at,
      resolvedAt: one.state === 'resolved' ? at : null,
    }),
  );
  const message = messageOf(notices, settings, now, true);
  return Promise.all(
    channelsOf(settings, env).map(async (channel): Promise<Told> => {
      const reason = await sent(channel, message, signal);
      return { channel: channel.name, notices: notices.length, ...(reason ? { reason } : {}) };
    }),
  );
}

const TESTS: readonly Pick<MessageNotice, 'key' | 'rule' | 'level' | 'state' | 'message'>[] = [
  { key: 'test:critical', rule: 'service-down', level: 'critical', state: 'firing', message: 'A test of what is critical.' },
  { key: 'test:warning', rule: 'success-low', level: 'warning', state: 'firing', message: 'A test of a warning.' },
  { key: 'test:info', rule: 'report-daily', level: 'info', state: 'firing', message: 'A test of a report.' },
  { key: 'test:resolved', rule: 'success-low', level: 'warning', state: 'resolved', message: 'A test of what is over.' },
];
