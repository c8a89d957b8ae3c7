import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { writeBundle } from '../../app/bundle.ts';
import { statsView } from '../../app/stats/stats.ts';
import { EasyflipError } from '../../core/errors.ts';
import { counted } from '../../report/amounts.ts';
import { statsPage } from '../../report/stats-page.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { outputOf, withSession } from '../session.ts';
import type { Shell } from '../shell.ts';
import { daysOf, type Since, STALE_DAYS, sinceOf, startOf } from './stats.ts';

interface ReportFlags extends CommonFlags {
  readonly bundle?: string | true;
  readonly withItems?: boolean;
  readonly html?: string | true;
  readonly since?: Since;
  readonly staleDays?: number;
}

const ABOUT = `
Examples:
  easyflip report --html                   easyflip-report.html: the figures of \`stats\` as a page, to look at and to print
  easyflip report --html november.html --since 2026-11-01
  easyflip report --bundle                 a text file to read through and to attach to a bug report
  easyflip report --bundle bug.txt --env sandbox
  easyflip report --bundle --with-items    with titles, folders and error sentences of the failed items

The page needs no network and no script; it holds titles and amounts, and is for you. The bundle holds versions, settings that are not the defaults (your own words only as "set"), checks, counts, the
stories of failed items in codes and numbers, and the log from the last run on. No photos, keys, tokens or places.`;

export const reportCommand = (shell: Shell, version: string): Command =>
  withCommonOptions(
    new Command('report')
      .description('a page of your figures, or what a bug report needs, without secrets')
      .option('--html [file]', 'figures as a page (default: easyflip-report.html)')
      .option('--since <when>', 'page: days such as 30d, or a day (UTC) such as 2026-11-01 (default: 30d)', sinceOf)
      .option('--stale-days <n>', 'page: unsold for so long is stale (default: 60)', daysOf)
      .option('--bundle [file]', 'what a bug report needs, as one text file')
      .option('--with-items', 'titles, folders and error sentences of failed items too'),
  )
    .addHelpText('after', ABOUT)
    .action(async (flags: ReportFlags) => {
      if (flags.html !== undefined) return writePage(shell, flags, resolve(flags.html === true ? 'easyflip-report.html' : flags.html));
      if (flags.bundle === undefined)
        throw new EasyflipError('usage.invalid', 'Nothing was asked for.', {
          hint: 'Run `easyflip report --html` or `easyflip report --bundle`.',
        });
      const { format, json, text } = outputOf(shell, flags);
      const { file, bytes, sections } = await writeBundle({
        file: flags.bundle === true ? undefined : flags.bundle,
        withItems: flags.withItems ?? false,
        version,
        configFile: flags.config,
        dataDir: flags.dataDir,
        env: shell.env,
        flags,
        signal: new AbortController().signal,
      });
      const parts = sections.map(({ name, lines }) => ({ name, lines: lines.length }));
      if (format === 'json') return void json({ type: 'report.written', file, bytes, withItems: flags.withItems ?? false, parts });
      const told = parts.map(({ name, lines }) => `  ${name}: ${counted(lines, 'line')}\n`);
      text(`Written: ${file}\n${told.join('')}It lies unencrypted. Read it through before you send it.\n`);
    });

const writePage = (shell: Shell, flags: ReportFlags, file: string): Promise<void> =>
  withSession(shell, flags, async ({ app, format, json, text }) => {
    const view = await statsView(app, { since: startOf(flags.since, app.clock.now()), staleDays: flags.staleDays ?? STALE_DAYS });
    const page = statsPage(view, app.settings.environment);
    await writeFile(file, page, { mode: 0o600 });
    if (format === 'json') json({ type: 'report.page', file, bytes: Buffer.byteLength(page), since: view.since, until: view.until });
    else text(`Written: ${file}\n`);
  });
