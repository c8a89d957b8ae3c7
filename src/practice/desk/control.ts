import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import type { Market } from '../ground/market.ts';
import { reset } from '../ground/seed.ts';
import { changeSettings, readSettings } from '../ground/settings.ts';
import { allListings, type ListingContent } from '../sell/listings.ts';
import { imageIdOf } from '../sell/picture-rules.ts';
import type { Reply } from '../wire/wire.ts';
import type { Faults } from './faults.ts';
import { agreement, CONSENT, ENDING, ending, LABEL, label, revocation, SALE, sale } from './happenings.ts';
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

type Action = (body: unknown, query: URLSearchParams) => Reply;

const RELEASE = z.strictObject({ id: z.string().optional() });
const RESET = z.strictObject({ seller: z.literal('new').optional() });

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
    return action(body, query);
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
    'POST faults/release': checked(RELEASE, ({ id }) => ({ status: 200, body: { released: faults.release(id) } })),
    // `{ "seller": "new" }`: an account in which nothing is set up yet.
    'POST reset': checked(RESET, ({ seller }) => {
      faults.arm([]);
      reset(market, seller === 'new');
      journal.clear();
      return { status: 200, body: { ok: true } };
    }),
    'POST sales': checked(SALE, (body) => sale(market, body)),
    'POST labels': checked(LABEL, (body) => label(market, body)),
    'POST endings': checked(ENDING, (body) => ending(market, body)),
    'POST consents': checked(CONSENT, (body) => agreement(market, body)),
    'POST revocations': () => revocation(market),
    'POST stop': () => {
      stop();
      return { status: 200, body: { ok: true } };
    },
  };
}

/** The action, once its body is found to be right. */
function checked<T>(schema: z.ZodType<T>, act: (body: T) => Reply): Action {
  return (body) => {
    const result = schema.safeParse(body);
    if (result.success) return act(result.data);
    return refusedBody(
      'body',
      result.error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': ')),
    );
  };
}

/** Nothing was changed, and all that is wrong is said at once. */
function refusedBody(what: string, problems: readonly string[]): Reply {
  const count = problems.length === 1 ? 'is a problem' : `are ${problems.length} problems`;
  return { status: 400, body: { message: `There ${count} with the ${what}, nothing was changed: ${problems.join(' ')}`, problems } };
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
