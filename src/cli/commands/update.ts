import { Command } from 'commander';
import { proposeUpdate } from '../../app/update.ts';
import { SITES } from '../../core/site.ts';
import { sellerFactsFrom } from '../../intake/set-facts.ts';
import { createRunControl } from '../../pipeline/run-control.ts';
import { changesJson, renderChanges, type UpdateView } from '../../report/update.ts';
import { confirm } from '../confirm.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

interface UpdateFlags extends CommonFlags {
  readonly set?: readonly string[];
  readonly fromPhotos?: boolean;
  readonly reprice?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

const EXAMPLES = `
Examples:
  easyflip update K3QJ7 --set price=19.99              shows the difference and asks
  easyflip update K3QJ7 --set "title=Blue Mug Denby" --yes
  easyflip update K3QJ7 --from-photos                  photos and sidecar as they lie in the folder now
  easyflip update K3QJ7 --reprice --dry-run            what today's asking prices would make of it

Only this command changes a live listing. The price stays as it is live unless you set it or say --reprice.
Exactly what was shown is sent; eBay allows 250 changes of a listing a day.`;

export const updateCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('update')
      .description('change the text, price, specifics or pictures of a live listing')
      .argument('<item...>', 'ids, SKUs, listing ids or folders')
      .option(
        '--set <name=value>',
        'a fact or an item specific, such as price=19.99; may be repeated',
        (value: string, all: readonly string[] = []) => [...all, value],
      )
      .option('--from-photos', 'take photos and sidecar as they are on disk now')
      .option('--reprice', 'look for a new price')
      .option('--dry-run', 'only show what would change')
      .option('--yes', 'do not ask'),
  )
    .addHelpText('after', EXAMPLES)
    .action((names: string[], flags: UpdateFlags) =>
      withSession(shell, flags, async (session) => {
        const set = flags.set && (await sellerFactsFrom(flags.set, SITES[session.app.settings.marketplace].currency));
        const reporter = session.reporter();
        const control = createRunControl();
        const request = {
          set,
          fromPhotos: flags.fromPhotos ?? false,
          reprice: flags.reprice ?? false,
          emit: (event: Parameters<typeof reporter.on>[0]) => reporter.on(event),
          control,
        };
        try {
          for (const name of names) {
            const { stored, changes, doubt, apply } = await proposeUpdate(session.app, name, request);
            const view: UpdateView = { itemId: stored.item.id, changes, doubt };
            const told = (state: 'unchanged' | 'proposed' | 'updated'): void => {
              if (session.format === 'json') session.json(changesJson(view, state));
              else if (state === 'updated') session.text(`Updated: ${view.itemId}.\n`);
            };
            if (session.format !== 'json') session.text(renderChanges(view, session.style));
            if (changes.length === 0) told('unchanged');
            else if (flags.dryRun || !(flags.yes || (await confirm(`Change the live listing of ${view.itemId}?`, '--yes'))))
              told('proposed');
            else {
              await apply();
              told('updated');
            }
          }
        } finally {
          reporter.close();
        }
      }),
    );
