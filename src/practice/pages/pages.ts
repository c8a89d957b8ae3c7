import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Market } from '../ground/market.ts';
import { findListing } from '../sell/listings.ts';
import { consentPage } from './consent-page.ts';
import { indexPage } from './index-page.ts';
import { listingPage } from './listing-page.ts';
import { layout } from './page-layout.ts';

/** Paths that belong to eBay's API; everything else that is asked for with GET is a page. */
const API_PREFIX = /^\/(sell|buy|commerce|developer|identity|ws|post-order)\//;

/** Nothing from outside, no scripts at all: what a seller writes in a listing can do nothing here. */
const PAGE_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'",
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
};

/** Serves the pages for people and the pictures on them. False: not a page, let the API answer. */
export function pages(market: Market): (incoming: IncomingMessage, outgoing: ServerResponse, pathname: string) => boolean {
  return (incoming, outgoing, pathname) => {
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return false;
    if (API_PREFIX.test(pathname)) return false;
    const picture = /^\/pictures\/([\w-]+)$/.exec(pathname)?.[1];
    if (picture !== undefined && sendPicture(market, outgoing, picture)) return true;
    const [status, html] = page(market, pathname, new URL(incoming.url ?? '/', 'http://practice').searchParams);
    outgoing.writeHead(status, PAGE_HEADERS).end(incoming.method === 'HEAD' ? undefined : html);
    return true;
  };
}

function page(market: Market, pathname: string, query: URLSearchParams): readonly [number, string] {
  if (pathname === '/') return [200, indexPage(market)];
  if (pathname === '/oauth2/authorize') return consentPage(market, query);
  const id = /^\/itm\/(\d+)$/.exec(pathname)?.[1];
  const listing = id === undefined ? undefined : findListing(market, id);
  return listing === undefined ? [404, notFoundPage()] : [200, listingPage(listing)];
}

function sendPicture(market: Market, outgoing: ServerResponse, id: string): boolean {
  const row = market.state.get<{ mime: string; bytes: Buffer }>('SELECT mime, bytes FROM images WHERE id = ?', id);
  if (row === undefined) return false;
  outgoing.writeHead(200, {
    'Content-Type': row.mime,
    'Content-Length': row.bytes.length,
    'Cache-Control': 'max-age=86400',
    'X-Content-Type-Options': 'nosniff',
  });
  outgoing.end(row.bytes);
  return true;
}

function notFoundPage(): string {
  return layout(
    'Not found',
    '<div class="empty"><h1>Nothing here</h1><p>This page does not exist on the practice marketplace.</p><p><a href="/">See all listings</a></p></div>',
  );
}
