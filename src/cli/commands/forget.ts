import { Command } from 'commander';
import { FORGETTABLE, forget } from '../../app/forget.ts';
import { EasyflipError } from '../../core/errors.ts';
import { forgetJson, renderForgotten } from '../../report/forget.ts';
import { confirm } from '../confirm.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

interface ForgetFlags extends CommonFlags {
  readonly waiting?: boolean;
  readonly held?: boolean;
  readonly failed?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export const forgetCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('forget')
      .description('take items that are not live out of the database; photos stay')
      .argument('[item...]', 'id, SKU or folder')
      .option('--waiting', 'all that wait')
      .option('--held', 'all that are held')
      .option('--failed', 'all that failed')
      .option('--dry-run', 'only say which')
      .option('--yes', 'do not ask'),
  )
    .addHelpText(
      'after',
      `
A later \`list\` of the same photos finds the items as new, and pays for them anew. \`easyflip skip ITEM\` keeps one from being
listed for good. What is or was on eBay is never forgotten.

Examples:
  easyflip forget K3QJ7
  easyflip forget --failed --dry-run
  easyflip forget --waiting --yes      clears what waits`,
    )
    .action((named: string[], flags: ForgetFlags) =>
      withSession(shell, flags, async ({ app, format, json, text }) => {
        const states = FORGETTABLE.filter((state) => flags[state]);
        if (named.length === 0 && states.length === 0) {
          throw new EasyflipError('usage.invalid', 'Nothing says what to forget.', {
            hint: 'Name items, or use --waiting, --held or --failed.',
          });
        }
        const request = { named, states };
        const meant = await forget(app, { ...request, dryRun: true });
        const go = !flags.dryRun && meant.length > 0 && (flags.yes || (await confirm(`Forget ${meant.length} of your items?`, '--yes')));
        const items = go ? await forget(app, { ...request, dryRun: false }) : meant;
        if (format === 'json') json(forgetJson(items, !go));
        else text(renderForgotten(items, !go));
      }),
    );
