import { createHash, randomBytes } from 'node:crypto';
import type { Market } from '../ground/market.ts';
import { DAY_MS } from '../ground/market.ts';
import { refuse } from '../wire/wire.ts';
import { BASE_SCOPE } from './scopes.ts';

export type TokenKind = 'application' | 'user' | 'refresh' | 'code';

export interface Token {
  readonly kind: TokenKind;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** Seconds, as the token endpoint names them. */
export const ACCESS_SECONDS = 7_200;
export const REFRESH_SECONDS = 47_304_000;
export const CODE_SECONDS = 299;

export const SEEDED_REFRESH_TOKEN = 'practice-refresh-token';
/** What the practice seller has consented to. */
export const CONSENTED_SCOPES: readonly string[] = [
  BASE_SCOPE,
  `${BASE_SCOPE}/sell.inventory`,
  `${BASE_SCOPE}/sell.account`,
  `${BASE_SCOPE}/sell.fulfillment`,
  `${BASE_SCOPE}/sell.analytics.readonly`,
  `${BASE_SCOPE}/sell.finances`,
  `${BASE_SCOPE}/commerce.identity.readonly`,
];

export function mint(market: Market, kind: TokenKind, scopes: readonly string[], seconds: number): string {
  const text = `v^1.1#practice#${kind}#${randomBytes(48).toString('base64url')}`;
  keepToken(market, text, { kind, scopes, expiresAt: market.now() + seconds * 1000 });
  return text;
}

/** Only the hash is kept: a state file that is passed around reveals no token. */
export function keepToken(market: Market, text: string, token: Token): void {
  market.state.run(
    'INSERT OR REPLACE INTO tokens (hash, kind, scopes, expires_at) VALUES (?, ?, ?, ?)',
    hash(text),
    token.kind,
    token.scopes.join(' '),
    token.expiresAt,
  );
}

export function findToken(market: Market, text: string): Token | undefined {
  const row = market.state.get<{ kind: TokenKind; scopes: string; expires_at: number }>(
    'SELECT kind, scopes, expires_at FROM tokens WHERE hash = ?',
    hash(text),
  );
  if (row === undefined || row.expires_at <= market.now()) return undefined;
  return { kind: row.kind, scopes: row.scopes.split(' '), expiresAt: row.expires_at };
}

export function dropToken(market: Market, text: string): void {
  market.state.run('DELETE FROM tokens WHERE hash = ?', hash(text));
}

/** The seller takes the consent back, or changes the password: nothing that came of it is good any more. */
export function revokeConsent(market: Market): void {
  market.state.run("DELETE FROM tokens WHERE kind IN ('user', 'refresh', 'code')");
}

/** Old access tokens would pile up over months of practice. */
export function sweepTokens(market: Market): void {
  market.state.run('DELETE FROM tokens WHERE expires_at < ?', market.now() - DAY_MS);
}

/**
 * The Bearer token of a call, checked against the scopes the operation names (any one of them suffices).
 * Errors: 401/1002 missing, 401/1001 unknown or expired, 403/1100 without the scope; so an application token,
 * which only ever has the base scope, is refused by every selling call.
 */
export function authorize(market: Market, header: string | undefined, scopes: readonly string[]): Token {
  if ((header ?? '').trim() === '') throw refuse(1002);
  const bearer = /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1];
  const token = bearer === undefined ? undefined : findToken(market, bearer);
  if (token === undefined || (token.kind !== 'application' && token.kind !== 'user')) throw refuse(1001);
  if (scopes.length > 0 && !scopes.some((scope) => token.scopes.includes(scope))) throw refuse(1100);
  return token;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
