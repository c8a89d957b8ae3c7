import { Command } from 'commander';
import { QUESTIONS, type QuestionKey } from '../../app/setup/questions.ts';
import { setup } from '../../app/setup/setup.ts';
import { renderSetup, renderSetupStep, type SetupStep, setupJson } from '../../report/setup.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { personAtTerminal } from '../person.ts';
import { withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

interface SetupFlags extends CommonFlags {
  readonly yes?: boolean;
  readonly create?: boolean;
  readonly [flag: string]: unknown;
}

const EXAMPLES = `
Examples:
  easyflip setup --env sandbox                          asks for what it cannot find out
  easyflip setup --env production --no-create           only takes what the account has
  easyflip setup --env sandbox --yes --postal-code 95125 --shipping-cost 5.99
                                                        unattended, creating what is missing

Run \`easyflip auth login\` first. A second run finds everything and changes nothing.`;

/** A question as an option's description: eBay keeps its capital. */
const flagText = (question: string): string => `${question.charAt(0).toLowerCase()}${question.slice(1).replace(/\?$/, '')}`;

export const setupCommand = (shell: Shell): Command => {
  const command = withCommonOptions(
    new Command('setup')
      .description('make an eBay account ready: policies, location, settings')
      .option('--yes', 'create what is missing without asking; switches business policies on, too')
      .option('--no-create', 'never create anything on eBay'),
  );
  for (const [key, question] of Object.entries(QUESTIONS)) command.option(`--${key} <value>`, flagText(question));
  return command.addHelpText('after', EXAMPLES).action((flags: SetupFlags) =>
    withSession(shell, flags, async (session) => {
      const reporter = session.reporter();
      const json = session.format === 'json';
      const steps: SetupStep[] = [];
      const given = Object.fromEntries(
        (Object.keys(QUESTIONS) as QuestionKey[]).flatMap((key) => {
          const value = flags[key.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())];
          return typeof value === 'string' ? [[key, value]] : [];
        }),
      );
      try {
        const view = await setup(session.app, {
          answers: { given, agreed: flags.yes ?? false, person: json ? undefined : await personAtTerminal() },
          mayCreate: flags.create ?? true,
          configFile: flags.config,
          tell: (step) => {
            steps.push(step);
            if (!json) session.text(renderSetupStep(step, session.style));
          },
          emit: (event) => reporter.on(event),
          signal: new AbortController().signal,
        });
        if (json) session.json(setupJson(steps, view));
        else session.text(renderSetup(view, session.style));
      } finally {
        reporter.close();
      }
    }),
  );
};
