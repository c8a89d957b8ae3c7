import type { Market } from '../ground/market.ts';
import { allListings, type ListingContent, type ListingRow } from '../sell/listings.ts';
import { imageIdOf } from '../sell/picture-rules.ts';
import { escapeHtml, layout, money } from './page-layout.ts';

/** More than anybody looks at on one page. */
const SHOWN_MAX = 500;

export const STATUS_WORDS: Readonly<Record<ListingRow['status'], string>> = { ACTIVE: 'Live', ENDED: 'Ended', SOLD_OUT: 'Sold out' };

/** All listings, newest first. */
export function indexPage(market: Market): string {
  const rows = [...allListings(market)].reverse();
  const live = rows.filter((row) => row.status === 'ACTIVE').length;
  if (rows.length === 0) {
    return layout('Listings', '<div class="empty"><h1>No listings yet</h1><p>What you list in practice appears here.</p></div>');
  }
  const counts = `${live} live, ${rows.length} in all${rows.length > SHOWN_MAX ? `, the newest ${SHOWN_MAX} are shown` : ''}`;
  return layout(
    'Listings',
    `<h1>Listings</h1><p class="count">${counts}</p><ul class="grid">${rows.slice(0, SHOWN_MAX).map(card).join('')}</ul>`,
  );
}

function card(row: ListingRow): string {
  const content = JSON.parse(row.content) as ListingContent;
  const id = imageIdOf(content.imageUrls[0] ?? '');
  const shot = id === undefined ? 'No picture' : `<img src="/pictures/${id}" alt="" loading="lazy">`;
  return `<li><a class="card" href="/itm/${row.id}"><div class="shot">${shot}</div><div class="text">
<span class="badge${row.status === 'ACTIVE' ? ' live' : ''}">${STATUS_WORDS[row.status]}</span>
<span class="title">${escapeHtml(content.title)}</span><span class="price">${money(content.price)}</span>
<span class="soft">${row.sold > 0 ? `${row.sold} sold` : `${row.quantity} available`}</span></div></a></li>`;
}
