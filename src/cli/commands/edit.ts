import { Command } from 'commander';
import { applyEdit, proposeEdit } from '../../app/edit/edit.ts';
import { editOf } from '../../app/edit/named-fields.ts';
import { findItem } from '../../app/find-item.ts';
import { workOut } from '../../app/resume.ts';
import { SITES } from '../../core/site.ts';
import { editJson, renderEdit } from '../../report/edit.ts';
import { confirm } from '../confirm.ts';
import { type CommonFlags, EXIT_CODES, withCommonOptions } from '../options.ts';
import { withRunSession } from '../run-session.ts';
import type { Shell } from '../shell.ts';

interface EditFlags extends CommonFlags {
  readonly set?: readonly string[];
  readonly remove?: readonly string[];
  readonly unset?: readonly string[];
  readonly dryRun?: boolean;
  readonly later?: boolean;
  readonly yes?: boolean;
}

const EXAMPLES = `
Examples:
  easyflip edit K3QJ7 --set "title=Blue Denby Mug" --set price=24.99
  easyflip edit K3QJ7 M2XX9 P8T41 --set condition=used --yes      several at once
  easyflip edit K3QJ7 --set aspects.Pattern=Striped               a specific by its eBay name
  easyflip edit K3QJ7 --remove color                              no value, whatever the photos tell
  easyflip edit K3QJ7 --unset price                               take back what you said; sidecar and photos count again

For items that are not live; a live listing is changed by \`update\`. Fields are those of item.json. What you say here wins over
item.json, is kept when folders are scanned again, and withdraws an approval given before. Nothing goes live by an edit: what
depends on the changed field is worked out anew (--later leaves that to the next run), photos are not looked at again.
${EXIT_CODES}`;

const collect = (value: string, all: readonly string[] = []): readonly string[] => [...all, value];

export const editCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('edit')
      .description('change what an item that is not live will be listed as; shows before and after')
      .argument('<item...>', 'ids, SKUs or folders')
      .option('--set <name=value>', 'a fact or an item specific, such as size=M; may be repeated', collect)
      .option('--remove <name>', 'leave a field out, whatever photos and sidecar tell; may be repeated', collect)
      .option('--unset <name>', 'take back what you said of a field; may be repeated', collect)
      .option('--dry-run', 'only show what would change')
      .option('--later', 'only note it; the next run works it out')
      .option('--yes', 'do not ask'),
  )
    .addHelpText('after', EXAMPLES)
    .action((names: string[], flags: EditFlags) =>
      withRunSession(shell, flags, async ({ app, emit, control, session }) => {
        const edit = await editOf(flags, SITES[app.settings.marketplace].currency);
        const found = await Promise.all([...new Set(names)].map((name) => findItem(app.store, name)));
        const items = [...new Map(found.map((stored) => [stored.item.id, stored])).values()];
        const proposals = await Promise.all(items.map((stored) => proposeEdit(app, stored, edit)));
        const views = proposals.map(({ stored, ...rest }) => ({ itemId: stored.item.id, ...rest }));
        if (session.format !== 'json') for (const view of views) session.text(renderEdit(view, session.style));

        const open = proposals.filter(({ changes }) => changes.length > 0);
        const question = open.length === 1 ? 'Change it so?' : `Change these ${open.length} items so?`;
        const agreed = open.length > 0 && !flags.dryRun && (flags.yes || (await confirm(question, '--yes')));
        const edited = [];
        for (const proposal of agreed ? open : []) edited.push(await applyEdit(app, proposal));
        if (session.format === 'json')
          for (const view of views) session.json(editJson(view, view.changes.length === 0 ? 'unchanged' : agreed ? 'edited' : 'proposed'));
        else if (agreed && flags.later) session.text('Noted. Run `easyflip resume` to go on with it.\n');
        return edited.length > 0 && !flags.later ? workOut(app, edited, { emit, control }) : { exitCode: 0 };
      }),
    );
