import { AsyncLocalStorage } from 'node:async_hooks';
import * as z from 'zod';
import type { Clock } from '../../core/clock.ts';
import { EasyflipError } from '../../core/errors.ts';
import type { MarketplaceLogin } from '../../core/ports/marketplace-login.ts';
import type { Outgoing } from '../../core/ports/outgoing.ts';
import type { Environment } from '../../core/settings.ts';
import type { Site } from '../../core/site.ts';
import { createClient, practiceBase } from './client.ts';
import { badReply, translateFailure } from './errors.ts';
import { createRedactor } from './redact.ts';

const SCOPE = 'https://api.ebay.com/oauth/api_scope';

/** CONTRACTS 2.10: what the calls of this program are documented with. */
const SCOPES: readonly string[] = [
  SCOPE,
  ...['sell.inventory', 'sell.account', 'sell.fulfillment', 'sell.analytics.readonly', 'sell.finances', 'commerce.identity.readonly'].map(
    (name) => `${SCOPE}/${name}`,
  ),
];

const consentAnswer = z.object({
  refresh_token: z.string().min(1),
  /** Seconds; 18 months when eBay does not say. */
  refresh_token_expires_in: z.coerce.number().positive().catch(47_304_000),
});

interface LoginOptions {
  readonly environment: Environment;
  readonly baseUrl?: string;
  readonly site: Site;
  readonly outgoing: Outgoing;
  readonly clock: Clock;
}

/** eBay's authorization code grant. The redirect address of a RuName must be https, so the seller carries the code over by hand. */
export function createEbayLogin({ environment, baseUrl, site, outgoing, clock }: LoginOptions): MarketplaceLogin {
  const base = practiceBase(environment, baseUrl);
  const attempts: Parameters<typeof createClient>[1]['attempts'] = new AsyncLocalStorage();

  return {
    scopes: SCOPES,

    consentUrl: ({ appId, ruName }, state) => {
      const page = base ?? new URL(environment === 'sandbox' ? 'https://auth.sandbox.ebay.com' : 'https://auth.ebay.com');
      const query = new URLSearchParams({
        client_id: appId,
        redirect_uri: ruName,
        response_type: 'code',
        state,
        scope: SCOPES.join(' '),
      });
      // eBay reads a plus sign in the scope list as a plus sign.
      return `${new URL('/oauth2/authorize', page).href}?${query.toString().replaceAll('+', '%20')}`;
    },

    problemWith: (pasted, state) => {
      try {
        codeIn(pasted, state);
        return undefined;
      } catch (error) {
        if (error instanceof EasyflipError) return `${error.message} ${error.hint}`;
        throw error;
      }
    },

    async redeem({ appId, certId, ruName }, pasted, state, call) {
      const code = codeIn(pasted, state);
      const ebay = await createClient('user', { environment, credentials: { appId, certId, refreshToken: '' }, base, attempts, site });
      const redact = createRedactor(() => [certId, code]);
      const startedMs = clock.now();
      const answer = await outgoing.run({ service: 'account', operation: 'oauth.redeemCode' }, call, ({ signal, answered }) =>
        attempts.run({ signal, answered }, async () => {
          try {
            const read = consentAnswer.safeParse(await ebay.OAuth2.getToken(code, ruName));
            if (!read.success) throw badReply('the login', false);
            return read.data;
          } catch (error) {
            if (signal.aborted) throw signal.reason;
            throw refusedCode(translateFailure(error, { writes: false, nowMs: clock.now(), redact }));
          }
        }),
      );
      return {
        refreshToken: answer.refresh_token,
        refreshTokenExpiresAt: new Date(startedMs + answer.refresh_token_expires_in * 1000).toISOString(),
        scopes: SCOPES,
      };
    },
  };
}

/**
 * The code in a pasted address or by itself, decoded exactly once: eBay puts it percent-encoded into the
 * address, and the client encodes it again (CONTRACTS 2.10). An empty `state`: no log-in was begun. Errors: `usage.invalid`.
 */
export function codeIn(pasted: string, state: string | undefined): string {
  const text = pasted.trim().replace(/^["'<]|["'>]$/g, '');
  const query = /[?&](code|error)=/.test(text) ? new URLSearchParams(text.slice(text.indexOf('?') + 1)) : undefined;
  if (!query) {
    if (text === '' || /\s/.test(text) || /^https?:/i.test(text)) {
      throw notACode('What you pasted holds no code.', 'Copy the whole address of the page that eBay sent you to after "Agree".');
    }
    return decodedOnce(text);
  }
  if (query.has('error')) {
    throw notACode('You declined on eBay, so nothing was stored.', 'Run `easyflip auth login` again and agree.');
  }
  const returned = query.get('state');
  if (state === '') {
    throw notACode('No log-in waits for this address: it was used, or begun elsewhere.', 'Run `easyflip auth login` to begin one.');
  }
  // eBay sends the state back with every code; only a bare code (eBay's own token page shows such) has none.
  if (state !== undefined && returned !== state) {
    throw notACode('This address belongs to another log-in.', 'Run `easyflip auth login` again and paste the address of that very time.');
  }
  const code = query.get('code') ?? '';
  if (code === '') throw notACode('The address holds no code.', 'Copy the whole address of the page that eBay sent you to.');
  return code;
}

function decodedOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const notACode = (message: string, hint: string): EasyflipError => new EasyflipError('usage.invalid', message, { hint });

/** A code lives five minutes and serves once; whoever is late starts anew. */
function refusedCode(error: EasyflipError): EasyflipError {
  if (error.code === 'provider.auth' && /invalid_client|unauthorized_client/.test(error.message)) {
    return new EasyflipError('provider.auth', 'eBay does not know this App ID with this Cert ID; nothing was stored.', {
      hint: 'Copy both again from the keyset of this environment. Stored ones are asked for anew after `easyflip auth logout`.',
    });
  }
  if (error.code !== 'provider.auth' || !error.message.includes('invalid_grant')) return error;
  return new EasyflipError(
    'provider.auth',
    'eBay does not take this code: it serves once and for five minutes only, and belongs to one RuName.',
    {
      hint: 'Check the RuName and run `easyflip auth login` again.',
    },
  );
}
