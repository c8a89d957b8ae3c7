import { Command } from 'commander';
import { feesView } from '../../app/fees.ts';
import { feesJson, renderFees } from '../../report/fees.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

const EXAMPLES = `
Examples:
  easyflip fees K3QJ7                  eBay's figure for listing it, and the estimate for selling it
  easyflip list ./photos --dry-run     the estimate for everything that would be listed

Reads only. eBay tells the fee for listing an offer that it holds and that is not live; what it takes of a sale comes
from the fee table in your settings, which is yours to keep up to date.`;

export const feesCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('fees')
      .description('what eBay charges for items: its own figures, and estimates')
      .argument('<item...>', 'ids, SKUs or folders'),
  )
    .addHelpText('after', EXAMPLES)
    .action((names: string[], flags: CommonFlags) =>
      withSession(shell, flags, async (session) => {
        const reporter = session.reporter();
        try {
          const view = await feesView(session.app, names, { emit: (event) => reporter.on(event), signal: new AbortController().signal });
          if (session.format === 'json') session.json(feesJson(view));
          else session.text(renderFees(view, session.style));
        } finally {
          reporter.close();
        }
      }),
    );
