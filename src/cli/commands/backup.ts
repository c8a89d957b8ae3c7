import { Command } from 'commander';
import { backUpNow, restoreBackup, verifyStore } from '../../app/backup.ts';
import { EXIT } from '../../app/exit-code.ts';
import { EasyflipError } from '../../core/errors.ts';
import { backupJson, isSound, renderBackup, renderRestore, renderVerifyStore, restoreJson, verifyStoreJson } from '../../report/upkeep.ts';
import { confirm } from '../confirm.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withPlaces, withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

export const backupCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('backup')
      .description('copy the database, also while easyflip works')
      .argument('[file]', 'a new file; default: in the folder backups'),
  )
    .addHelpText(
      'after',
      `
Examples:
  easyflip backup                            into the folder backups of the data folder
  easyflip backup /media/stick/practice.db   somewhere else; nothing is written over

A run makes one by itself once a day, and every new version one before it changes the tables; \`store.backupsKept\` of those are kept.
Logins and photos are not in it.`,
    )
    .action((file: string | undefined, flags: CommonFlags) =>
      withSession(shell, flags, async ({ app, format, json, text }) => {
        const made = await backUpNow(app, file);
        if (format === 'json') json(backupJson(made));
        else text(renderBackup(made));
      }),
    );

export const restoreCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('restore')
      .description('put a backup in the place of the database')
      .argument('<file>', 'the backup')
      .option('--yes', 'do not ask'),
  )
    .addHelpText(
      'after',
      `
Examples:
  easyflip restore backups/production.2026-11-24T06-00-00Z.daily.sqlite --env production
  easyflip restore practice.db --yes         without a question, for scripts

The backup is checked first, and no other easyflip may be running. The database that it replaces is kept beside it. Listings that were
made since are found again on eBay by the next \`list\`; \`sync\` reads the sales again.`,
    )
    .action((file: string, flags: CommonFlags & { readonly yes?: boolean }) =>
      withPlaces(shell, flags, async ({ places, format, json, text }) => {
        if (!flags.yes && !(await confirm(`Replace ${places.folders.database} with ${file}?`, '--yes'))) {
          throw new EasyflipError('run.cancelled', 'Nothing was changed.', { hint: 'Say yes to restore.' });
        }
        const view = await restoreBackup(places, file);
        if (format === 'json') json(restoreJson(view));
        else text(renderRestore(view));
      }),
    );

export const verifyCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('verify').description('check the database, or a backup, for damage').argument('[file]', 'a backup; default: the database'),
  )
    .addHelpText(
      'after',
      `
Examples:
  easyflip verify                            pages, indexes, references, and what easyflip itself relies on
  easyflip verify backups/practice.2026-11-24T06-00-00Z.daily.sqlite

Reads only, also while easyflip works. Exit code 2 says that something is wrong.`,
    )
    .action((file: string | undefined, flags: CommonFlags) =>
      withPlaces(shell, flags, async ({ places, format, json, text }) => {
        const view = await verifyStore(places, file);
        if (format === 'json') json(verifyStoreJson(view));
        else text(renderVerifyStore(view));
        if (!isSound(view)) shell.exit(EXIT.usage);
      }),
    );
