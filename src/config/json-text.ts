/** What is wrong with a JSON text, and where a person finds it. */
export interface JsonFault {
  /** What is the case there, without quoting the text: it could be a secret. */
  readonly what: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

const MAX_DEPTH = 50;

/**
 * Finds the first fault of a JSON text, also what JSON.parse lets pass (a key that is set twice), in
 * words for somebody who edits by hand. Undefined when there is none. The messages of JSON.parse will
 * not do: they name no line before Node 22 and quote the text.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const reader = new Reader(text);
  try {
    reader.document();
    return undefined;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const before = text.slice(0, fault.at).split('\n');
    return { what: fault.message, line: before.length, column: (before.at(-1) ?? '').length + 1 };
  }
}

class Fault extends Error {
  readonly at: number;
  constructor(what: string, at: number) {
    super(what);
    this.at = at;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const WORD = /true|false|null/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) throw new Fault('something follows after the end of the settings', this.#at);
  }

  #value(depth: number): void {
    if (depth > MAX_DEPTH) throw new Fault('brackets are nested too deeply', this.#at);
    this.#space();
    const next = this.#text[this.#at];
    if (next === '{') this.#object(depth);
    else if (next === '[') this.#list(depth);
    else if (next === '"') this.#string();
    else if (next === undefined) throw new Fault('the file ends too early', this.#at);
    else if (this.#match(NUMBER) === undefined && this.#match(WORD) === undefined) throw new Fault(unexpected(next), this.#at);
  }

  #object(depth: number): void {
    this.#at += 1;
    const keys = new Set<string>();
    if (this.#take('}')) return;
    do {
      this.#space();
      const start = this.#at;
      const next = this.#text[start];
      if (next === '}') throw new Fault('there is a comma after the last entry', start);
      if (next !== '"') throw new Fault(next === undefined ? 'the file ends too early' : 'a key in double quotes was expected', start);
      const key = this.#string();
      if (keys.has(key)) throw new Fault(`"${key}" is set twice`, start);
      keys.add(key);
      if (!this.#take(':')) throw new Fault('a colon was expected after the key', this.#at);
      this.#value(depth + 1);
    } while (this.#take(','));
    this.#close('}');
  }

  #list(depth: number): void {
    this.#at += 1;
    if (this.#take(']')) return;
    do {
      this.#space();
      if (this.#text[this.#at] === ']') throw new Fault('there is a comma after the last entry', this.#at);
      this.#value(depth + 1);
    } while (this.#take(','));
    this.#close(']');
  }

  #close(bracket: string): void {
    if (this.#take(bracket)) return;
    const ended = this.#at >= this.#text.length;
    throw new Fault(ended ? 'the file ends too early' : `a comma or ${bracket} was expected`, this.#at);
  }

  #string(): string {
    const start = this.#at;
    const found = this.#match(STRING);
    if (found === undefined) throw new Fault('a text in quotes is not closed on its line, or holds a wrong \\ sequence', start);
    return JSON.parse(found) as string;
  }

  /** Takes a sign if it is the next one after white space. */
  #take(sign: string): boolean {
    this.#space();
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #space(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}

function unexpected(sign: string): string {
  if (sign === '/' || sign === '#') return 'comments are not allowed in JSON';
  if (sign === "'") return 'texts need double quotes';
  if (sign === ',' || sign === '}' || sign === ']') return 'a value is missing';
  return 'a value was expected (text needs double quotes)';
}
