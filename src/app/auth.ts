import { randomBytes, randomUUID } from 'node:crypto';
import { marketplaceLogin } from '../adapters/registry.ts';
import { ebayKeyset, PRACTICE_KEYSET, refuseOtherKeyset } from '../config/secrets.ts';
import { EasyflipError } from '../core/errors.ts';
import type { Emit } from '../core/events.ts';
import type { Call, KeySource, Keyset, MarketplaceLogin, StoredLogin, Vault } from '../core/ports/index.ts';
import { openVault } from '../credentials/vault.ts';
import type { AuthView } from '../report/auth.ts';
import type { App } from './app.ts';
import { marketplaceAddress, outgoingOf, wireMarketplace } from './wire-run.ts';

export interface LoginRequest {
  /** What the seller pasted beforehand: the end of a log-in that was begun earlier. */
  readonly code: string | undefined;
  /** Where the key to the stored login shall lie; undefined: the best there is. */
  readonly key: KeySource | undefined;
  /** Asks for what neither the environment nor an earlier login knows. Errors: `usage.invalid` where nobody can be asked. */
  readonly ask: (missing: readonly (keyof Keyset)[]) => Promise<Partial<Keyset>>;
  /** Shows the consent page's address and brings back what the seller pastes; undefined where nobody can paste. */
  readonly paste: (consentUrl: string, problemWith: (pasted: string) => string | undefined) => Promise<string | undefined>;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** The seller must open the page first, and end the log-in with another command. */
export interface ConsentWanted {
  readonly consentUrl: string;
}

const NOTHING_KNOWN: AuthView = {
  environment: 'practice',
  file: '',
  keySource: null,
  appId: null,
  certId: null,
  ruName: null,
  refreshToken: null,
  refreshTokenExpiresAt: null,
  username: null,
  missingScopes: [],
};

const vaultOf = ({ folders, settings, env }: App, wantedKey?: KeySource): Vault =>
  openVault({ folder: folders.data, environment: settings.environment, env, ...(wantedKey ? { wantedKey } : {}) });

/**
 * Logs in to the environment of the settings, which stays as it is. The keyset is kept with the consent.
 * Where nobody can paste, the log-in is begun and its page given back.
 * Errors: `usage.invalid`, `config.invalid` for a keyset of the other eBay, `provider.auth`, `credentials.unreadable`.
 */
export async function logIn(app: App, request: LoginRequest): Promise<AuthView | ConsentWanted> {
  const { settings, env } = app;
  const vault = vaultOf(app, request.key);
  const keyset = await askedKeyset(app, await storedLogin(vault, request), request);
  if (settings.environment !== 'practice') refuseOtherKeyset(settings.environment, keyset.appId, keyset.certId);
  const { login, idle } = await loginOf(app, request.emit);
  try {
    const begun = request.code === undefined ? await begin(vault, login, keyset, request) : await pending(vault, request.code);
    if ('consentUrl' in begun) return begun;
    const { pasted, state } = begun;
    const consent = await login.redeem(keyset, pasted, state, { signal: request.signal, priority: 0 });
    // Tokens of the login before are worth nothing now.
    await vault.change(async ({ tokens: _old, username: _who, pendingState: _used, ...kept }) => ({ ...kept, ...keyset, ...consent }));
  } finally {
    await idle();
  }
  const username = await whoIs({ ...app, env: withoutLogin(env) }, request);
  if (username) await vault.change(async (stored) => ({ ...stored, username }));
  return await authView(app);
}

/** With a wanted key, a login that cannot be opened (a keychain that stays locked) is given up for the new one. */
async function storedLogin(vault: Vault, { key }: LoginRequest): Promise<StoredLogin | undefined> {
  try {
    return await vault.read();
  } catch (error) {
    if (key !== undefined && error instanceof EasyflipError && error.code === 'credentials.unreadable') return undefined;
    throw error;
  }
}

interface Pasted {
  readonly pasted: string;
  readonly state: string;
}

/** The state is kept before anybody sees the page, so that another process can end what this one began. */
async function begin(vault: Vault, login: MarketplaceLogin, keyset: Keyset, { paste }: LoginRequest): Promise<Pasted | ConsentWanted> {
  const state = randomBytes(16).toString('base64url');
  await vault.change(async (stored) => ({ ...stored, pendingState: state }));
  const consentUrl = login.consentUrl(keyset, state);
  const pasted = await paste(consentUrl, (text) => login.problemWith(text, state));
  return pasted === undefined ? { consentUrl } : { pasted, state };
}

/** A code without any state is taken (eBay's own token page gives such); one with another state is not. */
const pending = async (vault: Vault, pasted: string): Promise<Pasted> => ({ pasted, state: (await vault.read())?.pendingState ?? '' });

/** A login was just stored: an older one in the environment variables must not answer in its place. */
function withoutLogin({ EBAY_REFRESH_TOKEN: _token, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env;
}

async function askedKeyset({ settings, env }: App, stored: StoredLogin | undefined, { ask }: LoginRequest): Promise<Keyset> {
  if (settings.environment === 'practice') return PRACTICE_KEYSET;
  const known = ebayKeyset(env, stored);
  const missing = (['appId', 'certId', 'ruName'] as const).filter((key) => known[key] === undefined);
  const { appId = '', certId = '', ruName = '' } = missing.length === 0 ? known : { ...known, ...(await ask(missing)) };
  return { appId, certId, ruName };
}

async function loginOf(app: App, emit: Emit): Promise<{ readonly login: MarketplaceLogin; readonly idle: () => Promise<void> }> {
  const { settings, clock } = app;
  const outgoing = outgoingOf(app, { runId: randomUUID(), emit });
  return { login: await marketplaceLogin({ settings, outgoing, clock }, await marketplaceAddress(app)), idle: () => outgoing.idle() };
}

/** The seller's name, where the consent covers asking for it. */
async function whoIs(app: App, { emit, signal }: Pick<LoginRequest, 'emit' | 'signal'>): Promise<string | undefined> {
  const { marketplace, close } = await wireMarketplace(app, emit);
  const call: Call = { signal, priority: 0 };
  try {
    return (await marketplace.account.identity(call)).username;
  } catch (error) {
    if (error instanceof EasyflipError && error.code === 'provider.auth') return undefined;
    throw error;
  } finally {
    await close();
  }
}

/** What is known of the login, secrets masked; asks nobody. Errors: `credentials.unreadable`. */
export async function authView(app: App): Promise<AuthView> {
  const { settings, env } = app;
  const vault = vaultOf(app);
  const stored = await vault.read();
  const { login, idle } = await loginOf(app, () => {});
  await idle();
  const practice = settings.environment === 'practice';
  const keyset: Partial<Keyset> = practice ? PRACTICE_KEYSET : ebayKeyset(env, stored);
  const refreshToken = (practice ? undefined : env.EBAY_REFRESH_TOKEN?.trim()) || stored?.refreshToken;
  const own = refreshToken !== undefined && refreshToken === stored?.refreshToken;
  return {
    ...NOTHING_KNOWN,
    environment: settings.environment,
    file: vault.file,
    keySource: (await vault.keySource()) ?? null,
    appId: masked(keyset.appId, env.EBAY_APP_ID),
    certId: masked(keyset.certId, env.EBAY_CERT_ID),
    ruName: masked(keyset.ruName, env.EBAY_RU_NAME),
    refreshToken: masked(refreshToken, env.EBAY_REFRESH_TOKEN),
    refreshTokenExpiresAt: own ? (stored?.refreshTokenExpiresAt ?? null) : null,
    username: own ? (stored?.username ?? null) : null,
    missingScopes: own && stored?.scopes ? login.scopes.filter((scope) => !stored.scopes?.includes(scope)) : [],
  };
}

/** Only the end is shown: enough to tell one from another. */
function masked(value: string | undefined, fromEnvironment: string | undefined): AuthView['appId'] {
  if (!value) return null;
  return { ending: value.slice(-4), from: fromEnvironment?.trim() === value ? 'environment' : 'stored' };
}

/** Forgets the stored login. True when there was one. The consent itself ends on eBay's own page only. */
export const logOut = (app: App): Promise<boolean> => vaultOf(app).remove();
