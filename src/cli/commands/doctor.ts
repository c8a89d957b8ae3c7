import { Command } from 'commander';
import { doctor, doctorExitCode } from '../../app/doctor/doctor.ts';
import { doctorJson, renderDoctor } from '../../report/doctor.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { outputOf } from '../session.ts';
import type { Shell } from '../shell.ts';

const ABOUT = `
Examples:
  easyflip doctor                      the practice marketplace
  easyflip doctor --env production     your real account, read only
  easyflip doctor --json               for a monitor

Nothing is changed and nothing is bought.
Exit codes: 0 all well · 3 ready, with something to look at · 2 something must be mended`;

export const doctorCommand = (shell: Shell): Command =>
  withCommonOptions(new Command('doctor').description('look at everything a listing needs and tell what to mend'))
    .addHelpText('after', ABOUT)
    .action(async (flags: CommonFlags) => {
      const { format, style, json, text } = outputOf(shell, flags);
      const findings = await doctor({
        configFile: flags.config,
        dataDir: flags.dataDir,
        env: shell.env,
        flags,
        signal: new AbortController().signal,
      });
      if (format === 'json') json(doctorJson(findings));
      else text(renderDoctor(findings, style));
      shell.exit(doctorExitCode(findings));
    });
