import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EasyflipError } from '../../../src/core/errors.ts';
import type { Description, SecondReader } from '../../../src/core/ports/index.ts';
import { promptTokens, textTokens } from '../../support/openai-server.ts';
import { type Bench, call, fullReply, openBench, photosIn, request, text } from './support.ts';

let bench: Bench;
const open = async (...args: Parameters<typeof openBench>): Promise<void> => {
  bench = await openBench(...args);
};
beforeEach(() => open(() => fullReply));
afterEach(() => bench.close());

const described = async (more = {}): Promise<Description> =>
  bench.describer.describe(request(await photosIn(bench.folder, 4), more), call());

describe('a clear item of four photos', () => {
  it('costs one call and at most 0.015 USD at the prices of gpt-4o, with all its evidence', async () => {
    const { facts, unknowns, categoryQueries, roles, cover, flaws, keywords } = await described();
    expect(bench.server.problems).toEqual([]);
    expect(bench.server.asked).toHaveLength(1);
    const [asked] = bench.server.asked;
    const output = textTokens(JSON.stringify(fullReply));
    const usd = (promptTokens(asked as never) * 2.5 + output * 10) / 1e6;
    process.stderr.write(`four photos, gpt-4o: ${promptTokens(asked as never)} tokens in, ${output} out, ${usd.toFixed(5)} USD\n`);
    expect(usd).toBeLessThanOrEqual(0.015);
    const [spent] = await bench.store.ledger.spending();
    expect(spent).toMatchObject({ provider: 'openai', model: 'gpt-4o', calls: 1, unsettled: 0, pictures: 4, outputTokens: output });
    expect(spent?.microUsd).toBe(Math.ceil(usd * 1e6));

    expect(Object.keys(facts)).toHaveLength(fullReply.facts.length);
    expect(facts.brand).toEqual({ value: 'Fenward', confidence: 0.97, evidence: [{ from: 'label', photo: 3, text: 'FENWARD' }] });
    expect(unknowns).toMatchObject({ model: { why: 'no model is printed' } });
    expect(categoryQueries).toEqual(["men's t-shirt", 't-shirt']);
    expect({ roles: roles?.length, cover, flaws, keywords: keywords?.length }).toEqual({
      roles: 4,
      cover: 1,
      flaws: [{ photo: 4, what: 'light pilling at the lower hem' }],
      keywords: 6,
    });
  });

  it('is asked for with explicit detail, a fixed beginning, a strict schema and a bounded answer', async () => {
    await described();
    await bench.describer.describe(request(await photosIn(bench.folder, 2), { texts: [], nameWords: ['vase'] }), call());
    const [a, b] = bench.server.asked;
    expect(a?.system).toBe(b?.system);
    expect(JSON.stringify(a?.body.response_format)).toBe(JSON.stringify(b?.body.response_format));
    expect(a?.body).toMatchObject({ model: 'gpt-4o', temperature: 0, max_completion_tokens: 1_500 });
    expect(a?.pictures.map(({ width, height, detail }) => [width, height, detail])).toEqual([
      [683, 512, 'high'],
      [512, 384, 'high'],
      [512, 384, 'high'],
      [512, 384, 'high'],
    ]);
    expect(a?.text.indexOf('FENWARD')).toBeGreaterThan(a?.text.indexOf('Photo 4') ?? 0);
  });

  it('is never bought twice: not by the same program, not by two calls at once, not by the next program', async () => {
    const same = request(await photosIn(bench.folder, 4));
    const answers = await Promise.all([bench.describer.describe(same, call()), bench.describer.describe(same, call())]);
    answers.push(await bench.describer.describe(same, call()));
    const next = await openBench(() => ({}), { beside: bench });
    answers.push(await next.describer.describe(same, call()));
    await next.close();
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(bench.server.asked).toHaveLength(1);
    await bench.describer.describe({ ...same, nameWords: ['another'] }, call());
    expect(bench.server.asked).toHaveLength(2);
  });

  it('models that think get a low effort and no temperature', async () => {
    await bench.close();
    await open(() => fullReply, { model: 'gpt-5-mini' });
    await described();
    const [asked] = bench.server.asked;
    expect(asked?.body).toMatchObject({ reasoning_effort: 'low', max_completion_tokens: 6_000 });
    expect(asked?.body).not.toHaveProperty('temperature');
    // Patches are cheap: all pictures at full size.
    expect(asked?.pictures.map(({ width }) => width)).toEqual([768, 768, 768, 768]);
  });

  it('shows the photos that differ most, and says how many there are besides', async () => {
    const looks = ['0000000000000000', '0000000000000001', 'ffffffffffffffff', '0000000000000003', '00000000ffffffff', '0f0f0f0f0f0f0f0f'];
    const photos = (await photosIn(bench.folder, 6)).map((photo, at) => ({ ...photo, look: looks[at] ?? '' }));
    await bench.describer.describe(request(photos), call());
    expect(bench.server.asked[0]?.text.match(/Photo \d/g)).toEqual(['Photo 1', 'Photo 3', 'Photo 5', 'Photo 6']);
    expect(bench.server.asked[0]?.text).toContain('"morePhotosNotShown":2');
  });
});

