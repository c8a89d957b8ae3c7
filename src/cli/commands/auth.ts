import { Command, Option } from 'commander';
import { authView, logIn, logOut } from '../../app/auth.ts';
import { EasyflipError } from '../../core/errors.ts';
import type { KeySource, Keyset } from '../../core/ports/index.ts';
import { authJson, renderAuth } from '../../report/auth.ts';
import { type CommonFlags, withCommonOptions } from '../common-options.ts';
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

const EXAMPLES = `
Examples:
  easyflip auth login --env sandbox            opens eBay's consent page and takes the address it sends you to
  easyflip auth login --env production --no-browser
  easyflip auth login --env sandbox --code "https://…?state=…&code=…"
                                               unattended; EBAY_APP_ID, EBAY_CERT_ID and EBAY_RU_NAME are set

The login is encrypted on this machine, apart for sandbox and production. Logging in does not
change where easyflip lists: that is "environment" in the settings, or --env.`;

export const authCommand = (shell: Shell): Command =>
  new Command('auth')
    .description('log in to eBay, see the login, forget it')
    .addCommand(loginCommand(shell))
    .addCommand(
      withCommonOptions(new Command('status').description('who is logged in, how long, and where the login is kept')).action(
        (flags: CommonFlags) => withSession(shell, flags, async (session) => tell(session, await authView(session.app))),
      ),
    )
    .addCommand(
      withCommonOptions(new Command('logout').description('forget the stored login of an environment')).action((flags: CommonFlags) =>
        withSession(shell, flags, async (session) => {
          const removed = await logOut(session.app);
          const { environment } = session.app.settings;
          if (session.format === 'json') session.json({ type: 'auth.logout', environment, removed });
          else {
            session.text(removed ? `Forgotten: the login to eBay ${environment}.\n` : `No login to eBay ${environment} was stored.\n`);
            if (removed) session.text('The consent itself ends on eBay: My eBay > Account > Third-party app access.\n');
          }
        }),
      ),
    );

const loginCommand = (shell: Shell): Command =>
  withCommonOptions(
    new Command('login')
      .description('consent on eBay, once in 18 months')
      .option('--no-browser', 'only print the address of the consent page')
      .option('--code <text>', 'the address eBay sent you to, or the code in it')
      .addOption(new Option('--key <place>', 'where the key of the stored login lies').choices(['keychain', 'passphrase', 'file'])),
  )
    .addHelpText('after', EXAMPLES)
    .action((flags: LoginFlags) =>
      withSession(shell, flags, async (session) => {
        const person = session.format === 'json' ? undefined : await personAtTerminal();
        const reporter = session.reporter();
        try {
          const view = await logIn(session.app, {
            code: flags.code,
            key: flags.key,
            ask: async (what) => {
              const { question, variable } = ASKED[what];
              if (person)
                return (await person.write(question, undefined, (text) => (text === '' ? 'It cannot be empty.' : undefined))).trim();
              throw new EasyflipError('usage.invalid', `Not known: ${question}.`, { hint: `Set ${variable}, or run this on a terminal.` });
            },
            paste: async (address) => {
              if (!person) {
                throw new EasyflipError('usage.invalid', `Nobody can be asked here. Open this page and agree: ${address}`, {
                  hint: 'Then run the same command with --code and the address that eBay sent you to.',
                });
              }
              session.text(`Open this page and agree:\n\n${address}\n\n`);
              if (flags.browser ?? true) await openBrowser(address);
              return await person.write('The address of the page that eBay sent you to', undefined, (text) =>
                text === '' ? 'Paste the address, or press Ctrl-C to leave.' : undefined,
              );
            },
            emit: (event) => reporter.on(event),
            signal: new AbortController().signal,
          });
          tell(session, view);
        } finally {
          reporter.close();
        }
      }),
    );

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
