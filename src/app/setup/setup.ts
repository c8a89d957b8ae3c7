import { type ConfigChange, planConfigWrite } from '../../config/write-config.ts';
import { EasyflipError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import { type Call, POLICY_KINDS, type PolicyKind, type SellerAccount } from '../../core/ports/index.ts';
import { SITES } from '../../core/site.ts';
import type { SetupStep, SetupView } from '../../report/setup.ts';
import type { App } from '../app.ts';
import { wireMarketplace } from '../wire-run.ts';
import { draftLocation, draftPolicy } from './drafts.ts';
import { type Answers, agreement, choice, type QuestionKey } from './questions.ts';

export interface SetupRequest {
  readonly answers: Answers;
  /** False: nothing is created on the marketplace; what is missing is an error. */
  readonly mayCreate: boolean;
  readonly configFile: string | undefined;
  /** Told as soon as it is settled. */
  readonly tell: (step: SetupStep) => void;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

const SETTINGS: Readonly<Record<PolicyKind, 'fulfillmentPolicyId' | 'paymentPolicyId' | 'returnPolicyId'>> = {
  fulfillment: 'fulfillmentPolicyId',
  payment: 'paymentPolicyId',
  return: 'returnPolicyId',
};
const NAMES: Readonly<Record<PolicyKind, string>> = { fulfillment: 'shipping policy', payment: 'payment policy', return: 'return policy' };

/**
 * Makes the account ready to list and writes what it uses into the config file. What exists is taken, what is
 * missing is created with the seller's yes; a second run finds everything and changes nothing.
 * Errors: `usage.invalid` where an answer is missing, `listing.policy-missing`, the marketplace's.
 */
export async function setup(app: App, request: SetupRequest): Promise<SetupView> {
  const { settings } = app;
  const { answers, tell, signal } = request;
  const call: Call = { signal, priority: 0 };
  const { marketplace, close } = await wireMarketplace(app, request.emit);
  try {
    const { account } = marketplace;
    await joined(account, request, call);
    const chosen: Record<string, string> = {};
    const place = `accounts.${settings.environment}.${settings.marketplace}`;
    for (const kind of POLICY_KINDS) {
      const step = await policyStep(kind, settings.listing[SETTINGS[kind]], account, request, call, SITES[settings.marketplace]);
      tell(step);
      chosen[`${place}.${SETTINGS[kind]}`] = step.id;
    }
    const location = await locationStep(settings.listing.merchantLocationKey, account, request, call, SITES[settings.marketplace]);
    tell(location);
    chosen[`${place}.merchantLocationKey`] = location.id;

    const plan = await planConfigWrite(chosen, { configFile: request.configFile, env: app.env });
    await plan.write();
    const { limit } = await account.privileges(call);
    return { file: plan.file, changes: plan.changes satisfies readonly ConfigChange[], limit: limit ?? null };
  } finally {
    await close();
  }

  async function joined(account: SellerAccount, { mayCreate }: SetupRequest, call: Call): Promise<void> {
    if (await account.hasBusinessPolicies(call)) return;
    const join = mayCreate && (await agreement(answers, 'Business policies are off for this account. Switch them on?'));
    if (join) await account.joinBusinessPolicies(call);
    if (join && (await account.hasBusinessPolicies(call))) return tell({ what: 'business policies', id: 'on', name: '', how: 'created' });
    throw new EasyflipError(
      'listing.policy-missing',
      join ? 'eBay is switching business policies on; this may take it up to 24 hours.' : 'Business policies are off for this account.',
      {
        hint: join ? 'Run `easyflip setup` again later.' : 'Run `easyflip setup` and say yes, or switch them on at ebay.com/bp/optin.',
      },
    );
  }
}

interface Existing {
  readonly id: string;
  readonly name: string;
}

/** The configured one if it still exists, else the one named by flag, else the only one, else the one chosen. */
async function among(
  existing: readonly Existing[],
  configured: string | null,
  key: QuestionKey,
  what: string,
  { answers }: SetupRequest,
): Promise<SetupStep | undefined> {
  const named = answers.given[key];
  const kept = named === undefined ? existing.find(({ id }) => id === configured) : undefined;
  if (kept) return { what, ...kept, how: 'kept' };
  const [only] = existing;
  if (!only) return undefined;
  if (existing.length === 1 && named === undefined) return { what, ...only, how: 'only' };
  const id = await choice(
    answers,
    key,
    existing.map((one) => ({ value: one.id, label: one.name || one.id })),
  );
  return { what, id, name: existing.find((one) => one.id === id)?.name ?? '', how: 'chosen' };
}

async function policyStep(
  kind: PolicyKind,
  configured: string | null,
  account: SellerAccount,
  request: SetupRequest,
  call: Call,
  site: (typeof SITES)[keyof typeof SITES],
): Promise<SetupStep> {
  const what = NAMES[kind];
  const found = await among(await account.policies(kind, call), configured, `${kind}-policy`, what, request);
  if (found) return found;
  if (!request.mayCreate || !(await agreement(request.answers, `There is no ${what} for ${site.id}. Create one?`))) {
    throw new EasyflipError('listing.policy-missing', `The account has no ${what} for ${site.id}.`, {
      hint: 'Create it in Seller Hub, or let `easyflip setup` do it.',
    });
  }
  const { id, name } = await account.createPolicy(await draftPolicy(kind, request.answers, site, account.usualShippingService), call);
  return { what, id, name, how: 'created' };
}

async function locationStep(
  configured: string | null,
  account: SellerAccount,
  request: SetupRequest,
  call: Call,
  site: (typeof SITES)[keyof typeof SITES],
): Promise<SetupStep> {
  const what = 'location';
  const existing = (await account.locations(call)).filter(({ enabled }) => enabled);
  const labelled = existing.map(({ key, name, country, postalCode, city }) => ({
    id: key,
    name: [name, country, postalCode ?? city].filter(Boolean).join(', '),
  }));
  const found = await among(labelled, configured, 'location', what, request);
  if (found) return found;
  if (!request.mayCreate || !(await agreement(request.answers, 'There is no place to ship from. Create one?'))) {
    throw new EasyflipError('listing.location-missing', 'The account has no place to ship from.', {
      hint: 'Let `easyflip setup` create one from your postal code.',
    });
  }
  const { key, name } = await account.createLocation(await draftLocation(request.answers, site), call);
  return { what, id: key, name, how: 'created' };
}
