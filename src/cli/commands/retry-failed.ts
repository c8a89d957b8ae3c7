import { Command } from 'commander';
import { retryFailed } from '../../app/retry-failed.ts';
import { ageMs } from '../age.ts';
import { EXIT_CODES, type RunFlags, withRunOptions } from '../options.ts';
import { withRunSession } from '../run-session.ts';
import type { Shell } from '../shell.ts';

interface RetryFlags extends RunFlags {
  readonly code?: readonly string[];
  readonly item?: readonly string[];
  readonly olderThan?: string;
  readonly newerThan?: string;
}

const EXAMPLES = `
Examples:
  easyflip retry-failed                                  everything that failed
  easyflip retry-failed --code provider.timeout provider.unavailable
  easyflip retry-failed --item mug --item EF2ABCDEFGHIJKL
  easyflip retry-failed --newer-than 2h                  what failed since; --older-than is what failed before
  easyflip status --failed                               what failed, and why`;

export const retryFailedCommand = (shell: Shell): Command =>
  withRunOptions(
    new Command('retry-failed')
      .description('run failed items again, from the stage that failed')
      .option('--code <code...>', 'only failures with one of these codes, such as listing.rejected')
      .option('--item <item...>', 'only these items')
      .option('--older-than <time>', 'only what failed longer ago than this: 30m, 2h, 1d')
      .option('--newer-than <time>', 'only what failed since: 30m, 2h, 1d'),
  )
    .addHelpText('after', `${EXAMPLES}\n${EXIT_CODES}`)
    .action((flags: RetryFlags) =>
      withRunSession(shell, flags, ({ app, emit, control }) =>
        retryFailed(app, {
          dryRun: flags.dryRun ?? false,
          codes: flags.code,
          items: flags.item,
          olderThanMs: flags.olderThan === undefined ? undefined : ageMs(flags.olderThan, '--older-than'),
          newerThanMs: flags.newerThan === undefined ? undefined : ageMs(flags.newerThan, '--newer-than'),
          emit,
          control,
        }),
      ),
    );
