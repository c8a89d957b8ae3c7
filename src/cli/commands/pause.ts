import { Argument, Command } from 'commander';
import { pause, unpause } from '../../app/pauses.ts';
import type { Paused } from '../../core/ports/index.ts';
import { SERVICES } from '../../core/settings.ts';
import { pausesJson, renderPaused, renderUnpaused } from '../../report/pauses.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

const service = (): Argument => new Argument('[service]', 'one of them; default: everything').choices(SERVICES);

export const pauseCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('pause').description('begin no new item, or call one service no more, until unpause').addArgument(service()),
  )
    .addHelpText(
      'after',
      `
Holds for every easyflip on this database, also for those under way, and outlives them. Items under way are finished;
those that need a paused service are left for later.

Examples:
  easyflip pause                       begin nothing new
  easyflip pause inventory             create no listing; everything before goes on
  easyflip status                      shows what is paused`,
    )
    .action((what: Paused | undefined, flags: CommonFlags) =>
      withSession(shell, flags, async ({ app, format, json, text }) => {
        const paused = await pause(app, what ?? 'all');
        if (format === 'json') json(pausesJson(paused));
        else text(renderPaused(paused));
      }),
    );

export const unpauseCommand = (shell: Shell): Command =>
  withCommonOptions(new Command('unpause').description('go on with everything, or with one service').addArgument(service()))
    .addHelpText(
      'after',
      `
Examples:
  easyflip unpause                     everything goes on
  easyflip unpause inventory           only this service`,
    )
    .action((what: Paused | undefined, flags: CommonFlags) =>
      withSession(shell, flags, async ({ app, format, style, json, text }) => {
        const { ended, still } = await unpause(app, what);
        if (format === 'json') json(pausesJson(still));
        else text(renderUnpaused(ended, still, style.commandSuffix ?? ''));
      }),
    );
