import { Command } from 'commander';
import { withdraw } from '../../app/withdraw.ts';
import { withdrawnJson } from '../../report/update.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

const EXAMPLES = `
Examples:
  easyflip withdraw K3QJ7              ends the listing at once, and marks it on eBay as taken back

May be said again after an interruption. \`easyflip approve ITEM\` lists it anew.`;

export const withdrawCommand = (shell: Shell): Command =>
  withCommonOptions(new Command('withdraw').description('end the listing of an item').argument('<item>', 'id, SKU, listing id or folder'))
    .addHelpText('after', EXAMPLES)
    .action((name: string, flags: CommonFlags) =>
      withSession(shell, flags, async (session) => {
        const reporter = session.reporter();
        try {
          const { item } = await withdraw(session.app, name, { emit: (event) => reporter.on(event), signal: new AbortController().signal });
          if (session.format === 'json') session.json(withdrawnJson(item));
          else session.text(`Withdrawn: ${item.id}. It is not listed again unless you approve it.\n`);
        } finally {
          reporter.close();
        }
      }),
    );
