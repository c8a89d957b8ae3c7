import { Command, Option } from 'commander';
import { EXIT } from '../../app/exit-code.ts';
import { watch } from '../../app/watch/watch.ts';
import { EXIT_CODES, type RunFlags, withWorkOptions } from '../options.ts';
import { withRunSession } from '../run-session.ts';
import type { Shell } from '../shell.ts';

interface WatchFlags extends RunFlags {
  readonly group?: string;
  readonly quietSeconds?: string;
  readonly poll?: boolean;
  readonly metricsPort?: string;
}

const ABOUT = `
An item is taken once its folder was quiet for a minute; a divider shot closes the item before it at once. What is there
already is listed first. A photo that comes late changes its item; a live listing is left as it is.
Stop it in order with Ctrl-C or SIGTERM; after a kill, start it again. docs/unattended.md has units for systemd, launchd and Windows.

Examples:
  easyflip watch ./photos                            list what arrives, until stopped
  easyflip watch ./photos --quiet-seconds 10         for fast copies
  easyflip watch /mnt/nas/photos --poll              a network drive
  easyflip watch ./photos --metrics-port 9464        figures for Prometheus
  easyflip watch ./photos --window 20:00-06:00 --pace 40/day`;

export const watchCommand = (shell: Shell): Command =>
  withWorkOptions(
    new Command('watch')
      .description('list what arrives in a folder, until stopped')
      .argument('<dir>', 'the folder')
      .addOption(new Option('--group <mode>', 'what makes an item').choices(['auto', 'folder', 'name', 'time', 'divider']))
      .option('--quiet-seconds <n>', 'how long a folder must be quiet (default: 60)')
      .option('--poll', 'look again and again instead of being told by the system: for network drives')
      .option('--metrics-port <n>', 'answer Prometheus at http://127.0.0.1:<n>/metrics, for this machine only'),
  )
    .addHelpText('after', `${ABOUT}\n${EXIT_CODES}`)
    .action((dir: string, flags: WatchFlags) =>
      withRunSession(shell, flags, async ({ app, emit, control }) => {
        await watch(app, { folder: dir, polling: flags.poll, emit, control });
        return { exitCode: EXIT.ok };
      }),
    );
