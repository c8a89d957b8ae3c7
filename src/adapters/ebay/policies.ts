import type eBayApi from 'ebay-api';
import type { ErrorCode } from '../../core/errors.ts';
import { ProblemsError } from '../../core/errors.ts';
import type { ListingPolicies } from '../../core/listing.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import type { Settings } from '../../core/settings.ts';
import type { Site } from '../../core/site.ts';
import { createMemory } from './flight.ts';
import type { Transport } from './transport.ts';
import { locationsAnswer, policiesAnswer } from './wire.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Choice {
  readonly what: string;
  readonly key: keyof ListingPolicies;
  readonly code: ErrorCode;
  readonly read: (transport: Transport, call: Call) => Promise<readonly Named[]>;
}

const account =
  (operation: string, send: (ebay: eBayApi, site: Site) => Promise<unknown>, list: string, idField: string): Choice['read'] =>
  (transport, call) =>
    transport.request(
      { token: 'user', service: 'account', operation, send: (ebay) => send(ebay, transport.site), read: policiesAnswer(list, idField) },
      call,
    );

const CHOICES: readonly Choice[] = [
  {
    what: 'fulfilment policy',
    key: 'fulfillmentPolicyId',
    code: 'listing.policy-missing',
    read: account(
      'account.getFulfillmentPolicies',
      (ebay, { id }) => ebay.sell.account.getFulfillmentPolicies(id),
      'fulfillmentPolicies',
      'fulfillmentPolicyId',
    ),
  },
  {
    what: 'payment policy',
    key: 'paymentPolicyId',
    code: 'listing.policy-missing',
    read: account(
      'account.getPaymentPolicies',
      (ebay, { id }) => ebay.sell.account.getPaymentPolicies(id),
      'paymentPolicies',
      'paymentPolicyId',
    ),
  },
  {
    what: 'return policy',
    key: 'returnPolicyId',
    code: 'listing.policy-missing',
    read: account(
      'account.getReturnPolicies',
      (ebay, { id }) => ebay.sell.account.getReturnPolicies(id),
      'returnPolicies',
      'returnPolicyId',
    ),
  },
  { what: 'inventory location', key: 'merchantLocationKey', code: 'listing.location-missing', read: locations },
];

/**
 * The seller's policies and location: the configured one where it exists, else the only one there is.
 * Errors: `listing.policy-missing`, `listing.location-missing`, all problems in one error.
 */
export function createPolicies(transport: Transport, settings: Settings['listing']): (call: Call) => Promise<ListingPolicies> {
  const memory = createMemory<ListingPolicies>(1);
  return (call) =>
    memory('policies', call, async (shared) => {
      const picks = await Promise.all(
        CHOICES.map(async (choice) => ({ choice, pick: pick(choice, settings[choice.key], await choice.read(transport, shared)) })),
      );
      const problems = picks.filter(({ pick: { problem } }) => problem !== undefined);
      const [first] = problems;
      if (first !== undefined) {
        const message = problems.map(({ pick: { problem } }) => problem ?? '');
        throw new ProblemsError(first.choice.code, message[0] ?? '', message, {
          hint: problems.map(({ pick: { hint } }) => hint).join(' '),
        });
      }
      return Object.fromEntries(picks.map(({ choice, pick: { id } }) => [choice.key, id])) as unknown as ListingPolicies;
    });
}

interface Pick {
  readonly id?: string;
  readonly problem?: string;
  readonly hint?: string;
}

function pick({ what, key }: Choice, configured: string | null, existing: readonly Named[]): Pick {
  const names = existing.map(({ id, name }) => (name === '' ? id : `${id} (${name})`)).join(', ');
  const setting = `listing.${key}`;
  const [only] = existing;
  if (configured !== null) {
    if (existing.some(({ id }) => id === configured)) return { id: configured };
    const hint = only === undefined ? `Create one on eBay and set ${setting} to it.` : `Set ${setting} to one of: ${names}.`;
    return { problem: `eBay has no ${what} ${configured} (${setting}).`, hint };
  }
  if (only === undefined) return { problem: `The eBay account has no ${what}.`, hint: `Create one on eBay, or set ${setting}.` };
  if (existing.length === 1) return { id: only.id };
  return {
    problem: `The eBay account has ${existing.length} candidates for the ${what}, and ${setting} names none.`,
    hint: `Set ${setting} to one of: ${names}.`,
  };
}

const LOCATIONS_PAGE = 100;
const LOCATION_PAGES_MAX = 20;

/** Disabled locations cannot hold stock (Inventory API, merchantLocationStatus). */
async function locations(transport: Transport, call: Call): Promise<readonly Named[]> {
  const all: Named[] = [];
  for (let page = 0; page < LOCATION_PAGES_MAX; page += 1) {
    const offset = page * LOCATIONS_PAGE;
    const { locations: found, total } = await transport.request(
      {
        token: 'user',
        service: 'inventory',
        operation: 'inventory.getInventoryLocations',
        send: (ebay) => ebay.sell.inventory.getInventoryLocations({ limit: LOCATIONS_PAGE, offset }),
        read: locationsAnswer,
      },
      call,
    );
    const enabled = (found ?? []).filter(({ merchantLocationStatus }) => merchantLocationStatus !== 'DISABLED');
    all.push(...enabled.map(({ merchantLocationKey, name }) => ({ id: merchantLocationKey, name: name ?? '' })));
    if ((found ?? []).length === 0 || offset + LOCATIONS_PAGE >= (total ?? 0)) break;
  }
  return all;
}
