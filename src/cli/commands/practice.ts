import { Command } from 'commander';
import { openPractice } from '../../app/practice-foreground.ts';
import { foldersOf } from '../../config/folders.ts';
import type { Shell } from '../shell.ts';

interface PracticeFlags {
  readonly port?: string;
  readonly state?: string;
  readonly dataDir?: string;
  readonly json?: boolean;
}

export const practiceCommand = (shell: Shell): Command =>
  new Command('practice')
    .description('run the practice marketplace and look at its listings; stays until stopped')
    .option('--port <n>', 'port on 127.0.0.1 (default: any free one)')
    .option('--state <file>', 'where it remembers (default: in the data folder)')
    .option('--data-dir <dir>', 'folder of database and pictures (EASYFLIP_DATA_DIR)')
    .option('--json', 'print {"type":"practice.started","url":…}')
    .action(async ({ port, state, dataDir, json }: PracticeFlags) => {
      const stateFile = state ?? foldersOf({ dataDir, env: shell.env, environment: 'practice' }).practiceState;
      await openPractice({
        stateFile,
        port: port === undefined ? undefined : Number(port),
        onStarted: (url) => {
          shell.out.write(json ? `${JSON.stringify({ type: 'practice.started', url })}\n` : `The practice marketplace is at ${url} (Ctrl-C ends it).\n`);
        },
      });
    });
