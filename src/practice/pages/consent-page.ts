import type { Market } from '../ground/market.ts';
import { APP_ID, consent, RU_NAME } from '../oauth/oauth.ts';
import { CODE_SECONDS } from '../oauth/tokens.ts';
import { escapeHtml, layout } from './page-layout.ts';

/**
 * GET /oauth2/authorize, auth.ebay.com's consent page: here the seller has said yes by coming. eBay would send the
 * browser to the RuName's https address; there is none here, so the address is shown to be copied.
 */
export function consentPage(market: Market, query: URLSearchParams): readonly [number, string] {
  const wrong = problem(query);
  const scopes = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const code = wrong === undefined ? consent(market, scopes) : undefined;
  if (code === undefined)
    return [
      400,
      layout('Consent', `<div class="empty"><h1>Cannot ask for consent</h1><p>${escapeHtml(wrong ?? 'unknown scope')}</p></div>`),
    ];
  const back = new URLSearchParams({
    ...(query.has('state') ? { state: query.get('state') ?? '' } : {}),
    code,
    expires_in: String(CODE_SECONDS),
  });
  const address = `https://practice.invalid/accept?${back.toString()}`;
  return [
    200,
    layout(
      'Consent',
      `<div class="panel"><h1>You agreed</h1><p>The practice seller lets this program list items. Copy this address back to it:</p><p><code>${escapeHtml(address)}</code></p></div>`,
    ),
  ];
}

function problem(query: URLSearchParams): string | undefined {
  if (query.get('client_id') !== APP_ID) return 'unknown client_id';
  if (query.get('redirect_uri') !== RU_NAME) return 'unknown redirect_uri';
  if (query.get('response_type') !== 'code') return 'response_type must be code';
  return undefined;
}
