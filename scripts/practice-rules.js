// Keeps the tables of docs/practice.md: the rules that the conformance tests prove (from vitest's own list of tests,
// where test/practice/conformance/rule.ts puts them), the errors that those tests are answered (from a run of them, kept
// in error-ids.json) and the calls that the practice marketplace can do (from its routes).
// Usage: node scripts/practice-rules.js --write | --check, and --write-errors to run the tests and write their errors down first
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { createVitest } from 'vitest/node';

const PAGE = 'docs/practice.md';
const ROUTES = 'src/practice/desk/routes.ts';
const ERRORS = 'test/practice/conformance/error-ids.json';
/** Rules whose tests send anything and look at no number, or have one played. */
const PROVE_NO_ERROR = /^(odd-bodies|faults)\./;

const page = readFileSync(PAGE, 'utf8');
const mode = process.argv[2];
if (mode === '--write-errors') process.env.PRACTICE_ERROR_BOOK = 'write';
const rules = await readRules(mode === '--write-errors');
if (mode === '--write-errors') writeFileSync(ERRORS, errorBook(rules));
const tables = { rules: rulesTable(rules), errors: await errorsTable(), calls: callsTable() };
const fresh = Object.entries(tables).reduce((text, [name, table]) => filled(text, name, table), page);

if (mode?.startsWith('--write')) {
  writeFileSync(PAGE, fresh);
  console.log(`${PAGE}: ${rules.length} rules`);
} else if (fresh !== page) {
  console.error(`${PAGE} is not up to date: run it again with UPDATE_DOCS=1, or node scripts/practice-rules.js --write`);
  process.exitCode = 1;
}

/** A name is `id: sentence [source]`. Run only for the sake of the errors. */
async function readRules(isRun) {
  const vitest = await createVitest('test', {
    config: false,
    watch: false,
    include: ['test/practice/conformance/**/*.test.ts'],
    reporters: [{ onInit() {} }],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  });
  const { testModules, unhandledErrors } = isRun ? await vitest.start() : await vitest.collect();
  const errors = [...unhandledErrors, ...testModules.flatMap((module) => module.errors())];
  const found = testModules.flatMap((module) =>
    [...module.children.allTests()].flatMap((test) => {
      const parts = /^([a-z0-9.-]+): (.*) \[((?:[^[\]]|\[[^[\]]*\])*)\]$/s.exec(test.name);
      return parts === null
        ? []
        : [{ id: parts[1], sentence: parts[2], source: parts[3], file: module.relativeModuleId, errorIds: test.meta().errorIds }];
    }),
  );
  await vitest.close();
  const failed = isRun ? testModules.filter((module) => !module.ok()).map((module) => module.relativeModuleId) : [];
  if (failed.length > 0) throw new Error(`These tests fail: ${failed.join(', ')}`);
  if (errors.length > 0) throw new Error(`The conformance tests cannot be read: ${errors.map(({ message }) => message).join('; ')}`);
  const ids = found.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (twice.length > 0) throw new Error(`Rules with the same id: ${twice.join(', ')}`);
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function rulesTable(list) {
  const rows = list.map(({ id, sentence, source, file }) => {
    const name = file.replace('test/practice/conformance/', '');
    return `| \`${id}\` | ${cell(sentence)} | ${cell(source)} | [${name}](../${file}) |`;
  });
  return [`${list.length} rules.`, '', '| rule | what the server does | source | proved by |', '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}

/** By error number, the rules whose tests were answered it. */
function errorBook(list) {
  const book = {};
  for (const { id, errorIds } of list) {
    if (PROVE_NO_ERROR.test(id)) continue;
    for (const number of errorIds ?? []) book[number] = [...(book[number] ?? []), id];
  }
  const lines = Object.entries(book).map(([number, ids]) => `  "${number}": ${JSON.stringify(ids).replaceAll(',', ', ')}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

async function errorsTable() {
  const book = JSON.parse(readFileSync(ERRORS, 'utf8'));
  const bundled = await build({ entryPoints: ['src/practice/wire/error-table.ts'], bundle: true, format: 'esm', write: false });
  const source = bundled.outputFiles[0].text;
  const { ERROR_TABLE } = await import(`data:text/javascript;base64,${Buffer.from(source).toString('base64')}`);
  const rows = Object.entries(ERROR_TABLE).map(([number, { status, domain, text }]) => {
    const ids = book[number] ?? [];
    const proof =
      ids.length === 0
        ? 'by fault script only'
        : ids
            .slice(0, 3)
            .map((id) => `\`${id}\``)
            .join(', ');
    const more = ids.length > 3 ? ` and ${ids.length - 3} more` : '';
    return `| ${number} | ${status} | ${domain} | ${cell(text)} | ${proof}${more} |`;
  });
  return [
    `${rows.length} errors and warnings.`,
    '',
    '| number | status | domain | text | proved by |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function callsTable() {
  const names = [...readFileSync(ROUTES, 'utf8').matchAll(/^ {2}'([a-z_]+)\.(\w+)':/gm)].map((match) => [match[1], match[2]]);
  const apis = [...new Set(names.map(([api]) => api))].sort();
  const rows = apis.map((api) => {
    const calls = names.filter(([name]) => name === api).map(([, call]) => `\`${call}\``);
    return `| ${api.replace('_', ' / ')} | ${calls.sort().join(', ')} |`;
  });
  return ['| API | calls |', '| --- | --- |', ...rows].join('\n');
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function filled(text, name, content) {
  const [start, end] = [`<!-- ${name}: made by scripts/practice-rules.js -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from === -1 || to === -1) throw new Error(`${PAGE} has lost its mark "${start}" or "${end}".`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}
