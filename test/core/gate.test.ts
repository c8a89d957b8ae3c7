import { describe, expect, it } from 'vitest';
import { Gate } from '../../src/core/gate.ts';

/** Work that ends when told to. */
function task(): { work: () => Promise<void>; end: () => void; begun: () => boolean } {
  let end = (): void => undefined;
  let begun = false;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    work: () => {
      begun = true;
      return ended;
    },
    end: () => end(),
    begun: () => begun,
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('Gate', () => {
  it('lets as many in as there are slots, the rest in order', async () => {
    const gate = new Gate(2, 1000);
    const tasks = [task(), task(), task(), task()];
    const runs = tasks.map(({ work }) => gate.run(10, undefined, work));
    await settled();
    expect(tasks.map(({ begun }) => begun())).toEqual([true, true, false, false]);
    tasks[1]?.end();
    await settled();
    expect(tasks.map(({ begun }) => begun())).toEqual([true, true, true, false]);
    for (const { end } of tasks) end();
    await Promise.all(runs);
  });

  it('early work goes before late work, each in its order', async () => {
    const gate = new Gate(1, 1000);
    const begun: string[] = [];
    const work = (name: string) => async () => void begun.push(name);
    const first = task();
    const runs = [
      gate.run(1, undefined, first.work),
      gate.run(1, undefined, work('late 1'), 'late'),
      gate.run(1, undefined, work('late 2'), 'late'),
      gate.run(1, undefined, work('early 1')),
      gate.run(1, undefined, work('early 2')),
    ];
    first.end();
    await Promise.all(runs);
    expect(begun).toEqual(['early 1', 'early 2', 'late 1', 'late 2']);
  });

  it('bounds the weight; what is heavier than all of it runs alone', async () => {
    const gate = new Gate(4, 100);
    const [small, huge, after] = [task(), task(), task()];
    const runs = [gate.run(60, undefined, small.work), gate.run(500, undefined, huge.work), gate.run(10, undefined, after.work)];
    await settled();
    expect([small.begun(), huge.begun(), after.begun()]).toEqual([true, false, false]);
    small.end();
    await settled();
    expect([huge.begun(), after.begun()]).toEqual([true, false]);
    huge.end();
    await settled();
    expect(after.begun()).toBe(true);
    after.end();
    await Promise.all(runs);
  });

  it('an aborted wait leaves the queue, and a failure frees its slot', async () => {
    const gate = new Gate(1, 100);
    const [first, second, third] = [task(), task(), task()];
    const abort = new AbortController();
    const one = gate.run(1, undefined, () => first.work().then(() => Promise.reject(new Error('broken'))));
    const two = gate.run(1, abort.signal, second.work);
    const three = gate.run(1, undefined, third.work);
    abort.abort(new Error('stopped'));
    await expect(two).rejects.toThrow('stopped');
    first.end();
    await expect(one).rejects.toThrow('broken');
    await settled();
    expect([second.begun(), third.begun()]).toEqual([false, true]);
    third.end();
    await three;
  });
});
