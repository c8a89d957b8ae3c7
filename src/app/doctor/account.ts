import { marketplaceLogin } from '../../adapters/registry.ts';
import { ebayKeyset } from '../../config/secrets.ts';
import { EasyflipError } from '../../core/errors.ts';
import { moneyLabel } from '../../core/money.ts';
import { type Call, type Marketplace, POLICY_KINDS, type PolicyKind } from '../../core/ports/index.ts';
import { SITES } from '../../core/site.ts';
import { openVault } from '../../credentials/vault.ts';
import type { App } from '../app.ts';
import { marketplaceAddress, outgoingOf } from '../wire-run.ts';
import { type Check, type Found, fail, pass, skip, warn } from './finding.ts';

const DAY_MS = 86_400_000;
const LOG_IN = (environment: string): string => `Run \`easyflip auth login --env ${environment}\`.`;
const SET_UP = (environment: string): string => `Run \`easyflip setup --env ${environment}\`.`;

/** The login as it is stored: nothing is asked of eBay. */
export const loginChecks = (app: App): readonly Check[] => {
  const { settings, env, folders, clock } = app;
  const { environment } = settings;
  if (environment === 'practice') return [{ name: 'login', look: async () => skip('practice needs none') }];
  const vault = openVault({ folder: folders.data, environment, env });
  const stored = vault.read();
  stored.catch(() => undefined);
  return [
    {
      name: 'keyset',
      look: async () => {
        const { appId, certId } = ebayKeyset(env, await stored);
        const missing = [!appId && 'App ID', !certId && 'Cert ID'].filter(Boolean).join(' and ');
        return missing
          ? fail(`${missing} not known.`, `${LOG_IN(environment)} It asks for them.`)
          : pass(`App ID …${appId?.slice(-4) ?? ''}`);
      },
    },
    {
      name: 'RuName',
      look: async () => {
        const { ruName } = ebayKeyset(env, await stored);
        return ruName
          ? pass(`…${ruName.slice(-4)}`)
          : warn('Not known; only needed to log in anew.', 'Set EBAY_RU_NAME before the next `easyflip auth login`.');
      },
    },
    {
      name: 'consent',
      look: async () => {
        const login = await stored;
        if (env.EBAY_REFRESH_TOKEN?.trim()) return pass('from EBAY_REFRESH_TOKEN; its age is not known');
        if (!login?.refreshToken) return fail('There is none.', LOG_IN(environment));
        if (!login.refreshTokenExpiresAt) return pass('stored');
        const days = Math.floor((Date.parse(login.refreshTokenExpiresAt) - clock.now()) / DAY_MS);
        if (days < 0) return fail(`It ended on ${login.refreshTokenExpiresAt.slice(0, 10)}.`, LOG_IN(environment));
        return days < 30
          ? warn(`It ends in ${days} days.`, LOG_IN(environment))
          : pass(`good until ${login.refreshTokenExpiresAt.slice(0, 10)}`);
      },
    },
    {
      name: 'scopes',
      look: async () => {
        const login = await stored;
        if (!login?.scopes) return skip('not known for this login');
        const { scopes } = await marketplaceLogin(
          { settings, clock, outgoing: outgoingOf(app, { runId: 'doctor', emit: () => {} }) },
          await marketplaceAddress(app),
        );
        const missing = scopes.filter((scope) => !login.scopes?.includes(scope)).map((scope) => scope.split('/').pop());
        return missing.length > 0 ? warn(`No consent for ${missing.join(', ')}.`, LOG_IN(environment)) : pass(`${scopes.length} granted`);
      },
    },
  ];
};

