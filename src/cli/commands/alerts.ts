import { Command } from 'commander';
import { channelsOf } from '../../app/alerts/channels.ts';
import type { Told } from '../../app/alerts/tell.ts';
import { checkAlerts, observe, testChannels } from '../../app/alerts/watch-over.ts';
import type { App } from '../../app/app.ts';
import { EXIT } from '../../app/exit-code.ts';
import { isReport } from '../../core/alert.ts';
import { EasyflipError } from '../../core/errors.ts';
import { type AlertsView, alertsJson, alertTestJson, renderAlerts, renderAlertTest, type SendView } from '../../report/alerts.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { type Session, withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

const ABOUT = `
Examples:
  easyflip alerts                      what is wrong at the moment; tells nobody
  easyflip alerts test                 one of each to every webhook and command, and what became of it
  */10 * * * *  easyflip alerts check --quiet     from cron: tells what is new, what goes on and what is over

Runs, watch and sync check by themselves when they end. Whom to tell, and from when on: "alerts" in the settings
and docs/alerts.md. A webhook's address is a secret: it stands in EASYFLIP_WEBHOOK, not in the settings.`;

const CODES = `
Exit codes: 0 nothing is wrong, and who had to be told was told · 3 something is wrong, or somebody could not be told`;

export const alertsCommand = (shell: Shell): Command =>
  withCommonOptions(new Command('alerts').description('what is wrong, and who is told of it'))
    .addHelpText('after', ABOUT)
    .action((flags: CommonFlags) =>
      withSession(shell, flags, async (session) => {
        const { figures, firing } = await observe(session.app);
        tell(session, { at: figures.at, firing, channels: channelViews(session.app) });
      }),
    )
    .addCommand(checkCommand(shell))
    .addCommand(testCommand(shell));

const checkCommand = (shell: Shell): Command =>
  withCommonOptions(new Command('check').description('look what is wrong and tell who wants to know; for cron'))
    .addHelpText(
      'after',
      `${CODES}\n\nExamples:\n  easyflip alerts check --quiet        prints nothing while nothing is wrong\n\nOnce a day (UTC) the whole database is checked too.`,
    )
    .action((_: CommonFlags, command: Command) => {
      const flags: CommonFlags = command.optsWithGlobals();
      return withSession(shell, flags, async (session) => {
        const reporter = session.reporter();
        try {
          const { firing, told } = await checkAlerts(session.app, {
            emit: (event) => reporter.on(event),
            signal: new AbortController().signal,
          });
          const wrong = firing.some((alert) => !isReport(alert)) || told.some(({ reason }) => reason !== undefined);
          const view = { at: new Date(session.app.clock.now()).toISOString(), firing, channels: channelViews(session.app) };
          if (wrong || !flags.quiet || session.format === 'json') tell(session, { ...view, told: told.map(sendView) });
          shell.exit(wrong ? EXIT.someFailed : EXIT.ok);
        } finally {
          reporter.close();
        }
      });
    });

const testCommand = (shell: Shell): Command =>
  withCommonOptions(new Command('test').description('send one of each to every webhook and command'))
    .addHelpText(
      'after',
      '\nExit codes: 0 everybody was told · 3 somebody was not · 2 nobody is named in the settings\n\nExamples:\n  easyflip alerts test\n  easyflip alerts test --json',
    )
    .action((_: CommonFlags, command: Command) =>
      withSession(shell, command.optsWithGlobals(), async ({ app, format, style, json, text }) => {
        if (channelsOf(app.settings, app.env).length === 0) {
          throw new EasyflipError('usage.invalid', 'Nobody is to be told: the settings name no webhook and no command.', {
            hint: 'Add one under alerts.webhooks or alerts.commands; docs/alerts.md shows how.',
          });
        }
        const told = (await testChannels(app, new AbortController().signal)).map(sendView);
        if (format === 'json') json(alertTestJson(told));
        else text(renderAlertTest(told, style));
        shell.exit(told.every(({ reason }) => reason === null) ? EXIT.ok : EXIT.someFailed);
      }),
    );

function tell({ format, style, json, text }: Session, view: AlertsView): void {
  if (format === 'json') json(alertsJson(view));
  else text(renderAlerts(view, style));
}

const channelViews = (app: App): AlertsView['channels'] =>
  channelsOf(app.settings, app.env).map(({ name, from }) => ({ channel: name, from }));

const sendView = ({ channel, notices, reason }: Told): SendView => ({ channel, notices, reason: reason ?? null });
