import { Command } from 'commander';
import { statusView } from '../../app/status.ts';
import { renderStatus, statusJson } from '../../report/status.ts';
import { type CommonFlags, withCommonOptions } from '../common-options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

export const statusCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('status').description('where every item stands').option('--all', 'list every item, also the quiet ones'),
  ).action((flags: CommonFlags & { readonly all?: boolean }) =>
    withSession(shell, flags, async ({ app, format, style, json, text }) => {
      const view = await statusView(app);
      if (format === 'json') json(statusJson(view));
      else text(renderStatus(view, { ...style, all: flags.all ?? false }));
    }),
  );
