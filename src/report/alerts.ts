import { Chalk, type ChalkInstance } from 'chalk';
import { type AlertLevel, isReport, type StoredAlert, utcMinute } from '../core/alert.ts';
import type { Reason } from '../core/errors.ts';
import { clean, wrap } from './text.ts';
import type { TextStyle } from './text-style.ts';

interface ChannelView {
  /** `webhook EASYFLIP_WEBHOOK`, `command mail`. */
  readonly channel: string;
  readonly from: AlertLevel;
}

/** What became of a message. `reason`: why it did not arrive. */
export interface SendView {
  readonly channel: string;
  readonly notices: number;
  readonly reason: Reason | null;
}

export interface AlertsView {
  /** ISO time. */
  readonly at: string;
  readonly firing: readonly StoredAlert[];
  readonly channels: readonly ChannelView[];
  /** undefined: nothing was to be sent. */
  readonly told?: readonly SendView[];
}

/** `easyflip alerts`, and `alerts check`. Ends with a line break. */
export function renderAlerts({ firing, channels, told }: AlertsView, style: TextStyle): string {
  const paint = new Chalk({ level: style.color ? 1 : 0 });
  const wrong = firing.filter((alert) => !isReport(alert));
  const heading =
    wrong.length === 0
      ? paint.green('Nothing is wrong.')
      : paint.bold(`${wrong.length} ${wrong.length === 1 ? 'alert is' : 'alerts are'} firing.`);
  return `${[
    heading,
    ...wrong.flatMap((alert) => ['', ...alertLines(alert, style, paint)]),
    '',
    ...(told === undefined
      ? toldTo(channels)
      : told.length === 0
        ? ['Nobody had to be told.']
        : told.flatMap((one) => sendLines(one, style, paint))),
  ].join('\n')}\n`;
}

/** `easyflip alerts test`. */
export function renderAlertTest(told: readonly SendView[], style: TextStyle): string {
  const paint = new Chalk({ level: style.color ? 1 : 0 });
  return `${told.flatMap((one) => sendLines(one, style, paint)).join('\n')}\n`;
}

function alertLines({ level, key, since, message, hint }: StoredAlert, { columns }: TextStyle, paint: ChalkInstance): readonly string[] {
  const name = level === 'critical' ? paint.red(level) : paint.yellow(level);
  return [
    `${name}  ${key}  ${paint.dim(`since ${utcMinute(since)}`)}`,
    ...wrap(clean(message), Math.max(20, columns - 2)).map((line) => `  ${line}`),
    ...wrap(clean(hint), Math.max(20, columns - 2)).map((line) => `  ${paint.dim(line)}`),
  ];
}

function toldTo(channels: readonly ChannelView[]): readonly string[] {
  if (channels.length === 0) return ['Nobody is told: name webhooks or commands under "alerts" in the settings (docs/alerts.md).'];
  return [
    `Told: ${channels.map(({ channel, from }) => `${channel} (${from === 'critical' ? 'critical' : `${from} and up`})`).join(', ')}.`,
  ];
}

/** The reason names the channel itself. */
function sendLines({ channel, notices, reason }: SendView, { columns }: TextStyle, paint: ChalkInstance): readonly string[] {
  if (reason === null) return [`${paint.green('sent')}    ${channel}: ${notices} ${notices === 1 ? 'notice' : 'notices'} in one message`];
  const lines = [reason.message, reason.hint].flatMap((text) => wrap(clean(text), Math.max(20, columns - 8)));
  return lines.map((line, at) => `${at === 0 ? `${paint.red('failed')}  ` : '        '}${line}`);
}

export const alertsJson = ({ at, firing, channels, told }: AlertsView): Record<string, unknown> => ({
  type: told === undefined ? 'alerts' : 'alerts.checked',
  at,
  firing,
  channels,
  ...(told === undefined ? {} : { told }),
});

export const alertTestJson = (told: readonly SendView[]): Record<string, unknown> => ({ type: 'alerts.tested', told });
