import { Command } from 'commander';
import { alertsCommand } from './commands/alerts.ts';
import { archiveCommand } from './commands/archive.ts';
import { authCommand } from './commands/auth.ts';
import { backupCommand, restoreCommand, verifyCommand } from './commands/backup.ts';
import { completionCommand } from './commands/completion.ts';
import { configCommand } from './commands/config.ts';
import { costsCommand } from './commands/costs.ts';
import { approveCommand, holdCommand, skipCommand } from './commands/decide.ts';
import { demoCommand } from './commands/demo.ts';
import { dividerCommand } from './commands/divider.ts';
import { doctorCommand } from './commands/doctor.ts';
import { editCommand } from './commands/edit.ts';
import { evalCommand } from './commands/eval.ts';
import { explainCommand } from './commands/explain.ts';
import { exportCommand } from './commands/export.ts';
import { feesCommand } from './commands/fees.ts';
import { forgetCommand } from './commands/forget.ts';
import { groupCommand } from './commands/group.ts';
import { importCommand } from './commands/import.ts';
import { listCommand } from './commands/list.ts';
import { pauseCommand, unpauseCommand } from './commands/pause.ts';
import { practiceCommand } from './commands/practice.ts';
import { pruneCommand } from './commands/prune.ts';
import { recoverCommand } from './commands/recover.ts';
import { reportCommand } from './commands/report.ts';
import { resumeCommand } from './commands/resume.ts';
import { retryFailedCommand } from './commands/retry-failed.ts';
import { reviewCommand } from './commands/review.ts';
import { scanCommand } from './commands/scan.ts';
import { setupCommand } from './commands/setup.ts';
import { showCommand } from './commands/show.ts';
import { statsCommand } from './commands/stats.ts';
import { statusCommand } from './commands/status.ts';
import { syncCommand } from './commands/sync.ts';
import { updateCommand } from './commands/update.ts';
import { watchCommand } from './commands/watch.ts';
import { withdrawCommand } from './commands/withdraw.ts';
import { EXIT_CODES } from './options.ts';
import type { Shell } from './shell.ts';

/** Every command, in the order of a seller's day. A command is one file and one line here. */
const COMMANDS: readonly ((shell: Shell, version: string) => Command)[] = [
  demoCommand,
  authCommand,
  setupCommand,
  doctorCommand,
  dividerCommand,
  scanCommand,
  groupCommand,
  listCommand,
  watchCommand,
  resumeCommand,
  retryFailedCommand,
  pauseCommand,
  unpauseCommand,
  statusCommand,
  showCommand,
  reviewCommand,
  approveCommand,
  editCommand,
  exportCommand,
  importCommand,
  holdCommand,
  skipCommand,
  forgetCommand,
  updateCommand,
  withdrawCommand,
  syncCommand,
  archiveCommand,
  feesCommand,
  evalCommand,
  costsCommand,
  backupCommand,
  restoreCommand,
  verifyCommand,
  pruneCommand,
  statsCommand,
  alertsCommand,
  recoverCommand,
  explainCommand,
  reportCommand,
  configCommand,
  completionCommand,
  practiceCommand,
];

export function createProgram(shell: Shell, version: string): Command {
  const program = new Command('easyflip')
    .description('Photo folders in, live eBay listings out. Kill it at any moment and run it again.')
    .version(version, '-V, --version', 'print the version')
    .addHelpText(
      'after',
      `${EXIT_CODES}\n\nFirst steps:\n  easyflip demo               list sample photos on the practice marketplace\n  easyflip list ./photos      list your own; practice is the default, nothing is sold`,
    )
    .showSuggestionAfterError();
  for (const create of COMMANDS) program.addCommand(create(shell, version));
  for (const command of [program, ...program.commands, ...program.commands.flatMap((one) => one.commands)]) {
    // Usage errors take the same form and exit code as all others: see main.ts.
    command.exitOverride().configureOutput({ writeOut: (text) => shell.out.write(text), writeErr: () => {} });
  }
  return program;
}
