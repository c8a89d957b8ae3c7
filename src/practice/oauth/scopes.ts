import operations from '../data/operations.json' with { type: 'json' };

export const BASE_SCOPE = 'https://api.ebay.com/oauth/api_scope';

/** Every scope that one of eBay's documents names; any other is `invalid_scope`. */
const KNOWN_SCOPES: ReadonlySet<string> = new Set([BASE_SCOPE, ...operations.flatMap(({ scopes }) => scopes)]);

/** What they allow, as eBay's documents describe them; shorter. */
const MEANINGS: Readonly<Record<string, string>> = {
  'sell.inventory': 'View and manage your inventory, offers and pictures',
  'sell.inventory.readonly': 'View your inventory and offers',
  'sell.account': 'View and manage your business policies and account settings',
  'sell.account.readonly': 'View your account settings',
  'sell.fulfillment': 'View and manage your orders',
  'sell.fulfillment.readonly': 'View your orders',
  'sell.finances': 'View your payments and fees',
  'sell.analytics.readonly': 'View how your listings are seen and sold',
  'commerce.identity.readonly': 'View your user name and basic account facts',
};

export function isKnownScope(scope: string): boolean {
  return KNOWN_SCOPES.has(scope);
}

/** Words for the seller, and the scope's own name. */
export function scopeWords(scope: string): string {
  if (scope === BASE_SCOPE) return 'View public data from eBay';
  const name = scope.split('/').at(-1) ?? scope;
  const meaning = MEANINGS[name];
  return meaning === undefined ? name : `${meaning} (${name})`;
}
