import type { JsonObject } from './layers.ts';
import { isObject } from './layers.ts';

/** Keys that look like credentials, whatever they are called exactly. */
const SECRET_KEY = /token|secret|passw|credential|private_?key|api_?-?key|(app|cert|dev|client)_?-?id|authorization/i;

/** How keys of OpenAI, eBay and Google look, should one stand under a harmless name. */
const SECRET_VALUE = /^(sk-[\w-]{16,}|v\^1\.1#|AIza[\w-]{20,}|(PRD|SBX)-[0-9a-f]{8,})|-----BEGIN [A-Z ]*PRIVATE KEY/;

/** Holds words chosen by the seller, not settings. */
const FREE_KEYS = 'check.restrictedWords';

/**
 * A copy of the file's content without keys that must not be there, and a problem for each. Values are
 * never quoted. `__proto__` would change objects instead of setting something, so it is taken out before
 * anything is merged.
 */
export function withoutForbidden(content: JsonObject): { readonly content: JsonObject; readonly problems: string[] } {
  const problems: string[] = [];

  const copy = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((member, at) => copy(member, `${path}[${at}]`));
    if (!isObject(value)) {
      if (typeof value === 'string' && SECRET_VALUE.test(value)) problems.push(secretProblem(path));
      return value;
    }
    const kept: JsonObject = {};
    for (const [key, member] of Object.entries(value)) {
      const place = path === '' ? key : `${path}.${key}`;
      if (key === '__proto__') problems.push(`${place}: is not a setting and is not allowed here`);
      else if (path !== FREE_KEYS && SECRET_KEY.test(key)) problems.push(secretProblem(place));
      else kept[key] = copy(member, place);
    }
    return kept;
  };

  return { content: copy(content, '') as JsonObject, problems };
}

const secretProblem = (path: string): string =>
  `${path}: looks like a secret, and secrets do not belong in the config file; set ${variableFor(path)} and remove it here`;

/** Best guess at the variable that was meant. */
function variableFor(path: string): string {
  const plain = path.toLowerCase().replace(/[^a-z]/g, '');
  if (/openai|model|analysis/.test(plain)) return 'the environment variable OPENAI_API_KEY';
  if (/google|vision/.test(plain)) return 'the environment variable GOOGLE_VISION_API_KEY';
  if (/refresh|token/.test(plain)) return 'the environment variable EBAY_REFRESH_TOKEN';
  if (/cert|clientsecret/.test(plain)) return 'the environment variable EBAY_CERT_ID';
  if (/appid|clientid/.test(plain)) return 'the environment variable EBAY_APP_ID';
  return 'an environment variable';
}
