import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { colourlessItems, onlyColour } from '../support/items.ts';
import type { BatchStep } from '../support/openai-batches.ts';
import { OpenAiServer } from '../support/openai-server.ts';
import { finished, type Ran, World } from '../support/world.ts';

let world: World;
let openai: OpenAiServer;
beforeEach(async () => {
  world = await World.open();
  openai = await OpenAiServer.open(() => onlyColour);
  settings({});
});
afterEach(async () => {
  expect([...openai.problems, ...openai.batches.problems]).toEqual([]);
  // No question is ever paid twice, whatever happened.
  expect(new Set(openai.billed.map(({ request }) => request)).size).toBe(openai.billed.length);
  await world.close();
  await openai.close();
});

function settings(more: { readonly batches?: object; readonly services?: object; readonly analysis?: object }): void {
  const file = {
    ...more,
    analysis: { maxAnswerLength: 300, ...more.analysis },
    batches: { pollSeconds: 0.05, longestPollSeconds: 0.2, ...more.batches },
  };
  writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify(file));
}

const start = (...args: readonly string[]) => world.start(args, openai.env);
const run = (...args: readonly string[]): Promise<Ran> => start(...args).ended;
const listBatch = (...args: readonly string[]): Promise<Ran> => run('list', world.photos, '--batch', '--json', ...args);
const costs = async (): Promise<Record<string, unknown> & { total: Record<string, number>; batches: unknown[] }> =>
  (await run('costs', '--json')).lines.at(-1) as never;
const billed = (): number => openai.billed.reduce((sum, { microUsd }) => sum + Math.ceil(microUsd), 0) / 1e6;
const live = async (): Promise<number> => (await world.listings()).filter(({ status }) => status === 'ACTIVE').length;
const ofType = (ran: Ran, type: string) => ran.lines.filter((line) => line.type === type);
const count = (step: BatchStep): number => openai.batches.steps.filter((one) => one === step).length;

