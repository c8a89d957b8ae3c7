import type { MediaWindow } from '../commerce/media-window.ts';
import type { Market } from '../ground/market.ts';
import { authorize } from '../oauth/tokens.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { errorReply, Refusal, refuse } from '../wire/wire.ts';
import { countCall } from './call-counts.ts';
import { HANDLERS, type Match, matchRoute } from './routes.ts';

const FORM = 'multipart/form-data';
const JSON_TYPE = 'application/json';

/** eBay's gateway and the service behind it: route, host, token, headers, then the work. Never throws for a refusal. */
export function dispatch(market: Market, window: MediaWindow, request: Request, forwardedHost: string | undefined): Reply {
  try {
    const match = matchRoute(request.method, request.path.split('?')[0] ?? '');
    if (match === undefined) throw refuse(2002);
    if (match === 'method') throw refuse(2003);
    // Outside the work's transaction: a call that is refused is counted all the same.
    if (HANDLERS[match.operation.id] !== undefined) countCall(market, match.operation.id);
    return market.state.transaction(() => serve(market, window, match, { ...request, params: match.params }, forwardedHost));
  } catch (error) {
    if (error instanceof Refusal) return errorReply(error);
    throw error;
  }
}

/** The name the journal and the fault rules know a call by; null for unknown paths. */
export function operationName(method: string, path: string): string | null {
  const match = matchRoute(method, path.split('?')[0] ?? '');
  return match === undefined || match === 'method' ? null : match.operation.id;
}

function serve(market: Market, window: MediaWindow, match: Match, request: Request, forwardedHost: string | undefined): Reply {
  const { operation } = match;
  if (forwardedHost !== undefined && forwardedHost.replace('.sandbox', '') !== operation.host) throw refuse(2002);
  const handler = HANDLERS[operation.id];
  if (handler === undefined) return notImplemented(operation.id);
  if (operation.scopes.length > 0) authorize(market, request.headers.authorization, operation.scopes);
  if (operation.id.startsWith('commerce_media.') && request.method === 'POST') window.enter(market.now());
  checkContentType(match, request);
  return handler(market, request);
}

function checkContentType(match: Match, request: Request): void {
  if (!match.operation.requiredHeaders.includes('content-type')) return;
  const wanted = match.operation.id === 'commerce_media.createImageFromFile' ? FORM : JSON_TYPE;
  if (!(request.headers['content-type'] ?? '').toLowerCase().startsWith(wanted)) throw refuse(2005);
}

/** Says plainly that it is the practice marketplace that lacks it, not eBay. */
function notImplemented(operation: string): Reply {
  const message = `The practice marketplace does not implement ${operation}.`;
  return { status: 501, body: { errors: [{ errorId: 501, domain: 'PRACTICE', category: 'APPLICATION', message }] } };
}
