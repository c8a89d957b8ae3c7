import { Command } from 'commander';
import { archive, verifyOriginals } from '../../app/archive.ts';
import { EasyflipError } from '../../core/errors.ts';
import { archiveJson, renderArchive, renderVerify, verifyJson } from '../../report/archive.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

interface ArchiveFlags extends CommonFlags {
  readonly to?: string;
  readonly verify?: boolean;
  readonly dryRun?: boolean;
}

/** Something was not as it should be; what could be done is done. */
const SOME_FAILED = 3;

const EXAMPLES = `
Examples:
  easyflip archive --to ./done --dry-run     which folders would be moved, and where to
  easyflip archive --to ./done               folders of items that are listed, sold or ended
  easyflip archive --verify                  read every original of them again: has one changed?

Nothing is written over and no photo is changed. An original that is not what was listed stays where it is.
Exit code 3 says that something stayed or is damaged.`;

export const archiveCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('archive')
      .description('move the folders of listed items away, or check their originals for damage')
      .option('--to <dir>', 'the done folder')
      .option('--verify', 'compare originals with what was listed')
      .option('--dry-run', 'say what would be moved'),
  )
    .addHelpText('after', EXAMPLES)
    .action((flags: ArchiveFlags) =>
      withSession(shell, flags, async ({ app, format, json, text }) => {
        const { to, verify = false, dryRun = false } = flags;
        if (to === undefined && !verify) {
          throw new EasyflipError('usage.invalid', 'Nothing says what to do.', { hint: 'Use --to DIR to move, or --verify to check.' });
        }
        let failed = false;
        if (verify) {
          const view = await verifyOriginals(app);
          failed = view.damaged.length > 0;
          if (format === 'json') json(verifyJson(view));
          else text(renderVerify(view));
        }
        if (to !== undefined) {
          const view = { dryRun, items: await archive(app, to, dryRun) };
          failed ||= view.items.some((item) => item.to === null);
          if (format === 'json') json(archiveJson(view));
          else text(renderArchive(view));
        }
        if (failed) shell.exit(SOME_FAILED);
      }),
    );
