import { Command, Option } from 'commander';
import { scan } from '../../app/scan.ts';
import { plannedItemJson, renderPlan } from '../../report/scan-plan.ts';
import { type CommonFlags, withCommonOptions } from '../common-options.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

export const scanCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('scan')
      .description('what would be listed, and what every other file is; costs nothing')
      .argument('<dir...>', 'folders with photos')
      .addOption(new Option('--group <mode>', 'what makes an item').choices(['auto', 'folder', 'name', 'time', 'divider'])),
  ).action((directories: string[], flags: CommonFlags & { readonly group?: string }) =>
    withSession(shell, flags, async ({ app, format, style, json, text, reporter: createReporter }) => {
      const reporter = createReporter();
      try {
        const { items, finished } = await scan(app, directories, {
          emit: (event) => reporter.on(event),
          signal: new AbortController().signal,
        });
        if (format === 'json') for (const item of items) json(plannedItemJson(item));
        else text(renderPlan(items, style));
        reporter.on(finished);
      } finally {
        reporter.close();
      }
    }),
  );