describe('list --batch', () => {
  it('asks all in one batch at half price, waits, and lists; nothing of it stays behind', async () => {
    await colourlessItems(world, 3);
    const ran = await listBatch();
    expect(finished(ran), ran.out + ran.err).toMatchObject({ exitCode: 0, counts: { items: 3, listed: 3 } });
    expect(openai.asked).toEqual([]);
    expect(openai.batches.all).toHaveLength(1);
    expect(openai.askedInBatches).toHaveLength(3);
    const { total, models } = await costs();
    expect(total).toMatchObject({ calls: 3, unsettled: 0 });
    expect(total.costUsd).toBeCloseTo(billed(), 9);
    expect(models).toMatchObject([{ provider: 'openai', model: 'gpt-4o' }]);
    // Pictures of the seller's home are not left lying there.
    expect([...openai.batches.files.keys()]).toEqual([]);

    const valid = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync('schemas/run-line.schema.json', 'utf8')));
    for (const line of ran.lines) expect(valid(line), JSON.stringify([line, valid.errors])).toBe(true);
    expect(ofType(ran, 'batch.sent')).toMatchObject([{ batch: 'batch_1', questions: 3 }]);
    expect(ofType(ran, 'batch.finished')).toMatchObject([{ batch: 'batch_1', status: 'completed', answered: 3, failed: 0 }]);
    expect(Number(ofType(ran, 'batch.sent')[0]?.costUsdMax)).toBeGreaterThan(Number(total.costUsd));

    expect(finished(await listBatch()).counts).toMatchObject({ already: 3 });
    expect(openai.billed).toHaveLength(3);
  });

  it('takes answers in any order, twice, and among those of strangers', async () => {
    await colourlessItems(world, 3);
    openai.batches.fates.push({ untidy: true });
    expect(finished(await listBatch()).counts).toMatchObject({ listed: 3 });
    expect((await costs()).total).toMatchObject({ calls: 3, unsettled: 0 });
    expect(openai.asked).toEqual([]);
  });

  it('divides what is too much for one file, two batches at once', async () => {
    await colourlessItems(world, 5);
    settings({ batches: { maxRequests: 2 } });
    let most = 0;
    openai.batches.before = () => {
      most = Math.max(most, openai.batches.all.filter(({ status }) => status !== 'completed').length);
    };
    expect(finished(await listBatch()).counts).toMatchObject({ listed: 5 });
    expect(openai.batches.all.map(({ lines }) => lines.length)).toEqual([2, 2, 1]);
    expect(most).toBe(2);
  });

  it.each([
    ['refused as a whole', { error: { code: 'token_limit_exceeded', message: 'Enqueued token limit reached.' } }, 3],
    ['expired half done', { end: 'expired', answered: 2 }, 1],
    ['cancelled', { end: 'cancelled', answered: 0 }, 3],
    ['with lines that failed', { lines: { 0: { status: 429, code: 'rate_limit_exceeded' }, 2: { status: 500, code: 'server_error' } } }, 2],
  ] as const)('asks by ordinary calls what a batch did not answer: %s', async (_what, fate, ordinary) => {
    await colourlessItems(world, 3);
    openai.batches.fates.push(fate);
    const ran = await listBatch();
    expect(finished(ran), ran.out).toMatchObject({ exitCode: 0, counts: { listed: 3 } });
    expect(openai.asked).toHaveLength(ordinary);
    expect(openai.batches.all).toHaveLength(1);
    const { total } = await costs();
    expect(total.costUsd).toBeCloseTo(billed(), 9);
    expect(total.unsettled).toBe(0);
  });

  it('asks anew by an ordinary call what was answered with nonsense, and pays for both', async () => {
    await colourlessItems(world, 1);
    let nth = 0;
    openai.model = () => (nth++ === 0 ? { nonsense: true } : onlyColour);
    expect(finished(await listBatch()).counts).toMatchObject({ listed: 1 });
    expect(openai.billed.map(({ inBatch }) => inBatch)).toEqual([true, false]);
    expect((await costs()).total.costUsd).toBeCloseTo(billed(), 9);
    openai.billed.length = 0;
  });

  it('never promises more than --max-cost, in the batch and behind it', { timeout: 400_000 }, async () => {
    await colourlessItems(world, 5);
    const ran = await listBatch('--max-cost', '0.014');
    expect(finished(ran).exitCode).toBe(4);
    const sent = ofType(ran, 'batch.sent')[0];
    expect(Number(sent?.costUsdMax)).toBeLessThanOrEqual(0.014);
    expect(Number(sent?.questions)).toBeGreaterThan(1);
    expect(Number(sent?.questions)).toBeLessThan(5);
    expect(finished(ran).counts).toMatchObject({ listed: Number(sent?.questions) });
    expect(ran.out).toContain('budget.exhausted');
    expect(billed()).toBeLessThanOrEqual(0.014);

    openai.batches.fates.push({ end: 'cancelled', answered: 0 });
    const rest = await run('resume', '--batch', '--json', '--max-cost', '0.008');
    expect(finished(rest).exitCode).toBe(4);
    expect(finished(await run('resume', '--json'))).toMatchObject({ exitCode: 0 });
    expect(await live()).toBe(5);
    expect(openai.billed).toHaveLength(5);
  });
});

describe('where there are no batches', () => {
  it('says so before anything starts: a provider without, a service without', async () => {
    await colourlessItems(world, 1);
    const local = await listBatch('--provider', 'local');
    expect(local.code).toBe(2);
    expect(local.out).toContain('usage.invalid');
    openai.batches.exist = false;
    const without = await listBatch();
    expect(without.out).toContain('provider.no-batches');
    expect(without.out).toContain('--batch');
    expect(without.code).toBe(2);
    expect(openai.billed).toEqual([]);
    expect(finished(await run('list', world.photos, '--json')).counts).toMatchObject({ listed: 1 });
  });
});

