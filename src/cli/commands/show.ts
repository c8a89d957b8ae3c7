import { Command } from 'commander';
import { showView } from '../../app/show.ts';
import { renderShow, showJson } from '../../report/show.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

export const showCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('show')
      .description('everything about one item: facts with their evidence, stages, reason')
      .argument('<item>', 'id, SKU, listing id or folder'),
  ).action((name: string, flags: CommonFlags) =>
    withSession(shell, flags, async ({ app, format, style, json, text }) => {
      const view = await showView(app, name);
      if (format === 'json') json(showJson(view, style.commandSuffix));
      else text(renderShow(view, style));
    }),
  );
