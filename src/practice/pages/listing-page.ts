import type { Market } from '../ground/market.ts';
import type { ListingContent } from '../sell/listings.ts';
import { safeDescription } from './description.ts';
import { gallery } from './gallery.ts';
import { type Fact, type ListingFacts, listingFacts } from './listing-facts.ts';
import type { ShownRow } from './listing-rows.ts';
import { type ListingState, listingState } from './listing-state.ts';
import { escapeHtml, layout, money } from './page-layout.ts';

/** One listing as a buyer would see it. */
export function listingPage(market: Market, row: ShownRow): string {
  const content = JSON.parse(row.content) as ListingContent;
  const facts = listingFacts(market, row, content);
  const state = listingState(row, row.offer_listing_id, market.now());
  return layout(
    content.title,
    `<p class="crumbs">${facts.categoryPath.map(escapeHtml).join(' › ')}</p>
<div class="listing"><div>${gallery(content.imageUrls)}</div>
<div>${lead(content, facts, state)}
${panel('Delivery and returns', factList(facts.delivery))}
${panel('About this listing', factList(facts.numbers))}</div></div>
${panel('Item specifics', specifics(content))}
${panel('Description from the seller', content.description.trim() === '' ? '' : `<div class="words">${safeDescription(content.description)}</div>`)}`,
  );
}

function lead(content: ListingContent, facts: ListingFacts, state: ListingState): string {
  const said =
    state.sentence === undefined
      ? `<span class="badge ${state.kind}">${state.word}</span>`
      : `<p class="state ${state.kind}">${state.sentence}</p>`;
  const subtitle = facts.subtitle === undefined ? '' : `<p class="soft">${escapeHtml(facts.subtitle)}</p>`;
  const way = [...(facts.isAuction ? ['starting bid'] : []), ...(facts.bestOffer ? ['or Best Offer'] : [])].join(', ');
  return `<section class="panel lead">${said}
<h1>${escapeHtml(content.title)}</h1>${subtitle}
<p class="price">${money(content.price)}</p>${way === '' ? '' : `<p class="soft">${way}</p>`}
${factList(facts.buying)}</section>`;
}

/** Nothing at all where there is nothing to show. */
function panel(title: string, inner: string): string {
  return inner === '' ? '' : `<section class="panel"><h2>${title}</h2>${inner}</section>`;
}

function factList(facts: readonly Fact[]): string {
  const rows = facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`);
  return rows.length === 0 ? '' : `<dl class="facts">${rows.join('')}</dl>`;
}

function specifics({ aspects }: ListingContent): string {
  const rows = Object.entries(aspects).map(
    ([name, values]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(values.join(', '))}</dd></div>`,
  );
  return rows.length === 0 ? '' : `<dl class="specifics">${rows.join('')}</dl>`;
}
