import { type ConfigChange, planConfigWrite } from '../../config/write-config.ts';
import { EasyflipError } from '../../core/errors.ts';
import { type Call, POLICY_KINDS, type PolicyKind, type SellerAccount } from '../../core/ports/index.ts';
import { SITES, type Site } from '../../core/site.ts';
import type { SetupView } from '../../report/setup.ts';
import type { App } from '../app.ts';
import { wireMarketplace } from '../wire-run.ts';
import { draftPolicy } from './drafts.ts';
import { planLocation } from './location.ts';
import { among, type Plan } from './plan.ts';
import { agreement } from './questions.ts';
import type { SetupRequest } from './request.ts';

const SETTINGS: Readonly<Record<PolicyKind, 'fulfillmentPolicyId' | 'paymentPolicyId' | 'returnPolicyId'>> = {
  fulfillment: 'fulfillmentPolicyId',
  payment: 'paymentPolicyId',
  return: 'returnPolicyId',
};
const NAMES: Readonly<Record<PolicyKind, string>> = { fulfillment: 'shipping policy', payment: 'payment policy', return: 'return policy' };

/**
 * Makes the account ready to list and writes what it uses into the config file. What exists is taken, what is missing is
 * created with the seller's yes; a second run finds everything and changes nothing. Everything is asked before anything
 * is created, so that a missing answer leaves the account as it was.
 * Errors: `usage.invalid` where an answer is missing, `listing.policy-missing`, `listing.location-missing`, the marketplace's.
 */
export async function setup(app: App, request: SetupRequest): Promise<SetupView> {
  const { settings } = app;
  const { tell, signal } = request;
  const site = SITES[settings.marketplace];
  const call: Call = { signal, priority: 0 };
  const { marketplace, close } = await wireMarketplace(app, request.emit);
  try {
    const { account } = marketplace;
    const joined = await mayJoin(account, request, call);
    const policies: { readonly kind: PolicyKind; readonly plan: Plan }[] = [];
    for (const kind of POLICY_KINDS) {
      // Without the programme eBay shows no policies.
      const existing = joined ? await account.policies(kind, call) : [];
      policies.push({ kind, plan: await planPolicy(kind, settings.listing[SETTINGS[kind]], existing, account, request, site) });
    }
    const location = await planLocation(settings.listing.merchantLocationKey, account, request, call, site);
    // Opened beforehand too: a config file that cannot be read must not be found out when all is created.
    await planConfigWrite({}, { configFile: request.configFile, env: app.env });

    if (!joined) await join(account, request, call);
    const chosen: Record<string, string> = {};
    const place = `accounts.${settings.environment}.${settings.marketplace}`;
    for (const { kind, plan } of policies) {
      // Who comes back to the programme has policies from before.
      const earlier = joined ? [] : await account.policies(kind, call);
      const found = earlier.length > 0 ? await among(earlier, null, `${kind}-policy`, NAMES[kind], request) : undefined;
      const step = found ?? (await plan(call));
      tell(step);
      chosen[`${place}.${SETTINGS[kind]}`] = step.id;
    }
    const step = await location(call);
    tell(step);
    chosen[`${place}.merchantLocationKey`] = step.id;

    const write = await planConfigWrite(chosen, { configFile: request.configFile, env: app.env });
    await write.write();
    const { limit } = await account.privileges(call);
    return { file: write.file, changes: write.changes satisfies readonly ConfigChange[], limit: limit ?? null };
  } finally {
    await close();
  }
}

const OFF = 'Business policies are off for this account.';

/** True when the account has business policies, false when the seller lets them be switched on. */
async function mayJoin(account: SellerAccount, { answers, mayCreate }: SetupRequest, call: Call): Promise<boolean> {
  if (await account.hasBusinessPolicies(call)) return true;
  if (mayCreate && (await agreement(answers, `${OFF} Switch them on?`))) return false;
  throw new EasyflipError('listing.policy-missing', OFF, {
    hint: 'Run `easyflip setup` and say yes, or switch them on at ebay.com/bp/optin.',
  });
}

async function join(account: SellerAccount, { tell }: SetupRequest, call: Call): Promise<void> {
  await account.joinBusinessPolicies(call);
  if (await account.hasBusinessPolicies(call)) return tell({ what: 'business policies', id: 'on', name: '', how: 'created' });
  throw new EasyflipError('listing.policy-missing', 'eBay is switching business policies on; this may take it up to 24 hours.', {
    hint: 'Run `easyflip setup` again later.',
  });
}

async function planPolicy(
  kind: PolicyKind,
  configured: string | null,
  existing: Awaited<ReturnType<SellerAccount['policies']>>,
  account: SellerAccount,
  request: SetupRequest,
  site: Site,
): Promise<Plan> {
  const what = NAMES[kind];
  const found = await among(existing, configured, `${kind}-policy`, what, request);
  if (found) return async () => found;
  if (!request.mayCreate || !(await agreement(request.answers, `There is no ${what} for ${site.id}. Create one?`))) {
    throw new EasyflipError('listing.policy-missing', `The account has no ${what} for ${site.id}.`, {
      hint: 'Create it in Seller Hub, or let `easyflip setup` do it.',
    });
  }
  const draft = await draftPolicy(kind, request.answers, site, account.usualShippingService);
  return async (call) => {
    const { id, name } = await account.createPolicy(draft, call);
    return { what, id, name, how: 'created' };
  };
}
