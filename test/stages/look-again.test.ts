import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EasyflipError } from '../../src/core/errors.ts';
import type { Fact } from '../../src/core/facts.ts';
import type { FoundSpecific, LookAgainRequest, Marketplace, PhotoText } from '../../src/core/ports/index.ts';
import { type PracticeWorld, practiceWorld } from '../adapters/ebay/practice-world.ts';
import { type Sheet, specified } from './specify-world.ts';

const TSHIRTS = { id: '15687', name: 'T-Shirts', ancestors: [{ id: '1059', name: "Men's Clothing" }] };
const read = (value: string): Fact => ({ value, confidence: 0.9, evidence: [{ from: 'label', photo: 1, text: value }] });
const label = (photo: number, ...lines: string[]): PhotoText => ({
  photo,
  unreadable: false,
  lines: lines.map((text, at) => ({ text, words: [], confidence: 0.9, height: 0.05, top: at / 10 })),
});
const TEXTS = [label(1), label(2, 'FUN DAY', 'SIZE M', '100% COTTON')];
const quoted = (value: string, text: string, photo = 2): FoundSpecific => ({
  values: [value],
  confidence: 0.9,
  evidence: [{ from: 'label', photo, text }],
});
const pictured = (value: string, note = 'seen from the front'): FoundSpecific => ({
  values: [value],
  confidence: 0.85,
  evidence: [{ from: 'picture', photo: 1, note }],
});

let world: PracticeWorld;
let market: Marketplace;
beforeAll(async () => {
  world = await practiceWorld();
  market = world.connect();
});
afterAll(() => world.close());

/** A shirt of which size and brand are known; colour, department and condition are not. */
const SHIRT: Sheet = { category: TSHIRTS, facts: { type: read('T-Shirt'), brand: read('Fun Day'), size: read('M') }, texts: TEXTS };

async function look(found: Readonly<Record<string, FoundSpecific>>, sheet: Partial<Sheet> = {}) {
  const requests: LookAgainRequest[] = [];
  const result = await specified(market, {
    ...SHIRT,
    ...sheet,
    lookAgain: async (request) => {
      requests.push(request);
      return { found, unknowns: { Department: { why: 'It may be for anybody' } } };
    },
  });
  return { result, requests };
}
const held = async (found: Readonly<Record<string, FoundSpecific>>, sheet: Partial<Sheet> = {}) => {
  const { result } = await look(found, sheet);
  if (!('hold' in result)) throw new Error('it went through');
  return result.hold;
};

