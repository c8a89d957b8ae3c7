import { Chalk } from 'chalk';
import type { KeySource } from '../core/ports/index.ts';
import type { Environment } from '../core/settings.ts';
import { clean } from './text.ts';
import type { TextStyle } from './text-style.ts';

/** A secret, told by its end only. */
interface Masked {
  readonly ending: string;
  readonly from: 'environment' | 'stored';
}

export interface AuthView {
  readonly environment: Environment;
  readonly file: string;
  readonly keySource: KeySource | null;
  readonly appId: Masked | null;
  readonly certId: Masked | null;
  readonly ruName: Masked | null;
  readonly refreshToken: Masked | null;
  /** ISO time; null when it is not known. */
  readonly refreshTokenExpiresAt: string | null;
  readonly username: string | null;
  /** What easyflip would ask for and the seller has not consented to. */
  readonly missingScopes: readonly string[];
}

const KEYS: Readonly<Record<KeySource, string>> = {
  keychain: "in this machine's keychain",
  passphrase: 'made from EASYFLIP_PASSPHRASE',
  file: 'in a key file beside it, readable for you only',
};

const SOON_MS = 30 * 86_400_000;

/** `easyflip auth status`. Ends with a line break. */
export function renderAuth(view: AuthView, { color, commandSuffix = '' }: TextStyle, nowMs: number): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const { environment, username, refreshToken, refreshTokenExpiresAt, missingScopes, keySource, file } = view;
  const lines: string[] = [];
  if (environment === 'practice' && !refreshToken) lines.push('practice needs no login: its marketplace runs on this machine.');
  else if (refreshToken) lines.push(paint.green(`Logged in to eBay ${environment}${username ? ` as ${clean(username)}` : ''}.`));
  else lines.push(paint.yellow(`Not logged in to eBay ${environment}.`));
  const row = (name: string, value: Masked | null): void => {
    if (environment === 'practice' && value?.from !== 'environment' && name !== 'consent') return;
    lines.push(
      `  ${name.padEnd(9)} ${value ? `…${clean(value.ending)}, ${value.from === 'stored' ? 'stored' : 'from the environment variable'}` : paint.yellow('not known')}`,
    );
  };
  row('App ID', view.appId);
  row('Cert ID', view.certId);
  row('RuName', view.ruName);
  if (refreshToken) {
    row('consent', refreshToken);
    if (refreshTokenExpiresAt) {
      const left = Date.parse(refreshTokenExpiresAt) - nowMs;
      const text = `  good until ${refreshTokenExpiresAt.slice(0, 10)}`;
      lines.push(left < SOON_MS ? paint.yellow(`${text}: run easyflip auth login${commandSuffix} soon`) : text);
    }
  }
  for (const scope of missingScopes) lines.push(paint.yellow(`  no consent for ${scope.split('/').pop() ?? scope}`));
  if (keySource) lines.push(`  kept in ${file}, its key ${KEYS[keySource]}`);
  if (!refreshToken && environment !== 'practice')
    lines.push('', `${paint.bold('Next:')} ${paint.cyan(`easyflip auth login${commandSuffix}`)}`);
  return `${lines.join('\n')}\n`;
}

/** `easyflip auth status --json`; also the last line of `auth login --json`. */
export const authJson = (view: AuthView): Record<string, unknown> => ({
  type: 'auth.status',
  environment: view.environment,
  loggedIn: view.refreshToken !== null || view.environment === 'practice',
  username: view.username,
  appId: view.appId,
  certId: view.certId,
  ruName: view.ruName,
  refreshToken: view.refreshToken,
  refreshTokenExpiresAt: view.refreshTokenExpiresAt,
  missingScopes: view.missingScopes,
  keySource: view.keySource,
  file: view.file,
});

/** What to do where nobody can paste. Ends with a line break. */
export const renderConsentWanted = (url: string, { commandSuffix = '' }: TextStyle): string =>
  `Open this page and agree:\n\n${url}\n\nThen, within five minutes: easyflip auth login${commandSuffix} --code "the address that eBay sends you to"\n`;

/** `easyflip auth login --json` where nobody can paste: one object. */
export const consentWantedJson = (environment: Environment, url: string): Record<string, unknown> => ({
  type: 'auth.consent-wanted',
  environment,
  url,
});

/** `easyflip auth logout --json`. */
export const logoutJson = (environment: Environment, removed: boolean): Record<string, unknown> => ({
  type: 'auth.logout',
  environment,
  removed,
});
