import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_TABLE } from '../../src/practice/wire/error-table.ts';
import { SCRIPTED_ERRORS } from '../../src/practice/wire/scripted-errors.ts';
import { openWorld } from './world.ts';

const page = readFileSync('docs/practice.md', 'utf8');

describe('docs/practice.md', () => {
  it('shows the rules that the conformance tests prove (UPDATE_DOCS=1 rewrites it)', () => {
    const mode = process.env.UPDATE_DOCS === '1' ? '--write' : '--check';
    // Not as a part of this test run: vitest would take it for one of its workers.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV$)/.test(name)));
    const made = spawnSync(process.execPath, ['scripts/practice-rules.js', mode], { encoding: 'utf8', env });
    expect(made.stderr).toBe('');
    expect(made.status).toBe(0);
  });

  // That a rule is really answered its errors, its own test sees to (conformance/rule.ts).
  it('has a rule for every error that a request can cause', () => {
    const book = JSON.parse(readFileSync('test/practice/conformance/error-ids.json', 'utf8')) as Readonly<
      Record<string, readonly string[]>
    >;
    const caused = Object.keys(ERROR_TABLE).filter((number) => !(number in SCRIPTED_ERRORS));
    expect(caused.length).toBeGreaterThan(240);
    expect(caused.filter((number) => (book[number] ?? []).length === 0)).toEqual([]);
    expect(Object.keys(book).filter((number) => number in SCRIPTED_ERRORS)).toEqual([]);
    const rules = [...new Set(Object.values(book).flat())];
    expect(rules.filter((id) => !page.includes(`\n| \`${id}\` |`))).toEqual([]);
  });

  it('names every setting', async () => {
    const world = await openWorld();
    const settings = (await world.call('GET', '/_practice/settings')).body as Readonly<Record<string, unknown>>;
    await world.close();
    expect(Object.keys(settings).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('names every call of the control desk', () => {
    const calls = [...readFileSync('src/practice/desk/control.ts', 'utf8').matchAll(/^ {4}'(?:GET|POST|DELETE) ([\w/-]+)':/gm)].map(
      (match) => match[1] ?? '',
    );
    expect(calls.length).toBeGreaterThan(10);
    const named = (name: string) => page.includes(`/_practice/${name}`) || new RegExp(`^\\| \`[A-Z\`, ]+ ${name}\``, 'm').test(page);
    expect([...new Set(calls)].filter((name) => !named(name))).toEqual([]);
  });

  it('names every action of a fault script', () => {
    const script = readFileSync('src/practice/desk/fault-script.ts', 'utf8');
    const actions = [...script.matchAll(/^ {2}'([a-z0-9-]+)',$/gm), ...script.matchAll(/literal\('([a-z]+)'\)/g)].map((match) => match[1]);
    expect(actions.length).toBeGreaterThan(10);
    expect(actions.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
