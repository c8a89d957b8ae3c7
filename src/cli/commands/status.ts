import { Command } from 'commander';
import { writeStories } from '../../app/failure-files.ts';
import { eachStatusItem, standingOf, statusView } from '../../app/status.ts';
import { failedStories } from '../../app/story.ts';
import { renderStatus, statusJson } from '../../report/status.ts';
import { failedJson, renderFailed } from '../../report/story.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { type Session, withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

interface StatusFlags extends CommonFlags {
  readonly all?: boolean;
  readonly failed?: boolean;
  readonly write?: string;
}

const ABOUT = `
Examples:
  easyflip status                      counts, what needs you, and how the services are
  easyflip status --failed             what went wrong with each failed item, and what was done outside already
  easyflip status --failed --write dead-letters      the same, a JSON file for each item`;

export const statusCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('status')
      .description('where every item stands')
      .option('--all', 'list every item, also the quiet ones')
      .option('--failed', 'only failed items, each with its whole story')
      .option('--write <dir>', 'with --failed: a file for each of them'),
  )
    .addHelpText('after', ABOUT)
    .action((flags: StatusFlags) =>
      withSession(shell, flags, async (session) => {
        const { app, format, style, text } = session;
        if (flags.failed || flags.write !== undefined) return await failed(session, flags.write);
        if (format === 'json') for await (const piece of statusJson(await standingOf(app), eachStatusItem(app))) text(piece);
        else text(renderStatus(await statusView(app), { ...style, all: flags.all ?? false }));
      }),
    );

async function failed({ app, format, style, json, text }: Session, folder: string | undefined): Promise<void> {
  const view = { environment: app.settings.environment, stories: await failedStories(app) };
  const files = folder === undefined ? undefined : await writeStories(folder, view.stories, style.commandSuffix);
  if (format === 'json') return void json({ ...failedJson(view, style.commandSuffix), ...(files ? { files } : {}) });
  text(renderFailed(view, style));
  if (files && files.length > 0) text(`Written: ${files.join(', ')}\n`);
}
