import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { applyImport, planImport } from '../../app/exchange/import.ts';
import { workOut } from '../../app/resume.ts';
import { EasyflipError } from '../../core/errors.ts';
import { readSheet } from '../../intake/read-sheet.ts';
import { type EditView, editJson, renderEdit } from '../../report/edit.ts';
import { confirm } from '../confirm.ts';
import { type CommonFlags, EXIT_CODES, withCommonOptions } from '../options.ts';
import { withRunSession } from '../run-session.ts';
import type { Shell } from '../shell.ts';

interface ImportFlags extends CommonFlags {
  readonly dryRun?: boolean;
  readonly later?: boolean;
  readonly yes?: boolean;
}

/** More is a file of something else. */
const MAX_BYTES = 64 * 1024 * 1024;

const EXAMPLES = `
Examples:
  easyflip import items.csv --dry-run     what would change, item by item
  easyflip import items.csv               the same, and asks
  easyflip import items.json --yes --later

Takes what \`easyflip export\` wrote, edited and saved by any spreadsheet (commas, semicolons or tabs; columns may be left out,
"item" must stay). Only cells that differ become edits, as by \`easyflip edit\`; decisions count as by approve, hold and skip.
Everything is checked first: one cell that cannot be used refuses the whole file, with its line. Nothing goes live by an import;
\`easyflip resume\` lists what is approved.
${EXIT_CODES}`;

export const importCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('import')
      .description('take an edited table back: edits and decisions, checked and shown first')
      .argument('<file>', 'CSV or JSON as `easyflip export` writes it')
      .option('--dry-run', 'only show what would change')
      .option('--later', 'only note it; the next run works it out')
      .option('--yes', 'do not ask'),
  )
    .addHelpText('after', EXAMPLES)
    .action((file: string, flags: ImportFlags) =>
      withRunSession(shell, flags, async ({ app, emit, control, session }) => {
        const plan = await planImport(app, await readSheet(await bytesOf(file)));
        const views = plan.rows.map(
          ({ proposal: { stored, changes, withdrawsApproval }, decision }): EditView => ({
            itemId: stored.item.id,
            changes,
            withdrawsApproval,
            ...(decision === undefined ? {} : { decision }),
          }),
        );
        const json = session.format === 'json';
        if (!json) {
          for (const view of views) session.text(renderEdit(view, session.style));
          session.text(`${views.length} to change, ${plan.unchanged} as they are.\n`);
        }
        const agreed = views.length > 0 && !flags.dryRun && (flags.yes || (await confirm(`Change ${views.length} so?`, '--yes')));
        const edited = agreed ? await applyImport(app, plan) : [];
        if (json) {
          for (const view of views) session.json(editJson(view, agreed ? 'edited' : 'proposed'));
          session.json({
            type: 'import.finished',
            file,
            changed: agreed ? views.length : 0,
            proposed: views.length,
            unchanged: plan.unchanged,
          });
        }
        return edited.length > 0 && !flags.later ? workOut(app, edited, { emit, control }) : { exitCode: 0 };
      }),
    );

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    const bytes = await readFile(file);
    if (bytes.length <= MAX_BYTES) return bytes;
  } catch (error) {
    throw new EasyflipError('usage.invalid', `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown cause'}).`, {
      hint: 'Name a file that `easyflip export` wrote.',
      cause: error,
    });
  }
  throw new EasyflipError('usage.invalid', `${file} is larger than a table of items can be.`, {
    hint: 'Name a file that `easyflip export` wrote.',
  });
}