describe('a run that does not wait for the end', () => {
  it('leaves in order with the batch named; status, show and costs tell of it, resume collects it', { timeout: 400_000 }, async () => {
    await colourlessItems(world, 2);
    openai.batches.held = true;
    const { child, ended } = start('list', world.photos, '--batch', '--json');
    openai.batches.after = (step, nth) => void (step === 'look' && nth === 2 && child.kill('SIGINT'));
    const interrupted = await ended;
    expect(finished(interrupted)).toMatchObject({ exitCode: 130, counts: { deferred: 2 } });
    openai.batches.after = () => {};
    // The next --batch waits on, and its time runs out while it waits: what is before the question was done above.
    for (const ran of [interrupted, await listBatch('--max-minutes', '0.4')]) {
      if (ran !== interrupted) expect(finished(ran), ran.out).toMatchObject({ exitCode: 4, counts: { deferred: 2 } });
      for (const { reason } of ofType(ran, 'item.finished'))
        expect(reason).toMatchObject({
          code: 'batch.waiting',
          message: expect.stringContaining('batch_1'),
          hint: expect.stringContaining('easyflip resume'),
        });
    }

    const status = (await run('status', '--json')).lines[0] as never as { batches: unknown[]; items: { id: string; reason: unknown }[] };
    expect(status.batches).toMatchObject([{ batch: 'batch_1', questions: 2, status: 'in_progress' }]);
    expect(status.items[0]?.reason).toMatchObject({ code: 'batch.waiting' });
    expect((await run('status')).out).toContain('batch_1');
    expect((await run('show', status.items[0]?.id ?? '')).out).toContain('batch_1');
    const waiting = await costs();
    expect(waiting.batches).toMatchObject([{ batch: 'batch_1' }]);
    expect(waiting.total.unsettled).toBe(2);
    expect(waiting.total.costUsd).toBeGreaterThan(0.002);

    // It asks nothing anew while the answer is on its way.
    expect(finished(await run('resume', '--json'))).toMatchObject({ exitCode: 4, counts: { deferred: 2 } });
    expect(finished(await run('list', world.photos, '--json'))).toMatchObject({ exitCode: 4, counts: { deferred: 2 } });
    expect(openai.billed).toEqual([]);
    openai.batches.held = false;
    expect(finished(await run('resume', '--json'))).toMatchObject({ exitCode: 0, counts: { listed: 2 } });
    expect(openai.asked).toEqual([]);
    expect(count('create')).toBe(1);
    expect((await costs()).batches).toEqual([]);
  });
});

describe('killed with SIGKILL, and started again', () => {
  const never = (): Promise<void> => new Promise(() => {});
  const moments: Readonly<Record<string, { readonly side: 'before' | 'after'; readonly step: BatchStep; readonly by: string }>> = {
    'before the upload arrives': { side: 'before', step: 'upload', by: 'list' },
    'when the file is there': { side: 'after', step: 'upload', by: 'resume --batch' },
    'before the order arrives': { side: 'before', step: 'create', by: 'list --batch' },
    'when the batch is there, and nobody was told': { side: 'after', step: 'create', by: 'list' },
    'when it is looked at': { side: 'after', step: 'look', by: 'list --batch' },
    'when answers are read': { side: 'before', step: 'read', by: 'resume' },
  };
  it.each(Object.entries(moments))('%s: no item twice, no question paid twice', { timeout: 300_000 }, async (_what, { side, step, by }) => {
    await colourlessItems(world, 2);
    const { child, ended } = start('list', world.photos, '--batch', '--json');
    openai.batches[side] = (one, n) => {
      if (one !== step || n > 1) return;
      child.kill('SIGKILL');
      return never();
    };
    expect((await ended).signal).toBe('SIGKILL');
    openai.batches[side] = () => {};
    const [command = '', ...flags] = by.split(' ');
    let again: Ran | undefined;
    // Without --batch nothing is waited for: the command is given until the batch is over.
    for (let tries = 0; tries < 4; tries += 1) {
      again = await run(command, ...(command === 'list' ? [world.photos] : []), ...flags, '--json');
      if (finished(again).exitCode === 0) break;
    }
    expect(finished(again as Ran), again?.out).toMatchObject({ exitCode: 0 });
    expect(await world.listings()).toHaveLength(2);
    expect(openai.billed).toHaveLength(2);
    expect(openai.batches.all.length).toBeLessThanOrEqual(1);
    const { total, batches: open } = await costs();
    expect(open).toEqual([]);
    expect(total.unsettled).toBe(0);
    expect(total.costUsd).toBeCloseTo(billed(), 9);
    expect([...openai.batches.files.keys()]).toEqual([]);
  });

  it('right behind the answer to the order, and behind the answers', { timeout: 300_000 }, async () => {
    await colourlessItems(world, 2);
    for (const step of ['create', 'read'] as const) {
      const { child, ended } = start('list', world.photos, '--batch', '--json');
      openai.batches.after = (one) => void (one === step && setTimeout(() => child.kill('SIGKILL'), 30));
      expect((await ended).signal).toBe('SIGKILL');
    }
    openai.batches.after = () => {};
    expect(finished(await listBatch())).toMatchObject({ exitCode: 0 });
    expect(await world.listings()).toHaveLength(2);
    expect(openai.billed).toHaveLength(2);
    expect(openai.batches.all).toHaveLength(1);
  });
});
