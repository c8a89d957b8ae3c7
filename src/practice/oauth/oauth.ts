import { isUsedUp } from '../desk/call-counts.ts';
import type { Market } from '../ground/market.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { BASE_SCOPE, isKnownScope } from './scopes.ts';
import {
  ACCESS_SECONDS,
  CODE_SECONDS,
  CONSENTED_SCOPES,
  dropToken,
  findToken,
  keepToken,
  mint,
  REFRESH_SECONDS,
  SEEDED_REFRESH_TOKEN,
  sweepTokens,
} from './tokens.ts';

export const APP_ID = 'practice-app';
const CERT_ID = 'practice-cert';
/** The RuName that `authorization_code` must repeat as its `redirect_uri`. */
export const RU_NAME = 'practice-ru-name';

/**
 * POST /identity/v1/oauth2/token: the three grants of eBay's OAuth guide. Errors come as
 * `{ error, error_description }`, not in the API error envelope.
 */
export function token(market: Market, request: Request): Reply {
  if (!(request.headers['content-type'] ?? '').includes('application/x-www-form-urlencoded')) {
    return oauthError(400, 'invalid_request', 'request header is missing or malformed: Content-Type');
  }
  if (request.headers.authorization !== `Basic ${Buffer.from(`${APP_ID}:${CERT_ID}`).toString('base64')}`) {
    return oauthError(401, 'invalid_client', 'client authentication failed');
  }
  sweepTokens(market);
  const form = new URLSearchParams(request.bytes.toString('utf8'));
  const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const grant = form.get('grant_type');
  if (isUsedUp(market, `oauth.${grant}`)) {
    return oauthError(429, 'rate_limit_exceeded', 'the number of tokens that may be minted in a day has been reached');
  }
  switch (grant) {
    case 'client_credentials':
      return clientCredentials(market, scopes);
    case 'refresh_token':
      return refresh(market, form.get('refresh_token') ?? '', scopes);
    case 'authorization_code':
      return exchange(market, form.get('code') ?? '', form.get('redirect_uri') ?? '');
    case null:
      return oauthError(400, 'invalid_request', "request is missing a required parameter or malformed: 'grant_type'");
    default:
      return oauthError(400, 'unsupported_grant_type', 'grant type in request is not supported by the authorization server');
  }
}

function clientCredentials(market: Market, scopes: readonly string[]): Reply {
  const wanted = scopes.length > 0 ? scopes : [BASE_SCOPE];
  if (wanted.some((scope) => scope !== BASE_SCOPE)) return invalidScope();
  return ok({ access_token: mint(market, 'application', wanted, ACCESS_SECONDS), token_type: 'Application Access Token' });
}

/** The answer carries no refresh token: the old one stays good. */
function refresh(market: Market, text: string, scopes: readonly string[]): Reply {
  const held = findToken(market, text);
  if (held?.kind !== 'refresh') {
    return oauthError(400, 'invalid_grant', 'the provided authorization refresh token is invalid or was issued to another client');
  }
  if (scopes.some((scope) => !held.scopes.includes(scope))) return invalidScope();
  const granted = scopes.length > 0 ? scopes : held.scopes;
  return ok({ access_token: mint(market, 'user', granted, ACCESS_SECONDS), token_type: 'User Access Token' });
}

function exchange(market: Market, code: string, redirectUri: string): Reply {
  const held = findToken(market, code);
  if (held?.kind !== 'code' || redirectUri !== RU_NAME) {
    return oauthError(400, 'invalid_grant', 'the provided authorization grant code is invalid or was issued to another client');
  }
  dropToken(market, code);
  return ok({
    access_token: mint(market, 'user', held.scopes, ACCESS_SECONDS),
    token_type: 'User Access Token',
    refresh_token: mint(market, 'refresh', held.scopes, REFRESH_SECONDS),
    refresh_token_expires_in: REFRESH_SECONDS,
  });
}

/** The seller says yes on the consent page: a code that can be used once, within five minutes. */
export function consent(market: Market, scopes: readonly string[]): string | undefined {
  const wanted = scopes.length > 0 ? scopes : CONSENTED_SCOPES;
  if (!wanted.every(isKnownScope)) return undefined;
  return mint(market, 'code', wanted, CODE_SECONDS);
}

export function seedConsent(market: Market): void {
  keepToken(market, SEEDED_REFRESH_TOKEN, {
    kind: 'refresh',
    scopes: CONSENTED_SCOPES,
    expiresAt: market.now() + REFRESH_SECONDS * 1000,
  });
}

function ok(body: Record<string, unknown>): Reply {
  return { status: 200, body: { ...body, expires_in: ACCESS_SECONDS } };
}

function invalidScope(): Reply {
  return oauthError(400, 'invalid_scope', 'The requested scope is invalid, unknown, malformed, or exceeds the scope granted to the client');
}

function oauthError(status: number, error: string, description: string): Reply {
  return { status, body: { error, error_description: description } };
}
