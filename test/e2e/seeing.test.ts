import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fuse } from '../crash/fuse.ts';
import { colourlessItems, onlyColour, sidecar } from '../support/items.ts';
import { navyShirtSaying, writeNavyShirt } from '../support/navy-shirt.ts';
import { type Asked, OpenAiServer } from '../support/openai-server.ts';
import { finished, type Ran, World } from '../support/world.ts';

/** The model is 99 % certain of a name by its looks. */
const shirt = navyShirtSaying({ f: 'model', v: 'Air Supreme 9000', c: 99, by: 'picture', p: 1, q: 'it looks like one' });

let world: World;
let openai: OpenAiServer;
beforeEach(async () => {
  world = await World.open();
  openai = await OpenAiServer.open(() => shirt);
});
afterEach(async () => {
  expect(openai.problems).toEqual([]);
  await world.close();
  await openai.close();
});

const run = (...args: readonly string[]): Promise<Ran> => world.start(args, openai.env).ended;
const list = (...args: readonly string[]): Promise<Ran> => run('list', world.photos, '--json', ...args);

/** One call each, with a short answer. */
async function shortItems(count: number): Promise<void> {
  writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify({ analysis: { maxAnswerLength: 300 } }));
  await colourlessItems(world, count);
}

/** By the tokens that the service counted. */
const paidUsd = (): number => openai.billed.reduce((sum, { microUsd }) => sum + Math.ceil(microUsd), 0) / 1e6;

const costs = async (): Promise<{ total: { calls: number; costUsd: number; unsettled: number }; [key: string]: unknown }> =>
  (await run('costs', '--json')).lines.at(-1) as never;

describe('a clear item', () => {
  it('goes live from one call, with what is proven and nothing else; the ledger and `costs` have it', async () => {
    writeNavyShirt(world);
    const ran = await list();
    expect(finished(ran), ran.out).toMatchObject({ counts: { items: 1, listed: 1 }, exitCode: 0 });
    expect(openai.asked).toHaveLength(1);
    const [listing] = await world.listings();
    expect(listing?.aspects).toMatchObject({ Brand: ['Fenward'], Size: ['M'], Color: ['Blue'], Department: ['Men'] });
    expect(JSON.stringify(listing)).not.toContain('Supreme');

    const spent = await costs();
    const valid = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync('schemas/costs-line.schema.json', 'utf8')));
    expect(valid(spent), JSON.stringify(valid.errors)).toBe(true);
    expect(spent).toMatchObject({ total: { calls: 1, unsettled: 0, pictures: 4 }, models: [{ provider: 'openai', model: 'gpt-4o' }] });
    expect(spent.total.costUsd).toBeLessThanOrEqual(0.015);
    expect(finished(ran).costUsd).toBe(spent.total.costUsd);
    expect((await run('costs')).out).toContain('openai gpt-4o');

    await list();
    expect(openai.asked).toHaveLength(1);
    expect(`${ran.out}${ran.err}${readFileSync(join(world.data, 'practice.sqlite'), 'latin1')}`).not.toContain(openai.env.OPENAI_API_KEY);
  });

  it('is not paid for again after a kill behind the answer', async () => {
    writeNavyShirt(world);
    // Dead the moment its answer is recorded, before anything has been made of it.
    const dies = fuse('easyflip.js', join(world.root, 'moments'), 'after write (answer journal openai) draft 1');
    expect((await world.start(['list', world.photos, '--json'], { ...openai.env, ...dies }).ended).signal).toBe('SIGKILL');
    const again = await list();
    expect(finished(again).counts.listed).toBe(1);
    expect(openai.asked).toHaveLength(1);
  });
});

