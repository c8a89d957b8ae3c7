import type { ListingContent, Regulatory } from '../../core/listing.ts';
import type { Site } from '../../core/site.ts';

/** New goods are always inside the General Product Safety Regulation; of used ones it is told where it is known. */
const NEW_GOODS: ReadonlySet<string> = new Set(['1000', '1500', '1750']);
/** ISO 3166, EU members. */
const EU = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '));

export type RegulatoryFit =
  | { readonly kind: 'not-needed' }
  | { readonly kind: 'given'; readonly regulatory: Regulatory }
  | { readonly kind: 'missing'; readonly message: string };

/** What the settings say of the brand, or of all: on EU sites only. At least one contact must be in the EU (error 25115). */
export function regulatoryFor(
  { condition, identifiers }: Pick<ListingContent, 'condition' | 'identifiers'>,
  { regulated }: Pick<Site, 'regulated'>,
  entries: Readonly<Record<string, Regulatory>>,
): RegulatoryFit {
  if (!regulated) return { kind: 'not-needed' };
  const brand = identifiers.brand?.toLowerCase();
  const [, own] = Object.entries(entries).find(([name]) => name.toLowerCase() === brand) ?? [];
  const regulatory = own ?? entries['*'];
  const contacts = regulatory ? [regulatory.manufacturer, ...(regulatory.responsiblePersons ?? [])].filter((one) => one !== undefined) : [];
  if (regulatory !== undefined && contacts.some(({ country }) => EU.has(country))) return { kind: 'given', regulatory };
  if (contacts.length > 0) {
    return {
      kind: 'missing',
      message: 'Neither the manufacturer nor a responsible person in the settings is in the EU, as this site wants it.',
    };
  }
  if (!NEW_GOODS.has(condition?.id ?? '')) return { kind: 'not-needed' };
  const of = identifiers.brand ? `of "${identifiers.brand}"` : 'of this item';
  return {
    kind: 'missing',
    message: `New goods need the manufacturer and who answers for them in the EU (GPSR), and those ${of} are not known.`,
  };
}
