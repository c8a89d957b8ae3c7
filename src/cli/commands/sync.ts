import { Command } from 'commander';
import { sync } from '../../app/sync.ts';
import { EasyflipError } from '../../core/errors.ts';
import { isQuietSync, renderSync, syncJson } from '../../report/sync.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

const EXAMPLES = `
Examples:
  easyflip sync                        what sold, ended and was looked at since the last sync
  easyflip sync --since 2026-10-01     read everything from that day again
  0 * * * *  easyflip sync --quiet     every hour, from cron; silent unless something sold or ended

Reads only: nothing on eBay is changed. Buyers' names and addresses are never stored.`;

export const syncCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('sync')
      .description('learn what sold, for how much, and which listings ended')
      .option('--since <day>', 'read again from that day, such as 2026-10-01'),
  )
    .addHelpText('after', EXAMPLES)
    .action((flags: CommonFlags & { readonly since?: string }) =>
      withSession(shell, flags, async (session) => {
        const since = flags.since === undefined ? undefined : dayOf(flags.since);
        const reporter = session.reporter();
        try {
          const view = await sync(session.app, {
            since,
            emit: (event) => reporter.on(event),
            signal: new AbortController().signal,
          });
          if (session.format === 'json') session.json(syncJson(view));
          else if (!flags.quiet || !isQuietSync(view)) session.text(renderSync(view, session.style));
        } finally {
          reporter.close();
        }
      }),
    );

function dayOf(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new EasyflipError('usage.invalid', `"${text}" is not a day.`, { hint: 'Write it as year-month-day: 2026-10-01.' });
  }
  return new Date(time).toISOString();
}
