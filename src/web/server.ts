import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ReviewDesk } from '../app/review/desk.ts';
import type { PictureUse } from '../app/review/pictures.ts';
import { SHOWN_STATES, type ShownStates } from '../app/review/views.ts';
import { type ErrorCode, isEasyflipError, reasonOf } from '../core/errors.ts';
import { createAccess, type Role, secret } from './access.ts';
import { COMMANDS } from './commands.ts';
import { createFeed } from './feed.ts';
import { bodyOf, isOwnHost, isOwnOrigin, isPrefetch } from './guard.ts';
import { pageScript } from './page-script.ts';
import { itemHtml } from './pages/item.ts';
import { plainPage, reviewPage } from './pages/page.ts';
import { REVIEW_ICON, REVIEW_STYLE } from './style.ts';

export interface ReviewServer {
  /** Opens the page for one approver, once. */
  readonly url: string;
  /** Opens it for viewers, as often as wanted. */
  readonly viewerUrl: string;
  /** Stops listening and cuts what is open. Repeatable. */
  close(): Promise<void>;
}

/** Nothing from outside, no frame around it, no script but its own; nothing of it is kept by a browser. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/**
 * Serves the review page on 127.0.0.1 only. Its addresses lie below a folder of a random name, to which the session's cookie belongs, so
 * that other servers on this machine are not sent it. Errors: the system's own when the port is taken.
 */
export async function startReviewServer(desk: ReviewDesk, { port = 0 }: { readonly port?: number } = {}): Promise<ReviewServer> {
  const access = createAccess();
  const feed = createFeed(desk);
  const base = `/${secret(9)}/`;
  const script = await pageScript();
  const server = createServer({ keepAliveTimeout: 5_000 });
  const own = await listen(server, port);

  const answer = async (incoming: IncomingMessage): Promise<Answer | Role> => {
    if (!isOwnHost(incoming.headers, own)) return refused(403, 'Not this server', 'The address is not that of this page.');
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://review');
    if (!pathname.startsWith(base)) return NOTHING;
    const path = pathname.slice(base.length);
    const token = path === '' ? searchParams.get('token') : null;
    const role = access.roleOf(incoming.headers.cookie);
    if (token !== null && incoming.method === 'GET') return entered(incoming, token, role);
    if (role === undefined) return refused(403, 'No session', NO_SESSION);
    if (incoming.method === 'POST') return await commanded(incoming, path, role);
    if (incoming.method !== 'GET') return refused(405, 'Not that way', 'This page is looked at with GET.');
    if (path === 'style.css') return { status: 200, type: 'text/css', body: REVIEW_STYLE };
    if (path === 'icon.svg') return { status: 200, type: 'image/svg+xml', body: REVIEW_ICON };
    if (path === 'page.js') return { status: 200, type: 'text/javascript', body: script };
    return path === 'events' ? role : await shown(desk, path, searchParams, role);
  };

  const entered = (incoming: IncomingMessage, token: string, role: Role | undefined): Answer => {
    if (isPrefetch(incoming.headers)) return refused(503, 'Not yet', 'Open it yourself.');
    const session = access.redeem(token);
    if (session === undefined && role === undefined) return refused(403, 'This link does not open', LINK_USED);
    const cookie = session === undefined ? {} : { 'Set-Cookie': access.cookie(session, base) };
    return { status: 303, type: 'text/plain', body: '', headers: { ...cookie, Location: base } };
  };

  const commanded = async (incoming: IncomingMessage, path: string, role: Role): Promise<Answer> => {
    if (!isOwnOrigin(incoming.headers)) return denied(403, 'Only this page itself may change anything.');
    if (role !== 'approver') return denied(403, 'You look on: only the approver changes anything.');
    const name = /^do\/(\w+)$/.exec(path)?.[1] ?? '';
    const work = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!work) return denied(404, 'There is no such command.');
    return { status: 200, type: 'application/json', body: JSON.stringify(await work(desk, await bodyOf(incoming))) };
  };

  server.on('request', (incoming, outgoing) => {
    answer(incoming)
      .catch((error: unknown) => failed(error, incoming.method === 'POST'))
      .then((found) => {
        if (typeof found === 'string') feed.serve(incoming, outgoing, found);
        else send(outgoing, found);
      })
      // The browser went away in the middle.
      .catch(() => outgoing.destroy());
  });

  let closing: Promise<void> | undefined;
  const at = (token: string): string => `http://127.0.0.1:${own}${base}?token=${token}`;
  return {
    url: at(access.tokens.approver),
    viewerUrl: at(access.tokens.viewer),
    close: () => {
      closing ??= stop(server, () => feed.close());
      return closing;
    },
  };
}

