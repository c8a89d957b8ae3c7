import type { AsyncLocalStorage } from 'node:async_hooks';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type eBayApi from 'ebay-api';
import { EasyflipError } from '../../core/errors.ts';
import type { Attempt } from '../../core/ports/outgoing.ts';
import type { Environment } from '../../core/settings.ts';
import type { Site } from '../../core/site.ts';
import type { EbayCredentials, TokenKind } from './credentials.ts';

/** Says who is meant by a scope: `https://api.ebay.com/oauth/api_scope/sell.inventory`. */
const SCOPE = 'https://api.ebay.com/oauth/api_scope';

/** The Outgoing port ends an attempt by its signal; this only catches a client that was left alone. */
const LAST_RESORT_TIMEOUT_MS = 180_000;
const ANSWER_MAX_BYTES = 64 * 1024 * 1024;

/** Real credentials never go to another address, and practice never reaches eBay. */
export function practiceBase(environment: Environment, baseUrl: string | undefined): URL | undefined {
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

/**
 * Each call has a connection of its own. On a line that is used again, an answer that comes late or twice is taken
 * for the answer to the next call: another item's picture, an empty account. A handshake is a small price for that.
 */
const lines = { httpAgent: new HttpAgent({ keepAlive: false }), httpsAgent: new HttpsAgent({ keepAlive: false }) };

interface ClientParts {
  readonly environment: Environment;
  readonly credentials: EbayCredentials;
  readonly base: URL | undefined;
  /** The one under way: it travels beside the call, because the client takes no signal and tells of no headers. */
  readonly attempts: AsyncLocalStorage<Pick<Attempt, 'signal' | 'answered'>>;
  readonly site: Site;
  /** Told with each answer: what time it is at eBay; milliseconds since 1970, whole seconds. */
  readonly onTime?: (ebayMs: number) => void;
}

/** One object of the `ebay-api` client. Application and user token share one scope list inside it, so each kind has its own. */
export async function createClient(
  kind: TokenKind,
  { environment, credentials, base, attempts, site, onTime }: ClientParts,
): Promise<eBayApi> {
  const { default: EbayApi } = await import('ebay-api');
  const ebay = new EbayApi({
    appId: credentials.appId,
    certId: credentials.certId,
    sandbox: environment === 'sandbox',
    marketplaceId: EbayApi.MarketplaceId[site.id],
    contentLanguage: site.language,
    acceptLanguage: site.language,
    // A refresh that names no scope gets all that the seller consented to; naming one too many gets none.
    scope: kind === 'user' ? [] : [SCOPE],
    autoRefreshToken: false,
    axiosConfig: {
      timeout: LAST_RESORT_TIMEOUT_MS,
      maxRedirects: 0,
      maxContentLength: ANSWER_MAX_BYTES,
      ...lines,
      ...(base === undefined ? {} : { proxy: false as const }),
    },
  });
  if (kind === 'user') ebay.OAuth2.setCredentials({ access_token: '', refresh_token: credentials.refreshToken, expires_in: 0 });
  // The client keeps its APIs by their last names: of two called Analytics, the first one asked for answers for both. With the
  // application's token only the developer's is used (getRateLimits), with the seller's only that of selling.
  if (kind === 'application') void ebay.developer;
  ebay.req.instance.interceptors.request.use((config) => {
    const attempt = attempts.getStore();
    if (attempt !== undefined) config.signal = attempt.signal;
    if (typeof config.data === 'string') config.data = config.data.replace(/&scope=(?=&|$)/, '');
    if (base !== undefined) {
      const target = new URL(config.url ?? '');
      config.headers.set('X-Forwarded-Host', target.hostname);
      config.url = new URL(target.pathname + target.search, base).href;
    }
    return config;
  });
  const tell = (answer: { readonly status: number; readonly headers: object } | undefined): void => {
    if (answer === undefined) return;
    const toldMs = Date.parse(String(Reflect.get(answer.headers, 'date')));
    if (Number.isFinite(toldMs)) onTime?.(toldMs);
    const requestId: unknown = Reflect.get(answer.headers, REQUEST_ID);
    attempts.getStore()?.answered({ status: answer.status, ...(typeof requestId === 'string' ? { requestId } : {}) });
  };
  ebay.req.instance.interceptors.response.use(
    (answer) => {
      tell(answer);
      return answer;
    },
    (error: { readonly response?: { readonly status: number; readonly headers: object } }) => {
      tell(error.response);
      throw error;
    },
  );
  return ebay;
}

/** eBay's name for a request, in lower case as Node.js gives headers; its support asks for it. */
const REQUEST_ID = 'x-ebay-c-request-id';
