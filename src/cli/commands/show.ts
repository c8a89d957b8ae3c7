import { Command } from 'commander';
import { showView } from '../../app/show.ts';
import { renderShow, showJson } from '../../report/show.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

const EXAMPLES = `
Examples:
  easyflip show 4OFKL6PFHNIPX             by id; a SKU or a listing id will do as well
  easyflip show ./photos/blue-mug
  easyflip show blue-mug --json`;

export const showCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('show')
      .description('everything about one item: facts with their evidence, stages, reason')
      .argument('<item>', 'id, SKU, listing id or folder'),
  )
    .addHelpText('after', EXAMPLES)
    .action((name: string, flags: CommonFlags) =>
      withSession(shell, flags, async ({ app, format, style, json, text }) => {
        const view = await showView(app, name);
        if (format === 'json') json(showJson(view, style.commandSuffix));
        else text(renderShow(view, style));
      }),
    );
