import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/facts.ts';
import { buildDescription, type DescriptionParts } from '../../src/stages/specify/build-description.ts';
import { unfitText } from '../../src/stages/specify/unfit-text.ts';

const read = (value: string): Fact => ({ value, confidence: 0.9, evidence: [{ from: 'label', photo: 2, text: value }] });
const specific = (...values: string[]) => ({ values, fact: read(values.join()) });
const NOTHING: DescriptionParts = { title: 'Blue Mug', aspects: {}, flaws: [], footer: '', template: null, language: 'en-US' };
const build = (parts: Partial<DescriptionParts> = {}, max = 4000): Promise<string> => buildDescription({ ...NOTHING, ...parts }, max);
const template = (text: string) => ({ file: '/mine.mustache', text });

describe('a description', () => {
  it('tells condition, flaws, measurements and specifics, and ends with the footer', async () => {
    const html = await build({
      conditionLabel: 'Used',
      flaws: ['chip at the rim', 'scratch'],
      aspects: { Brand: specific('Acme'), 'Item Height': specific('4 in'), Color: specific('Blue', 'White') },
      footer: 'Ships in one day.\n\nFrom a smoke-free home.',
    });
    expect(html.split('\n')).toEqual([
      '<p>Blue Mug</p>',
      '<p>Condition: Used</p>',
      '<ul><li>Please note: chip at the rim</li><li>Please note: scratch</li></ul>',
      '<ul><li>Item Height: 4 in</li></ul>',
      '<ul><li>Brand: Acme</li><li>Color: Blue, White</li></ul>',
      '<p>Ships in one day.</p><p>From a smoke-free home.</p>',
    ]);
  });

  it('says nothing of what is not known, and takes the seller’s own text', async () => {
    expect(await build()).toBe('<p>Blue Mug</p>');
    expect(await build({ text: 'First.\nSecond line.\n\nNew paragraph.' })).toBe('<p>First.<br>Second line.</p><p>New paragraph.</p>');
    expect(await build({ conditionLabel: 'Gebraucht', flaws: ['Kratzer'], language: 'de-DE' })).toContain('Bitte beachten: Kratzer');
  });

  it('escapes everything that comes from outside', async () => {
    const evil = '<script>alert("1")</script> & \'x\' {{title}}';
    const escaped = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39; {{title}}';
    const html = await build({
      title: evil,
      text: evil,
      conditionLabel: evil,
      flaws: [evil],
      aspects: { [evil]: specific(evil) },
      footer: evil,
    });
    expect(html).not.toContain('<script');
    expect(html.split(escaped).length - 1).toBe(6);
  });

  it('is within its limit as far as specifics go; words of the seller and flaws are never cut', async () => {
    const aspects = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`Name ${n}`, specific('x'.repeat(60))]));
    const html = await build({ aspects, flaws: ['chip'], text: 'Mine.' });
    expect(html.length).toBeLessThanOrEqual(4000);
    expect(html).toContain('Please note: chip');
    expect(html).toContain('Name 0: ');
    expect(html).not.toContain('Name 199');
    expect(html.match(/<li>/g)?.length).toBe(html.match(/<\/li>/g)?.length);
    expect(await build({ text: 'x'.repeat(5000) })).toContain('x'.repeat(5000));
  });

  it('can be the seller’s own design', async () => {
    const own = template(
      '<h1>{{title}}</h1>{{#conditionNote}}<p>Note: {{conditionNote}}</p>{{/conditionNote}}{{#specifics}}{{name}}={{value};{{/specifics}}',
    );
    await expect(build({ template: own })).rejects.toThrow(/Unclosed/);
    const mended = template(own.text.replace('{{value}', '{{value}}'));
    expect(await build({ template: mended, conditionNote: 'rim < ok', aspects: { Brand: specific('A&B') } })).toBe(
      '<h1>Blue Mug</h1><p>Note: rim &lt; ok</p>Brand=A&amp;B;',
    );
  });

  it('whatever the values, holds no tag that the template does not have', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, text, fc.array(text), async (title, value, flaws) => {
        const html = await build({ title, text: value, flaws, aspects: { [value || 'x']: specific(value) } });
        expect(new Set(html.match(/<[^>]*>?/g) ?? [])).toEqual(new Set([...(html.match(/<\/?(?:p|ul|li|br)>/g) ?? [])]));
      }),
    );
  });
});

describe('text that was never meant for buyers', () => {
  it.each([
    "I'm sorry, but I cannot fulfill this request as it goes against OpenAI's use policy",
    'I’m sorry, I can’t identify the brand',
    "Sorry, I can't help with that",
    'I cannot determine the size',
    'I am unable to see the label',
    'As an AI language model',
    'As a large language model, I',
    'Brown dresser against OpenAI use policy',
    'Als KI kann ich das nicht',
    'Lorem ipsum dolor',
    'Brand: N/A',
    'TODO write this',
    'Shirt [brand] size M',
    'Shirt [Insert brand name]',
    'Unknown brand shirt',
    'Brand unknown',
    'Size: not specified',
    'Add title here',
    '{{title}}',
    '<p>Model: undefined</p>',
    '[object Object]',
    '<p>I&#39;m sorry, but</p>',
  ])('"%s" is told', (text) => {
    expect(unfitText(text)).toBeDefined();
  });

  it.each([
    'Northfield Blue T-Shirt Size M',
    'Todo Sobre Mi Madre DVD',
    'Sorry! Board Game Hasbro',
    'I, Robot by Isaac Asimov',
    'AI Artificial Intelligence DVD Spielberg',
    'Unknown Pleasures Joy Division LP',
    'The Unknown Soldier',
    'Does not apply',
    "I'm Sorry I Haven't a Clue CD",
    'Placeholder for a candle',
    'I am sorry for the blurred photo of the label.',
    'Box [sealed] with manual',
  ])('"%s" may stand', (text) => {
    expect(unfitText(text)).toBeUndefined();
  });
});
