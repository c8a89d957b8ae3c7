import { AsyncLocalStorage } from 'node:async_hooks';
import type eBayApi from 'ebay-api';
import type { Clock } from '../../core/clock.ts';
import { EasyflipError } from '../../core/errors.ts';
import type { Call, Outgoing } from '../../core/ports/outgoing.ts';
import type { Environment, ServiceName } from '../../core/settings.ts';
import type { Site } from '../../core/site.ts';
import type { ErrorContext } from './errors.ts';
import { badReply, EbayError, translateFailure } from './errors.ts';
import { createRedactor } from './redact.ts';
import type { TokenKind } from './tokens.ts';
import { createTokens } from './tokens.ts';
import { tokenAnswer } from './wire.ts';

export interface EbayCredentials {
  readonly appId: string;
  readonly certId: string;
  readonly refreshToken: string;
}

export interface TransportOptions {
  readonly environment: Environment;
  /** Address of the practice marketplace; loopback only. */
  readonly baseUrl?: string;
  readonly credentials: EbayCredentials;
  readonly outgoing: Outgoing;
  readonly clock: Clock;
  readonly site: Site;
}

export interface EbayRequest<T> {
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
}

const SCOPE = 'https://api.ebay.com/oauth/api_scope';
/** What the seller must have consented to; a refresh may ask for these and no more (CONTRACTS 2.10). */
const EBAY_USER_SCOPES: readonly string[] = [
  SCOPE,
  ...['sell.inventory', 'sell.account', 'sell.fulfillment', 'sell.analytics.readonly', 'sell.finances'].map((name) => `${SCOPE}/${name}`),
];

/** The Outgoing port ends an attempt by its signal; this only catches a client that was left alone. */
const LAST_RESORT_TIMEOUT_MS = 180_000;
const ANSWER_MAX_BYTES = 64 * 1024 * 1024;

/**
 * The two client objects (application and user token share one scope list inside one object, so one
 * would not do), their tokens, and the one way a request takes.
 * Errors at once: `config.invalid` for a base URL that is not the practice marketplace's.
 */
export function createTransport(options: TransportOptions): Transport {
  const { environment, credentials, outgoing, clock, site } = options;
  const base = practiceBase(environment, options.baseUrl);
  // The client takes no signal: the attempt's travels beside the call and is picked up by the interceptor.
  const attemptSignal = new AsyncLocalStorage<AbortSignal>();
  const clients = new Map<TokenKind, Promise<eBayApi>>();

  const client = (kind: TokenKind): Promise<eBayApi> => {
    const known = clients.get(kind);
    if (known !== undefined) return known;
    const made = createClient(kind, { environment, credentials, base, attemptSignal, site });
    clients.set(kind, made);
    return made;
  };

  const redact = createRedactor(() => [credentials.certId, credentials.refreshToken, ...tokens.values()]);
  const errors = (writes: boolean): ErrorContext => ({ writes, nowMs: clock.now(), redact });

  const attempt = <T>(service: ServiceName, operation: string, call: Call, writes: boolean, work: () => Promise<T>): Promise<T> =>
    outgoing.run({ service, operation }, call, ({ signal }) =>
      attemptSignal.run(signal, async () => {
        signal.throwIfAborted();
        try {
          return await work();
        } catch (error) {
          if (signal.aborted) throw signal.reason;
          if (isOurMistake(error)) throw error;
          throw translateFailure(error, errors(writes));
        }
      }),
    );

  const tokens = createTokens(clock, async (kind, call) => {
    const ebay = await client(kind);
    return await attempt('account', `oauth.${kind}Token`, call, false, async () => {
      const answer = kind === 'user' ? await ebay.OAuth2.refreshUserAccessToken() : await ebay.OAuth2.mintApplicationAccessToken();
      const read = tokenAnswer(answer);
      if (read === undefined) throw badReply('the login', false);
      if (kind === 'application') ebay.OAuth2.setClientToken({ access_token: read.value, expires_in: read.lastsSeconds });
      return read;
    });
  });

  const once = async <T>(request: EbayRequest<T>, call: Call, used: { token?: ReturnType<typeof tokens.current> }): Promise<T> => {
    const ebay = await client(request.token);
    const writes = request.writes ?? false;
    return await attempt(request.service, request.operation, call, writes, async () => {
      const token = tokens.current(request.token);
      used.token = token;
      const answer = request.read(await request.send(ebay));
      if (answer === undefined) throw badReply(request.operation, writes);
      if (token !== undefined) token.worked = true;
      return answer;
    });
  };

  return {
    site,
    errors,
    request: async (request, call) => {
      await tokens.get(request.token, call);
      const used: { token?: ReturnType<typeof tokens.current> } = {};
      try {
        return await once(request, call, used);
      } catch (error) {
        if (!isTokenRefused(error) || !(await tokens.renew(request.token, used.token, call))) throw error;
        return await once(request, call, used);
      }
    },
  };
}

/** eBay answers an expired token with 401/1001, and in the Inventory API also with 403/1100 (CONTRACTS 1.5). */
function isTokenRefused(error: unknown): boolean {
  return error instanceof EbayError && (error.status === 401 || (error.status === 403 && error.errorIds.includes(1100)));
}

/** An error of the language itself is a bug of easyflip, and must not pass for a bad connection. */
function isOurMistake(error: unknown): boolean {
  return (error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError) && !('config' in error);
}

/** Real credentials never go to another address, and practice never reaches eBay. */
function practiceBase(environment: Environment, baseUrl: string | undefined): URL | undefined {
  if (environment !== 'practice' && baseUrl === undefined) return undefined;
  const url = baseUrl !== undefined && URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const loopback = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (environment === 'practice' && url !== undefined && loopback) return url;
  throw new EasyflipError(
    'config.invalid',
    'The address of the practice marketplace must be http on this machine, and only practice has one.',
    {
      hint: 'Set EASYFLIP_PRACTICE_URL to the address that `easyflip practice` prints, or leave it unset.',
    },
  );
}

interface ClientParts {
  readonly environment: Environment;
  readonly credentials: EbayCredentials;
  readonly base: URL | undefined;
  readonly attemptSignal: AsyncLocalStorage<AbortSignal>;
  readonly site: Site;
}

async function createClient(kind: TokenKind, { environment, credentials, base, attemptSignal, site }: ClientParts): Promise<eBayApi> {
  const { default: EbayApi } = await import('ebay-api');
  const ebay = new EbayApi({
    appId: credentials.appId,
    certId: credentials.certId,
    sandbox: environment === 'sandbox',
    marketplaceId: EbayApi.MarketplaceId[site.id],
    contentLanguage: site.language,
    acceptLanguage: site.language,
    scope: kind === 'user' ? [...EBAY_USER_SCOPES] : [SCOPE],
    autoRefreshToken: false,
    axiosConfig: {
      timeout: LAST_RESORT_TIMEOUT_MS,
      maxRedirects: 0,
      maxContentLength: ANSWER_MAX_BYTES,
      ...(base === undefined ? {} : { proxy: false as const }),
    },
  });
  if (kind === 'user') ebay.OAuth2.setCredentials({ access_token: '', refresh_token: credentials.refreshToken, expires_in: 0 });
  ebay.req.instance.interceptors.request.use((config) => {
    const signal = attemptSignal.getStore();
    if (signal !== undefined) config.signal = signal;
    if (base !== undefined) {
      const target = new URL(config.url ?? '');
      config.headers.set('X-Forwarded-Host', target.hostname);
      config.url = new URL(target.pathname + target.search, base).href;
    }
    return config;
  });
  return ebay;
}
