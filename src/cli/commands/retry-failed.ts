import { Command } from 'commander';
import { retryFailed } from '../../app/resume.ts';
import { EXIT_CODES, type RunFlags, withRunOptions } from '../common-options.ts';
import { withRunSession } from '../run-session.ts';
import type { Shell } from '../shell.ts';

interface RetryFlags extends RunFlags {
  readonly code?: string;
  readonly item?: string;
}

export const retryFailedCommand = (shell: Shell): Command =>
  withRunOptions(
    new Command('retry-failed')
      .description('run failed items again, from the stage that failed')
      .option('--code <code>', 'only failures with this code, such as listing.rejected')
      .option('--item <item>', 'only this item'),
  )
    .addHelpText('after', EXIT_CODES)
    .action((flags: RetryFlags) =>
      withRunSession(shell, flags, ({ app, emit, control }) =>
        retryFailed(app, { dryRun: flags.dryRun ?? false, code: flags.code, item: flags.item, emit, control }),
      ),
    );
