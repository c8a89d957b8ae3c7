import type { KnownListing } from '../core/ports/marketplace.ts';
import { counted } from './amounts.ts';
import { placeText } from './item-lines.ts';
import { moneyJson } from './json-lines.ts';
import { clean } from './text.ts';

export interface RecoveredItem {
  readonly item: string;
  readonly source: string;
  /** `debris`: something half made, which `list` completes. `several`: a person must say which. `known`: it was in the database. */
  readonly was: 'live' | 'sold' | 'ended' | 'withdrawn' | 'debris' | 'several' | 'known' | 'new';
  readonly listing: KnownListing | null;
}

export interface RecoverView {
  readonly dryRun: boolean;
  readonly items: readonly RecoveredItem[];
  /** Ours by their SKU, and their photos are in none of the folders. */
  readonly withoutPhotos: readonly KnownListing[];
  /** What else the seller has there. */
  readonly others: number;
}

const SAID: Readonly<Record<RecoveredItem['was'], string>> = {
  live: 'live',
  sold: 'sold',
  ended: 'ended',
  withdrawn: 'withdrawn',
  debris: 'half made',
  several: 'several',
  known: 'known',
  new: 'not on eBay',
};

/** Ends with a line break. */
export function renderRecover({ dryRun, items, withoutPhotos, others }: RecoverView, cwd = process.cwd()): string {
  const lines = items
    .filter(({ was }) => was !== 'new')
    .map(({ item, source, was, listing }) =>
      [SAID[was].padEnd(11), item, placeText(source, cwd), listing?.listingId, listing?.title && clean(listing.title)]
        .filter(Boolean)
        .join('  '),
    );
  const lost = withoutPhotos.map(({ sku, state, listingId, title }) =>
    ['no photos  ', sku, state, listingId, title && clean(title)].filter(Boolean).join('  '),
  );
  const found = items.filter(({ was }) => was !== 'new' && was !== 'known').length;
  const sums = [
    `${counted(found, 'item')} found on eBay${dryRun ? ', nothing recorded' : ''}`,
    `${items.filter(({ was }) => was === 'new').length} not there`,
    `${withoutPhotos.length} there without their photos in these folders`,
    `${others} there that are not easyflip's`,
  ];
  return `${[...lines, ...lost, `${sums.join(', ')}.`].join('\n')}\n`;
}

const listingJson = ({ sku, state, listingId, url, title, price }: KnownListing): Record<string, unknown> => ({
  sku,
  state,
  listingId: listingId ?? null,
  listingUrl: url ?? null,
  title: title ?? null,
  price: price ? moneyJson(price) : null,
});

export const recoverJson = ({ dryRun, items, withoutPhotos, others }: RecoverView): Record<string, unknown> => ({
  type: 'recover.finished',
  dryRun,
  items: items.map(({ item, source, was, listing }) => ({ item, source, was, listing: listing && listingJson(listing) })),
  withoutPhotos: withoutPhotos.map(listingJson),
  others,
});
