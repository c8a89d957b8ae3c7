import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Reason } from '../core/errors.ts';
import type { Currency } from '../core/money.ts';
import type { SellerFacts } from '../core/seller-facts.ts';
import { nearestKey } from './nearest-key.ts';
import { SIDECAR_KEYS, type SidecarFacts, sidecarShape } from './sidecar-shape.ts';

/** What one file beside the photos says, or what is wrong with it. */
export interface Sidecar {
  readonly path: string;
  readonly facts: SellerFacts;
  /** Whole sentences with their place; the facts are empty then, since half a sidecar may list at a wrong price. */
  readonly problems: readonly string[];
}

/** A sidecar is written by hand; something larger was put there by mistake. */
const MAX_BYTES = 256 * 1024;

/** Reads one sidecar; amounts in it are in the marketplace's currency. Never throws for what may be wrong with it: all problems are returned together. */
export async function readSidecar(path: string, currency: Currency): Promise<Sidecar> {
  let content: Buffer;
  try {
    const found = await stat(path);
    if (!found.isFile()) return wrong(path, [`${basename(path)} is no ordinary file.`]);
    const { size } = found;
    if (size > MAX_BYTES) return wrong(path, [`${basename(path)} has ${size} bytes; a sidecar has at most ${MAX_BYTES}.`]);
    content = await readFile(path);
  } catch (error) {
    return wrong(path, [`${basename(path)} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown cause'}).`]);
  }
  return parseSidecar(path, decodeText(content), currency);
}

/**
 * By the ending of its name: `.txt` is a note, `.json` JSON, anything else YAML 1.2 (every value as text,
 * so that a GTIN keeps its leading zero and a size `no` stays `no`). A key without a value counts as absent.
 */
export async function parseSidecar(path: string, content: string, currency: Currency): Promise<Sidecar> {
  const name = basename(path);
  if (extname(path).toLowerCase() === '.txt') {
    const note = content.trim();
    return { path, facts: note === '' ? {} : { note }, problems: [] };
  }
  const parsed = extname(path).toLowerCase() === '.json' ? parseJson(content) : await parseYaml(content);
  if ('mistake' in parsed) return wrong(path, [`${name}: ${parsed.mistake}`]);
  const { value } = parsed;
  if (value === null || value === undefined || value === '') return { path, facts: {}, problems: [] };
  if (typeof value !== 'object' || Array.isArray(value))
    return wrong(path, [`${name}: must be a list of keys with values, such as "price: 24.99".`]);

  const mistake = mistakeIn(value);
  if (mistake) return wrong(path, [`${name}: ${mistake}.`]);
  const said = Object.fromEntries(Object.entries(value).filter(([, member]) => !isBlank(member)));
  const result = sidecarShape(currency).safeParse(said);
  if (result.success) return { path, facts: result.data as SidecarFacts, problems: [] };
  return wrong(
    path,
    result.error.issues.flatMap((issue) => sentences(name, issue)),
  );
}

export const sidecarReason = (problems: readonly string[]): Reason => ({
  code: 'sidecar.invalid',
  message: problems.join(' '),
  hint: 'Correct the file and run again; the item waits until then.',
});

/** More than anybody mends at a time; a file of another kind may have thousands. */
const MAX_PROBLEMS = 20;

function wrong(path: string, problems: readonly string[]): Sidecar {
  const more = problems.length - MAX_PROBLEMS;
  const told = more > 0 ? [...problems.slice(0, MAX_PROBLEMS), `${basename(path)} has ${more} more problems.`] : problems;
  return { path, facts: {}, problems: told };
}

/** The facts are three levels deep. What is deeper, or (in YAML) holds itself, would exhaust the stack further on. */
const MAX_DEPTH = 10;

function mistakeIn(value: object, depth = 1): string | undefined {
  if (depth > MAX_DEPTH) return 'is nested too deeply';
  // zod drops this one name without a word instead of refusing it.
  if (Object.hasOwn(value, '__proto__')) return 'unknown key "__proto__"';
  for (const member of Object.values(value)) {
    const mistake = member !== null && typeof member === 'object' ? mistakeIn(member, depth + 1) : undefined;
    if (mistake) return mistake;
  }
  return undefined;
}

const isBlank = (value: unknown): boolean => value === null || (typeof value === 'string' && value.trim() === '');

/** Editors on Windows write UTF-16 or a byte order mark. */
function decodeText(content: Buffer): string {
  const utf16 = content[0] === 0xff && content[1] === 0xfe;
  return content.toString(utf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}

type Parsed = { readonly value: unknown } | { readonly mistake: string };

function parseJson(content: string): Parsed {
  if (content.trim() === '') return { value: null };
  try {
    return { value: JSON.parse(content) };
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1];
    const line = position === undefined ? '' : ` near line ${content.slice(0, Number(position)).split('\n').length}`;
    return { mistake: `is not valid JSON${line}; check quotes and commas.` };
  }
}

async function parseYaml(content: string): Promise<Parsed> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(content, { schema: 'failsafe', prettyErrors: false, uniqueKeys: true, logLevel: 'error' });
  const [error] = document.errors;
  if (error)
    return { mistake: `is not valid YAML near line ${content.slice(0, error.pos[0]).split('\n').length}; check colons and indentation.` };
  try {
    return { value: document.toJS({ maxAliasCount: 20 }) };
  } catch {
    return { mistake: 'holds too many references; write the values out.' };
  }
}

interface Issue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function sentences(file: string, issue: Issue): string[] {
  const place = issue.path.map(String).join('.');
  if (issue.code !== 'unrecognized_keys') return [`${file}: ${place ? `${place} ` : ''}${issue.message}.`];
  return (issue.keys ?? []).map((key) => {
    const near = place === '' ? nearestKey(key, SIDECAR_KEYS) : undefined;
    const where = place === '' ? '' : ` in ${place}`;
    return `${file}: unknown key "${key.slice(0, 60)}"${where}${near ? ` (did you mean "${near}"?)` : ''}.`;
  });
}