describe('a budget', () => {
  it('is never passed by a cent; the rest waits, and resume does it', async () => {
    openai.model = () => onlyColour;
    await shortItems(8);
    // What an item costs is known from the first.
    const perItem = Number(finished(await list('--limit', '1')).costUsd);
    expect(perItem).toBeGreaterThan(0);
    const budget = Math.ceil(perItem * 5 * 1e6) / 1e6;
    const ran = await list('--max-cost', String(budget));
    const { counts, costUsd, exitCode } = finished(ran) as never as { counts: Record<string, number>; costUsd: number; exitCode: number };
    expect(exitCode).toBe(4);
    expect(costUsd).toBeLessThanOrEqual(budget);
    expect(counts.listed).toBeGreaterThanOrEqual(1);
    expect(counts.deferred).toBe(7 - (counts.listed ?? 0));
    expect(ran.out).toContain('budget.exhausted');
    expect(ran.out).toContain('easyflip resume');
    expect(finished(await run('resume', '--json'))).toMatchObject({ exitCode: 0 });
    expect(await world.listings()).toHaveLength(8);
    expect(openai.asked).toHaveLength(8);
    expect((await costs()).total).toMatchObject({ calls: 8, unsettled: 0 });
  });

  it('for 20 of 50 items in flight lets 20 through, not one cent more, and resume does the rest', { timeout: 600_000 }, async () => {
    openai.model = () => onlyColour;
    await shortItems(50);
    const perItem = Number(finished(await list('--limit', '1')).costUsd);
    const before = paidUsd();
    const budget = Math.ceil(perItem * 20 * 1e6) / 1e6;
    let most = 0;
    openai.onAnswered = () => {
      most = Math.max(most, paidUsd() - before);
    };
    const ran = await list('--max-cost', String(budget));
    const { counts, costUsd, exitCode } = finished(ran) as never as { counts: Record<string, number>; costUsd: number; exitCode: number };
    // What the service counted is what the ledger has.
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(budget);
    expect(costUsd).toBeCloseTo(paidUsd() - before, 9);
    expect(exitCode).toBe(4);
    // A reservation is several times the price of a call, so that the last of the 20 may not be begun.
    expect(counts.listed).toBeGreaterThanOrEqual(14);
    expect(counts.listed).toBeLessThanOrEqual(20);
    expect(counts).toMatchObject({ items: 50, already: 1, failed: 0, held: 0, deferred: 49 - (counts.listed ?? 0) });
    expect(ran.out).toContain('easyflip resume');
    const first = openai.billed.length;
    const second = await run('resume', '--json', '--max-cost', String(budget));
    expect(finished(second).exitCode).toBe(4);
    expect(openai.billed.length).toBeGreaterThan(first);
    openai.onAnswered = () => {};
    expect(finished(await run('resume', '--json', '--max-cost', '1'))).toMatchObject({ exitCode: 0 });
    expect((await world.listings()).filter(({ status }) => status === 'ACTIVE')).toHaveLength(50);
    expect(openai.billed).toHaveLength(50);
    expect(new Set(openai.billed.map(({ request }) => request)).size).toBe(50);
    process.stderr.write(`a budget for 20 of 50 items: ${counts.listed} listed for ${costUsd} of ${budget} USD\n`);
  });

  it('of a day binds two programs at once', async () => {
    openai.model = () => onlyColour;
    openai.delayMs = 50;
    await shortItems(6);
    const day = 0.015;
    const ran = await Promise.all([list('--max-cost-day', String(day)), list('--max-cost-day', String(day))]);
    expect(ran.map(({ code }) => code)).toEqual([4, 4]);
    const { total } = await costs();
    expect(total.costUsd).toBeLessThanOrEqual(day);
    expect(total.calls).toBeGreaterThan(0);
    expect(total.calls).toBe(openai.asked.length);
    // An item over its own limit is put off, and the others go on.
    const item = await list('--max-cost-item', '0.000001');
    expect(item.code).toBe(4);
    expect(item.out).toContain('budget.item-exhausted');
  });

  it('is refused for a model without a price, before anything starts', async () => {
    writeNavyShirt(world);
    const ran = await list('--model', 'my-own-model', '--max-cost', '1');
    expect(ran.code).toBe(2);
    expect(ran.out).toContain('models.prices');
    expect(openai.asked).toEqual([]);
    expect(finished(await list('--model', 'my-own-model')).counts.listed).toBe(1);
    expect((await costs()).models).toMatchObject([{ model: 'my-own-model', calls: 1, costUsd: 0 }]);
  });
});

