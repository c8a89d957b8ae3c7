import { afterEach, expect, it } from 'vitest';
import { isEasyflipError } from '../../../src/core/errors.ts';
import { type Bench, call, fullReply, openBench, photosIn, request } from './support.ts';

let bench: Bench;
afterEach(() => bench.close());

it('50 items at once with a budget for 20: never one cent over, the rest deferred, and later all are done, none paid twice', async () => {
  bench = await openBench(() => fullReply);
  const photos = await photosIn(bench.folder, 1);
  const describeItem = (who: Bench, n: number) =>
    who.describer.describe(request(photos, { nameWords: ['item', String(n)] }), call(`ITEM-${n}`));
  await describeItem(bench, 0);
  const perItem = (await bench.store.ledger.spending())[0]?.microUsd ?? 0;
  const maxCostUsd = (20 * perItem) / 1e6;

  const limited = await openBench(() => fullReply, {
    beside: bench,
    runId: 'limited',
    settings: (all) => ({ ...all, limits: { ...all.limits, maxCostUsd } }),
  });
  bench.server.delayMs = 20;
  const ends = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => describeItem(limited, n + 1)));
  const spent = await limited.store.ledger.spentByRun('limited');
  expect(spent).toBeLessThanOrEqual(20 * perItem);
  const done = ends.filter(({ status }) => status === 'fulfilled').length;
  process.stderr.write(`a budget for 20 items did ${done}; ${spent} of ${20 * perItem} millionths spent\n`);
  // A reservation is several times the price of a call, so that the last of the 20 may not be begun.
  expect(done).toBeGreaterThanOrEqual(16);
  expect(done).toBeLessThanOrEqual(20);
  for (const end of ends) if (end.status === 'rejected') expect(isEasyflipError(end.reason) && end.reason.code).toBe('budget.exhausted');
  await limited.close();

  await Promise.all(Array.from({ length: 50 }, (_, n) => describeItem(bench, n + 1)));
  expect(bench.server.asked).toHaveLength(51);
});

it('what is reserved is never less than what is paid, whatever the words on a label', async () => {
  bench = await openBench(() => fullReply, { settings: (all) => ({ ...all, analysis: { ...all.analysis, secondLook: false } }) });
  const photos = await photosIn(bench.folder, 4);
  const odd = ['x9 ! 7# @@ ~~ q', '日本製 綿百パーセント', '🙂🙃'.repeat(20), '0123456789'.repeat(12), 'Zusammensetzung Baumwolle'];
  for (const line of odd) {
    await bench.describer.describe(
      request(photos, {
        texts: [
          {
            photo: 3,
            unreadable: false,
            lines: Array.from({ length: 12 }, () => ({ text: line, words: [], confidence: 1, height: 0.1, top: 0 })),
          },
        ],
      }),
      call(),
    );
  }
  const { openDatabase } = await import('../../../src/store/open-database.ts');
  const { db } = await openDatabase(`${bench.folder}/db.sqlite`, 'practice');
  const rows = db
    .prepare(
      'SELECT reserved_micro_usd AS reserved, settled_micro_usd AS settled, output_tokens AS output, input_tokens AS input FROM ledger',
    )
    .all();
  db.close();
  expect(rows).toHaveLength(odd.length);
  for (const row of rows as { reserved: number; settled: number; input: number; output: number }[]) {
    // The input alone: 1500 tokens of answer are reserved on top.
    expect(row.input * 2.5).toBeLessThanOrEqual(row.reserved - 15_000);
    expect(row.settled).toBeLessThanOrEqual(row.reserved);
  }
});
