import { expect, it } from 'vitest';
import { open, tempFile } from './support/world.ts';

it('breakers, counts and allowances are known to the next process', async () => {
  const file = tempFile();
  const store = await open(file);
  await store.services.keepBreaker('media', { sinceMs: 1000.4, probeAtMs: 31_000 });
  // A second failure of the probe moves the time of the next one, never the beginning.
  await store.services.keepBreaker('media', { sinceMs: 5000, probeAtMs: 61_000 });
  await store.services.keepBreaker('browse', { sinceMs: 1, probeAtMs: 2 });
  await store.services.keepBreaker('browse', undefined);
  await store.rates.count('inventory', '2026-03-01', 100);
  await store.rates.count('inventory', '2026-03-01', 100);
  const one = { name: 'sell.inventory', limit: 10, remaining: 3, resetsAt: '2026-03-02T08:00:00.000Z' };
  await store.services.keepAllowances([{ ...one, name: 'old.api' }], 'then');
  await store.services.keepAllowances([one], 'now');
  const next = await open(file);
  expect(await next.services.breakers()).toEqual(new Map([['media', { sinceMs: 1000, probeAtMs: 61_000 }]]));
  expect(await next.services.callsOf('2026-03-01')).toEqual(new Map([['inventory', 2]]));
  expect(await next.services.callsOf('2026-03-02')).toEqual(new Map());
  expect(await next.services.allowances()).toEqual([{ ...one, askedAt: 'now' }]);
});
