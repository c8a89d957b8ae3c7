import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSidecar, type Sidecar } from '../../src/intake/sidecar.ts';
import { SIDECAR_KEYS } from '../../src/intake/sidecar-shape.ts';
import { runs } from './runs.ts';

/** Facts or problems, never both, never anything else; and nothing outside was touched. */
function expectSound({ facts, problems }: Sidecar): void {
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(BUILT_IN);
  for (const key of Object.keys(facts)) expect(SIDECAR_KEYS).toContain(key);
  expect(Object.getPrototypeOf(facts)).toBe(Object.prototype);
  if (problems.length > 0) expect(facts).toEqual({});
  expect(problems.length).toBeLessThanOrEqual(21);
  for (const problem of problems) expect(problem).toMatch(/^item\.\w+.*\.$/su);
  for (const amount of [facts.price, facts.cost]) if (amount) expect(Number.isSafeInteger(amount.minor)).toBe(true);
  // Facts are stored as JSON and must come back as they are.
  expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
}

const BUILT_IN = Object.getOwnPropertyNames(Object.prototype).sort();

const awkward = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '<<', '', ' ', '-', '$ref', '0');
const key = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...SIDECAR_KEYS) }, awkward, fc.string({ maxLength: 8 }));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ maxLength: 12 }),
    fc.constantFrom('24.99', '£20', '012345678905', 'none', '1', 'lb', 'cm', 'USD', null, true, 0, -1, 1e300, 5e-324),
    fc.double(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(key, fc.constantFrom('value', 'unit', 'currency', 'length', 'width', 'height')), tie('value'), { maxKeys: 4 }),
  ),
}));
const object = fc.array(fc.tuple(key, value), { maxLength: 8 });

/** JSON text whose keys are taken as they are, `__proto__` too, and may come twice. */
const jsonText = object.map(
  (entries) => `{${entries.map(([name, member]) => `${JSON.stringify(name)}:${JSON.stringify(member)}`).join(',')}}`,
);

/** Pieces of YAML, put together without sense. */
const yamlText = fc
  .array(
    fc.oneof(
      key.map((name) => `${name}: `),
      fc.constantFrom('\n', '\n  ', '\n    ', '- ', '&a ', '*a', '*b', '!!js/function ', '!!python/object:os.system ', '!<tag:x> ', '<<: '),
      fc.constantFrom('[', ']', '{', '}', ',', '|\n', '>\n', '"', "'", '#', '? ', ': ', '---\n', '...\n', '%YAML 1.2\n', '\t', '\u0000'),
      fc.constantFrom('24.99', 'none', 'M', '~', 'null', 'yes', '0x10', '1e3', '.inf', '2024-01-01', 'lb', 'value', 'unit'),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

const currency = fc.constantFrom('USD', 'EUR', 'GBP');

describe('a sidecar, whatever is in it, is facts or problems', () => {
  it('any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(jsonText, currency, async (text, money) => expectSound(await parseSidecar('/x/item.json', text, money))),
      runs(600),
    );
  });

  it('any text that is called JSON or YAML', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.json(), yamlText);
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('json', 'yaml', 'yml'), async (said, ending) =>
        expectSound(await parseSidecar(`/x/item.${ending}`, said, 'USD')),
      ),
      runs(600),
    );
  });

  it('YAML of keys and values, which JSON says alike', async () => {
    await fc.assert(
      fc.asyncProperty(object, async (entries) => {
        const { stringify } = await import('yaml');
        // As text, since YAML here knows nothing else.
        const plain = Object.fromEntries(entries.filter(([, member]) => typeof member === 'string'));
        const [yaml, json] = await Promise.all([
          parseSidecar('/x/item.yaml', stringify(plain), 'USD'),
          parseSidecar('/x/item.yaml', JSON.stringify(plain), 'USD'),
        ]);
        expectSound(yaml);
        expect(yaml).toEqual(json);
      }),
      runs(200),
    );
  });
});

describe('a sidecar that is made to break its reader', () => {
  const nested = (open: string, close: string, times: number): string => `${open.repeat(times)}1${close.repeat(times)}`;
  it.each([
    ['json', `{"aspects":${nested('[', ']', 100_000)}}`, /nested too deeply/],
    ['json', nested('{"a":', '}', 40_000), /nested too deeply/],
    ['yaml', `aspects: ${nested('[', ']', 3_000)}`, /not valid YAML|nested too deeply/],
    ['yaml', `${'- '.repeat(5_000)}1`, /not valid YAML|nested too deeply|must be a list of keys/],
    ['yaml', 'aspects: &self\n  more: *self\n', /nested too deeply/],
    ['yaml', '&all\ntitle: x\naspects: *all\n', /nested too deeply/],
    [
      'yaml',
      `a: &a [${'x,'.repeat(9)}x]\n${[...'bcdefghi'].map((name, at) => `${name}: &${name} [${`*${'abcdefgh'[at]},`.repeat(9)}x]`).join('\n')}`,
      /too many references/,
    ],
    ['yaml', '__proto__:\n  polluted: yes\n', /unknown key "__proto__"/],
    ['yaml', 'aspects:\n  Size:\n    __proto__: [x]\n', /unknown key "__proto__"/],
    ['json', '{"aspects":{"__proto__":{"polluted":"yes"}}}', /unknown key "__proto__"/],
    ['json', '{"aspects":{"constructor":"x"}}', /"constructor" cannot be a name/],
    ['yaml', 'title: !!python/object:os.system x\nbrand: !!js/function y\n', undefined],
  ])('%s %.60j', async (ending, text, problem) => {
    const sidecar = await parseSidecar(`/x/item.${ending}`, text, 'USD');
    expectSound(sidecar);
    if (problem) expect(sidecar.problems.join()).toMatch(problem);
    // A tag is no order: what it stands before is text, or nothing.
    else expect(sidecar.facts).toEqual({ title: 'x', brand: 'y' });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('tells the first of thousands of problems', async () => {
    const text = JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`k${at}`, 1])));
    const { problems } = await parseSidecar('/x/item.json', text, 'USD');
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toBe('item.json has 9980 more problems.');
  });
});
