import type { Facts } from '../../core/facts.ts';
import type { AspectRule, ListingContent } from '../../core/listing.ts';
import { saysNone } from '../../core/says-none.ts';
import type { Site } from '../../core/site.ts';
import { aspectNamesFor } from './aspect-names.ts';
import type { FilledAspect } from './filled-aspect.ts';

/**
 * Product identifiers only as read from a barcode or said by the seller; Brand and MPN go as a pair (eBay checks them
 * together). "None" is the site's own wording, under the name that its sellers use: UPC in America, EAN in Europe.
 */
export function identifiersOf(
  facts: Facts,
  rules: readonly AspectRule[],
  aspects: Readonly<Record<string, FilledAspect>>,
  site: Pick<Site, 'doesNotApply' | 'country'>,
): ListingContent['identifiers'] {
  const filled = (fact: 'brand' | 'mpn'): string | undefined =>
    aspectNamesFor(fact, rules)
      .map((name) => aspects[name]?.values[0])
      .find((value) => value !== undefined);
  const brand = filled('brand');
  const mpn = filled('mpn') ?? (facts.mpn && (saysNone(facts.mpn.value) ? site.doesNotApply : facts.mpn.value));
  return { ...(brand ? { brand } : {}), ...(brand && mpn ? { mpn } : {}), ...codeOf(facts.gtin?.value, site) };
}

function codeOf(
  said: string | undefined,
  { doesNotApply, country }: Pick<Site, 'doesNotApply' | 'country'>,
): ListingContent['identifiers'] {
  if (said === undefined) return {};
  if (saysNone(said)) return country === 'US' || country === 'CA' ? { upc: doesNotApply } : { ean: doesNotApply };
  const gtin = said.replace(/\D/g, '').replace(/^0+(?=\d{8}$|\d{12,13}$)/, '');
  if (/^97[89]\d{10}$/.test(gtin)) return { isbn: gtin };
  if (gtin.length === 12) return { upc: gtin };
  return gtin.length === 13 || gtin.length === 8 ? { ean: gtin } : {};
}
