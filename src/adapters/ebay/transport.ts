import { AsyncLocalStorage } from 'node:async_hooks';
import type eBayApi from 'ebay-api';
import type { Clock } from '../../core/clock.ts';
import type { Vault } from '../../core/ports/credentials.ts';
import type { Call, Outgoing } from '../../core/ports/outgoing.ts';
import type { Environment, ServiceName } from '../../core/settings.ts';
import type { Site } from '../../core/site.ts';
import { createClient, practiceBase } from './client.ts';
import type { EbayCredentials, TokenKind } from './credentials.ts';
import type { ErrorContext } from './errors.ts';
import { badReply, EbayError, translateFailure } from './errors.ts';
import { createRedactor } from './redact.ts';
import { createTokens, type Mint } from './tokens.ts';
import { tokenAnswer } from './wire.ts';

export interface TransportOptions {
  readonly environment: Environment;
  /** Address of the practice marketplace; loopback only. */
  readonly baseUrl?: string;
  readonly credentials: EbayCredentials;
  readonly outgoing: Outgoing;
  readonly clock: Clock;
  readonly site: Site;
  /** Where tokens are kept between runs and shared between processes; absent: they live as long as this object. */
  readonly vault?: Pick<Vault, 'read' | 'change'>;
}

interface EbayRequest<T> {
  readonly token: TokenKind;
  readonly service: ServiceName;
  /** For events and logs: `inventory.publishOffer`. */
  readonly operation: string;
  readonly writes?: boolean;
  readonly send: (ebay: eBayApi) => Promise<unknown>;
  /** Returns undefined when the answer has not the promised shape. */
  readonly read: (answer: unknown) => T | undefined;
}

export interface Transport {
  /** The eBay site that is sold on. */
  readonly site: Site;
  /** One HTTP request through the Outgoing port; throws EasyflipError only, or the signal's reason. */
  request<T>(request: EbayRequest<T>, call: Call): Promise<T>;
  readonly errors: (writes: boolean) => ErrorContext;
  /** The time at eBay by its last answer, in milliseconds since 1970; this machine's own before there was one. */
  nowMs(): number;
}

/** An answer takes its time, and a second is the smallest unit of what eBay tells: less is no wrong clock. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * The two client objects (application and user token share one scope list inside one object, so one
 * would not do), their tokens, and the one way a request takes.
 * Errors at once: `config.invalid` for a base URL that is not the practice marketplace's.
 */
export function createTransport(options: TransportOptions): Transport {
  const { environment, credentials, outgoing, clock, site } = options;
  const base = practiceBase(environment, options.baseUrl);
  const attempts: Parameters<typeof createClient>[1]['attempts'] = new AsyncLocalStorage();
  const clients = new Map<TokenKind, Promise<eBayApi>>();

  let aheadMs = 0;
  const onTime = (ebayMs: number): void => {
    const off = clock.now() - ebayMs;
    aheadMs = Math.abs(off) < CLOCKS_DIFFER_MS ? 0 : off;
  };

  const client = (kind: TokenKind): Promise<eBayApi> => {
    const known = clients.get(kind);
    if (known !== undefined) return known;
    const made = createClient(kind, { environment, credentials, base, attempts, site, onTime });
    clients.set(kind, made);
    return made;
  };

  const redact = createRedactor(() => [credentials.certId, credentials.refreshToken, ...tokens.values()]);
  const errors = (writes: boolean): ErrorContext => ({ writes, nowMs: clock.now(), redact });

  const attempt = <T>(service: ServiceName, operation: string, call: Call, writes: boolean, work: () => Promise<T>): Promise<T> =>
    outgoing.run({ service, operation }, call, ({ signal, answered }) =>
      attempts.run({ signal, answered }, async () => {
        signal.throwIfAborted();
        try {
          return await work();
        } catch (error) {
          if (signal.aborted) throw signal.reason;
          if (isOurMistake(error)) throw error;
          const failure = translateFailure(error, errors(writes));
          if (failure instanceof EbayError) answered({ errorIds: failure.errorIds });
          throw failure;
        }
      }),
    );

  const mint: Mint = async (kind, call) => {
    const ebay = await client(kind);
    return await attempt('account', `oauth.${kind}Token`, call, false, async () => {
      const answer = kind === 'user' ? await ebay.OAuth2.refreshUserAccessToken() : await ebay.OAuth2.mintApplicationAccessToken();
      const read = tokenAnswer(answer);
      if (read === undefined) throw badReply('the login', false);
      return read;
    });
  };
  const tokens = createTokens({ clock, mint, credentials, ...(options.vault ? { vault: options.vault } : {}) });

  /** Kinds of tokens with which a call went well here. */
  const proven = new Set<TokenKind>();
  const once = async <T>(request: EbayRequest<T>, call: Call, used: { token?: ReturnType<typeof tokens.current> }): Promise<T> => {
    const ebay = await client(request.token);
    const writes = request.writes ?? false;
    return await attempt(request.service, request.operation, call, writes, async () => {
      const token = tokens.current(request.token);
      used.token = token;
      if (token !== undefined) present(ebay, request.token, token.value, credentials);
      const answer = request.read(await request.send(ebay));
      if (answer === undefined) throw badReply(request.operation, writes);
      if (token !== undefined) {
        token.worked = true;
        proven.add(request.token);
      }
      return answer;
    });
  };

  return {
    site,
    errors,
    nowMs: () => clock.now() - aheadMs,
    request: async (request, call) => {
      await tokens.get(request.token, call);
      for (let renewals = 0; ; renewals += 1) {
        const used: { token?: ReturnType<typeof tokens.current> } = {};
        try {
          return await once(request, call, used);
        } catch (error) {
          if (renewals === RENEWALS || !isTokenRefused(error)) throw error;
          // eBay sometimes refuses a token that it gave a moment ago; where such tokens work, that is no missing permission.
          const permitted = proven.has(request.token) && isExpired(error);
          if (!(await tokens.renew(request.token, used.token, call, permitted))) throw error;
        }
      }
    },
  };
}

/** Gives the client the token to send; it may have been made by another process. */
function present(ebay: eBayApi, kind: TokenKind, value: string, { refreshToken }: EbayCredentials): void {
  if (kind === 'application') ebay.OAuth2.setClientToken({ access_token: value, expires_in: NEVER_BY_ITSELF });
  else ebay.OAuth2.setCredentials({ access_token: value, refresh_token: refreshToken, expires_in: NEVER_BY_ITSELF });
}

/** Seconds. Renewing is not the client's business: its own mint would go past the guard and the other processes. */
const NEVER_BY_ITSELF = 1_000_000;

/** Of one request; eBay counts them by the day. */
const RENEWALS = 2;

const isExpired = (error: unknown): boolean => error instanceof EbayError && error.status === 401;

/** eBay answers an expired token with 401/1001, and in the Inventory API also with 403/1100 (CONTRACTS 1.5). */
function isTokenRefused(error: unknown): boolean {
  return error instanceof EbayError && (error.status === 401 || (error.status === 403 && error.errorIds.includes(1100)));
}

/** An error of the language itself is a bug of easyflip, and must not pass for a bad connection. */
function isOurMistake(error: unknown): boolean {
  return (error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError) && !('config' in error);
}
