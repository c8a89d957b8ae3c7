import { EasyflipError, ProblemsError } from '../core/errors.ts';
import type { StoredLogin } from '../core/ports/credentials.ts';
import type { Environment } from '../core/settings.ts';
import { endpoint } from './endpoints.ts';

export interface EbayCredentials {
  /** eBay calls it App ID or client id. */
  readonly appId: string;
  /** eBay calls it Cert ID or client secret. */
  readonly certId: string;
  readonly refreshToken: string;
}

/** Public on purpose: the practice marketplace knows these and nothing else does. */
const PRACTICE_CREDENTIALS: EbayCredentials = {
  appId: 'practice-app',
  certId: 'practice-cert',
  refreshToken: 'practice-refresh-token',
};

const EBAY_VARIABLES = [
  ['appId', 'EBAY_APP_ID'],
  ['certId', 'EBAY_CERT_ID'],
  ['refreshToken', 'EBAY_REFRESH_TOKEN'],
] as const;

/**
 * The seller's eBay credentials: environment variables first, then the stored login, in practice then the
 * public constants. A stored consent serves only the application it was given to.
 * Errors: `config.missing-credentials` naming what is missing; `config.invalid` when the keyset plainly
 * belongs to the other eBay (its ids contain PRD or SBX).
 */
export function ebayCredentials(environment: Environment, env: NodeJS.ProcessEnv, stored: StoredLogin = {}): EbayCredentials {
  if (environment === 'practice')
    return stored.refreshToken ? { ...PRACTICE_CREDENTIALS, refreshToken: stored.refreshToken } : PRACTICE_CREDENTIALS;
  const { appId, certId } = ebayKeyset(env, stored);
  const sameApp = appId === stored.appId;
  const refreshToken = env.EBAY_REFRESH_TOKEN?.trim() || (sameApp ? stored.refreshToken : undefined);
  if (appId === undefined || certId === undefined || refreshToken === undefined) {
    const known = { appId, certId, refreshToken };
    const missing = EBAY_VARIABLES.filter(([key]) => known[key] === undefined).map(([, variable]) => variable);
    throw new ProblemsError(
      'config.missing-credentials',
      `You are not logged in to eBay's ${environment} environment; missing: ${missing.join(', ')}.`,
      missing.map((variable) => `${variable}: is not set, and no login is stored`),
      { hint: `Run \`easyflip auth login --env ${environment}\`, or set these environment variables; --env practice needs none.` },
    );
  }
  refuseOtherKeyset(environment, appId, certId);
  return { appId, certId, refreshToken };
}

/** The application's part, as far as it is known. */
export function ebayKeyset(env: NodeJS.ProcessEnv, stored: StoredLogin = {}): Partial<Pick<StoredLogin, 'appId' | 'certId' | 'ruName'>> {
  const appId = env.EBAY_APP_ID?.trim() || stored.appId;
  const certId = env.EBAY_CERT_ID?.trim() || stored.certId;
  const ruName = env.EBAY_RU_NAME?.trim() || stored.ruName;
  return { ...(appId && { appId }), ...(certId && { certId }), ...(ruName && { ruName }) };
}

/** Public on purpose, as the practice marketplace's other names. */
export const PRACTICE_KEYSET = { appId: PRACTICE_CREDENTIALS.appId, certId: PRACTICE_CREDENTIALS.certId, ruName: 'practice-ru-name' };

/** Errors: `config.invalid`. */
export function refuseOtherKeyset(environment: Exclude<Environment, 'practice'>, appId: string, certId: string): void {
  const other = environment === 'production' ? 'SBX' : 'PRD';
  if (!appId.includes(`-${other}-`) && !certId.startsWith(`${other}-`)) return;
  const owner = environment === 'production' ? 'sandbox' : 'production';
  throw new EasyflipError('config.invalid', `EBAY_APP_ID and EBAY_CERT_ID hold a ${owner} keyset, but the environment is ${environment}.`, {
    hint: `Set the ${environment} keyset of your eBay developer account, or use --env ${owner}.`,
  });
}

export interface OpenAiCredentials {
  readonly apiKey: string;
  /** Without a slash at its end; absent: OpenAI's own. */
  readonly baseUrl?: string;
}

/** Undefined without OPENAI_API_KEY. Errors: `config.invalid` for a forbidden OPENAI_BASE_URL. */
export function openAiCredentials(env: NodeJS.ProcessEnv): OpenAiCredentials | undefined {
  const apiKey = env.OPENAI_API_KEY?.trim();
  const baseUrl = endpoint('OPENAI_BASE_URL', env);
  if (!apiKey) return undefined;
  return { apiKey, ...(baseUrl !== undefined && { baseUrl }) };
}

export interface VisionCredentials {
  readonly apiKey?: string;
  /** Path of a service account's key file. */
  readonly keyFile?: string;
  readonly endpoint?: string;
}

/** Undefined without GOOGLE_VISION_API_KEY and GOOGLE_APPLICATION_CREDENTIALS. Errors: `config.invalid` for a forbidden endpoint. */
export function visionCredentials(env: NodeJS.ProcessEnv): VisionCredentials | undefined {
  const apiKey = env.GOOGLE_VISION_API_KEY?.trim();
  const keyFile = env.GOOGLE_APPLICATION_CREDENTIALS?.trim();
  const address = endpoint('GOOGLE_VISION_ENDPOINT', env);
  if (!apiKey && !keyFile) return undefined;
  return { ...(apiKey && { apiKey }), ...(keyFile && { keyFile }), ...(address !== undefined && { endpoint: address }) };
}

/** App ID and RuName are none: both stand in the address of the consent page, which must be told whole. */
export const SECRET_VARIABLES = ['EBAY_CERT_ID', 'EBAY_REFRESH_TOKEN', 'EASYFLIP_PASSPHRASE', 'OPENAI_API_KEY', 'GOOGLE_VISION_API_KEY'];

/** Whoever knows a webhook's address can write there. */
export const WEBHOOK_VARIABLE = 'EASYFLIP_WEBHOOK';
export const isWebhookVariable = (name: string): boolean => name === WEBHOOK_VARIABLE || name.startsWith(`${WEBHOOK_VARIABLE}_`);

/** Everything in the environment that must never be shown, for `redact`. */
export const secretsIn = (env: NodeJS.ProcessEnv): string[] =>
  [...SECRET_VARIABLES, ...Object.keys(env).filter(isWebhookVariable)].flatMap((name) => env[name]?.trim() || []);
