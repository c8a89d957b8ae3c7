import { describe, expect, it } from 'vitest';
import { isOpen, openedAt, opensInMs, parseWindow, shareElapsed, windowText } from '../../src/core/daily-window.ts';
import { dueBy, paceSince, parsePace } from '../../src/core/pace.ts';

const at = (hour: number, minute = 0, day = 10): number => new Date(2026, 2, day, hour, minute).getTime();
const window = (text: string) => parseWindow(text) as NonNullable<ReturnType<typeof parseWindow>>;

describe('a window of the day', () => {
  it('may pass midnight; its end no longer belongs to it', () => {
    const night = window('20:00-06:00');
    expect([at(19, 59), at(20), at(23, 59), at(0), at(5, 59), at(6), at(12)].map((ms) => isOpen(night, ms))).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    const day = window(' 9:30 - 17:00 ');
    expect([at(9, 29), at(9, 30), at(16, 59), at(17)].map((ms) => isOpen(day, ms))).toEqual([false, true, true, false]);
    expect(windowText(day)).toBe('09:30-17:00');
  });

  it('tells when it opens, when it was opened, and how much has passed', () => {
    const night = window('20:00-06:00');
    expect(opensInMs(night, at(19))).toBe(3_600_000);
    expect(opensInMs(night, at(21))).toBe(0);
    expect(openedAt(night, at(1, 0, 11))).toBe(at(20));
    expect(shareElapsed(night, at(1, 0, 11))).toBe(0.5);
    expect(shareElapsed(night, at(12))).toBe(0);
  });

  it.each(['', '20:00', '24:00-06:00', '20:60-06:00', '8-9', '20:00-20:00', '20:00-06:00 UTC'])('refuses %j', (text) => {
    expect(parseWindow(text)).toBeUndefined();
  });
});

describe('a pace', () => {
  it('begins one at once and spreads the others over the day', () => {
    const pace = { count: 4, per: 'day' } as const;
    expect([at(0), at(5, 59), at(6), at(12), at(23, 59)].map((ms) => dueBy(pace, undefined, ms, 0))).toEqual([1, 1, 2, 3, 4]);
    expect(dueBy(pace, undefined, at(12), 3)).toBe(0);
    expect(dueBy(pace, undefined, at(12), 9)).toBe(0);
    expect(paceSince(pace, undefined, at(12, 34))).toBe(at(0));
  });

  it('holds within the window, or the hour', () => {
    const night = window('20:00-06:00');
    expect(dueBy({ count: 10, per: 'day' }, night, at(1, 0, 11), 0)).toBe(6);
    expect(paceSince({ count: 10, per: 'day' }, night, at(1, 0, 11))).toBe(at(20));
    expect(dueBy({ count: 6, per: 'hour' }, undefined, at(10, 25), 1)).toBe(2);
    expect(paceSince({ count: 6, per: 'hour' }, undefined, at(10, 25))).toBe(at(10));
  });

  it.each(['40', '0/day', '4/week', '-1/day', '1.5/hour', ''])('refuses %j', (text) => expect(parsePace(text)).toBeUndefined());
  it('reads a number a day or an hour', () =>
    expect([parsePace('40/day'), parsePace('5 / hour')]).toEqual([
      { count: 40, per: 'day' },
      { count: 5, per: 'hour' },
    ]));
});