const NO_SESSION = 'This page opens with the link that `easyflip review` shows.';
const LINK_USED = 'An approver’s link opens once. Stop `easyflip review` and start it again for a new one.';

const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  'usage.invalid': 400,
  'usage.unknown-item': 404,
  'usage.wrong-state': 409,
  'photo.damaged': 404,
};

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const refused = (status: number, title: string, message: string, hint = ''): Answer => ({
  status,
  type: 'text/html',
  body: plainPage(title, message, hint),
});

const denied = (status: number, message: string): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify({ error: { code: 'usage.invalid', message, hint: 'Open the link that `easyflip review` shows.' } }),
});

const NOTHING = refused(404, 'Nothing here', 'There is no such page.');

/** An expected problem is told; a bug keeps its words to itself and to the terminal. */
function failed(error: unknown, asJson: boolean): Answer {
  const status = isEasyflipError(error) ? (STATUS[error.code] ?? 500) : 500;
  const { code, message, hint } = reasonOf(error);
  if (!asJson) return refused(status, 'That did not work', message, hint);
  return { status, type: 'application/json', body: JSON.stringify({ error: { code, message, hint } }) };
}

async function shown(desk: ReviewDesk, path: string, query: URLSearchParams, role: Role): Promise<Answer> {
  if (path === '') return { status: 200, type: 'text/html', body: await pageOf(desk, query, role) };
  const item = /^item\/([A-Z0-9]+)$/i.exec(path)?.[1];
  if (item !== undefined) return { status: 200, type: 'text/html', body: itemHtml(await desk.item(item), role).safe };
  const [, id = '', hash = '', use = ''] = /^picture\/([A-Z0-9]+)\/(cover|[0-9a-f]{64})(?:\/(large|label-[1-9]))?$/i.exec(path) ?? [];
  const picture = id === '' ? undefined : await desk.picture(id, hash, (use || 'small') as PictureUse);
  if (!picture) return NOTHING;
  // Addressed by content, but for the cover of a line.
  const keep = hash === 'cover' ? 'private, max-age=5' : 'private, max-age=3600';
  return { status: 200, type: 'image/jpeg', body: picture, headers: { 'Cache-Control': keep } };
}

async function pageOf(desk: ReviewDesk, query: URLSearchParams, role: Role): Promise<string> {
  const named = query.get('states');
  const states: ShownStates = SHOWN_STATES.find((one) => one === named) ?? 'todo';
  const wanted = query.get('item') ?? undefined;
  const list = await desk.list({ states, page: Number.parseInt(query.get('page') ?? '1', 10) || 1, item: wanted });
  const id = wanted ?? list.rows[0]?.id;
  const item = id === undefined ? undefined : await desk.item(id).catch(ifGone);
  return reviewPage({ list, item, role, isOpen: wanted !== undefined && item !== undefined });
}

const ifGone = (error: unknown): undefined => {
  if (!isEasyflipError(error) || error.code !== 'usage.unknown-item') throw error;
};

function send(outgoing: ServerResponse, { status, type, body, headers }: Answer): void {
  const kind = type.startsWith('image/') ? type : `${type}; charset=utf-8`;
  outgoing.writeHead(status, { 'Cache-Control': 'no-store', ...HEADERS, 'Content-Type': kind, ...headers });
  outgoing.end(body);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** What is being answered gets a moment. */
function stop(server: Server, first: () => void): Promise<void> {
  return new Promise((resolve) => {
    first();
    const cut = setTimeout(() => server.closeAllConnections(), 500);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
