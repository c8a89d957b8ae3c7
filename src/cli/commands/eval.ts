import { Command } from 'commander';
import { evalGrouping } from '../../app/eval/grouping.ts';
import { EasyflipError } from '../../core/errors.ts';
import { groupingScoresJson, renderGroupingScores } from '../../report/eval-grouping.ts';
import { type CommonFlags, withCommonOptions } from '../common-options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

const EXAMPLES = `
Examples:
  easyflip eval ./sorted --grouping      piles made of folders with one item each, taken apart again

Exact: items found with all their photos and no other. Flagged: groups that are held until you have looked.`;

export const evalCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('eval')
      .description('measure how well easyflip does on items that are known')
      .argument('<dir>', 'a folder with one folder for each item')
      .option('--grouping', 'how well piles are taken apart')
      .option('--rounds <n>', 'piles of each kind', '20'),
  )
    .addHelpText('after', EXAMPLES)
    .action((directory: string, flags: CommonFlags & { readonly grouping?: boolean; readonly rounds: string }) =>
      withSession(shell, flags, async ({ app, format, json, text }) => {
        const rounds = Number(flags.rounds);
        if (!flags.grouping || !Number.isInteger(rounds) || rounds < 1) {
          throw new EasyflipError(
            'usage.invalid',
            flags.grouping ? '--rounds takes a whole number from 1.' : 'Nothing says what to measure.',
            {
              hint: 'Run `easyflip eval DIR --grouping`.',
            },
          );
        }
        const piles = await evalGrouping(app, directory, rounds, new AbortController().signal);
        if (format === 'json') json(groupingScoresJson({ piles }));
        else text(renderGroupingScores({ piles }));
      }),
    );
