import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mergeFacts } from '../../src/core/merge-facts.ts';
import { readGtin } from '../../src/intake/gtin.ts';
import { joinNote } from '../../src/intake/join-note.ts';
import { parseSidecar, readSidecar } from '../../src/intake/sidecar.ts';
import { throwAwayFolder } from '../imaging/corpus.ts';

const json = (value: unknown, currency = 'USD') => parseSidecar('/x/item.json', JSON.stringify(value), currency);

describe('a sidecar', () => {
  it('may hold every key, in JSON and in YAML alike', async () => {
    const full = {
      title: 'Blue mug',
      description: 'A mug.',
      category: 20625,
      type: 'Mug',
      brand: 'Acme',
      model: 'M1',
      mpn: '12-A',
      gtin: '012345678905',
      department: 'Adults',
      size: 10,
      color: 'Blue',
      material: 'Stoneware',
      aspects: { Capacity: '12 oz', Features: ['Handmade', 'Signed'] },
      condition: 'new',
      flaws: ['chip at the rim', 'scratch'],
      price: '24.99',
      cost: { value: '3', currency: 'usd' },
      quantity: 2,
      sku: 'ABC1',
      bin: 'A01-7',
      weight: { value: 1.5, unit: 'lb' },
      dimensions: { length: 10, width: '5,5', height: 4, unit: 'cm' },
      note: 'hand-made',
      privateNote: 'from aunt',
    };
    const expected = {
      ...full,
      category: '20625',
      size: '10',
      aspects: { Capacity: ['12 oz'], Features: ['Handmade', 'Signed'] },
      price: { minor: 2499, currency: 'USD' },
      cost: { minor: 300, currency: 'USD' },
      weight: { value: 1.5, unit: 'POUND' },
      dimensions: { length: 10, width: 5.5, height: 4, unit: 'CENTIMETER' },
    };
    expect(await json(full)).toEqual({ path: '/x/item.json', facts: expected, problems: [] });
    const { stringify } = await import('yaml');
    expect((await parseSidecar('/x/item.yaml', stringify(full), 'USD')).facts).toEqual(expected);
  });

  it('YAML keeps text as it was written', async () => {
    const { facts, problems } = await parseSidecar(
      '/x/item.yml',
      'gtin: 012345678905\nsize: no\nprice: 24.90\nquantity: 1\nmodel: 1e3\nbrand:\n',
      'USD',
    );
    expect(problems).toEqual([]);
    expect(facts).toEqual({ gtin: '012345678905', size: 'no', price: { minor: 2490, currency: 'USD' }, quantity: 1, model: '1e3' });
  });

  it('all mistakes are told together, with file, key and the nearest known key', async () => {
    const { facts, problems } = await json({
      colour: 'blue',
      titel: 'x',
      price: 'cheap',
      quantity: 0,
      gtin: '012345678904',
      wieght: 1,
      zebra: 1,
      title: 'kept?',
    });
    expect(facts).toEqual({});
    expect(problems).toHaveLength(7);
    expect(problems.join('\n')).toMatch(/item\.json: unknown key "colour" \(did you mean "color"\?\)/);
    expect(problems.join('\n')).toMatch(/unknown key "titel" \(did you mean "title"\?\)/);
    expect(problems.join('\n')).toMatch(/unknown key "wieght" \(did you mean "weight"\?\)/);
    expect(problems.join('\n')).toMatch(/unknown key "zebra"\./);
    expect(problems.join('\n')).toMatch(/price must be an amount such as "24\.99"/);
    expect(problems.join('\n')).toMatch(/quantity must be a whole number from 1 on/);
    expect(problems.join('\n')).toMatch(/gtin "012345678904" is no valid UPC, EAN or ISBN/);
  });

  it('may say that there is no product number', async () => {
    for (const gtin of ['none', 'None', 'n/a', 'does not apply', 'Does not apply', 'Nicht zutreffend'])
      expect(await json({ gtin })).toMatchObject({ facts: { gtin }, problems: [] });
    expect((await json({ gtin: 'unknown' })).problems.join()).toContain('write "none" if there is none');
  });

  it('amounts are in the currency of the marketplace, with or without its sign', async () => {
    const amounts = { price: '24,99 €', cost: { value: 3, currency: 'eur' } };
    expect((await json(amounts, 'EUR')).facts).toEqual({
      price: { minor: 2499, currency: 'EUR' },
      cost: { minor: 300, currency: 'EUR' },
    });
    expect((await json({ price: '£20' }, 'GBP')).facts).toEqual({ price: { minor: 2000, currency: 'GBP' } });
    expect((await json({ price: '$20' }, 'AUD')).facts).toEqual({ price: { minor: 2000, currency: 'AUD' } });
    expect((await json({ price: '$20', cost: '5' }, 'GBP')).problems).toEqual([
      'item.json: price must be in GBP, the currency of the marketplace.',
    ]);
  });

  it('weight and dimensions may be one text, as on a command line', async () => {
    expect((await json({ weight: '1.5 lb', dimensions: '30 x 20x10,5 cm' })).facts).toEqual({
      weight: { value: 1.5, unit: 'POUND' },
      dimensions: { length: 30, width: 20, height: 10.5, unit: 'CENTIMETER' },
    });
  });

  it.each([
    [{ price: { value: '24.99', currency: 'EUR' } }, /price must be in USD/],
    [{ price: '£20' }, /price must be in USD/],
    [{ price: '0' }, /price must be an amount.*more than zero/],
    [{ price: '1,234.00' }, /price must be an amount/],
    [{ price: 24.999 }, /price must be an amount/],
    [{ sku: 'A-1' }, /sku must be letters and digits only/],
    [{ weight: { value: 1, unit: 'stone' } }, /weight\.unit must be a unit such as lb/],
    [{ weight: '500' }, /weight must be \{value, unit\} or a text such as/],
    [{ weight: '5 stone' }, /weight\.unit must be a unit such as lb/],
    [{ dimensions: '30 x 20 cm' }, /dimensions must be \{length/],
    [{ dimensions: { length: 1, width: 1, unit: 'cm' } }, /dimensions\.height/],
    [{ aspects: ['a'] }, /aspects must be names with values/],
    [{ title: ['a'] }, /title must be a text/],
    [['a'], /must be a list of keys/],
  ])('%j is refused', async (value, message) => {
    const { facts, problems } = await json(value);
    expect(facts).toEqual({});
    expect(problems.join('\n')).toMatch(message);
  });

  it.each([
    '{"__proto__": {"polluted": 1}}',
    '{"constructor": {"prototype": {"polluted": 1}}}',
    '{"aspects": {"__proto__": "x"}}',
    '{"aspects": {"constructor": "x"}}',
  ])('reaches no prototype: %s', async (content) => {
    const { facts, problems } = await parseSidecar('/x/item.json', content, 'USD');
    expect([facts, problems.length]).toEqual([{}, 1]);
    const yaml = await parseSidecar('/x/item.yaml', content, 'USD');
    expect([yaml.facts, yaml.problems.length]).toEqual([{}, 1]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('broken files are told with their line', async () => {
    expect((await parseSidecar('/x/item.json', '{\n "title": "a",\n oops\n}', 'USD')).problems).toEqual([
      'item.json: is not valid JSON near line 3; check quotes and commas.',
    ]);
    expect((await parseSidecar('/x/item.yaml', 'title: a\nprice: [1\n', 'USD')).problems.join()).toMatch(
      /item\.yaml: is not valid YAML near line [23]/,
    );
    expect((await parseSidecar('/x/item.yaml', 'title: a\ntitle: b\n', 'USD')).problems.join()).toMatch(/not valid YAML near line 2/);
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...[...'bcdefg'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdef'[at]}`).join()}]`),
    ].join('\n');
    expect((await parseSidecar('/x/item.yaml', bomb, 'USD')).problems.join()).toMatch(/too many references/);
  });

  it('is read as editors on Windows write it, and not when it is no text of a hand', async () => {
    const folder = await throwAwayFolder();
    await writeFile(join(folder, 'item.json'), Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"brand":"Ä"}')]));
    await writeFile(join(folder, 'notes.txt'), Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(' zip is stuck \r\n', 'utf16le')]));
    await writeFile(join(folder, 'defaults.json'), ' '.repeat(300_000));
    expect((await readSidecar(join(folder, 'item.json'), 'USD')).facts).toEqual({ brand: 'Ä' });
    expect((await readSidecar(join(folder, 'notes.txt'), 'USD')).facts).toEqual({ note: 'zip is stuck' });
    expect((await readSidecar(join(folder, 'defaults.json'), 'USD')).problems).toHaveLength(1);
    expect((await readSidecar(join(folder, 'gone.json'), 'USD')).problems).toEqual(['gone.json cannot be read (ENOENT).']);
  });
});

describe('merging', () => {
  it('the nearest wins, aspect by aspect', () => {
    const far = { brand: 'A', color: 'Red', aspects: { Style: ['Modern'], Theme: ['Cats'] } };
    expect(mergeFacts(far, { color: 'Blue', aspects: { style: ['Retro'] } }, {})).toEqual({
      brand: 'A',
      color: 'Blue',
      aspects: { style: ['Retro'], Theme: ['Cats'] },
    });
    expect(far.aspects.Style).toEqual(['Modern']);
  });

  it('two notes of one item are both kept', () => {
    expect(joinNote({ note: 'a' }, 'b')).toEqual({ note: 'a\nb' });
    expect(joinNote({}, 'b')).toEqual({ note: 'b' });
    expect(joinNote({ note: 'a' }, undefined)).toEqual({ note: 'a' });
  });
});

describe('product codes', () => {
  it.each([
    ['012345678905', '012345678905'],
    ['4006381333931', '4006381333931'],
    ['4006381-333931', '4006381333931'],
    ['96385074', '96385074'],
    ['1-59150-087-7', '9781591500872'],
    ['080442957X', '9780804429573'],
    ['4006381333932', undefined],
    ['0804429571', undefined],
    ['123', undefined],
    ['none', undefined],
  ])('%s → %s', (text, code) => {
    expect(readGtin(text)).toBe(code);
  });
});
