import { expect, it } from 'vitest';
import { handMade, SINCE } from '../app/stats/history.ts';

it('how busy services were goes with its run; other runs and dry runs are no part of it', async () => {
  const { store } = await handMade();
  const counts = { items: 1, listed: 1, already: 0, held: 0, failed: 0, deferred: 0, skipped: 0 };
  const busy = [{ service: 'model' as const, atOnce: 9, calls: 1, failed: 0, busyMs: 1_000 }];
  await store.runs.start({ id: 'dry', command: 'list', dryRun: true, startedAt: '2026-01-02T00:00:00.000Z' });
  await store.runs.finish('dry', { finishedAt: '2026-01-02T01:00:00.000Z', counts, exitCode: 0 });
  await store.runs.keepUsage('dry', busy);
  await store.runs.start({ id: 'killed', command: 'list', dryRun: false, startedAt: '2026-01-03T00:00:00.000Z' });
  await store.runs.keepUsage('killed', busy);
  expect(await store.figures.runUse(SINCE)).toEqual({
    runs: 1,
    wallMs: 3_600_000,
    items: 60,
    services: [
      { service: 'media', atOnce: 3, calls: 240, failed: 0, busyMs: 6_480_000, capacityMs: 3 * 3_600_000 },
      { service: 'model', atOnce: 5, calls: 60, failed: 2, busyMs: 16_200_000, capacityMs: 5 * 3_600_000 },
    ],
  });
  expect((await store.figures.runUse('2026-01-02T00:00:00.000Z')).runs).toBe(0);
  await store.upkeep.prune(10, false);
  expect(await store.figures.runUse(SINCE)).toMatchObject({ runs: 0, services: [] });
});
