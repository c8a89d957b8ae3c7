import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/core/alert.ts';
import type { NoticeRules } from '../../src/core/ports/index.ts';
import { open, tempFile } from './support/world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const T0 = Date.UTC(2026, 2, 1, 12);
const iso = (ms: number): string => new Date(ms).toISOString();

const alert = (key: string, level: Alert['level'] = 'warning'): Alert => ({
  key,
  rule: level === 'info' ? 'report-daily' : 'disk-low',
  level,
  message: `${key} is the matter.`,
  hint: 'Do something.',
  figures: { free: 3, at: null },
});
const rules = (over: Partial<NoticeRules> = {}): NoticeRules => ({
  from: 'warning',
  repeatMs: 24 * HOUR,
  flapMs: 30 * MINUTE,
  gatherMs: 0,
  ...over,
});

type Opened = Awaited<ReturnType<typeof open>>;
const taken = async (
  { alerts }: Opened,
  atMs: number,
  over: Partial<NoticeRules> = {},
  channel = 'webhook A',
): Promise<readonly string[]> =>
  (await alerts.take(channel, rules(over), atMs)).notices.map(({ state, alert: { key } }) => `${state} ${key}`);

describe('alerts in the store', () => {
  it('tell a channel once, again when repetitions are due, and once that it is over; over all processes', async () => {
    const file = tempFile();
    const [one, other] = [await open(file), await open(file)];
    await one.alerts.observe([alert('a'), alert('b', 'critical')], iso(T0));
    expect(await taken(one, T0)).toEqual(['firing b', 'firing a']);
    for (const [store, at] of [
      [other, T0 + 1],
      [one, T0 + 5 * HOUR],
      [other, T0 + 23 * HOUR],
    ] as const) {
      await store.alerts.observe([alert('a'), alert('b', 'critical')], iso(at));
      expect(await taken(store, at)).toEqual([]);
    }
    expect(await taken(other, T0 + 24 * HOUR)).toEqual(['firing b', 'firing a']);
    await other.alerts.observe([alert('a')], iso(T0 + 25 * HOUR));
    expect(await taken(one, T0 + 25 * HOUR)).toEqual(['resolved b']);
    expect(await taken(other, T0 + 26 * HOUR)).toEqual([]);
    expect((await one.alerts.firing()).map(({ key, since, figures }) => ({ key, since, figures }))).toEqual([
      { key: 'a', since: iso(T0), figures: { free: 3, at: null } },
    ]);
  });

  it('never repeat where repetitions are off, and tell each channel what it wants to know', async () => {
    const store = await open(tempFile());
    await store.alerts.observe([alert('a'), alert('b', 'critical'), alert('r', 'info')], iso(T0));
    expect(await taken(store, T0, { repeatMs: null, from: 'critical' })).toEqual(['firing b']);
    expect(await taken(store, T0 + 1000 * HOUR, { repeatMs: null, from: 'critical' })).toEqual([]);
    expect(await taken(store, T0, { from: 'info' }, 'command mail')).toEqual(['firing b', 'firing a', 'firing r']);
    // A report is told once, and nobody is told that it is over.
    await store.alerts.observe([], iso(T0 + HOUR));
    expect(await taken(store, T0 + 48 * HOUR, { from: 'info' }, 'command mail')).toEqual(['resolved b', 'resolved a']);
  });

  it('who was never told of it is not told that it is over', async () => {
    const store = await open(tempFile());
    await store.alerts.observe([alert('a')], iso(T0));
    await store.alerts.observe([], iso(T0 + 1));
    expect(await taken(store, T0 + 2)).toEqual([]);
  });

  it('what comes and goes is not told each time', async () => {
    const store = await open(tempFile());
    let told: string[] = [];
    for (let minute = 0; minute < 60; minute += 1) {
      const at = T0 + minute * MINUTE;
      await store.alerts.observe(minute % 2 === 0 ? [alert('a')] : [], iso(at));
      told = [...told, ...(await taken(store, at)).map((notice) => `${minute}: ${notice}`)];
    }
    expect(told).toEqual(['0: firing a', '1: resolved a', '32: firing a', '33: resolved a']);
  });

  it('a storm goes in one message: after one, others wait, unless one is critical', async () => {
    const store = await open(tempFile());
    const found: Alert[] = [];
    const messages: string[][] = [];
    for (let minute = 0; minute < 10; minute += 1) {
      found.push(alert(`w${minute}`));
      if (minute === 7) found.push(alert('c', 'critical'));
      await store.alerts.observe(found, iso(T0 + minute * MINUTE));
      const notices = await taken(store, T0 + minute * MINUTE, { gatherMs: 5 * MINUTE });
      if (notices.length > 0) messages.push([...notices]);
    }
    expect(messages).toEqual([
      ['firing w0'],
      ['firing w1', 'firing w2', 'firing w3', 'firing w4', 'firing w5'],
      ['firing c', 'firing w6', 'firing w7'],
    ]);
  });

  it('what did not arrive is given back, as it was', async () => {
    const store = await open(tempFile());
    await store.alerts.observe([alert('a'), alert('b')], iso(T0));
    const first = await store.alerts.take('webhook A', rules(), T0);
    await first.giveBack();
    expect(await taken(store, T0 + 1)).toEqual(['firing a', 'firing b']);
    await store.alerts.observe([alert('a')], iso(T0 + 2));
    const second = await store.alerts.take('webhook A', rules(), T0 + 2);
    expect(second.notices.map(({ state }) => state)).toEqual(['resolved']);
    await second.giveBack();
    expect(await taken(store, T0 + 3)).toEqual(['resolved b']);
    expect(await taken(store, T0 + 4)).toEqual([]);
  });

  it('two processes that take at the same time tell it once', async () => {
    const file = tempFile();
    const stores = await Promise.all(Array.from({ length: 5 }, () => open(file)));
    await stores[0]?.alerts.observe([alert('a')], iso(T0));
    const all = await Promise.all(stores.map((store) => taken(store, T0)));
    expect(all.flat()).toEqual(['firing a']);
  });
});
