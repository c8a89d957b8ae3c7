import { Command, Option } from 'commander';
import { authView, logIn, logOut } from '../../app/auth.ts';
import { EXIT } from '../../app/exit-code.ts';
import type { Person } from '../../app/setup/questions.ts';
import { ProblemsError } from '../../core/errors.ts';
import type { KeySource, Keyset } from '../../core/ports/index.ts';
import { authJson, consentWantedJson, logoutJson, renderAuth, renderConsentWanted } from '../../report/auth.ts';
import { type CommonFlags, withCommonOptions } from '../options.ts';
import { personAtTerminal } from '../person.ts';
import { type Session, withSession } from '../session.ts';
import type { Shell } from '../shell.ts';

interface LoginFlags extends CommonFlags {
  readonly browser?: boolean;
  readonly code?: string;
  readonly key?: KeySource;
}

const ASKED: Readonly<Record<keyof Keyset, { readonly question: string; readonly variable: string }>> = {
  appId: { question: 'App ID (Client ID) of your eBay keyset', variable: 'EBAY_APP_ID' },
  certId: { question: 'Cert ID (Client Secret) of that keyset', variable: 'EBAY_CERT_ID' },
  ruName: { question: 'RuName (eBay Redirect URL name) of that keyset', variable: 'EBAY_RU_NAME' },
};

const LOGIN_EXAMPLES = `
Examples:
  easyflip auth login --env sandbox            opens eBay's consent page and takes the address it sends you to
  easyflip auth login --env production --no-browser
  easyflip auth login --env sandbox --key file       for cron, where a keychain is often locked
  easyflip auth login --env sandbox --json     unattended, first half: tells the page to open, and ends with 4
  easyflip auth login --env sandbox --code "https://…?state=…&code=…"
                                               second half; EBAY_APP_ID, EBAY_CERT_ID and EBAY_RU_NAME are set

The login is encrypted on this machine, apart for sandbox and production. Logging in does not
change where easyflip lists: that is "environment" in the settings, or --env.`;

export const authCommand = (shell: Shell): Command =>
  new Command('auth')
    .description('log in to eBay, see the login, forget it')
    .addCommand(loginCommand(shell))
    .addCommand(
      withCommonOptions(new Command('status').description('who is logged in, how long, and where the login is kept'))
        .addHelpText('after', '\nExamples:\n  easyflip auth status --env production\n\nAsks nobody. Secrets are told by their end only.')
        .action((flags: CommonFlags) => withSession(shell, flags, async (session) => tell(session, await authView(session.app)))),
    )
    .addCommand(
      withCommonOptions(new Command('logout').description('forget the stored login of an environment'))
        .addHelpText('after', '\nExamples:\n  easyflip auth logout --env sandbox\n\nThe consent itself ends on eBay only.')
        .action((flags: CommonFlags) =>
          withSession(shell, flags, async (session) => {
            const removed = await logOut(session.app);
            const { environment } = session.app.settings;
            if (session.format === 'json') return session.json(logoutJson(environment, removed));
            session.text(removed ? `Forgotten: the login to eBay ${environment}.\n` : `No login to eBay ${environment} was stored.\n`);
            if (removed) session.text('The consent itself ends on eBay: My eBay > Account > Third-party app access.\n');
          }),
        ),
    )
    .addHelpText('after', '\nExamples:\n  easyflip auth login --env sandbox\n  easyflip auth status --env sandbox');

const loginCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('login')
      .description('consent on eBay, once in 18 months')
      .option('--no-browser', 'only print the address of the consent page')
      .option('--code <text>', 'the address eBay sent you to, or the code in it')
      .addOption(new Option('--key <place>', 'where the key of the stored login lies').choices(['keychain', 'passphrase', 'file'])),
  )
    .addHelpText('after', LOGIN_EXAMPLES)
    .action((flags: LoginFlags) =>
      withSession(shell, flags, async (session) => {
        const person = session.format === 'json' ? undefined : await personAtTerminal();
        const reporter = session.reporter();
        try {
          const view = await logIn(session.app, {
            code: flags.code,
            key: flags.key,
            ask: (missing) => askKeyset(person, missing),
            paste: async (address, problemWith) => {
              if (!person) return undefined;
              session.text(`Open this page and agree:\n\n${address}\n\n`);
              if (flags.browser ?? true) await openBrowser(address);
              return await person.write('The address of the page that eBay sent you to', undefined, problemWith);
            },
            emit: (event) => reporter.on(event),
            signal: new AbortController().signal,
          });
          if (!('consentUrl' in view)) return tell(session, view);
          if (session.format === 'json') session.json(consentWantedJson(session.app.settings.environment, view.consentUrl));
          else session.text(renderConsentWanted(view.consentUrl, session.style));
          shell.exit(EXIT.stoppedEarly);
        } finally {
          reporter.close();
        }
      }),
    );

async function askKeyset(person: Person | undefined, missing: readonly (keyof Keyset)[]): Promise<Partial<Keyset>> {
  if (!person) {
    const problems = missing.map((key) => `${ASKED[key].variable}: ${ASKED[key].question}, is not set`);
    throw new ProblemsError('usage.invalid', 'The keyset of your eBay developer account is not known.', problems, {
      hint: 'Set these environment variables, or run this on a terminal.',
    });
  }
  const answers: Partial<Record<keyof Keyset, string>> = {};
  const problem = (text: string): string | undefined => (text === '' ? 'It cannot be empty.' : undefined);
  for (const key of missing) {
    const { question } = ASKED[key];
    const said = key === 'certId' ? person.writeSecret(question, problem) : person.write(question, undefined, problem);
    answers[key] = (await said).trim();
  }
  return answers;
}

/** A machine without a browser is no reason to stop: the address is on the screen. */
async function openBrowser(address: string): Promise<void> {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const { default: open } = await import('open');
  const child = await open(address).catch(() => undefined);
  child?.on('error', () => undefined);
}

function tell(session: Session, view: Parameters<typeof renderAuth>[0]): void {
  if (session.format === 'json') session.json(authJson(view));
  else session.text(renderAuth(view, session.style, Date.now()));
}
