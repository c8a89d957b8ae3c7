import { Command, Option } from 'commander';
import { list } from '../../app/list.ts';
import { BATCH_FLAG, EXIT_CODES, type RunFlags, withRunOptions } from '../options.ts';
import { withRunSession } from '../run-session.ts';
import type { Shell } from '../shell.ts';

interface ListFlags extends RunFlags {
  readonly group?: string;
  readonly limit?: string;
  readonly plan?: string;
}

export const listCommand = (shell: Shell): Command =>
  withRunOptions(
    new Command('list')
      .description('list the items in photo folders; run again to continue')
      .argument('[dir...]', 'folders with photos')
      .addOption(new Option('--group <mode>', 'what makes an item').choices(['auto', 'folder', 'name', 'time', 'divider']))
      .option('--plan <file>', 'group as this plan says, which `easyflip scan --write` made; it names the folders')
      .option('--limit <n>', 'begin at most so many new items')
      .option(...BATCH_FLAG),
  )
    .addHelpText(
      'after',
      `
Examples:
  easyflip list ./photos                     list on the practice marketplace
  easyflip list ./photos --dry-run           what would happen, without a writing call
  easyflip list ./photos --limit 5 --publish review
  easyflip list ./photos --batch             at night: the model's answers at half price; waits for them
  easyflip list --plan plan.json             as you edited it; kept for later runs
${EXIT_CODES}`,
    )
    .action((directories: string[], flags: ListFlags) =>
      withRunSession(shell, flags, ({ app, emit, control }) =>
        list(app, {
          directories,
          plan: flags.plan,
          dryRun: flags.dryRun ?? false,
          limit: flags.limit === undefined ? undefined : Number(flags.limit),
          batch: flags.batch,
          emit,
          control,
        }),
      ),
    );
