import { describe, expect, it } from 'vitest';
import type { ItemId } from '../../src/core/item.ts';
import type { Condition } from '../../src/core/listing.ts';
import { flawedCondition } from '../../src/stages/specify/flawed-condition.ts';
import { flawsOf, flawTexts } from '../../src/stages/specify/flaws.ts';

const seen = (...flaws: readonly (readonly [number, string])[]) => ({ flaws: flaws.map(([photo, what]) => ({ photo, what })) });
const same = (photo: number): number => photo;
const texts = (seller: readonly string[] | undefined, described: ReturnType<typeof seen>, placeOf = same, language = 'en-US') =>
  flawTexts(flawsOf(seller ? { flaws: seller } : {}, described), placeOf, language);

describe('flaws in the words of buyers', () => {
  it('each that was seen says where, by its place in the listing', () => {
    expect(texts(undefined, seen([2, 'small stain on the cuff.']), (photo) => photo + 2)).toEqual([
      'Small stain on the cuff (seen in photo 4)',
    ]);
    expect(texts(undefined, seen([1, 'Kratzer']), same, 'de-DE')).toEqual(['Kratzer (zu sehen auf Foto 1)']);
  });

  it('one that is seen in several photos is one flaw', () => {
    expect(texts(undefined, seen([3, 'stain on the cuff'], [1, 'Cuff: stain'], [3, 'stain on cuff'], [2, 'torn hem'])).join()).toBe(
      'Stain on the cuff (seen in photos 1 and 3),Torn hem (seen in photo 2)',
    );
  });

  it('those of the seller come first, word for word, and none is ever dropped; what they name is not told twice', () => {
    const said = ['small stain on the left cuff', 'zip sticks'];
    expect(texts(said, seen([2, 'Stain on cuff'], [3, 'hole at the elbow']))).toEqual([...said, 'Hole at the elbow (seen in photo 3)']);
  });

  it('that none was seen is no flaw, and never told', () => {
    const nothing = ['No visible flaws', 'none', 'No flaws or stains visible.', 'no obvious damage', 'None seen'];
    expect(texts(undefined, seen(...nothing.map((what) => [1, what] as const)))).toEqual([]);
    expect(texts(undefined, seen([1, 'no longer closes'], [1, 'No buttons']))).toHaveLength(2);
  });

  it('a seller who says that there are none is not overruled', () => {
    expect(texts([], seen([1, 'stain']))).toEqual([]);
    expect(texts(['none'], seen([1, 'stain']))).toEqual([]);
    expect(texts(['none', 'zip sticks'], seen())).toEqual(['zip sticks']);
  });
});

describe('a grade beside flaws that were seen', () => {
  const condition = (id: string, label: string): Condition => ({ id, word: label, label });
  const [tags, tagless, defects, used] = [
    condition('1000', 'New with tags'),
    condition('1500', 'New without tags'),
    condition('1750', 'New with defects'),
    condition('3000', 'Pre-owned'),
  ];
  const graded = (given: Condition | undefined, bySeller: boolean, allowed = [tags, tagless, defects, used]) => ({
    condition: given,
    policy: { required: true, allowed: allowed.filter((one) => one !== undefined) },
    bySeller,
  });
  const stain = flawsOf({}, seen([3, 'stain']));
  const judged = (...args: Parameters<typeof graded>) => flawedCondition('ITEM' as ItemId, graded(...args), stain);

  it('that was read from the photos gives way to the next lower one', () => {
    expect(judged(tags, false)).toEqual({ condition: defects });
    expect(judged(tagless, false)).toEqual({ condition: defects });
  });

  it('that the seller said stays, and is asked about, with the way out', () => {
    const { condition: kept, doubt } = judged(tags, true);
    expect(kept).toBe(tags);
    expect(doubt).toMatchObject({
      code: 'condition.doubtful',
      message: '"New with tags" promises a thing without flaws, but photo 3: stain.',
      hint: expect.stringContaining('--set "condition=New with defects"'),
    });
  });

  it('with none below it is asked about, whoever said it', () => {
    expect(judged(tags, false, [tags, used])).toMatchObject({ condition: tags, doubt: { code: 'condition.doubtful' } });
  });

  it('that promises nothing stays as it is', () => {
    expect(judged(used, true)).toEqual({ condition: used });
    expect(judged(defects, true)).toEqual({ condition: defects });
  });

  it('the seller’s "no flaws" is asked about, also where there is no condition', () => {
    const denied = flawsOf({ flaws: [] }, seen([3, 'stain']));
    for (const one of [used, undefined]) {
      expect(flawedCondition('ITEM' as ItemId, graded(one, true), denied).doubt?.message).toContain('You say that it has no flaws');
    }
    expect(flawedCondition('ITEM' as ItemId, graded(tags, true), flawsOf({ flaws: ['stain'] }, seen([3, 'stain']))).doubt).toBeUndefined();
  });
});
