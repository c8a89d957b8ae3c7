import type { SellerFacts } from '../core/seller-facts.ts';

/**
 * Facts of several sidecars as one: the later, nearer one wins key by key, and name by name inside
 * `aspects` (whatever their case). Pure.
 */
export function mergeFacts(...farToNear: readonly SellerFacts[]): SellerFacts {
  const merged: { -readonly [Key in keyof SellerFacts]: SellerFacts[Key] } = {};
  for (const near of farToNear) {
    const aspects = mergeAspects(merged.aspects, near.aspects);
    Object.assign(merged, near, aspects ? { aspects } : {});
  }
  return merged;
}

/** What `item.*` and `notes.txt` say of one item: two notes are two notes, and neither is dropped. */
export function joinNote(facts: SellerFacts, note: string | undefined): SellerFacts {
  if (note === undefined) return facts;
  return { ...facts, note: facts.note === undefined ? note : `${facts.note}\n${note}` };
}

type Aspects = SellerFacts['aspects'];

function mergeAspects(far: Aspects, near: Aspects): Aspects {
  if (!far || !near) return near ?? far;
  const named = new Set(Object.keys(near).map((name) => name.toLowerCase()));
  return { ...Object.fromEntries(Object.entries(far).filter(([name]) => !named.has(name.toLowerCase()))), ...near };
}
