import { Command, InvalidArgumentError } from 'commander';
import { statsView } from '../../app/stats/stats.ts';
import { renderStats, statsJson } from '../../report/stats.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

const EXAMPLES = `
Examples:
  easyflip stats                       how right the analysis was in the last 30 days
  easyflip stats --since 90d
  easyflip stats --since 2026-11-01    from that day on (UTC)

Told from what you made of proposals with approve, edit, import, update or a sidecar: kept, changed, removed, or added where
nothing was proposed; by field, by provider and model, and by what a proposal rested on. Reads the database alone.`;

const DAY_MS = 86_400_000;

export const statsCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('stats')
      .description('how right the analysis is, from your corrections: by field, provider and model')
      .option('--since <when>', 'days such as 30d, or a day (UTC) such as 2026-11-01 (default: 30d)', sinceOf),
  )
    .addHelpText('after', EXAMPLES)
    .action((flags: CommonFlags & { readonly since?: Since }) =>
      withSession(shell, flags, async ({ app, format, style, json, text }) => {
        const since = flags.since ?? { days: 30 };
        const from = 'days' in since ? new Date(app.clock.now() - since.days * DAY_MS).toISOString() : `${since.day}T00:00:00.000Z`;
        const view = await statsView(app, from);
        if (format === 'json') json(statsJson(view));
        else text(renderStats(view, style));
      }),
    );

type Since = { readonly days: number } | { readonly day: string };

function sinceOf(text: string): Since {
  const [, days] = /^([1-9]\d{0,4})d$/.exec(text) ?? [];
  if (days !== undefined) return { days: Number(days) };
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return { day: text };
  throw new InvalidArgumentError('It is neither days such as 30d nor a day such as 2026-11-01.');
}