describe('a label that was left unread', () => {
  const unclear = {
    ...fullReply,
    facts: [
      { f: 'type', v: 'T-Shirt', c: 95, by: 'picture', p: 1, q: 'short-sleeve shirt' },
      { f: 'brand', v: 'Fenward', c: 90, by: 'label', p: 3, q: 'FENWARD' },
    ],
    unknown: [{ f: 'size', why: 'the label is blurred' }],
  };
  const secondReply = {
    crops: [{ n: 3, lines: ['FENWARD', 'SIZE M'] }],
    facts: [{ f: 'size', v: 'M', c: 95, by: 'label', p: 3, q: 'SIZE M' }],
    unknown: [],
  };
  const model = ({ body }: { body: { response_format?: { json_schema?: { name: string } } } }): unknown =>
    body.response_format?.json_schema?.name === 'labels' ? secondReply : unclear;

  it('is cut out and read again on this machine first: that may settle it, for nothing', async () => {
    await bench.close();
    await open(model, { reads: async (photos) => photos.map(({ number }) => text(number, 'FENWARD', 'SIZE M')) });
    const { facts } = await described({ texts: [] });
    expect(facts.brand?.evidence).toEqual([{ from: 'label', photo: 3, text: 'FENWARD' }]);
    // The size was not stated at first, so it is asked for, and the machine has read it.
    expect(facts.size).toMatchObject({ value: 'M', evidence: [{ from: 'label', photo: 3, text: 'SIZE M' }] });
    expect(bench.server.asked).toHaveLength(2);
    expect(bench.server.asked[1]?.pictures).toHaveLength(1);
    // The box of the reply with its margin: a part of the photo, not the whole.
    expect(bench.server.asked[1]?.pictures[0]).toMatchObject({ width: 384, height: 317, detail: 'high' });
  });

  it('is read by the second reader where this machine cannot, on the cut-out; its failure stops nothing', async () => {
    const shown: (readonly [number, number])[] = [];
    const secondReader: SecondReader = {
      name: 'second',
      wants: ({ unreadable }) => unreadable,
      readText: async (photos) => {
        shown.push(...photos.map(({ width, height }) => [width, height] as const));
        return photos.map(({ number }) => text(number, 'FENWARD', 'SIZE M'));
      },
    };
    await bench.close();
    await open(model, { secondReader });
    const { facts } = await described({ texts: [] });
    expect(shown).toEqual([[384, 317]]);
    expect(facts).toMatchObject({ brand: { value: 'Fenward' }, size: { value: 'M', evidence: [{ from: 'label', photo: 3 }] } });

    const fails = async (): Promise<never> => {
      throw new EasyflipError('provider.unavailable', 'It is down.', { hint: 'Wait.' });
    };
    await bench.close();
    await open(model, { secondReader: { ...secondReader, readText: fails } });
    expect((await described({ texts: [] })).facts.brand?.value).toBe('Fenward');
    expect(bench.server.asked).toHaveLength(2);
  });

  it('counts when two readings agree that know nothing of each other; one alone proves no size', async () => {
    await bench.close();
    await open(model);
    const { facts, unknowns } = await described({ texts: [] });
    expect(facts.brand?.value).toBe('Fenward');
    expect(facts.size).toBeUndefined();
    expect(unknowns.size?.why).toContain('no other reading');
  });

  it('is not asked about twice, and not at all where the seller says it or the setting is off', async () => {
    await bench.close();
    await open(model, { settings: (all) => ({ ...all, analysis: { ...all.analysis, secondLook: false } }) });
    await described({ texts: [] });
    expect(bench.server.asked).toHaveLength(1);
    await bench.close();
    await open(model);
    await described({ texts: [], seller: { brand: 'Fenward', size: 'M' } });
    expect(bench.server.asked).toHaveLength(1);
  });

  it('leaves the first look as it is when the second fails', async () => {
    await bench.close();
    await open(model);
    bench.server.fail(undefined, { status: 500 }, { status: 500 });
    const { facts } = await described({ texts: [] });
    expect(facts.type?.value).toBe('T-Shirt');
    expect(facts.brand).toBeUndefined();
  });
});
