import type { Market } from '../ground/market.ts';
import type { ListingRow } from '../sell/listings.ts';

/** A listing with what its offer now holds on to: a listing id, null (withdrawn), or undefined (the offer is gone). */
export type ShownRow = ListingRow & { readonly offer_listing_id: string | null | undefined };

export type Show = 'all' | 'live' | 'scheduled' | 'sold' | 'over';

interface Condition {
  readonly where: string;
  readonly values: readonly (string | number)[];
}

const COLUMNS = `l.id, l.offer_id, l.sku, l.status, l.content, l.quantity, l.sold, l.started_at, l.ended_at,
  CASE WHEN o.id IS NULL THEN NULL ELSE coalesce(o.listing_id, '') END AS held`;

type Row = ListingRow & { readonly held: string | null };

/** Newest first. Every word must occur in title, SKU or item number. */
export function findListings(market: Market, show: Show, search: string, from: number, max: number): readonly ShownRow[] {
  const { where, values } = condition(show, search, market.now());
  return market.state
    .all<Row>(
      `SELECT ${COLUMNS} FROM listings l LEFT JOIN offers o ON o.id = l.offer_id
       WHERE ${where} ORDER BY l.started_at DESC, l.id DESC LIMIT ? OFFSET ?`,
      ...values,
      max,
      from,
    )
    .map(shown);
}

export function countListings(market: Market, show: Show, search: string): number {
  const { where, values } = condition(show, search, market.now());
  return market.state.get<{ n: number }>(`SELECT count(*) AS n FROM listings l WHERE ${where}`, ...values)?.n ?? 0;
}

export function oneListing(market: Market, id: string): ShownRow | undefined {
  const row = market.state.get<Row>(`SELECT ${COLUMNS} FROM listings l LEFT JOIN offers o ON o.id = l.offer_id WHERE l.id = ?`, id);
  return row === undefined ? undefined : shown(row);
}

function condition(show: Show, search: string, now: number): Condition {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const text = "lower(json_extract(l.content, '$.title') || ' ' || l.sku || ' ' || l.id)";
  const tab = shownIn(show, now);
  return {
    where: [tab.where, ...words.map(() => `instr(${text}, ?) > 0`)].join(' AND '),
    values: [...tab.values, ...words],
  };
}

/** What each tab shows. */
function shownIn(show: Show, now: number): Condition {
  switch (show) {
    case 'all':
      return { where: '1', values: [] };
    case 'live':
      return { where: "l.status = 'ACTIVE' AND l.quantity > 0 AND l.started_at <= ?", values: [now] };
    case 'scheduled':
      return { where: "l.status = 'ACTIVE' AND l.started_at > ?", values: [now] };
    case 'sold':
      return { where: 'l.sold > 0', values: [] };
    case 'over':
      return { where: "l.status = 'ENDED'", values: [] };
  }
}

function shown({ held, ...row }: Row): ShownRow {
  return { ...row, offer_listing_id: held === null ? undefined : held === '' ? null : held };
}
