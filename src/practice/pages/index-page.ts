import type { Market } from '../ground/market.ts';
import type { ListingContent } from '../sell/listings.ts';
import { imageIdOf } from '../sell/picture-rules.ts';
import { countListings, findListings, type Show, type ShownRow } from './listing-rows.ts';
import { listingState } from './listing-state.ts';
import { escapeHtml, layout, money } from './page-layout.ts';

const PAGE_SIZE = 60;
const TABS: readonly (readonly [Show, string])[] = [
  ['all', 'All'],
  ['live', 'Live'],
  ['scheduled', 'Scheduled'],
  ['sold', 'With sales'],
  ['over', 'Ended'],
];

/** All listings, newest first: `?q=` words, `?show=` one of the tabs, `?page=` from 1. */
export function indexPage(market: Market, query: URLSearchParams): string {
  const search = (query.get('q') ?? '').trim();
  const show = TABS.find(([name]) => name === query.get('show'))?.[0] ?? 'all';
  const all = countListings(market, 'all', '');
  if (all === 0) {
    return layout(
      'Listings',
      `<div class="empty"><h1>No listings yet</h1><p>What is published here appears on this page.</p>
<p>Try <code>easyflip demo</code>, or <code>easyflip list</code> with a folder of photos.</p></div>`,
    );
  }
  const found = countListings(market, show, search);
  const pages = Math.max(1, Math.ceil(found / PAGE_SIZE));
  const page = Math.min(pages, Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1));
  const rows = findListings(market, show, search, (page - 1) * PAGE_SIZE, PAGE_SIZE);
  const cards = rows.map((row) => card(row, market.now()));
  return layout(
    'Listings',
    `<h1>Listings</h1><p class="soft">${countListings(market, 'live', '')} live, ${all} in all</p>
<form class="filters" method="get" role="search"><label class="wide">Title, SKU or item number <input type="search" name="q" value="${escapeHtml(search)}"></label>
${show === 'all' ? '' : `<input type="hidden" name="show" value="${show}">`}<button>Search</button></form>
<nav aria-label="Which listings"><ul class="tabs">${TABS.map(([name, label]) => tab(name, label, show, search)).join('')}</ul></nav>
${rows.length === 0 ? '<div class="empty"><h2>Nothing fits</h2><p><a href="/">Show all listings</a></p></div>' : `<ul class="grid">${cards.join('')}</ul>`}
${pager(page, pages, (to) => address(show, search, to))}`,
  );
}

function tab(name: Show, label: string, current: Show, search: string): string {
  return `<li><a href="${address(name, search, 1)}"${name === current ? ' aria-current="page"' : ''}>${label}</a></li>`;
}

function pager(page: number, pages: number, to: (page: number) => string): string {
  if (pages === 1) return '';
  const newer = page > 1 ? `<a href="${to(page - 1)}">Newer</a>` : '';
  const older = page < pages ? `<a href="${to(page + 1)}">Older</a>` : '';
  return `<nav class="pager" aria-label="More listings">${newer}<span>Page ${page} of ${pages}</span>${older}</nav>`;
}

function address(show: Show, search: string, page: number): string {
  const query = new URLSearchParams({
    ...(search === '' ? {} : { q: search }),
    ...(show === 'all' ? {} : { show }),
    ...(page === 1 ? {} : { page: String(page) }),
  }).toString();
  return escapeHtml(query === '' ? '/' : `/?${query}`);
}

function card(row: ShownRow, now: number): string {
  const content = JSON.parse(row.content) as ListingContent;
  const state = listingState(row, row.offer_listing_id, now);
  const id = imageIdOf(content.imageUrls[0] ?? '');
  const shot = id === undefined ? 'No picture' : `<img src="/pictures/${id}" alt="" loading="lazy">`;
  const stock = [...(row.sold > 0 ? [`${row.sold} sold`] : []), ...(state.kind === 'live' ? [`${row.quantity} available`] : [])];
  return `<li><a class="card ${state.kind}" href="/itm/${row.id}"><span class="shot">${shot}<span class="badge ${state.kind}">${state.word}</span></span>
<span class="text"><span class="title">${escapeHtml(content.title)}</span><span class="price">${money(content.price)}</span><span class="soft small">${stock.join(' · ')}</span></span></a></li>`;
}
