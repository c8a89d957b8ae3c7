import type { IncomingMessage, ServerResponse } from 'node:http';
import { isOwnOrigin } from '../desk/local-only.ts';
import { readBody } from '../desk/read-body.ts';
import type { Market } from '../ground/market.ts';
import { askForConsent, type Consented, consentReturn, decideConsent, RETURN_PATH } from './consent-page.ts';
import { indexPage } from './index-page.ts';
import { listingPage } from './listing-page.ts';
import { oneListing } from './listing-rows.ts';
import { layout, PAGE_HEADERS } from './page-layout.ts';

/** Paths that belong to eBay's API; everything else that is asked for with GET is a page. */
const API_PREFIX = /^\/(sell|buy|commerce|developer|identity|ws|post-order)\//;
const CONSENT_PATH = '/oauth2/authorize';

/** Serves the pages for people and the pictures on them. False: not a page, let the API answer. */
export function pages(market: Market): (incoming: IncomingMessage, outgoing: ServerResponse, pathname: string) => Promise<boolean> {
  return async (incoming, outgoing, pathname) => {
    if (incoming.method === 'POST' && pathname === CONSENT_PATH) {
      if (!isOwnOrigin(incoming.headers)) return sendPage(outgoing, 403, layout('Consent', 'Not from another site.'));
      const form = new URLSearchParams((await readBody(incoming)).toString('utf8'));
      return sendConsent(outgoing, decideConsent(market, form));
    }
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return false;
    if (API_PREFIX.test(pathname)) return false;
    const picture = /^\/pictures\/([\w-]+)$/.exec(pathname)?.[1];
    if (picture !== undefined && sendPicture(market, outgoing, picture)) return true;
    const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? 'practice'}`);
    if (pathname === CONSENT_PATH) return sendConsent(outgoing, askForConsent(url.searchParams));
    if (pathname === RETURN_PATH) return sendPage(outgoing, 200, consentReturn(url.searchParams, url.href));
    if (pathname === '/') return sendPage(outgoing, 200, indexPage(market, url.searchParams));
    const id = /^\/itm\/(\d+)$/.exec(pathname)?.[1];
    const listing = id === undefined ? undefined : oneListing(market, id);
    return listing === undefined ? sendPage(outgoing, 404, notFoundPage()) : sendPage(outgoing, 200, listingPage(market, listing));
  };
}

/** Node.js leaves out the body of an answer to HEAD by itself. */
function sendPage(outgoing: ServerResponse, status: number, html: string): true {
  outgoing.writeHead(status, PAGE_HEADERS).end(html);
  return true;
}

function sendConsent(outgoing: ServerResponse, consented: Consented): true {
  if ('html' in consented) return sendPage(outgoing, consented.status, consented.html);
  outgoing.writeHead(302, { ...PAGE_HEADERS, Location: consented.location }).end();
  return true;
}

function sendPicture(market: Market, outgoing: ServerResponse, id: string): boolean {
  const row = market.state.get<{ mime: string; bytes: Buffer }>('SELECT mime, bytes FROM images WHERE id = ?', id);
  if (row === undefined) return false;
  outgoing.writeHead(200, {
    'Content-Type': row.mime,
    'Content-Length': row.bytes.length,
    'Content-Security-Policy': "default-src 'none'",
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
