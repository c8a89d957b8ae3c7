import { Command } from 'commander';
import { writeBundle } from '../../app/bundle.ts';
import { EasyflipError } from '../../core/errors.ts';
import { counted } from '../../report/amounts.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { outputOf } from '../session.ts';
import type { Shell } from '../shell.ts';

interface ReportFlags extends CommonFlags {
  readonly bundle?: string | true;
  readonly withItems?: boolean;
}

const ABOUT = `
Examples:
  easyflip report --bundle                 a text file to read through and to attach to a bug report
  easyflip report --bundle bug.txt --env sandbox
  easyflip report --bundle --with-items    with titles, folders and error sentences of the failed items

The file holds versions, settings that are not the defaults (your own words only as "set"), checks, counts, the
stories of failed items in codes and numbers, and the log from the last run on. No photos, keys, tokens or places.`;

export const reportCommand = (shell: Shell, version: string): Command =>
  withCommonOptions(
    new Command('report')
      .description('put together what a bug report needs, without secrets')
      .option('--bundle [file]', 'write it as one text file')
      .option('--with-items', 'titles, folders and error sentences of failed items too'),
  )
    .addHelpText('after', ABOUT)
    .action(async (flags: ReportFlags) => {
      if (flags.bundle === undefined)
        throw new EasyflipError('usage.invalid', 'Nothing was asked for.', { hint: 'Run `easyflip report --bundle`.' });
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
