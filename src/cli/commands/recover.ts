import { Command } from 'commander';
import { recover } from '../../app/recover.ts';
import { recoverJson, renderRecover } from '../../report/recover.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

const EXAMPLES = `
Examples:
  easyflip recover ./photos --dry-run --env production   what eBay knows of these photos
  easyflip recover ./photos --env production             write it into the database

For when the database is lost and there is no backup (\`easyflip restore\`). Name the folders you listed from. Reads only on eBay; may be
repeated. Afterwards \`list\` lists nothing twice, \`status\` shows listings and prices, \`sync\` reads the sales. Approvals, holds, facts that you
set by command, and what was spent cannot come back.`;

export const recoverCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('recover')
      .description('rebuild a lost database from eBay and the photos')
      .argument('<dir...>', 'folders with the photos')
      .option('--dry-run', 'say what would be recorded'),
  )
    .addHelpText('after', EXAMPLES)
    .action((directories: string[], flags: CommonFlags & { readonly dryRun?: boolean }) =>
      withSession(shell, flags, async (session) => {
        const reporter = session.reporter();
        try {
          const view = await recover(session.app, {
            directories,
            dryRun: flags.dryRun ?? false,
            emit: (event) => reporter.on(event),
            signal: new AbortController().signal,
          });
          if (session.format === 'json') session.json(recoverJson(view));
          else session.text(renderRecover(view));
        } finally {
          reporter.close();
        }
      }),
    );
