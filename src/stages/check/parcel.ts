import type { Facts } from '../../core/facts.ts';
import type { Category } from '../../core/listing.ts';
import type { SellerFacts } from '../../core/seller-facts.ts';
import type { Settings } from '../../core/settings.ts';

export interface Parcel {
  readonly packageWeight?: NonNullable<SellerFacts['weight']>;
  readonly packageSize?: NonNullable<SellerFacts['dimensions']>;
  /** Taken from a profile or from a model: nobody has weighed it. */
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

const UNITS: readonly (readonly [RegExp, NonNullable<SellerFacts['weight']>['unit']])[] = [
  [/^(?:lbs?|pounds?)$/i, 'POUND'],
  [/^(?:oz|ounces?)$/i, 'OUNCE'],
  [/^(?:kg|kilos?|kilograms?)$/i, 'KILOGRAM'],
  [/^(?:g|grams?)$/i, 'GRAM'],
];

/** What a model takes the parcel to weigh: `1.5 lb`. A range, or no unit, is no weight. Pure. */
export function estimatedWeight({ weightEstimate }: Facts): SellerFacts['weight'] {
  const [, number, word = ''] =
    /^(?:about|approx\.?|~|ca\.?)?\s*(\d{1,4}(?:[.,]\d{1,2})?)\s*(\p{L}+)\.?$/iu.exec(weightEstimate?.value.trim() ?? '') ?? [];
  const unit = UNITS.find(([pattern]) => pattern.test(word))?.[1];
  const value = Number(number?.replace(',', '.'));
  return unit && value > 0 ? { value, unit } : undefined;
}
