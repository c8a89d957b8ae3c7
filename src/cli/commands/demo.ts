import { Command } from 'commander';
import { demo } from '../../app/demo.ts';
import { table } from '../../report/table.ts';
import { withRunSession } from '../run-session.ts';
import type { Shell } from '../shell.ts';

interface DemoFlags {
  readonly dataDir?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

const EXAMPLES = `
Examples:
  easyflip demo                           lists them, and names a page that shows them
  easyflip demo --data-dir /tmp/try       away from your own database`;

export const demoCommand = (shell: Shell): Command =>
  new Command('demo')
    .description('list the sample photos on the practice marketplace: no key, no account, no network')
    .option('--data-dir <dir>', 'folder of database and pictures (EASYFLIP_DATA_DIR)')
    .option('--json', 'one JSON object per line on standard output, nothing else')
    .option('--quiet', 'only what failed and the closing line')
    .option('--verbose', 'retries, stages and causes too')
    .addHelpText('after', EXAMPLES)
    .action((flags: DemoFlags) =>
      // Whatever the settings file says, a demo sells nothing and costs nothing.
      withRunSession(
        shell,
        { ...flags, forced: { env: 'practice', provider: 'local', publish: 'auto', group: 'auto' } },
        async ({ app, emit, control, session }) => {
          const { finished, rows, page } = await demo(app, { emit, control });
          if (session.format === 'json') return finished;
          const lines = table({
            columns: [{ title: 'TITLE', shrinks: true }, { title: 'PRICE', align: 'right' }, { title: 'STATE' }, { title: 'ID' }],
            rows: rows.map(({ title, price, state, id }) => [title, price, state, id]),
            width: session.style.columns,
          });
          session.text(`\n${lines.join('\n')}\n\nSee them:    ${page}\nBrowse them: easyflip practice${session.style.commandSuffix}\n`);
          return finished;
        },
      ),
    );
