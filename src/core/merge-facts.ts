import type { SellerFacts } from './seller-facts.ts';

/**
 * What the seller said in several places as one: the later, nearer one wins key by key, and name by name inside
 * `aspects` (whatever their case). What a nearer one leaves out is out, until a still nearer one says it. Pure.
 */
export function mergeFacts(...farToNear: readonly SellerFacts[]): SellerFacts {
  return farToNear.reduce((far, near) => {
    const named = new Set(namesIn(near).map(plain));
    const { leaveOut, ...others } = withoutFields(far, near.leaveOut ?? []);
    const aspects = mergeAspects(others.aspects, near.aspects);
    const out = [...(leaveOut ?? []).filter((name) => !named.has(plain(name))), ...(near.leaveOut ?? [])];
    return { ...others, ...near, ...(aspects ? { aspects } : {}), ...(out.length > 0 ? { leaveOut: [...new Set(out)].sort() } : {}) };
  }, {});
}

/** The same facts without these: `brand`, or one specific as `aspects.Color` (whatever its case). */
export function withoutFields(facts: SellerFacts, fields: readonly string[]): SellerFacts {
  if (fields.length === 0) return facts;
  const dropped = new Set(fields.map(plain));
  const { aspects, ...others } = facts;
  const left = Object.entries(aspects ?? {}).filter(([name]) => !dropped.has(plain(`${ASPECT}${name}`)));
  return {
    ...Object.fromEntries(Object.entries(others).filter(([name]) => !dropped.has(plain(name)))),
    ...(left.length > 0 ? { aspects: Object.fromEntries(left) } : {}),
  };
}

/** The fields that are said, by the names under which they can be left out. */
export function namesIn({ aspects, leaveOut: _out, ...others }: SellerFacts): readonly string[] {
  const said = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return [...said, ...Object.keys(aspects ?? {}).map((name) => `${ASPECT}${name}`)];
}

/** How a field that is an item specific is called. */
export const ASPECT = 'aspects.';

/** `Color` of `aspects.Color`; undefined for the other fields. */
export const aspectNameOf = (field: string): string | undefined => (field.startsWith(ASPECT) ? field.slice(ASPECT.length) : undefined);

const plain = (name: string): string => name.toLowerCase();

type Aspects = SellerFacts['aspects'];

function mergeAspects(far: Aspects, near: Aspects): Aspects {
  if (!far || !near) return near ?? far;
  const named = new Set(Object.keys(near).map(plain));
  return { ...Object.fromEntries(Object.entries(far).filter(([name]) => !named.has(plain(name)))), ...near };
}
