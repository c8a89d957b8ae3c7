import { Command } from 'commander';
import type { App } from '../../app/app.ts';
import { approve, hold, skip } from '../../app/decide.ts';
import { runOne } from '../../app/resume.ts';
import type { StoredItem } from '../../core/ports/index.ts';
import { SITES } from '../../core/site.ts';
import { sellerFactsFrom } from '../../intake/set-facts.ts';
import { type CommonFlags, EXIT_CODES, withCommonOptions } from '../options.ts';
import { withRunSession } from '../run-session.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

interface ApproveFlags extends CommonFlags {
  readonly set?: readonly string[];
  readonly later?: boolean;
}

export const approveCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('approve')
      .description('say yes to a held item, or tell it what it lacks; it is listed at once')
      .argument('<item>', 'id, SKU or folder')
      .option(
        '--set <name=value>',
        'a fact or an item specific, such as size=M; may be repeated',
        (value: string, all: readonly string[] = []) => [...all, value],
      )
      .option('--later', 'only note it; `easyflip resume` lists it'),
  )
    .addHelpText(
      'after',
      `
Examples:
  easyflip approve K3QJ7                              what was shown goes live, exactly so
  easyflip approve K3QJ7 --set size=M --set brand=Northfield
  easyflip approve K3QJ7 --set price=24.99 --set "US Shoe Size=8"
${EXIT_CODES}`,
    )
    .action(async (name: string, flags: ApproveFlags) => {
      const setOn = ({ settings }: App) => flags.set && sellerFactsFrom(flags.set, SITES[settings.marketplace].currency);
      if (flags.later) {
        await withSession(shell, flags, async ({ app, format, json, text }) => {
          const { item } = await approve(app, name, await setOn(app));
          if (format === 'json') json({ type: 'item.approved', item: item.id, sku: item.sku });
          else text(`Approved: ${item.id}. Run \`easyflip resume\` to list it.\n`);
        });
        return;
      }
      await withRunSession(shell, flags, async ({ app, emit, control }) =>
        runOne(app, await approve(app, name, await setOn(app)), { dryRun: false, emit, control }),
      );
    });

export const holdCommand = (shell: Shell): Command =>
  setAsideCommand(shell, 'hold', 'keep an item back until you approve it', hold, 'On hold');

export const skipCommand = (shell: Shell): Command =>
  setAsideCommand(shell, 'skip', 'never list an item, unless you approve it later', skip, 'Skipped');

const setAsideCommand = (
  shell: Shell,
  name: string,
  description: string,
  act: (app: App, item: string) => Promise<StoredItem>,
  done: string,
): Command =>
  withCommonOptions(new Command(name).description(description).argument('<item>', 'id, SKU or folder'))
    .addHelpText(
      'after',
      `\nExamples:\n  easyflip ${name} blue-mug                  its folder, id or SKU\n  easyflip approve blue-mug               takes it back`,
    )
    .action((item: string, flags: CommonFlags) =>
      withSession(shell, flags, async ({ app, format, json, text }) => {
        const stored = await act(app, item);
        if (format === 'json') json({ type: name === 'hold' ? 'item.held' : 'item.skipped', item: stored.item.id, sku: stored.item.sku });
        else text(`${done}: ${stored.item.id}. Run \`easyflip approve ${stored.item.id}\` to list it after all.\n`);
      }),
    );
