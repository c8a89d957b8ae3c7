import { Command, InvalidArgumentError } from 'commander';
import { statsView } from '../../app/stats/stats.ts';
import { renderBottleneck, renderStats } from '../../report/stats.ts';
import { statsJson } from '../../report/stats-json.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

const EXAMPLES = `
Examples:
  easyflip stats                       the last 30 days
  easyflip stats --since 90d
  easyflip stats --since 2026-11-01    from that day on (UTC)
  easyflip stats --bottleneck          which service sets the pace, and which setting would change it
  easyflip stats --stale-days 90       what is live for 90 days and longer without having sold

Listings by day, success, time and cost of the stages; conversion, sell-through, revenue, fees, profit and margin of what \`easyflip sync\`
found, with the \`cost\` of your sidecars; how far your target is (\`target\` in the settings) and which levers bring you nearer; and how right
the analysis was, from what you made of its proposals. What is not known says why; it is never 0. Reads the database alone.
\`easyflip report --html\` makes a page of it.`;

const DAY_MS = 86_400_000;

export const statsCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('stats')
      .description('figures: listings, bottleneck, sales, target, and how right the analysis is')
      .option('--since <when>', 'days such as 30d, or a day (UTC) such as 2026-11-01 (default: 30d)', sinceOf)
      .option('--stale-days <n>', 'unsold for so long is stale (default: 60)', daysOf)
      .option('--bottleneck', 'only what holds things up, service by service'),
  )
    .addHelpText('after', EXAMPLES)
    .action((flags: StatsFlags) =>
      withSession(shell, flags, async ({ app, format, style, json, text }) => {
        const view = await statsView(app, { since: startOf(flags.since, app.clock.now()), staleDays: flags.staleDays ?? STALE_DAYS });
        if (format === 'json') json(statsJson(view));
        else text(flags.bottleneck ? renderBottleneck(view, style) : renderStats(view, style));
      }),
    );

export const STALE_DAYS = 60;

interface StatsFlags extends CommonFlags {
  readonly since?: Since;
  readonly staleDays?: number;
  readonly bottleneck?: boolean;
}

/** ISO time; 30 days ago where nothing is said. */
export const startOf = (since: Since = { days: 30 }, now: number): string =>
  'days' in since ? new Date(now - since.days * DAY_MS).toISOString() : `${since.day}T00:00:00.000Z`;

export type Since = { readonly days: number } | { readonly day: string };

export function sinceOf(text: string): Since {
  const [, days] = /^([1-9]\d{0,4})d$/.exec(text) ?? [];
  if (days !== undefined) return { days: Number(days) };
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return { day: text };
  throw new InvalidArgumentError('It is neither days such as 30d nor a day such as 2026-11-01.');
}

export function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days > 0 && days <= 99_999) return days;
  throw new InvalidArgumentError('It is no whole number of days.');
}
