import type { IncomingMessage } from 'node:http';
import type { Market } from '../ground/market.ts';
import { reset } from '../ground/seed.ts';
import { changeSettings, readSettings } from '../ground/settings.ts';
import { consent, RU_NAME } from '../oauth/oauth.ts';
import { allListings, endListing, findListing, type ListingContent } from '../sell/listings.ts';
import { sell } from '../sell/orders.ts';
import { imageIdOf } from '../sell/picture-rules.ts';
import type { Reply } from '../wire/wire.ts';
import type { Faults } from './faults.ts';
import type { Journal } from './journal.ts';
import { journalFilter, journalPage } from './journal-page.ts';
import { readBody } from './read-body.ts';

export interface ControlOptions {
  readonly market: Market;
  readonly journal: Journal;
  readonly faults: Faults;
  /** Ends the server; called after the answer is on its way. */
  readonly stop: () => void;
}

type Action = (body: Record<string, unknown>, query: URLSearchParams) => Reply;

/** Everything under /_practice/: what no eBay has. `incoming` has already been found to come from this machine. */
export function control(options: ControlOptions): (incoming: IncomingMessage, pathname: string) => Promise<Reply> {
  const actions = actionTable(options);
  return async (incoming, pathname) => {
    const name = pathname.slice('/_practice/'.length);
    const action = actions[`${incoming.method} ${name}`];
    if (action === undefined) {
      const known = Object.keys(actions).some((key) => key.endsWith(` ${name}`));
      return { status: known ? 405 : 404, body: { message: `There is no ${incoming.method} /_practice/${name}.` } };
    }
    const text = (await readBody(incoming)).toString('utf8').trim();
    let body: unknown = {};
    try {
      if (text !== '') body = JSON.parse(text);
    } catch {
      return { status: 400, body: { message: 'The body is not JSON.' } };
    }
    const query = new URL(incoming.url ?? '/', 'http://practice').searchParams;
    return action((body ?? {}) as Record<string, unknown>, query);
  };
}

function actionTable({ market, journal, faults, stop }: ControlOptions): Readonly<Record<string, Action>> {
  return {
    'GET health': () => ({ status: 200, body: { ok: true, pid: process.pid } }),
    'GET listings': () => ({ status: 200, body: listings(market) }),
    'GET requests': (_, query) => ({ status: 200, body: journal.list(journalFilter(query)) }),
    'GET journal': (_, query) => journalPage(journal, query),
    'GET settings': () => ({ status: 200, body: readSettings(market.state) }),
    'POST settings': (body) => {
      const problems = changeSettings(market.state, body);
      return problems.length === 0 ? { status: 200, body: readSettings(market.state) } : refusedBody('settings', problems);
    },
    'GET faults': () => ({ status: 200, body: faults.status() }),
    'POST faults': (body) => {
      const problems = faults.arm(body);
      return problems.length === 0 ? { status: 200, body: faults.status() } : refusedBody('script', problems);
    },
    'POST faults/release': (body) => ({
      status: 200,
      body: { released: faults.release(typeof body.id === 'string' ? body.id : undefined) },
    }),
    // `{ "seller": "new" }`: an account in which nothing is set up yet.
    'POST reset': (body) => {
      faults.arm([]);
      reset(market, body.seller === 'new');
      journal.clear();
      return { status: 200, body: { ok: true } };
    },
    'POST sales': (body) => sale(market, body),
    'POST endings': (body) => ending(market, body),
    'POST consents': (body) => {
      const code = consent(market, Array.isArray(body.scopes) ? body.scopes.map(String) : []);
      return code === undefined
        ? { status: 400, body: { message: 'Unknown scope.' } }
        : { status: 200, body: { code, redirectUri: RU_NAME } };
    },
    'POST stop': () => {
      stop();
      return { status: 200, body: { ok: true } };
    },
  };
}

/** Nothing was changed, and all that is wrong is said at once. */
function refusedBody(what: string, problems: readonly string[]): Reply {
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
  return { status: 400, body: { message: `The ${what} has ${count}, nothing was changed: ${problems.join(' ')}`, problems } };
}

/** Every listing ever made, each once, whatever became of it. */
function listings(market: Market): unknown {
  const hashes = new Map(
    market.state.all<{ id: string; sha256: string }>('SELECT id, sha256 FROM images').map((row) => [row.id, row.sha256]),
  );
  return allListings(market).map((row) => {
    const content = JSON.parse(row.content) as ListingContent;
    return {
      listingId: row.id,
      sku: row.sku,
      title: content.title,
      categoryId: content.categoryId,
      price: content.price,
      quantity: row.quantity,
      aspects: content.aspects,
      condition: content.condition ?? null,
      pictures: content.imageUrls.map((url) => ({ url, sha256: hashes.get(imageIdOf(url) ?? '') ?? null })),
      status: row.status,
    };
  });
}

/** Someone buys: `{ sku | listingId, quantity? }`. */
function sale(market: Market, body: Record<string, unknown>): Reply {
  const quantity = body.quantity === undefined ? 1 : Number(body.quantity);
  if (!Number.isInteger(quantity) || quantity < 1) return { status: 400, body: { message: 'quantity must be a whole number from 1.' } };
  const by = {
    ...(typeof body.sku === 'string' ? { sku: body.sku } : {}),
    ...(typeof body.listingId === 'string' ? { listingId: body.listingId } : {}),
  };
  const order = market.state.transaction(() => sell(market, by, quantity));
  if (order === undefined) return { status: 409, body: { message: 'There is no such listing on sale with that many left.' } };
  return { status: 200, body: order };
}

/** The listing ends by other hands than the API's (the website, eBay itself): `{ sku | listingId }`. */
function ending(market: Market, body: Record<string, unknown>): Reply {
  const id =
    typeof body.listingId === 'string'
      ? body.listingId
      : market.state.get<{ id: string }>("SELECT id FROM listings WHERE sku = ? AND status <> 'ENDED'", String(body.sku))?.id;
  const listing = id === undefined ? undefined : findListing(market, id);
  if (listing === undefined || listing.status === 'ENDED') return { status: 409, body: { message: 'There is no such live listing.' } };
  endListing(market, listing.id);
  return { status: 200, body: { listingId: listing.id, status: 'ENDED' } };
}
