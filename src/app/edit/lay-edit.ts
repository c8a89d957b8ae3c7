import { aspectNameOf, mergeFacts, namesIn, withoutFields } from '../../core/merge-facts.ts';
import type { StoredItem } from '../../core/ports/index.ts';
import type { SellerFacts } from '../../core/seller-facts.ts';
import { fieldKey } from './fields.ts';

/** What the seller wants to be different. A field is in one of the three at most. */
export interface Edit {
  /** These values. */
  readonly set: SellerFacts;
  /** No value, whatever sidecar and photos say: fields such as `brand` or `aspects.Color`. */
  readonly remove: readonly string[];
  /** Taken back what was said by command: sidecar and photos count again. */
  readonly unset: readonly string[];
}

export const NO_EDIT: Edit = { set: {}, remove: [], unset: [] };

/**
 * What the seller has said by command once this is said, too. It wins over the sidecar also where the two call one thing by
 * different names: `brand` here, `aspects.Brand` there. Pure.
 */
export function layEdit({ sidecar, set: before }: Pick<StoredItem, 'sidecar' | 'set'>, { set, remove, unset }: Edit): SellerFacts {
  const said = namesIn(set);
  const named = [...said, ...remove, ...unset];
  const kept = withoutFields(before, [...named, ...namesIn(before).filter((name) => isNewly(name, named))]);
  const out = (kept.leaveOut ?? []).filter((name) => !named.includes(name) && !isNewly(name, named));
  const { leaveOut: _old, ...standing } = kept;
  return mergeFacts(
    { ...standing, ...(out.length > 0 ? { leaveOut: out } : {}) },
    { ...set, ...inSidecarWords(set, sidecar) },
    remove.length > 0 ? { leaveOut: [...new Set([...remove, ...namesIn(sidecar).filter((name) => isNewly(name, remove))])] } : {},
  );
}

/** The same words over another sidecar, which may call one thing by another name than the last. Pure. */
export function layAgain({ sidecar, set }: Pick<StoredItem, 'sidecar' | 'set'>): SellerFacts {
  const { leaveOut = [], ...said } = set;
  return layEdit({ sidecar, set }, { set: said, remove: leaveOut, unset: [] });
}

/** Another name of something that is said anew, which would stand beside the new word and may win. */
const isNewly = (name: string, said: readonly string[]): boolean =>
  said.some((one) => one !== name && fieldKey(one) === fieldKey(name) && !(aspectNameOf(one) && aspectNameOf(name)));

/** A key that the sidecar says as a specific, and the other way round: said in its way, too. */
function inSidecarWords(set: SellerFacts, sidecar: SellerFacts): SellerFacts {
  const aspects: Record<string, readonly string[]> = { ...set.aspects };
  const keys: Record<string, string> = {};
  for (const theirs of namesIn(sidecar)) {
    for (const ours of namesIn(set)) {
      if (theirs === ours || fieldKey(theirs) !== fieldKey(ours)) continue;
      const [theirAspect, ourAspect] = [aspectNameOf(theirs), aspectNameOf(ours)];
      const value = ourAspect === undefined ? set[ours as 'brand'] : set.aspects?.[ourAspect]?.[0];
      if (value === undefined) continue;
      if (theirAspect === undefined) keys[theirs] = value;
      else if (ourAspect === undefined) aspects[theirAspect] = [value];
    }
  }
  return { ...keys, ...(Object.keys(aspects).length > 0 ? { aspects } : {}) };
}
