import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { EXIT } from '../../src/app/exit-code.ts';
import { explain } from '../../src/app/explain.ts';
import { EXIT_CODES } from '../../src/cli/options.ts';
import { ERROR_CODES } from '../../src/core/errors.ts';
import { explainedPage } from '../../src/report/explain.ts';
import { commandPages } from './command-pages.ts';

/* Pages that are made from the program itself. `npm run docs` (UPDATE_DOCS=1) writes them anew. */

const project = new URL('../../', import.meta.url);
const read = (name: string): Promise<string> => readFile(new URL(name, project), 'utf8');

const ERRORS = `# Troubleshooting by error code

Made from the program's own list by \`npm run docs\`; a test holds it against the code. \`easyflip explain CODE\` says the same. Commands are named
without \`easyflip\`.

Every message has a code, \`area.what\`: \`show ITEM\` and \`status\` have an item's, the log and \`--json\` have all. **told**: nothing happens to it.
**held**: the item waits for you. **failed**: the item or photo goes no further. **refused**: the command does nothing. **stopped**: it is put off, and
what was finished is saved. In none of them is anything listed twice or paid for twice.

${explainedPage(explain(undefined))}
`;

const COMMANDS = `# Commands

Made from the program itself by \`npm run docs\`; a test holds it against the code. It is what \`easyflip COMMAND --help\` prints.
${EXIT_CODES.replace('\n', '\n```text\n')}
\`\`\`

${commandPages()
  .map(({ name, help }) => `## ${name}\n\n\`\`\`text\n${help}\n\`\`\``)
  .join('\n\n')}
`;

it.each([
  ['docs/errors.md', ERRORS],
  ['docs/commands.md', COMMANDS],
])('%s is what the code says', async (name, text) => {
  if (process.env.UPDATE_DOCS === '1') await writeFile(new URL(name, project), text);
  expect(await read(name), 'run `npm run docs`').toBe(text);
});

it('every code says what it means, what to do, and whether it is tried again', () => {
  const codes = explain(undefined);
  expect(codes.map(({ code }) => code)).toEqual([...ERROR_CODES]);
  for (const { code, means, cure } of codes) {
    expect(means, code).toMatch(/^(?:[A-Z]|eBay |macOS |easyflip ).*\.$/);
    expect(cure, code).toMatch(/\.$/);
    expect(ERRORS).toContain(`\`${code}\``);
  }
});

it('what the guide names as commands and settings is there', async () => {
  const names = new Set(commandPages().map(({ name }) => name));
  const help = new Map(commandPages().map((page) => [page.name, page.help]));
  const settings = await read('easyflip.config.example.json');
  for (const { code, cure } of explain(undefined)) {
    for (const [, text = ''] of cure.matchAll(/`([^`]+)`/g)) {
      const [first = '', second = ''] = text.split(' ');
      if (/^[a-z]+\.[a-zA-Z.]+$/.test(first)) {
        const leaf = first.split('.').at(-1) ?? '';
        // `services.NAME.tries` stands for each service.
        expect(settings.includes(`"${leaf}"`) || first === 'defaults.json', `${code}: ${first}`).toBe(true);
      } else if (/^[a-z][a-z-]+$/.test(first) && !KEYS.has(first)) {
        expect(names.has(first) || names.has(`${first} ${second}`) || SUBS.has(first), `${code}: ${text}`).toBe(true);
        for (const [flag] of text.matchAll(/--[a-z-]+/g))
          expect(help.get(names.has(`${first} ${second}`) ? `${first} ${second}` : first), `${code}: ${text}`).toContain(flag);
      }
    }
  }
});

/** Keys of a sidecar, and what follows `group`. */
const KEYS: ReadonlySet<string> = new Set(['photos', 'type', 'split', 'move', 'publish']);
const SUBS: ReadonlySet<string> = new Set(['group']);

it('the help of every command has examples, and README names every command', async () => {
  const readme = await read('README.md');
  const without = commandPages().filter(({ help, parent }) => !parent && !/^Examples?:$/m.test(help));
  expect(without.map(({ name }) => name)).toEqual([]);
  for (const { name, description } of commandPages()) {
    expect(description, name).not.toBe('');
    expect(readme, name).toMatch(new RegExp(`\`[^\`]*\\b${name.split(' ').at(-1)}\\b`));
  }
});

it('every exit code is documented', async () => {
  const [readme, commands] = [await read('README.md'), await read('docs/commands.md')];
  for (const code of Object.values(EXIT)) {
    expect(EXIT_CODES).toMatch(new RegExp(`^ +${code} +\\w`, 'm'));
    expect(readme).toMatch(new RegExp(`^\\| ${code} \\|`, 'm'));
    expect(commands).toMatch(new RegExp(`^ +${code} +\\w`, 'm'));
  }
});
