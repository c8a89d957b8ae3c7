import { ProblemsError } from '../core/errors.ts';
import type { Settings } from '../core/settings.ts';
import { readConfigFile } from './config-file.ts';
import { readDescriptionTemplate } from './description-template.ts';
import { withoutForbidden } from './forbidden-keys.ts';
import type { SettingSource } from './layers.ts';
import { Layers, leafPaths } from './layers.ts';
import { misspeltVariables, problemsOf } from './problems.ts';
import { resolve } from './resolve.ts';
import { fileShape } from './shape.ts';
import type { SettingsFlags } from './variables.ts';

export interface LoadRequest {
  /** `--config`. */
  readonly configFile?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly flags: SettingsFlags;
  /** Default: the working folder. */
  readonly cwd?: string;
  /** The user's folder for settings; default: what the operating system says. */
  readonly userFolder?: string;
}

export interface LoadedSettings {
  readonly settings: Settings;
  /** Absolute path of the file that was read; absent when there is none. */
  readonly file?: string;
  /** For every setting by its dotted path in the file: who set it. */
  readonly sources: Readonly<Record<string, SettingSource>>;
}

/**
 * The settings of this run: defaults < config file < environment variables < flags. Reads one file and
 * changes nothing. Errors: `config.unreadable`; `config.invalid` as a ProblemsError with every problem.
 */
export async function loadSettings({ configFile, env, flags, cwd = process.cwd(), userFolder }: LoadRequest): Promise<LoadedSettings> {
  const layers = new Layers();
  const problems: string[] = [];

  const found = await readConfigFile({ named: configFile, env, cwd, userFolder });
  if (found) {
    const { content, problems: forbidden } = withoutForbidden(found.content);
    problems.push(...forbidden);
    layers.addFile(content, found.file);
  }
  layers.addEnvironment(env);
  layers.addFlags(flags);

  const parsed = fileShape.safeParse(layers.merged);
  problems.push(...misspeltVariables(env), ...environmentSwitch(layers));
  if (!parsed.success) problems.push(...problemsOf(parsed.error.issues, layers.sources));
  const wanted = parsed.data?.listing.descriptionTemplate ?? undefined;
  const read = wanted === undefined ? undefined : await readDescriptionTemplate(wanted, found?.file, cwd);
  if (read && 'problems' in read) problems.push(...read.problems);
  if (!parsed.success || problems.length > 0) throw invalid(problems, found?.file);

  const sources: Record<string, SettingSource> = {};
  for (const path of leafPaths(parsed.data)) sources[path] = layers.sources.get(path) ?? { from: 'default', name: '' };
  return { settings: resolve(parsed.data, read && 'template' in read ? read.template : null), ...(found && { file: found.file }), sources };
}

/** A variable is set once and forgotten; real listings need a word that belongs to this command or this config. */
function environmentSwitch({ merged, sources }: Layers): string[] {
  if (merged.environment !== 'production' || sources.get('environment')?.from !== 'environment') return [];
  return ['EASYFLIP_ENV: production is chosen only by "environment": "production" in the config file or by --env production'];
}

function invalid(problems: readonly string[], file: string | undefined): ProblemsError {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  const place = file === undefined ? '' : ` (config file ${file})`;
  return new ProblemsError('config.invalid', `The configuration has ${count}${place}.`, problems, {
    hint: 'Correct what is named; easyflip.config.example.json shows every key with its default.',
  });
}
