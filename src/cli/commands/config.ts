import { Command } from 'commander';
import { configJsonSchema } from '../../config/json-schema.ts';
import { loadSettings } from '../../config/load.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import type { Shell } from '../shell.ts';

export function configCommand(shell: Shell): Command {
  const line = (value: unknown): unknown => shell.out.write(`${JSON.stringify(value, null, 2)}\n`);
  const object = (value: unknown): unknown => shell.out.write(`${JSON.stringify(value)}\n`);
  const load = (flags: CommonFlags): ReturnType<typeof loadSettings> => loadSettings({ configFile: flags.config, env: shell.env, flags });

  return new Command('config')
    .description('settings: what is in force and why')
    .addCommand(
      withCommonOptions(
        new Command('show').description('all settings as they are in force, and where each that is not a default comes from'),
      )
        .addHelpText(
          'after',
          '\nExamples:\n  easyflip config show                    in force here, with flags and environment variables\n  easyflip config show --env production --json',
        )
        .action(async (flags: CommonFlags) => {
          const { settings, file, sources } = await load(flags);
          const set = Object.fromEntries(Object.entries(sources).filter(([, { from }]) => from !== 'default'));
          (flags.json ? object : line)({ file: file ?? null, settings, sources: set });
        }),
    )
    .addCommand(
      withCommonOptions(new Command('validate').description('check the settings file'))
        .addHelpText('after', '\nExamples:\n  easyflip config validate\n  easyflip config validate --config ./other.json')
        .action(async (flags: CommonFlags) => {
          const { file } = await load(flags);
          if (flags.json) object({ type: 'config.valid', file: file ?? null });
          else shell.out.write(file ? `${file} is valid.\n` : 'There is no settings file; the defaults are in force.\n');
        }),
    )
    .addCommand(
      new Command('schema')
        .description('JSON Schema of the settings file, for editors')
        .addHelpText('after', '\nExamples:\n  easyflip config schema > easyflip.config.schema.json')
        .action(() => void line(configJsonSchema())),
    );
}
