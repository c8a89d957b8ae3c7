import { Command } from 'commander';
import { withdraw } from '../../app/withdraw.ts';
import { type CommonFlags, withCommonOptions } from '../common-options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

export const withdrawCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('withdraw').description('end the listing of an item').argument('<item>', 'id, SKU, listing id or folder'),
  ).action((name: string, flags: CommonFlags) =>
    withSession(shell, flags, async (session) => {
      const reporter = session.reporter();
      try {
        const { item } = await withdraw(session.app, name, { emit: (event) => reporter.on(event), signal: new AbortController().signal });
        if (session.format === 'json') session.json({ type: 'item.withdrawn', item: item.id, sku: item.sku });
        else session.text(`Withdrawn: ${item.id}. It is not listed again unless you approve it.\n`);
      } finally {
        reporter.close();
      }
    }),
  );
