// Keeps the two tables of docs/practice.md: the rules that the conformance tests prove (from vitest's own list of tests,
// where test/practice/conformance/rule.ts puts them) and the calls that the practice marketplace can do (from its routes).
// Usage: node scripts/practice-rules.js --write | --check
import { readFileSync, writeFileSync } from 'node:fs';
import { createVitest } from 'vitest/node';

const PAGE = 'docs/practice.md';
const ROUTES = 'src/practice/desk/routes.ts';

const page = readFileSync(PAGE, 'utf8');
const rules = await collectRules();
const fresh = filled(filled(page, 'rules', rulesTable(rules)), 'calls', callsTable());

if (process.argv[2] === '--write') {
  writeFileSync(PAGE, fresh);
  console.log(`${PAGE}: ${rules.length} rules`);
} else if (fresh !== page) {
  console.error(`${PAGE} is not up to date: run it again with UPDATE_DOCS=1, or node scripts/practice-rules.js --write`);
  process.exitCode = 1;
}

/** Only collected, not run: a name is `id: sentence [source]`. */
async function collectRules() {
  const vitest = await createVitest('test', {
    config: false,
    watch: false,
    include: ['test/practice/conformance/**/*.test.ts'],
    reporters: [{ onInit() {} }],
  });
  const { testModules, unhandledErrors } = await vitest.collect();
  const errors = [...unhandledErrors, ...testModules.flatMap((module) => module.errors())];
  const found = testModules.flatMap((module) =>
    [...module.children.allTests()].flatMap((test) => {
      const parts = /^([a-z0-9.-]+): (.*) \[([^\]]*)\]$/s.exec(test.name);
      return parts === null ? [] : [{ id: parts[1], sentence: parts[2], source: parts[3], file: module.relativeModuleId }];
    }),
  );
  await vitest.close();
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
