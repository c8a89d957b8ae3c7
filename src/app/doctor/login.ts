import { marketplaceLogin } from '../../adapters/registry.ts';
import { ebayKeyset } from '../../config/secrets.ts';
import { EasyflipError } from '../../core/errors.ts';
import { openVault } from '../../credentials/vault.ts';
import type { App } from '../app.ts';
import { marketplaceAddress, outgoingOf } from '../wire-run.ts';
import { type Check, type Found, fail, logIn, pass, skip, warn } from './finding.ts';

const DAY_MS = 86_400_000;

/** The login as it is stored: nothing is asked of eBay. */
export const loginChecks = (app: App): readonly Check[] => {
  const { settings, env, folders, clock } = app;
  const { environment } = settings;
  if (environment === 'practice') return [{ name: 'login', look: async () => skip('practice needs none') }];
  const vault = openVault({ folder: folders.data, environment, env });
  const stored = vault.read();
  stored.catch(() => undefined);
  const unreadable = stored.then(
    () => undefined,
    (error: unknown) => error,
  );
  /** One failure is told once. */
  const readable = (look: Check['look']) => async (): Promise<Found> =>
    (await unreadable) === undefined ? await look() : skip('the stored login cannot be read');
  return [
    {
      name: 'stored login',
      look: async () => {
        const error = await unreadable;
        if (error instanceof EasyflipError) return fail(error.message, error.hint);
        if (error !== undefined) throw error;
        const source = await vault.keySource();
        return source ? pass(`${vault.file}, its key: ${source}`) : skip('none; the environment variables are used');
      },
    },
    {
      name: 'keyset',
      look: readable(async () => {
        const { appId, certId } = ebayKeyset(env, await stored);
        const missing = [!appId && 'App ID', !certId && 'Cert ID'].filter(Boolean).join(' and ');
        return missing
          ? fail(`${missing} not known.`, `${logIn(environment)} It asks for what is missing.`)
          : pass(`App ID …${appId?.slice(-4) ?? ''}`);
      }),
    },
    {
      name: 'RuName',
      look: readable(async () => {
        const { ruName } = ebayKeyset(env, await stored);
        return ruName
          ? pass(`…${ruName.slice(-4)}`)
          : warn('Not known; only needed to log in anew.', 'Set EBAY_RU_NAME before the next `easyflip auth login`.');
      }),
    },
    {
      name: 'consent',
      look: readable(async () => {
        const login = await stored;
        if (env.EBAY_REFRESH_TOKEN?.trim()) return pass('from EBAY_REFRESH_TOKEN; its age is not known');
        if (!login?.refreshToken) return fail('There is none.', logIn(environment));
        if (!login.refreshTokenExpiresAt) return pass('stored; its age is not known');
        const until = login.refreshTokenExpiresAt.slice(0, 10);
        const days = Math.floor((Date.parse(login.refreshTokenExpiresAt) - clock.now()) / DAY_MS);
        if (days < 0) return fail(`It ended on ${until}.`, logIn(environment));
        return days < 30 ? warn(`It ends on ${until}, in ${days} days.`, logIn(environment)) : pass(`good until ${until}, ${days} days`);
      }),
    },
    {
      name: 'scopes',
      look: readable(async () => {
        const login = await stored;
        if (!login?.scopes) return skip('not known for this login');
        const { scopes } = await marketplaceLogin(
          { settings, clock, outgoing: outgoingOf(app, { runId: 'doctor', emit: () => {} }) },
          await marketplaceAddress(app),
        );
        const missing = scopes.filter((scope) => !login.scopes?.includes(scope)).map((scope) => scope.split('/').pop());
        return missing.length > 0 ? warn(`No consent for ${missing.join(', ')}.`, logIn(environment)) : pass(`${scopes.length} granted`);
      }),
    },
  ];
};
