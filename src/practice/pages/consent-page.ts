import type { Market } from '../ground/market.ts';
import { APP_ID, consent, RU_NAME } from '../oauth/oauth.ts';
import { isKnownScope, scopeWords } from '../oauth/scopes.ts';
import { CODE_SECONDS, CONSENTED_SCOPES } from '../oauth/tokens.ts';
import { escapeHtml, layout } from './page-layout.ts';

/** Status and page, or status and the address that the browser is sent to. */
export type Consented = { readonly status: number; readonly html: string } | { readonly status: 302; readonly location: string };

/** Where the RuName's "accept" and "decline" addresses lead here. */
export const RETURN_PATH = '/oauth2/return';

/** GET /oauth2/authorize, the consent page of auth.ebay.com: says who asks for what. Nothing is given before the seller agrees. */
export function askForConsent(query: URLSearchParams): Consented {
  const wrong = problem(query);
  if (wrong !== undefined) return cannotAsk(wrong);
  const kept = ['client_id', 'redirect_uri', 'response_type', 'scope', 'state'].map((name) =>
    query.has(name) ? `<input type="hidden" name="${name}" value="${escapeHtml(query.get(name) ?? '')}">` : '',
  );
  const asked = scopesOf(query);
  const wishes = (asked.length === 0 ? CONSENTED_SCOPES : asked).map((scope) => `<li>${escapeHtml(scopeWords(scope))}</li>`);
  return {
    status: 200,
    html: layout(
      'Consent',
      `<div class="panel narrow"><h1>Let this program sell for you?</h1>
<p>The program <code>${escapeHtml(APP_ID)}</code> asks the practice seller for these permissions:</p><ul>${wishes.join('')}</ul>
<form method="post" action="/oauth2/authorize">${kept.join('')}<div class="actions"><button name="decision" value="agree">Agree and continue</button>
<button class="plain" name="decision" value="decline">Decline</button></div></form></div>`,
    ),
  };
}

/** POST of the form: to the RuName's address with `code`, `state`, `expires_in`, or with `error=access_denied` (OAuth guide). */
export function decideConsent(market: Market, form: URLSearchParams): Consented {
  const wrong = problem(form);
  if (wrong !== undefined) return cannotAsk(wrong);
  const state = form.has('state') ? { state: form.get('state') ?? '' } : {};
  if (form.get('decision') !== 'agree') {
    const error = { error: 'access_denied', error_description: 'The resource owner denied the request' };
    return { status: 302, location: `${RETURN_PATH}?${new URLSearchParams({ ...state, ...error }).toString()}` };
  }
  const code = consent(market, scopesOf(form));
  if (code === undefined) return cannotAsk('unknown scope');
  const granted = { ...state, code, expires_in: String(CODE_SECONDS) };
  return { status: 302, location: `${RETURN_PATH}?${new URLSearchParams(granted).toString()}` };
}

/** Where the seller ends; the program has no address of its own here, so this page's address is carried to it by hand. */
export function consentReturn(query: URLSearchParams, address: string): string {
  const declined = query.get('error') !== null;
  const said = declined
    ? '<h1>You declined</h1><p>The program was given nothing. If it waits, it may have this address:</p>'
    : `<h1>You agreed</h1><p>Copy this address back to the program. It is good for ${CODE_SECONDS} seconds, once.</p>`;
  return layout('Consent', `<div class="panel narrow">${said}<pre class="address" tabindex="0">${escapeHtml(address)}</pre></div>`);
}

function cannotAsk(reason: string): Consented {
  return {
    status: 400,
    html: layout('Consent', `<div class="empty"><h1>Cannot ask for consent</h1><p>${escapeHtml(reason)}</p></div>`),
  };
}

function problem(query: URLSearchParams): string | undefined {
  if (query.get('client_id') !== APP_ID) return 'unknown client_id';
  if (query.get('redirect_uri') !== RU_NAME) return 'unknown redirect_uri (it must be the RuName)';
  if (query.get('response_type') !== 'code') return 'response_type must be code';
  const unknown = scopesOf(query).find((scope) => !isKnownScope(scope));
  return unknown === undefined ? undefined : `unknown scope ${unknown}`;
}

function scopesOf(query: URLSearchParams): readonly string[] {
  return (query.get('scope') ?? '').split(/\s+/).filter((scope) => scope !== '');
}
