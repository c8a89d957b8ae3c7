import { type App, openApp } from '../app/app.ts';
import type { Places } from '../app/backup.ts';
import { foldersOf } from '../config/folders.ts';
import { loadSettings } from '../config/load.ts';
import type { SettingsFlags } from '../config/variables.ts';
import { reasonOf } from '../core/errors.ts';
import type { Settings } from '../core/settings.ts';
import { jsonLine } from '../report/json-lines.ts';
import { LogReporter } from '../report/log/log-reporter.ts';
import type { Reporter } from '../report/report-context.ts';
import { createReporter, outputStyle, type ReportFormat } from '../report/reporter.ts';
import { shellWord } from '../report/shell-word.ts';
import type { TextStyle } from '../report/text-style.ts';
import type { CommonFlags } from './options.ts';
import type { Shell } from './shell.ts';

export interface Session {
  readonly app: App;
  /** The settings file in force. */
  readonly configFile: string | undefined;
  readonly format: ReportFormat;
  /** How text looks: colours, width, and what is added to proposed commands. */
  readonly style: TextStyle;
  /** One JSON object on standard output. */
  readonly json: (value: unknown) => void;
  readonly text: (text: string) => void;
  readonly reporter: () => Reporter;
}

/** How a command tells what it has to tell. */
export type Output = Pick<Session, 'format' | 'style' | 'json' | 'text'>;

export interface SessionFlags extends CommonFlags, SettingsFlags {
  readonly env?: string;
  /** Settings that the command itself decides; they win, and are no part of proposed commands. */
  readonly forced?: SettingsFlags;
}

/** Settings, store and output for one command; closes the store whatever happens. */
export async function withSession<T>(shell: Shell, flags: SessionFlags, use: (session: Session) => Promise<T>): Promise<T> {
  const { settings, file } = await loadSettings({ configFile: flags.config, env: shell.env, flags: { ...flags, ...flags.forced } });
  const output = outputOf(shell, flags);
  const app = await openApp({ settings, env: shell.env, dataDir: flags.dataDir }).catch(async (error: unknown) => {
    await toldOfStore(shell, flags, settings, error);
    throw error;
  });
  shell.opened?.();
  try {
    return await use({
      app,
      configFile: file,
      ...output,
      reporter: () => {
        const log = new LogReporter({ folder: app.folders.logs, settings: settings.log });
        const shown = createReporter({
          format: output.format,
          out: shell.out,
          err: shell.err,
          quiet: flags.quiet ?? false,
          verbose: flags.verbose ?? false,
          color: output.style.color,
          commandSuffix: commandSuffix(flags),
        });
        return bothOf(log, shown);
      },
    });
  } finally {
    await app.close();
  }
}

/** Nobody may be there to read why the database does not open. */
async function toldOfStore({ env }: Shell, { dataDir }: SessionFlags, settings: Settings, error: unknown): Promise<void> {
  const { webhooks, commands } = settings.alerts;
  if (webhooks.length + commands.length === 0) return;
  const { tellWithoutStore } = await import('../app/alerts/without-store.ts');
  const folders = foldersOf({ dataDir, env, environment: settings.environment });
  await tellWithoutStore({ settings, folders, env }, reasonOf(error), new AbortController().signal);
}

/** The log first, so that what a person sees is written down already. */
const bothOf = (log: Reporter, shown: Reporter): Reporter => ({
  on(event) {
    log.on(event);
    shown.on(event);
  },
  close() {
    shown.close();
    log.close();
  },
});
/** Settings and places, for commands that must work where the database does not open. */
export async function withPlaces<T>(
  shell: Shell,
  flags: SessionFlags,
  use: (session: Output & { readonly places: Places }) => Promise<T>,
): Promise<T> {
  const { settings } = await loadSettings({ configFile: flags.config, env: shell.env, flags });
  const folders = foldersOf({ dataDir: flags.dataDir, env: shell.env, environment: settings.environment });
  return await use({ places: { settings, folders, env: shell.env }, ...outputOf(shell, flags) });
}

export function outputOf(shell: Shell, flags: CommonFlags): Output {
  const { format, color } = outputStyle(flags, shell.env, shell.out);
  return {
    format,
    style: {
      color,
      columns: format === 'terminal' ? (shell.out.columns ?? 80) : Number.POSITIVE_INFINITY,
      commandSuffix: commandSuffix(flags),
    },
    json: (value) => shell.out.write(jsonLine(value)),
    text: (text) => shell.out.write(text),
  };
}

/** So that a proposed command works when it is copied: it must meet the same database. */
function commandSuffix({ env, marketplace, dataDir, config }: CommonFlags): string {
  const parts = [
    env && `--env ${env}`,
    marketplace && `--marketplace ${marketplace}`,
    dataDir && `--data-dir ${shellWord(dataDir)}`,
    config && `--config ${shellWord(config)}`,
  ];
  return parts
    .filter(Boolean)
    .map((part) => ` ${part}`)
    .join('');
}
