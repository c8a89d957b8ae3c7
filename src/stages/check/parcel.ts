import type { Category } from '../../core/listing.ts';
import type { SellerFacts } from '../../core/seller-facts.ts';
import type { Settings } from '../../core/settings.ts';

export interface Parcel {
  readonly packageWeight?: NonNullable<SellerFacts['weight']>;
  readonly packageSize?: NonNullable<SellerFacts['dimensions']>;
  /** Taken from a profile: nobody has weighed it. */
  readonly estimated: boolean;
}

/** The seller's word, else the profile of the category or of the nearest one above it that has one. */
export function parcelOf(
  { weight, dimensions }: SellerFacts,
  { id, ancestors }: Category,
  profiles: Settings['listing']['packageProfiles'],
): Parcel {
  if (weight) return { packageWeight: weight, ...(dimensions ? { packageSize: dimensions } : {}), estimated: false };
  const profile = [id, ...ancestors.map((one) => one.id)].map((one) => profiles[one]).find((one) => one !== undefined);
  const size = dimensions ?? profile?.dimensions;
  return {
    ...(profile ? { packageWeight: profile.weight } : {}),
    ...(size ? { packageSize: size } : {}),
    estimated: profile !== undefined,
  };
}