/** What eBay itself says. `application` and `user` fail apart, so that it is plain which credential is wrong. */
export const ebayChecks = (app: App, { account, ...marketplace }: Marketplace, call: Call): readonly Check[] => {
  const { settings } = app;
  const { environment, listing } = settings;
  const site = SITES[settings.marketplace];
  const policy = (kind: PolicyKind, configured: string | null): Check => ({
    name: `${kind === 'fulfillment' ? 'shipping' : kind} policy`,
    look: async () => {
      const policies = await account.policies(kind, call);
      if (configured) {
        const found = policies.find(({ id }) => id === configured);
        return found
          ? pass(`${found.name || found.id}`)
          : fail(`${configured} is not there for ${site.id}: deleted, or of another site.`, SET_UP(environment));
      }
      if (policies.length === 1) return pass(`the only one: ${policies[0]?.name ?? ''}`);
      return policies.length === 0
        ? fail(`There is none for ${site.id}.`, SET_UP(environment))
        : fail(`${policies.length} to choose from, and none is chosen.`, SET_UP(environment));
    },
  });
  return [
    {
      name: 'App ID and Cert ID',
      look: async () => {
        const allowances = await account.allowances(call);
        return pass(`accepted; ${allowances.length} counters`);
      },
    },
    {
      name: 'seller',
      look: async () => {
        try {
          const { username, status } = await account.identity(call);
          if (status && status !== 'CONFIRMED')
            return warn(`${username}, whose account is ${status}.`, 'Settle it on eBay: My eBay > Account.');
          return pass(username);
        } catch (error) {
          if (!(error instanceof EasyflipError) || error.code !== 'provider.auth' || !error.message.includes('1100')) throw error;
          return warn('The consent does not cover the name.', LOG_IN(environment));
        }
      },
    },
    {
      name: 'business policies',
      look: async () =>
        (await account.hasBusinessPolicies(call)) ? pass('switched on') : fail('Switched off for this account.', SET_UP(environment)),
    },
    policy(POLICY_KINDS[0], listing.fulfillmentPolicyId),
    policy(POLICY_KINDS[1], listing.paymentPolicyId),
    policy(POLICY_KINDS[2], listing.returnPolicyId),
    { name: 'location', look: () => locationFound(app, account, call) },
    {
      name: 'selling limit',
      look: async () => {
        const { registered, limit } = await account.privileges(call);
        if (!registered) return fail('The seller registration is not complete.', 'Finish it on eBay: Sell > Start selling.');
        if (!limit) return pass('none');
        const { quantity, amount } = limit;
        const text = [quantity === undefined ? '' : `${quantity} items`, amount ? moneyLabel(amount) : ''].filter(Boolean).join(', ');
        return quantity === 0 || amount?.minor === 0
          ? fail(`${text} a month.`, 'Ask eBay for a higher limit in Seller Hub.')
          : pass(`${text} a month`);
      },
    },
    {
      name: 'calls left today',
      look: async () => {
        const low = (await account.allowances(call)).filter(({ limit, remaining }) => remaining < limit / 10);
        if (low.length === 0) return pass('enough of each');
        const told = low
          .map(({ name, remaining, resetsAt }) => `${name} ${remaining} until ${resetsAt.slice(0, 16).replace('T', ' ')} UTC`)
          .join('; ');
        return low.some(({ remaining }) => remaining === 0)
          ? fail(`Used up: ${told}.`, 'Run again after that time.')
          : warn(`Nearly used up: ${told}.`, 'Put big runs off until then.');
      },
    },
    {
      name: 'categories',
      look: async () => {
        const found = await marketplace.suggestCategories('mug', call);
        return found.length > 0
          ? pass(`${site.id} answers`)
          : warn(`${site.id} finds no category for a mug.`, 'Run it again; if it stays, report it.');
      },
    },
  ];
};

async function locationFound({ settings }: App, account: Marketplace['account'], call: Call): Promise<Found> {
  const { environment, listing } = settings;
  const site = SITES[settings.marketplace];
  const all = await account.locations(call);
  const enabled = all.filter((one) => one.enabled);
  const chosen = listing.merchantLocationKey
    ? all.find(({ key }) => key === listing.merchantLocationKey)
    : enabled.length === 1
      ? enabled[0]
      : undefined;
  if (listing.merchantLocationKey && !chosen) return fail(`${listing.merchantLocationKey} is not there.`, SET_UP(environment));
  if (!chosen) {
    return enabled.length === 0
      ? fail('There is none.', SET_UP(environment))
      : fail(
          `${enabled.length} to choose from (${enabled.map(({ key }) => key).join(', ')}), perhaps left over from other tools; none is chosen.`,
          SET_UP(environment),
        );
  }
  if (!chosen.enabled) return fail(`${chosen.key} is disabled.`, SET_UP(environment));
  const where = [chosen.key, chosen.country, chosen.postalCode ?? chosen.city].filter(Boolean).join(', ');
  if (chosen.country && chosen.country !== site.country)
    return warn(
      `${where}: not in the country of ${site.id}.`,
      "Buyers see it as the item's place; run `easyflip setup --location …` if it is wrong.",
    );
  return pass(where);
}
