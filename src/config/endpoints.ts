import { EasyflipError } from '../core/errors.ts';

/** Variables that send calls to another address. */
export type EndpointVariable = 'OPENAI_BASE_URL' | 'EASYFLIP_PRACTICE_URL' | 'GOOGLE_VISION_ENDPOINT';

/**
 * The address in this variable without a slash at its end, or undefined when it is not set. https is accepted
 * anywhere, plain http on this machine only: keys and pictures travel there. Errors: `config.invalid`; the
 * address is not repeated in them, for it may hold a password.
 */
export function endpoint(variable: EndpointVariable, env: NodeJS.ProcessEnv): string | undefined {
  const text = env[variable]?.trim();
  if (!text) return undefined;
  if (!URL.canParse(text)) throw refused(variable, 'is not a web address', 'Write it in full, such as https://host/v1.');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    throw refused(variable, 'contains a user name or password', 'Take them out of the address.');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw refused(variable, 'is neither https nor http on this machine (127.0.0.1, [::1] or localhost)', 'Use https for any other host.');
  }
  return url.href.replace(/\/+$/, '');
}

/** URL has already brought IPv4 addresses into dotted form. */
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);

const refused = (variable: string, what: string, hint: string): EasyflipError =>
  new EasyflipError('config.invalid', `${variable} ${what}.`, { hint });
