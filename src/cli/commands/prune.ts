import { Command, InvalidArgumentError } from 'commander';
import { pruneNow } from '../../app/prune.ts';
import { pruneJson, renderPrune } from '../../report/upkeep.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

const EXAMPLES = `
Examples:
  easyflip prune --dry-run     what would go
  easyflip prune               detail of what has been over for \`store.detailDays\` (100)
  easyflip prune --days 30     keep less

Over is what was sold, ended, withdrawn or skipped; \`sync\` finds out. What is live, failed, held or waiting stays whole. Items, their photos'
hashes, SKUs, listings, approvals, sales and every amount spent stay for ever. \`list\` does this by itself once a day.`;

export const pruneCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('prune')
      .description('keep the database small: forget the detail of what is over')
      .option('--days <n>', 'over for so many days', daysOf)
      .option('--dry-run', 'say what would go'),
  )
    .addHelpText('after', EXAMPLES)
    .action((flags: CommonFlags & { readonly days?: number; readonly dryRun?: boolean }) =>
      withSession(shell, flags, async ({ app, format, json, text }) => {
        const view = await pruneNow(app, flags.days, flags.dryRun ?? false);
        if (format === 'json') json(pruneJson(view));
        else text(renderPrune(view));
      }),
    );

function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 36_500) return days;
  throw new InvalidArgumentError('It is no whole number from 1 to 36500.');
}
