import type { Condition, ConditionPolicy } from '../../core/listing.ts';

export type ConditionChoice =
  | { readonly kind: 'chosen'; readonly condition: Condition }
  | { readonly kind: 'none-needed' }
  | { readonly kind: 'unknown' | 'not-allowed'; readonly message: string };

/**
 * Plain English for conditions, each with the one id it stands for (CONTRACTS 2.5). Where a category
 * does not offer that id the item is held: a condition is never stepped down or up silently.
 */
const PLAIN: Readonly<Record<string, string>> = {
  new: '1000',
  'brand new': '1000',
  'new with tags': '1000',
  'new with box': '1000',
  nwt: '1000',
  nib: '1000',
  nwot: '1500',
  euc: '2990',
  'excellent used condition': '2990',
  neu: '1000',
  'neu mit etikett': '1000',
  'neu ohne etikett': '1500',
  'wie neu': '2750',
  gebraucht: '3000',
  'sehr gut': '4000',
  gut: '5000',
  akzeptabel: '6000',
  defekt: '7000',
  'open box': '1500',
  'new other': '1500',
  'new without tags': '1500',
  'new without box': '1500',
  'new with defects': '1750',
  'like new': '2750',
  'pre owned excellent': '2990',
  used: '3000',
  'pre owned': '3000',
  'pre owned good': '3000',
  'pre owned fair': '3010',
  'very good': '4000',
  good: '5000',
  acceptable: '6000',
  'for parts': '7000',
  'not working': '7000',
  'for parts or not working': '7000',
};

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** What the category allows for the seller's word: eBay's id, eBay's enum word, the category's label, or plain English. */
export function chooseCondition(policy: ConditionPolicy, said: string | undefined): ConditionChoice {
  if (policy.allowed.length === 0) return { kind: 'none-needed' };
  const offered = policy.allowed.map(({ label }) => label).join(', ');
  if (said === undefined) {
    if (!policy.required) return { kind: 'none-needed' };
    return { kind: 'unknown', message: `The condition is not known; this category takes: ${offered}.` };
  }
  const wanted = plain(said);
  const byName =
    policy.allowed.find(({ id, word, label }) => id === said.trim() || plain(word) === wanted || plain(label) === wanted) ??
    onlyOne(policy.allowed.filter(({ label }) => gradeOf(label) === wanted));
  if (byName) return { kind: 'chosen', condition: byName };
  const condition = policy.allowed.find(({ id }) => id === PLAIN[wanted]);
  const tagless = policy.allowed.find(({ id }) => id === '1500');
  // "New" alone does not say that the tags or the box are there.
  if (condition && tagless && SAYS_NEW.has(wanted) && PACKED.test(condition.label)) {
    return { kind: 'unknown', message: `The condition "${said}" may be "${condition.label}" or "${tagless.label}" here.` };
  }
  if (condition) return { kind: 'chosen', condition };
  return { kind: 'not-allowed', message: `The condition "${said}" is none that this category takes: ${offered}.` };
}

const SAYS_NEW: ReadonlySet<string> = new Set(['new', 'brand new', 'neu']);
const PACKED = /\b(?:with (?:tags|box|packaging)|mit (?:etikett|karton|verpackung))\b/i;

/** `good` names `Pre-owned - Good`, where no other label ends so: eBay's word, neither better nor worse. */
const gradeOf = (label: string): string | undefined => {
  const parts = label.split(/\s[-–—]\s/);
  return parts.length > 1 ? plain(parts.at(-1) ?? '') : undefined;
};

const onlyOne = <T>(found: readonly T[]): T | undefined => (found.length === 1 ? found[0] : undefined);
