import { Command, InvalidArgumentError } from 'commander';
import { costsView } from '../../app/costs.ts';
import { costsJson, renderCosts } from '../../report/costs.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

const EXAMPLES = `
Examples:
  easyflip costs                       what models cost so far, by model, day, run and item
  easyflip costs --since 2026-11-01    the same from that day on (UTC)

Reads the ledger alone: every paid call is in it, with its tokens. Amounts come from the dated price table in your settings
(models.prices). Limits: --max-cost for a run, --max-cost-item for an item, --max-cost-day for a day.`;

export const costsCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('costs')
      .description('what models cost: by model, day, run and item')
      .option('--since <day>', 'from this day on (UTC), such as 2026-11-01', dayOf),
  )
    .addHelpText('after', EXAMPLES)
    .action((flags: CommonFlags & { readonly since?: string }) =>
      withSession(shell, flags, async ({ app, format, style, json, text }) => {
        const view = await costsView(app, flags.since);
        if (format === 'json') json(costsJson(view));
        else text(renderCosts(view, style));
      }),
    );

function dayOf(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('It is no day such as 2026-11-01.');
}
