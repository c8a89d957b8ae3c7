import { canonicalJson } from './hash.ts';
import type { ListingContent } from './listing.ts';
import { moneyLabel } from './money.ts';

export interface ContentChange {
  /** `price`, `title`, or the name of an item specific as `aspects.Size`. */
  readonly field: string;
  /** As a buyer would read it; null: not there. */
  readonly from: string | null;
  readonly to: string | null;
}

/** What a buyer would see differently. `from` undefined: what is live is not known here, so everything is new. */
export function contentChanges(from: ListingContent | undefined, to: ListingContent): readonly ContentChange[] {
  const before = from ? shown(from) : {};
  const after = shown(to);
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }))
    .filter((change) => change.from !== change.to);
}

function shown(content: ListingContent): Readonly<Record<string, string>> {
  const { title, description, price, quantity, categoryId, aspects, condition, photos, bestOffer, identifiers } = content;
  const plain: Record<string, string | undefined> = {
    title,
    price: moneyLabel(price),
    quantity: String(quantity),
    bestOffer: bestOffer && bestOfferText(bestOffer),
    category: categoryId,
    condition: condition && [condition.word, condition.note].filter(Boolean).join(': '),
    ...Object.fromEntries(Object.entries(aspects).map(([name, values]) => [`aspects.${name}`, values.join(', ')])),
    ...identifiers,
    description,
    // Told by the beginnings of their hashes: enough to see whether order or pictures changed.
    photos: photos.map((photo) => photo.slice(0, 8)).join(' '),
    ...restOf(content),
  };
  return Object.fromEntries(Object.entries(plain).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** What has no words of its own: a change of it must still show. */
function restOf(content: ListingContent): Readonly<Record<string, string | undefined>> {
  const { title, description, price, quantity, categoryId, aspects, condition, photos, bestOffer, identifiers, ...rest } = content;
  const descriptors = condition?.descriptors;
  return Object.fromEntries(
    Object.entries({ ...rest, descriptors })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, canonicalJson(value)]),
  );
}

function bestOfferText({ autoAccept, autoDecline }: NonNullable<ListingContent['bestOffer']>): string {
  const parts = [autoAccept && `accepted from ${moneyLabel(autoAccept)}`, autoDecline && `declined under ${moneyLabel(autoDecline)}`];
  return parts.filter(Boolean).join(', ') || 'offers wanted';
}
