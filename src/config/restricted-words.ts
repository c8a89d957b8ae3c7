/**
 * Words under eBay's policies that hold an item so that a person looks at it before it goes live. Short on purpose: eBay's own
 * filters are the last word (its policy on prohibited and restricted items); this list catches what a
 * photo folder may really contain. Words with a harmless everyday meaning are left out.
 */
const POLICY_WORDS: Readonly<Record<string, string>> = {
  counterfeit: 'Counterfeits may not be sold on eBay.',
  replica: 'Replicas of branded goods may not be sold on eBay; say who made it if it is a genuine scale model.',
  knockoff: 'Copies of branded goods may not be sold on eBay.',
  unlicensed: 'Goods that use a brand without a licence may not be sold on eBay.',
  recalled: 'Recalled products may not be sold on eBay.',
  prescription: 'Prescription drugs may not be sold on eBay.',
  'rx only': 'Prescription drugs and devices may not be sold on eBay.',
  'not for resale': 'Samples and promotional copies may be restricted; look at the label.',
  firearm: 'Firearms may not be sold on eBay.',
  ammunition: 'Ammunition may not be sold on eBay.',
  switchblade: 'Switchblade knives may not be sold on eBay.',
  'brass knuckles': 'Such weapons may not be sold on eBay.',
  'pepper spray': 'Pepper spray may not be sold on eBay.',
  'stun gun': 'Stun guns may not be sold on eBay.',
  fireworks: 'Explosives may not be sold on eBay.',
  'elephant ivory': 'Ivory may not be sold on eBay.',
  'human remains': 'Human remains may not be sold on eBay.',
  cigarettes: 'Tobacco may not be sold on eBay.',
  'e-cigarette': 'Electronic cigarettes may not be sold on eBay.',
  vape: 'Electronic cigarettes may not be sold on eBay.',
  cannabis: 'Cannabis may not be sold on eBay.',
  cbd: 'CBD products may not be sold on eBay.',
  'gift card': 'Gift cards have limits on eBay.',
  'lottery ticket': 'Lottery tickets may not be sold on eBay.',
  airbag: 'Used and recalled airbags may not be sold on eBay.',
  'police badge': 'Badges and identification of authorities are restricted on eBay.',
  swastika: 'Items that promote hatred may not be sold on eBay.',
  expired: 'Expired goods may not be sold on eBay; check the date.',
};

const RIGHTS_OWNER = "Its owner often has listings removed (eBay's VeRO programme); sell only what you can prove to be genuine.";
const COPIED = 'It is often copied, and eBay may want it authenticated; keep the proof that it is genuine.';

/** Brands whose owners watch eBay closely. From general knowledge of sellers, not from a document: eBay publishes no list. */
const RIGHTS_OWNERS: Readonly<Record<string, string>> = {
  beachbody: RIGHTS_OWNER,
  herbalife: RIGHTS_OWNER,
  'monster cable': RIGHTS_OWNER,
  'rosetta stone': RIGHTS_OWNER,
  scentsy: RIGHTS_OWNER,
  'tempur-pedic': RIGHTS_OWNER,
  chanel: COPIED,
  'christian louboutin': COPIED,
  gucci: COPIED,
  hermès: COPIED,
  hermes: COPIED,
  'louis vuitton': COPIED,
  prada: COPIED,
  rolex: COPIED,
  'yves saint laurent': COPIED,
};

/** The built-in words with the seller's own over them; null takes one out. Case does not matter. */
export function restrictedWordsWith(own: Readonly<Record<string, string | null>>): Readonly<Record<string, string>> {
  const all = new Map<string, string | null>(Object.entries({ ...POLICY_WORDS, ...RIGHTS_OWNERS }));
  for (const [word, reason] of Object.entries(own)) all.set(word.toLowerCase(), reason);
  return Object.fromEntries([...all].filter((entry): entry is [string, string] => entry[1] !== null));
}
