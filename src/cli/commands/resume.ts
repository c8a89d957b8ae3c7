import { Command } from 'commander';
import { resume } from '../../app/resume.ts';
import { BATCH_FLAG, EXIT_CODES, type RunFlags, withRunOptions } from '../options.ts';
import { withRunSession } from '../run-session.ts';
import type { Shell } from '../shell.ts';

const EXAMPLES = `
Examples:
  easyflip resume                         after Ctrl-C, a kill, a limit, or a service that was down
  easyflip resume --max-cost 1.00         with room for what stopped at the budget
  easyflip resume --dry-run               what it would do`;

export const resumeCommand = (shell: Shell): Command =>
  withRunOptions(new Command('resume').description('continue what an earlier run left').option(...BATCH_FLAG))
    .addHelpText('after', `${EXAMPLES}\n${EXIT_CODES}`)
    .action((flags: RunFlags) =>
      withRunSession(shell, flags, ({ app, emit, control }) =>
        resume(app, { dryRun: flags.dryRun ?? false, batch: flags.batch, emit, control }),
      ),
    );
