import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { DRAFT_STATES, exportDrafts } from '../../app/exchange/drafts.ts';
import { exportSheet } from '../../app/exchange/export.ts';
import { EXIT } from '../../app/exit-code.ts';
import { EasyflipError } from '../../core/errors.ts';
import type { ItemState } from '../../core/outcome.ts';
import { DRAFT_ROWS_MAX, draftFiles } from '../../report/draft-csv.ts';
import { draftsJson, renderDrafts } from '../../report/drafts.ts';
import { sheetCsv, sheetJson } from '../../report/sheet.ts';
import { ITEM_STATES } from '../../report/views.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { type Session, withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

interface ExportFlags extends CommonFlags {
  readonly format: 'csv' | 'json' | 'ebay-drafts';
  readonly output?: string;
  readonly state?: readonly ItemState[];
  readonly rows?: number;
}

const EXAMPLES = `
Examples:
  easyflip export -o items.csv                   all items, what is held first; edit it in a spreadsheet, then
  easyflip import items.csv                      see what would change, and say yes
  easyflip export --state held -o held.csv
  easyflip export --format json > items.json
  easyflip export --format ebay-drafts -o drafts.csv
                                                 what is not listed, as drafts to finish in eBay's Seller Hub

A row is an item, a cell what it would be listed with: your word, or else the proposal. Empty a cell to leave the field out; put
approve, hold or skip into "decision"; leave "item" and "version" alone. Private notes are in the table, too.

ebay-drafts is eBay's own template for drafts, for Seller Hub > Reports > Upload: SKU, category, title, UPC, price, quantity, condition
and description of what is held, failed or waiting. It has no place for item specifics, condition notes, parcel, best offer and policies,
and takes photos only as web addresses. What you finish by hand is eBay's listing, not easyflip's: no update, withdraw or sync. Titles
over 80 characters and what begins like a formula are left out and named, never cut; more than ${DRAFT_ROWS_MAX} drafts make several files.
Without eBay's API nothing can be listed, but items are worked out on the practice marketplace all the same.
Exit code 3: some items were left out.`;

export const exportCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('export')
      .description('write all items as a table, to be edited in a spreadsheet and imported again')
      .addOption(
        new Option('--format <name>', 'csv, json, or ebay-drafts for Seller Hub').choices(['csv', 'json', 'ebay-drafts']).default('csv'),
      )
      .option('-o, --output <file>', 'write into a file instead of standard output')
      .option('--state <states>', 'only items in these states, such as held,waiting', statesOf)
      .option('--rows <n>', `ebay-drafts: drafts in a file, at most (default: ${DRAFT_ROWS_MAX})`, rowsOf),
  )
    .addHelpText('after', EXAMPLES)
    .action((flags: ExportFlags) =>
      withSession(shell, flags, async (session) => {
        const { app, format, json, text } = session;
        if (flags.format === 'ebay-drafts') return writeDrafts(shell, flags, session);
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

async function writeDrafts(shell: Shell, { state, output, rows }: ExportFlags, { app, format, style, json, text }: Session): Promise<void> {
  const never = state?.find((one) => !DRAFT_STATES.some((draftable) => draftable === one));
  if (never !== undefined)
    throw refused(`What is ${never} is or was on eBay: a draft would list it twice.`, `Name some of ${DRAFT_STATES.join(', ')}.`);
  if (output === undefined && format === 'json') throw refused('The drafts are no JSON.', 'Name a file for them with -o.');
  const { drafts, view } = await exportDrafts(app, state);
  const files = await draftFiles(drafts, view.marketplace, rows);
  const [only] = files;
  if (output === undefined && files.length > 1)
    throw refused(`There are ${files.length} files of drafts.`, 'Name the first of them with -o.');
  const named =
    output === undefined ? [] : files.map(({ drafts: count }, at) => ({ file: numbered(output, at, files.length), drafts: count }));
  for (const [at, { file }] of named.entries()) await writeFile(file, files[at]?.text ?? '');
  const written = { ...view, files: named };
  if (view.leftOut.length > 0) shell.exit(EXIT.someFailed);
  if (format === 'json') json(draftsJson(written));
  else if (output !== undefined) text(renderDrafts(written, style));
  else {
    text(only?.text ?? '');
    shell.err.write(renderDrafts(written, style));
  }
}

const refused = (message: string, hint: string): EasyflipError => new EasyflipError('usage.invalid', message, { hint });

/** `drafts.csv`, or `drafts-1.csv`, `drafts-2.csv`. */
const numbered = (file: string, at: number, of: number): string =>
  of === 1 ? file : `${file.slice(0, file.length - extname(file).length)}-${at + 1}${extname(file)}`;

function rowsOf(text: string): number {
  const rows = Number(text);
  if (Number.isInteger(rows) && rows > 0 && rows <= DRAFT_ROWS_MAX) return rows;
  throw new InvalidArgumentError(`It is no whole number from 1 to ${DRAFT_ROWS_MAX}.`);
}

function statesOf(text: string): readonly ItemState[] {
  const states = text.split(',').map((state) => state.trim());
  const unknown = states.find((state) => !ITEM_STATES.some((known) => known === state));
  if (unknown === undefined) return states as ItemState[];
  throw new InvalidArgumentError(`There is no state "${unknown}"; there are ${ITEM_STATES.join(', ')}.`);
}
