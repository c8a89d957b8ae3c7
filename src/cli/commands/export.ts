import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { exportSheet } from '../../app/exchange/export.ts';
import type { ItemState } from '../../core/outcome.ts';
import { sheetCsv, sheetJson } from '../../report/sheet.ts';
import { ITEM_STATES } from '../../report/views.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

interface ExportFlags extends CommonFlags {
  readonly format: 'csv' | 'json';
  readonly output?: string;
  readonly state?: readonly ItemState[];
}

const EXAMPLES = `
Examples:
  easyflip export -o items.csv                   all items, what is held first; edit it in a spreadsheet, then
  easyflip import items.csv                      see what would change, and say yes
  easyflip export --state held -o held.csv
  easyflip export --format json > items.json

A row is an item, a cell what it would be listed with: your word, or else the proposal. Empty a cell to leave the field out; put
approve, hold or skip into "decision"; leave "item" and "version" alone. Private notes are in the table, too.`;

export const exportCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('export')
      .description('write all items as a table, to be edited in a spreadsheet and imported again')
      .addOption(new Option('--format <name>', 'csv or json').choices(['csv', 'json']).default('csv'))
      .option('-o, --output <file>', 'write into a file instead of standard output')
      .option('--state <states>', 'only items in these states, such as held,waiting', statesOf),
  )
    .addHelpText('after', EXAMPLES)
    .action((flags: ExportFlags) =>
      withSession(shell, flags, async ({ app, format, json, text }) => {
        const sheet = await exportSheet(app, flags.state);
        const written = flags.format === 'json' ? sheetJson(sheet) : await sheetCsv(sheet);
        if (flags.output === undefined) return text(written);
        await writeFile(flags.output, written);
        const items = sheet.rows.length;
        if (format === 'json') json({ type: 'export.finished', file: flags.output, items });
        else
          text(`${items} ${items === 1 ? 'item' : 'items'} in ${flags.output}. Edit it, then run \`easyflip import ${flags.output}\`.\n`);
      }),
    );

function statesOf(text: string): readonly ItemState[] {
  const states = text.split(',').map((state) => state.trim());
  const unknown = states.find((state) => !ITEM_STATES.some((known) => known === state));
  if (unknown === undefined) return states as ItemState[];
  throw new InvalidArgumentError(`There is no state "${unknown}"; there are ${ITEM_STATES.join(', ')}.`);
}
