import { EasyflipError } from '../../core/errors.ts';
import type { Call, MerchantLocation, SellerAccount } from '../../core/ports/index.ts';
import type { Site } from '../../core/site.ts';
import { draftLocation } from './drafts.ts';
import { among, type Plan } from './plan.ts';
import { agreement, choice } from './questions.ts';
import type { SetupRequest } from './request.ts';

const WHAT = 'location';
/** What a person chooses to ship from somewhere new; no key of a location looks like it. */
const NEW = '+';

/**
 * Where items ship from. Disabled locations are left aside. One in another country than the site's is often left over
 * from another tool: it is taken only when the config or the seller names it.
 */
export async function planLocation(
  configured: string | null,
  account: SellerAccount,
  request: SetupRequest,
  call: Call,
  site: Site,
): Promise<Plan> {
  const { answers } = request;
  const all = await account.locations(call);
  const usable = all.filter(({ enabled }) => enabled).map((one) => ({ ...one, id: one.key, name: labelOf(one) }));
  const near = usable.filter(({ country }) => country === undefined || country === site.country);
  const known = answers.given.location !== undefined || usable.some(({ id }) => id === configured);
  const wantsNew = !known && request.mayCreate && answers.given['postal-code'] !== undefined && near.length === 0;

  if (known || (near.length > 0 && !wantsNew)) {
    const found = await among(known ? usable : near, configured, 'location', WHAT, request);
    if (found) return async () => found;
  }
  if (!known && !wantsNew && usable.length > 0) {
    const chosen = await choice(
      answers,
      'location',
      [
        ...usable.map(({ id, name }) => ({ value: id, label: name })),
        ...(answers.person && request.mayCreate ? [{ value: NEW, label: `a new place in ${site.country}` }] : []),
      ],
      usable.length === 1
        ? `The only location is not in ${site.country}.`
        : `None of the ${usable.length} locations is in ${site.country}.`,
    );
    if (chosen !== NEW)
      return async () => ({ what: WHAT, id: chosen, name: usable.find(({ id }) => id === chosen)?.name ?? '', how: 'chosen' });
  } else if (!request.mayCreate || !(await agreement(answers, `There is no place in ${site.country} to ship from. Create one?`))) {
    throw new EasyflipError('listing.location-missing', 'The account has no place to ship from.', {
      hint: 'Let `easyflip setup` create one from your postal code.',
    });
  }
  const draft = await draftLocation(answers, site);
  const key = freeKey(draft.key, all);
  return async (call) => {
    const made = await account.createLocation({ ...draft, key }, call);
    return { what: WHAT, id: made.key, name: made.name, how: 'created' };
  };
}

const labelOf = ({ name, country, postalCode, city }: MerchantLocation): string =>
  [name, country, postalCode ?? city].filter(Boolean).join(', ');

/** A disabled location keeps its key, and eBay takes none twice (409/25803). */
function freeKey(wanted: string, taken: readonly MerchantLocation[]): string {
  const keys = new Set(taken.map(({ key }) => key));
  for (let n = 2, key = wanted; ; n += 1) {
    if (!keys.has(key)) return key;
    key = `${wanted}-${n}`;
  }
}
