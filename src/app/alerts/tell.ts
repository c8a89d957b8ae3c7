import type { AlertMessage, MessageNotice } from '../../core/alert-message.ts';
import { isEasyflipError, type Reason, reasonOf } from '../../core/errors.ts';
import type { Notice, NoticeRules } from '../../core/ports/index.ts';
import { messageText } from '../../notify/message-text.ts';
import type { App } from '../app.ts';
import { type Channel, channelsOf } from './channels.ts';

/** What a channel was told. `reason`: why it was not. */
export interface Told {
  readonly channel: string;
  readonly notices: number;
  readonly reason?: Reason;
}

/** What comes back within half an hour after it was told to be over, such as a service that comes and goes, waits. */
const FLAP_MS = 30 * 60_000;

/** Tells each channel what is due for it, in one message. Only channels that had something to tell are answered. Errors: `store.*`. */
export function tellAll(app: App, signal: AbortSignal): Promise<readonly Told[]> {
  return Promise.all(channelsOf(app.settings, app.env).map((channel) => tell(app, channel, signal))).then((all) => all.flat());
}

async function tell({ store, settings, clock }: App, channel: Channel, signal: AbortSignal): Promise<readonly Told[]> {
  const { repeatHours, gatherMinutes } = settings.alerts;
  const rules: NoticeRules = {
    from: channel.from,
    repeatMs: repeatHours === null ? null : repeatHours * 3_600_000,
    flapMs: FLAP_MS,
    gatherMs: gatherMinutes * 60_000,
  };
  const now = clock.now();
  const taken = await store.alerts.take(channel.name, rules, now);
  if (taken.notices.length === 0) return [];
  const reason = await sent(channel, messageOf(taken.notices.map(noticeOf), settings, now), signal);
  if (reason === undefined) return [{ channel: channel.name, notices: taken.notices.length }];
  await taken.giveBack();
  return [{ channel: channel.name, notices: taken.notices.length, reason }];
}

/** Undefined: it arrived. */
export async function sent(channel: Channel, message: AlertMessage, signal: AbortSignal): Promise<Reason | undefined> {
  try {
    await channel.send(message, signal);
    return undefined;
  } catch (error) {
    if (!isEasyflipError(error)) throw error;
    return reasonOf(error);
  }
}

export function messageOf(
  notices: readonly MessageNotice[],
  { environment }: Pick<App['settings'], 'environment'>,
  nowMs: number,
  test = false,
): AlertMessage {
  const message = { type: 'alert.message', version: 1, environment, at: new Date(nowMs).toISOString(), test, notices } as const;
  return { ...message, text: messageText(message) };
}

function noticeOf({ alert, state }: Notice): MessageNotice {
  const { key, rule, level, message, hint, figures, since, resolvedAt } = alert;
  return { state, key, rule, level, message, hint, figures, since, resolvedAt };
}
