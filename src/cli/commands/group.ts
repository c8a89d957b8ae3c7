import { Command } from 'commander';
import type { App } from '../../app/app.ts';
import { mergeItems, movePhoto, type Regrouped, splitItem } from '../../app/group.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

const EXAMPLES = `
Examples:
  easyflip group merge K3QJ7 M4TZA            both are one thing
  easyflip group split K3QJ7 3 4              its photos 3 and 4 are another thing
  easyflip group move photos/IMG_12.jpg K3QJ7

What you say is kept for all later scans. Run \`easyflip list\` again afterwards: only what you touched is worked on.
A live item is never regrouped. Many corrections at once: easyflip scan --write plan.json, docs/grouping.md.`;

export const groupCommand = (shell: Shell): Command =>
  new Command('group')
    .description('correct which photos belong together')
    .addHelpText('after', EXAMPLES)
    .addCommand(
      correction(shell, new Command('merge').description('make items one').argument('<item...>', 'ids, SKUs or folders'), (app, [items]) =>
        mergeItems(app, items as string[]),
      ),
    )
    .addCommand(
      correction(
        shell,
        new Command('split')
          .description('make photos of an item an item of their own')
          .argument('<item>', 'id, SKU or folder')
          .argument('<photo...>', 'numbers, file names or paths'),
        (app, [item, photos]) => splitItem(app, item as string, photos as string[]),
      ),
    )
    .addCommand(
      correction(
        shell,
        new Command('move')
          .description('put a photo into another item')
          .argument('<photo>', 'path')
          .argument('<item>', 'id, SKU or folder'),
        (app, [photo, item]) => movePhoto(app, photo as string, item as string),
      ),
    );

const correction = (shell: Shell, command: Command, correct: (app: App, said: readonly unknown[]) => Promise<Regrouped>): Command =>
  withCommonOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((...said: unknown[]) =>
      withSession(shell, said.at(-2) as CommonFlags, async ({ app, format, json, text }) => {
        const { items } = await correct(app, said);
        const ids = items.map(({ item }) => item.id);
        if (format === 'json') json({ type: 'items.regrouped', items: ids });
        else text(`Noted for ${ids.join(' and ')}. Run \`easyflip list\` with the same folders again.\n`);
      }),
    );