describe('when the provider fails', () => {
  it.each([
    [
      'no credit',
      { status: 429, error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' } },
      'provider.no-credit',
      'Add credit or raise the limit in its billing settings, then run `easyflip resume`.',
    ],
    [
      'a wrong key',
      { status: 401, error: { message: 'Incorrect API key provided: sk-test-0123456789abcdef', code: 'invalid_api_key' } },
      'provider.auth',
      'OPENAI_API_KEY',
    ],
    [
      'no such model',
      { status: 404, error: { message: 'The model does not exist', code: 'model_not_found' } },
      'provider.model-missing',
      'analysis.model',
    ],
  ])('%s stops the run in order, without another try, with its cure, and resume continues', async (_what, fault, code, cure) => {
    writeNavyShirt(world);
    openai.fail(fault);
    const ran = await list();
    expect(finished(ran)).toMatchObject({ exitCode: 4, counts: { items: 1, deferred: 1 } });
    expect(ran.out).toContain(code);
    expect(ran.out).not.toContain('sk-test');
    expect(ran.lines.find(({ type }) => type === 'run.stopping')).toMatchObject({ reason: { code, hint: expect.stringContaining(cure) } });
    expect(openai.asked).toHaveLength(1);
    expect((await costs()).total.costUsd).toBe(0);
    expect(finished(await run('resume', '--json')).counts.listed).toBe(1);
  });

  it('credit that runs out between two items: what was paid for stays, and after it is topped up only the other is asked about', async () => {
    await colourlessItems(world, 1);
    openai.model = () => onlyColour;
    expect(finished(await list()).counts).toMatchObject({ listed: 1 });
    await colourlessItems(world, 1, 2);
    openai.fail({
      status: 429,
      error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' },
    });
    expect(finished(await list())).toMatchObject({ exitCode: 4, counts: { already: 1, deferred: 1, failed: 0 } });
    expect(finished(await run('resume', '--json'))).toMatchObject({ exitCode: 0, counts: { listed: 1 } });
    expect(openai.billed).toHaveLength(2);
    expect(await world.listings()).toHaveLength(2);
  });

  it('another model looks, by setting; the local analysis as the last, and that is held', async () => {
    writeNavyShirt(world);
    const settings = { analysis: { fallback: ['openai:gpt-4o-mini', 'local'] }, services: { model: { tries: 1 } } };
    writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify(settings));
    openai.fail({ finish: 'stop', content: 'no json' });
    expect(finished(await list()).counts.listed).toBe(1);
    expect(openai.asked.map(({ body }: Asked) => body.model)).toEqual(['gpt-4o', 'gpt-4o-mini']);

    world.forgetDatabase();
    await world.reset();
    openai.fail({ status: 500 }, { status: 500 });
    const ran = await list();
    expect(finished(ran).counts.held).toBe(1);
    expect(ran.out).toContain('facts.from-fallback');
  });

  it.each(['resume', 'list', 'retry-failed'])(
    'what the local analysis stood in for is asked again when it is back: %s',
    async (command) => {
      writeNavyShirt(world);
      const settings = { analysis: { fallback: ['local'] }, services: { model: { tries: 1 } } };
      writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify(settings));
      openai.fail({ status: 500 });
      expect(finished(await list()).counts.held).toBe(1);
      if (command === 'resume') {
        // Still away: it stays held, for nothing.
        openai.fail({ status: 503 });
        expect(finished(await run('resume', '--json')).counts.held).toBe(1);
      }
      const again = await run(command, ...(command === 'list' ? [world.photos] : []), '--json');
      expect(finished(again).counts, again.out).toMatchObject({ listed: 1 });
      expect(openai.billed).toHaveLength(1);
      expect((await world.listings())[0]?.aspects).toMatchObject({ Brand: ['Fenward'], Size: ['M'] });
    },
  );

  it('what the seller approved meanwhile stands, and a refusal is not paid for twice unasked', async () => {
    writeNavyShirt(world);
    world.write('mens-tshirt-navy/item.json', JSON.stringify({ ...sidecar(1), aspects: { ...sidecar(1).aspects, Color: undefined } }));
    const settings = { analysis: { fallback: ['local'] }, services: { model: { tries: 1 } } };
    writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify(settings));
    openai.fail({ finish: 'stop', content: null, refusal: "I can't help with that." });
    const held = await list();
    expect(held.out).toContain('facts.from-fallback');
    expect(finished(await list()).counts.held).toBe(1);
    expect(openai.billed).toHaveLength(1);

    world.forgetDatabase();
    openai.fail({ status: 500 });
    const ran = await list();
    expect(ran.out).toContain('facts.from-fallback');
    const id = String(ran.lines.find(({ type }) => type === 'item.finished')?.item);
    expect(finished(await run('approve', id, '--json')).counts.listed).toBe(1);
    expect(openai.billed).toHaveLength(1);
  });
});
