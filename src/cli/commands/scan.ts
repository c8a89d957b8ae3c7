import { Command, Option } from 'commander';
import { writeContactSheet } from '../../app/contact-sheet.ts';
import { writePlan } from '../../app/plan-file.ts';
import { scan } from '../../app/scan.ts';
import { plannedItemJson, renderPlan } from '../../report/scan-plan.ts';
import { shellWord } from '../../report/shell-word.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

interface ScanFlags extends CommonFlags {
  readonly group?: string;
  readonly html?: string;
  readonly write?: string;
}

const EXAMPLES = `
Examples:
  easyflip scan ./photos                      what makes an item, and how sure that is
  easyflip scan ./photos --html sheet.html    a page with all photos as they are grouped
  easyflip scan ./photos --write plan.json    edit it, then easyflip list --plan plan.json
  easyflip scan ./photos --group divider      only divider cards part the pile`;

export const scanCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('scan')
      .description('what would be listed, and what every other file is; costs nothing')
      .argument('<dir...>', 'folders with photos')
      .addOption(new Option('--group <mode>', 'what makes an item').choices(['auto', 'folder', 'name', 'time', 'divider']))
      .option('--html <file>', 'write a contact sheet: a page to look at, without scripts')
      .option('--write <file>', 'write the grouping as a plan to edit by hand, for `easyflip list --plan`'),
  )
    .addHelpText('after', EXAMPLES)
    .action((directories: string[], flags: ScanFlags) =>
      withSession(shell, flags, async ({ app, format, style, json, text, reporter: createReporter }) => {
        const reporter = createReporter();
        const { signal } = new AbortController();
        try {
          const result = await scan(app, directories, { emit: (event) => reporter.on(event), signal });
          // A page, a plan file and a table show all items at once; lines do not.
          const items = [];
          const isKept = format !== 'json' || flags.html !== undefined || flags.write !== undefined;
          for await (const item of result.items()) {
            if (format === 'json') json(plannedItemJson(item));
            if (isKept) items.push(item);
          }
          if (format !== 'json') text(renderPlan(items, directories, style));
          const shown = { items, plan: result.plan };
          if (flags.html !== undefined) {
            const page = await writeContactSheet(flags.html, shown, app.settings.photos, signal);
            if (format !== 'json') text(`Look at it:  ${page}\n`);
          }
          if (flags.write !== undefined) {
            const plan = await writePlan(flags.write, shown);
            if (format !== 'json')
              text(`Edit it:     ${plan}, then easyflip list --plan ${shellWord(flags.write)}${style.commandSuffix ?? ''}\n`);
          }
          reporter.on(result.finished);
        } finally {
          reporter.close();
        }
      }),
    );