describe('a second look', () => {
  it('asks for exactly what is required and missing, with eBay’s own values', async () => {
    const { requests } = await look({});
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      category: "T-Shirts < Men's Clothing",
      known: { Brand: ['Fun Day'], Size: ['M'], 'Size Type': ['Regular'] },
    });
    expect(requests[0]?.asked.map(({ name, onlyAllowed }) => [name, onlyAllowed])).toEqual([
      ['Color', false],
      ['Department', true],
      ['Condition', true],
    ]);
    expect(requests[0]?.asked[1]?.allowed).toEqual(['Men', 'Teens', 'Unisex Adults']);
    expect(requests[0]?.asked[2]?.allowed).toContain('Pre-owned - Good');
    expect(requests[0]?.photos.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('completes the item, with its evidence and its doubt', async () => {
    const { result } = await look({
      Color: pictured('navy'),
      Department: pictured('mens'),
      Condition: { ...pictured('Pre-owned - Good'), confidence: 0.7 },
    });
    expect(result).toMatchObject({
      aspects: { Color: { values: ['Blue'] }, Department: { values: ['Men'], fact: { evidence: [{ from: 'picture', photo: 1 }] } } },
      condition: { id: '3000' },
      weakest: { name: 'condition', confidence: 0.7 },
    });
  });

  it('is not believed where it goes beyond what eBay takes or photos show', async () => {
    const { message } = await held({
      Color: { ...pictured('Blue'), evidence: [] },
      Department: pictured('Pets'),
      Condition: { ...pictured('Pre-owned - Good'), evidence: [{ from: 'seller', field: 'condition' }] },
    });
    expect(message).toContain('Color is required and not known: a second look gave "Blue", but nothing on the photos proves it.');
    expect(message).toContain('Department is required and not known: a second look gave "Pets", but "Pets" is none of eBay');
    expect(message).toContain('The condition is not known');
  });

  it('proves brand, size and the like by words that were read, never by a picture or an invented quote', async () => {
    const bare: Partial<Sheet> = {
      facts: { type: read('T-Shirt'), color: read('Blue'), department: read('Men') },
      seller: { condition: 'used' },
    };
    const bad: readonly Readonly<Record<string, FoundSpecific>>[] = [
      { Brand: pictured('Nike', 'the logo'), Size: pictured('M') },
      { Brand: quoted('Nike', 'NIKE'), Size: quoted('XL', 'SIZE XL') },
      { Brand: quoted('Nike', 'FUN DAY'), Size: quoted('L', 'SIZE M') },
      { Brand: quoted('Fun Day', 'FUN DAY', 1), Size: quoted('M', 'SIZE M', 9) },
    ];
    for (const found of bad) expect((await held(found, bare)).message).toMatch(/Brand is required.*Size is required/);
    const { result } = await look({ Brand: quoted('Fun Day', 'FUN DAY'), Size: quoted('M', 'SIZE M') }, bare);
    expect(result).toMatchObject({
      aspects: { Brand: { values: ['Fun Day'] }, Size: { values: ['M'] }, 'Size Type': { values: ['Regular'] } },
    });
  });

  it('tells the seller why it did not help', async () => {
    const { message, hint } = await held({ Color: pictured('Blue'), Condition: pictured('Pre-owned - Good') });
    expect(message).toBe('Department is required and not known: It may be for anybody.');
    expect(hint).toContain('--set "Department=Men|Teens|Unisex Adults"');
  });

  it('is not asked where the seller must be asked anyway, where nothing is missing, and where nobody offers it', async () => {
    expect((await look({}, { seller: { department: 'Pets' } })).requests).toEqual([]);
    const complete = { color: 'blue', department: 'men', condition: 'used' };
    expect((await look({}, { seller: complete })).requests).toEqual([]);
    const nobody = await specified(market, SHIRT);
    expect(nobody).toMatchObject({ hold: { code: 'aspect.missing' } });
  });

  it('grader and grade of a card are read from its label', async () => {
    const card: Partial<Sheet> = {
      category: { id: '183454', name: 'CCG Individual Cards' },
      facts: { type: read('Card') },
      seller: { condition: 'graded', aspects: { Game: ['Pokémon TCG'] } },
      texts: [label(1, 'PSA', 'MINT 9'), label(2)],
    };
    const found = { 'Professional Grader': quoted('PSA', 'PSA', 1), Grade: quoted('9', 'MINT 9', 1) };
    const { result, requests } = await look(found, card);
    expect(requests[0]?.asked.map(({ name }) => name)).toEqual(['Professional Grader', 'Grade']);
    expect(result).toMatchObject({ condition: { id: '2750', descriptors: [{ name: '27501', values: ['275010'] }, { name: '27502' }] } });
    expect((await held({ ...found, Grade: pictured('10') }, card)).message).toContain('Grade is required');
  });

  it('that fails for good leaves the question to the seller; a service that is down puts the item off', async () => {
    const failing = (code: 'provider.refused' | 'provider.unavailable') => () =>
      Promise.reject(new EasyflipError(code, 'No.', { hint: 'Wait.', retryable: code === 'provider.unavailable' }));
    expect(await specified(market, { ...SHIRT, lookAgain: failing('provider.refused') })).toMatchObject({
      hold: { code: 'aspect.missing' },
    });
    await expect(specified(market, { ...SHIRT, lookAgain: failing('provider.unavailable') })).rejects.toMatchObject({
      code: 'provider.unavailable',
    });
  });
});
