import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { DescriptionTemplate } from '../core/settings.ts';

/** eBay takes 4,000 characters of description (CONTRACTS 2.2); a template needs room for comments and tags besides. */
const MAX_BYTES = 64 * 1024;

/**
 * What eBay forbids in a listing ("active content" policy; Inventory API, `product.description`: simple HTML, no active
 * content), and what would let a value out of its escaping.
 */
const REFUSED: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  {
    pattern: /<\s*(script|iframe|frame|frameset|object|embed|applet|form|input|button|textarea|select|meta|base|svg|math|link|style)\b/gi,
    what: 'the tag <$1>',
  },
  { pattern: /<[^>]*?[\s/"'](on[a-z]+)\s*=/gi, what: 'the handler $1' },
  { pattern: /(?:javascript|vbscript)\s*:/gi, what: 'an address that runs something' },
  { pattern: /<[^>]*?[\s/"'](?:href|src|srcset|action|background|poster|xlink:href)\s*=/gi, what: 'a link or a picture from elsewhere' },
  { pattern: /(?:@import|expression\s*\(|url\s*\()/gi, what: 'a style from elsewhere' },
  { pattern: /\{\{\{|\{\{\s*&/g, what: 'a value without escaping' },
  { pattern: /\{\{\s*>/g, what: 'a part from another file' },
  { pattern: /\{\{\s*=/g, what: 'a change of the braces' },
];

/** Names a template may use; a misspelt one would silently be empty. */
const NAMES: ReadonlySet<string> = new Set(
  '. title text condition conditionNote flaws measurements specifics footer name value hasText hasFlaws hasMeasurements hasSpecifics'.split(
    ' ',
  ),
);

export type TemplateRead = { readonly template: DescriptionTemplate } | { readonly problems: readonly string[] };

/**
 * Reads and checks the seller's description template. A path is taken from the folder of the config file (else from
 * the working folder). Never throws for what may be wrong with the file: problems are whole sentences with their line.
 */
export async function readDescriptionTemplate(path: string, configFile: string | undefined, cwd: string): Promise<TemplateRead> {
  const file = resolve(configFile === undefined ? cwd : dirname(configFile), path);
  let bytes: Buffer;
  try {
    const found = await stat(file);
    // Looked at first: what is large is never read, and a device or a pipe would never end.
    if (found.isFile() && found.size > MAX_BYTES) return { problems: [`${KEY}: ${file} has more than ${MAX_BYTES} bytes`] };
    if (!found.isFile() && !found.isDirectory()) return { problems: [`${KEY}: ${file} is no ordinary file`] };
    bytes = await readFile(file);
  } catch (error) {
    return { problems: [`${KEY}: ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`] };
  }
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const problems = [...refusedIn(text), ...(await mistakesIn(text))].map(
    ({ line, what }) => `${KEY}: ${basename(file)} line ${line}: ${what}`,
  );
  return problems.length > 0 ? { problems } : { template: { file, text } };
}

const KEY = 'listing.descriptionTemplate';

interface Mistake {
  readonly line: number;
  readonly what: string;
}

function refusedIn(text: string): Mistake[] {
  return REFUSED.flatMap(({ pattern, what }) =>
    [...text.matchAll(pattern)].map((match) => ({
      line: lineAt(text, match.index),
      what: `${what.replace('$1', match[1] ?? '')} is not allowed in a listing`,
    })),
  );
}

type Token = readonly [kind: string, value: string, from: number, to: number, inside?: readonly Token[]];

async function mistakesIn(text: string): Promise<Mistake[]> {
  const { default: mustache } = await import('mustache');
  let tokens: readonly Token[];
  try {
    tokens = mustache.parse(text) as unknown as readonly Token[];
  } catch (error) {
    const message = error instanceof Error ? error.message : 'it cannot be read';
    return [{ line: lineAt(text, Number(/ at (\d+)/.exec(message)?.[1] ?? 0)), what: `${message.replace(/ at \d+$/, '')} (Mustache)` }];
  }
  return unknownNames(tokens).map(({ name, at }) => ({ line: lineAt(text, at), what: `{{${name}}} is no name that a description has` }));
}

function unknownNames(tokens: readonly Token[]): readonly { readonly name: string; readonly at: number }[] {
  return tokens.flatMap(([kind, value, from, , inside]) => {
    const isName = kind === 'name' || kind === '#' || kind === '^';
    return [...(isName && !NAMES.has(value) ? [{ name: value, at: from }] : []), ...(Array.isArray(inside) ? unknownNames(inside) : [])];
  });
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;
