import { Command } from 'commander';
import { writeDividers } from '../../app/dividers.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

interface DividerFlags extends CommonFlags {
  readonly pdf?: string;
  readonly png?: string;
  readonly count?: string;
  readonly sku?: string;
  readonly bin?: string;
  readonly cost?: string;
  readonly force?: boolean;
}

const EXAMPLES = `
Photograph a card, then the item, then the next card, then the next item. What a card says (SKU, bin, cost) holds for
the photos after it, up to the next card. A card's own photo is never listed. docs/grouping.md tells more.

Examples:
  easyflip divider --pdf cards.pdf --count 12            twelve cards to print and cut, four to a page
  easyflip divider --png card.png                        one card for the screen of a second phone
  easyflip divider --png a01-7.png --bin A01-7 --cost 3.00
  easyflip list ./photos                                 cards are found by themselves`;

export const dividerCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('divider')
      .description('cards to photograph between items, so that a pile of photos parts itself')
      .option('--pdf <file>', 'cards to print')
      .option('--png <file>', 'a card as a picture; several are numbered')
      .option('--count <n>', 'how many cards', '1')
      .option('--sku <sku>', 'SKU of the item after the card')
      .option('--bin <place>', 'where the item is stored')
      .option('--cost <amount>', 'what the item cost you')
      .option('--force', 'replace a file that exists'),
  )
    .addHelpText('after', EXAMPLES)
    .action((flags: DividerFlags) =>
      withSession(shell, flags, async ({ app, format, json, text }) => {
        const { pdf, png, sku, bin, cost } = flags;
        const facts = {
          ...(sku === undefined ? {} : { sku }),
          ...(bin === undefined ? {} : { bin }),
          ...(cost === undefined ? {} : { cost }),
        };
        const files = await writeDividers(app.settings, { pdf, png, count: Number(flags.count), facts, force: flags.force ?? false });
        if (format === 'json') json({ type: 'divider.written', files });
        else text(`${files.join('\n')}\nPhotograph a card before each item; its own photo is never listed.\n`);
      }),
    );
