import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { closesIntake, defers, endsRun } from '../../src/resilience/deferring.ts';
import { createShedding } from '../../src/resilience/shedding.ts';
import { FakeClock } from './fake-clock.ts';
import { cancelled, watch } from './fakes.ts';

const ROOMY = { minFreeDiskMegabytes: 0, minFreeMemoryMegabytes: 0 };
const signal = new AbortController().signal;

it('a real machine with nothing demanded of it has room', async () => {
  await createShedding({ folder: tmpdir(), limits: ROOMY, clock: new FakeClock() })(signal);
});

it('a disk that is short puts items off at once: no new one is begun, the run ends in order', async () => {
  const limits = { ...ROOMY, minFreeDiskMegabytes: 1e12 };
  const error: unknown = await createShedding({ folder: tmpdir(), limits, clock: new FakeClock() })(signal).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'machine.disk-low', hint: expect.stringContaining('easyflip resume') });
  expect([defers(error), closesIntake(error), endsRun(error)]).toEqual([true, true, false]);
});

it('a place that does not tell its space counts as roomy', async () => {
  const limits = { ...ROOMY, minFreeDiskMegabytes: 1e12 };
  await createShedding({ folder: '/nowhere/at/all', limits, clock: new FakeClock() })(signal);
});

it('short memory is waited for, and gives up after half a minute', async () => {
  const clock = new FakeClock();
  let free = 50e6;
  const hasRoom = createShedding({ folder: tmpdir(), limits: { ...ROOMY, minFreeMemoryMegabytes: 100 }, clock, freeMemory: () => free });
  await hasRoom(AbortSignal.abort(cancelled())).catch((error: unknown) => expect(error).toMatchObject({ code: 'run.cancelled' }));
  const freed = watch(hasRoom(signal));
  await new Promise((done) => setImmediate(done));
  await clock.advance(5_000);
  expect(freed.state).toBe('waiting');
  free = 200e6;
  await clock.advance(1_000);
  expect(freed.state).toBe('done');
  free = 50e6;
  const short = watch(hasRoom(signal));
  await new Promise((done) => setTimeout(done, 20));
  await clock.advance(31_000);
  expect(short).toMatchObject({ state: 'failed', error: { code: 'machine.memory-low' } });
});
