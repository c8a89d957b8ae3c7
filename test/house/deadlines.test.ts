import { expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

const ours = sourceFiles('src').filter(({ path }) => !path.startsWith('src/practice/'));

/** What stands in the parentheses that open at the end of each match, with the place. */
function callsOf(pattern: RegExp): readonly { readonly path: string; readonly inside: string }[] {
  return ours.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map((match) => {
      const from = match.index + match[0].length;
      let depth = 1;
      let at = from;
      for (; depth > 0 && at < text.length; at += 1) depth += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0;
      return { path, inside: text.slice(from, at - 1) };
    }),
  );
}
const without = (calls: ReturnType<typeof callsOf>): readonly string[] =>
  calls.filter(({ inside }) => !/\bsignal\b|Signal\(/.test(inside)).map(({ path, inside }) => `${path}: ${inside.slice(0, 80)}`);

it('no request leaves without a signal that can end it', () => {
  const requests = callsOf(/(?<![.\w])fetch\(/g);
  expect(requests.length).toBeGreaterThan(2);
  expect(without(requests)).toEqual([]);

  // What goes through the guards hands their signal on; it aborts with the time limit, a cancel and the end of the run's time.
  const guarded = callsOf(/\boutgoing\.run\(/g).filter(({ path }) => path.startsWith('src/adapters/'));
  expect(guarded.length).toBeGreaterThan(4);
  expect(without(guarded)).toEqual([]);

  const openai = callsOf(/\b(?:api|client)\.(?:chat\.completions|batches|files|models)\.(?:create|list|retrieve|content|delete|cancel)\(/g);
  expect(openai.length).toBeGreaterThan(5);
  expect(without(openai)).toEqual([]);
});

it('clients that take no signal get it beside the call, and have a last limit of their own', () => {
  const of = (path: string): string => ours.find((file) => file.path === path)?.text ?? '';
  expect(of('src/adapters/ebay/client.ts')).toMatch(/config\.signal = attempt\.signal/);
  expect(of('src/adapters/ebay/client.ts')).toMatch(/timeout: LAST_RESORT_TIMEOUT_MS/);
  const vision = ours.filter(({ path }) => path.startsWith('src/adapters/google-vision/')).map(({ text }) => text);
  expect(vision.join('')).toMatch(/signal: AbortSignal\.any\(signals\)/);
  expect(vision.join('')).toMatch(/timeout: LAST_RESORT_TIMEOUT_MS/);
});

/** Where processes and threads are started, and what ends each of them. */
const BOUNDED: Readonly<Record<string, RegExp>> = {
  'src/credentials/keychain.ts': /setTimeout\(\(\) => child\.kill\('SIGKILL'\), patience\)/,
  'src/imaging/thread-pool.ts': /setTimeout\(\(\) => end\(\(\) => reject\(tooSlow\(timeoutMs\)\)\), timeoutMs\)/,
  'src/notify/command.ts': /setTimeout\(\(\) => end\(`it did not end within/,
  'src/store/process-identity.ts': /timeout: ASK_TIMEOUT_MS/,
  'src/adapters/local/ocr-workers.ts': /signal: AbortSignal/,
  // Outlives the program on purpose, and ends itself when nobody asks it.
  'src/app/practice-process.ts': /--idle-exit-seconds/,
};

it('every child and thread has something that ends it', () => {
  const starters = ours.filter(({ text }) =>
    /\b(?:spawn|fork|execFile|execFileSync|spawnSync|exec|createWorker)\(|new Worker\(/.test(code(text)),
  );
  expect(starters.map(({ path }) => path).toSorted()).toEqual(Object.keys(BOUNDED).toSorted());
  for (const { path, text } of starters) expect(text, path).toMatch(BOUNDED[path] ?? /$^/);
});

/** Without methods of other things: `pattern.exec(…)`, `db.exec(…)`. */
const code = (text: string): string => text.replace(/\.exec\(/g, '(');
