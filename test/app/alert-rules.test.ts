import { describe, expect, it } from 'vitest';
import { robust } from '../../src/app/alerts/robust.ts';
import { judge } from '../../src/app/alerts/rules.ts';
import type { Situation } from '../../src/app/alerts/situation.ts';
import type { Measure } from '../../src/core/measure.ts';
import type { ServiceName } from '../../src/core/settings.ts';
import { quietFigures } from '../support/figures.ts';
import { defaultSettings } from '../support/settings.ts';

/** A Tuesday. */
const NOW = Date.UTC(2026, 2, 10, 12);
const DAY = 86_400_000;
const day = (back: number): string => new Date(NOW - back * DAY).toISOString().slice(0, 10);

const situation = (over: Partial<Situation> = {}): Situation => ({
  nowMs: NOW,
  rules: { ...defaultSettings().alerts.rules, dailyReport: false, weeklyReport: false },
  figures: quietFigures(),
  measures: [],
  logins: [],
  spent: [],
  listed: [],
  sales: [],
  problems: undefined,
  ...over,
});
const withRules = (over: Partial<Situation['rules']>): Situation['rules'] => ({ ...situation().rules, ...over });
const keys = (over: Partial<Situation>): readonly string[] => judge(situation(over)).map(({ level, key }) => `${level} ${key}`);
const measure = (what: Measure['what'], at: string, count: number, over: Partial<Measure> = {}): Measure => ({
  day: at,
  what,
  label: 'listed',
  detail: '',
  bound: 0,
  count,
  sum: 0,
  ...over,
});

it('where all is well nothing is told', () => {
  expect(judge(situation())).toEqual([]);
});

describe('critical', () => {
  const down = (minutes: number): Partial<Situation> => ({
    figures: quietFigures({
      services: [
        { service: 'media', breaker: 'open', openSince: new Date(NOW - minutes * 60_000).toISOString(), callsToday: 0, dailyQuota: null },
      ],
    }),
  });
  it('a service that has been down for as long as is set', () => {
    expect(keys(down(14))).toEqual([]);
    expect(keys(down(15))).toEqual(['critical service-down:media']);
    expect(judge(situation(down(15)))[0]?.message).toBe('The service media has not answered for 15 minutes (since 2026-03-10 11:45 UTC).');
    expect(keys({ ...down(1e6), rules: withRules({ serviceDownMinutes: null }) })).toEqual([]);
  });

  const login = (service: ServiceName, takenAt: string | null, refusedAt: string | null) => ({ service, takenAt, refusedAt });
  it('a login that was refused and not taken since, once for all that it opens', () => {
    expect(
      keys({
        logins: [login('inventory', '2026-03-10T10:00', '2026-03-10T11:00'), login('media', '2026-03-10T10:30', '2026-03-10T10:59')],
      }),
    ).toEqual(['critical login-refused:marketplace']);
    expect(
      keys({ logins: [login('inventory', '2026-03-10T10:00', '2026-03-10T11:00'), login('media', '2026-03-10T11:01', null)] }),
    ).toEqual([]);
    expect(keys({ logins: [login('model', null, '2026-03-10T11:00'), login('inventory', '2026-03-10T11:01', null)] })).toEqual([
      'critical login-refused:model',
    ]);
    // A consent without finances stops nothing.
    expect(keys({ logins: [login('inventory', '2026-03-10T10:00', null), login('finances', null, '2026-03-10T11:00')] })).toEqual([]);
  });

  it('a damaged database, until a look finds it whole', () => {
    expect(keys({ problems: 0 })).toEqual([]);
    const [found] = judge(situation({ problems: 3 }));
    expect(found).toMatchObject({ level: 'critical', key: 'database-damaged', figures: { problems: 3 } });
    const firing = [{ ...(found as NonNullable<typeof found>), since: '', seenAt: '', resolvedAt: null }];
    expect(keys({ figures: quietFigures({ firing }) })).toEqual(['critical database-damaged']);
    expect(keys({ figures: quietFigures({ firing }), problems: 0 })).toEqual([]);
  });

  it('a disk that is nearly full', () => {
    expect(keys({ figures: quietFigures({ diskFreeBytes: 500e6 }) })).toEqual([]);
    expect(keys({ figures: quietFigures({ diskFreeBytes: 499e6 }) })).toEqual(['critical disk-low']);
    expect(keys({ figures: quietFigures({ diskFreeBytes: null }) })).toEqual([]);
  });

  it('a day with a run and without a backup', () => {
    const backups = (latestAt: string | null, wanted = true) => ({ figures: quietFigures({ backups: { wanted, latestAt } }) });
    expect(keys(backups('2026-03-09T10:00:00.000Z'))).toEqual(['critical backup-missing']);
    expect(keys(backups(null))).toEqual(['critical backup-missing']);
    // The run began before midnight, and was written down after it.
    expect(keys(backups('2026-03-09T23:59:58.000Z'))).toEqual([]);
    expect(keys(backups(null, false))).toEqual([]);
    expect(keys({ figures: quietFigures({ backups: { wanted: true, latestAt: null }, lastRun: null }) })).toEqual([]);
  });
});

describe('warnings', () => {
  const ended = (listed: number, failed: number, at = `${day(0)}T11`): Partial<Situation> => ({
    measures: [measure('item', at, listed), measure('item', at, failed, { label: 'failed' }), measure('item', at, 50, { label: 'held' })],
    rules: withRules({ unusual: false }),
  });
  it('less success than wanted, of enough items, in the time that counts', () => {
    expect(keys(ended(199, 1))).toEqual([]);
    expect(keys(ended(198, 1))).toEqual(['warning success-low']);
    expect(keys(ended(10, 9))).toEqual([]);
    expect(keys(ended(10, 10, `${day(1)}T12`))).toEqual(['warning success-low']);
    expect(keys(ended(10, 10, `${day(1)}T11`))).toEqual([]);
    expect(judge(situation(ended(97, 3)))[0]?.message).toContain('97 were listed and 3 failed: 97 %, wanted are 99.5 %');
  });

  it('cost over plan, of the day and of the month', () => {
    const spent = [
      { day: '2026-02-28', microUsd: 90_000_000 },
      { day: '2026-03-01', microUsd: 3_000_000 },
      { day: day(0), microUsd: 2_000_001 },
    ];
    expect(keys({ spent, rules: withRules({ costPerDayUsd: 2.01, costPerMonthUsd: 5.01 }) })).toEqual([]);
    expect(keys({ spent, rules: withRules({ costPerDayUsd: 1.99, costPerMonthUsd: 4.99 }) })).toEqual([
      'warning cost-day:2026-03-10',
      'warning cost-month:2026-03-01',
    ]);
  });

  it('a backlog that is large or old', () => {
    const waiting = (items: number, hours: number) => ({
      figures: quietFigures({
        states: { ...quietFigures().states, waiting: items },
        oldestWaitingAt: new Date(NOW - hours * 3_600_000).toISOString(),
      }),
      rules: withRules({ backlogItems: 10 }),
    });
    expect(keys(waiting(10, 48))).toEqual([]);
    expect(keys(waiting(11, 49))).toEqual(['warning backlog-large', 'warning backlog-old']);
  });

  it('half of the items took too long from photo to live', () => {
    const live = (bounds: readonly [number, number][]) => ({
      measures: bounds.map(([bound, count]) => measure('live', day(0), count, { label: '', bound })),
      rules: withRules({ liveMinutes: 10 }),
    });
    // Half of them within five minutes.
    expect(
      keys(
        live([
          [300_000, 6],
          [3_600_000, 5],
        ]),
      ),
    ).toEqual([]);
    expect(
      keys(
        live([
          [300_000, 4],
          [3_600_000, 5],
        ]),
      ),
    ).toEqual(['warning slow']);
    expect(keys(live([[-1, 1]]))).toEqual(['warning slow']);
  });
});

describe('unusual', () => {
  it('is measured by median and MAD, and one bad day in the history hides nothing', () => {
    expect(robust(10, [1, 2, 3, 4, 100], 0)).toMatchObject({ median: 3, mad: 1, deviations: (10 - 3) / 1.4826 });
    expect(robust(3, [3, 3, 3], 0).deviations).toBe(0);
    expect(robust(4, [3, 3, 3], 0.5).deviations).toBe(2);
  });

  const history = (
    values: readonly number[],
    today: number,
    sample: number,
    row: (at: string, value: number, count: number) => readonly Measure[],
  ) => ({
    measures: [...values.flatMap((value, at) => row(day(values.length - at), value, sample)), ...row(day(0), today, sample)],
  });
  const calls = (at: string, seconds: number, count: number): readonly Measure[] => [
    measure('call', at, count, { label: 'model', detail: 'ok', bound: 10_000, sum: seconds * 1000 * count }),
  ];

  it('latency far above the usual is told, with what it is judged by', () => {
    const usual = [3, 3.2, 2.9, 3.1, 30, 3, 2.8];
    expect(keys(history(usual, 3.5, 40, calls))).toEqual([]);
    const [found] = judge(situation(history(usual, 9, 40, calls)));
    expect(found).toMatchObject({
      key: 'unusual-latency:call-model',
      level: 'warning',
      figures: { value: 9, sample: 40, median: 3, days: 7, daysAtLeast: 7, sampleAtLeast: 10 },
    });
    expect(found?.message).toMatch(
      /^Time of a call to model today: 9\.00 s, of 40 calls\. Usual here: 3\.00 s \(median of 7 days, MAD 0\.10 s\); that is 20\.0 robust deviations away, 5 are allowed\.$/,
    );
    // Faster is no trouble.
    expect(keys(history(usual, 0.1, 40, calls))).toEqual([]);
  });

  it('too short a history, or too few calls today, are no judge', () => {
    expect(keys(history([3, 3, 3, 3, 3, 3], 90, 40, calls))).toEqual([]);
    expect(keys(history([3, 3, 3, 3, 3, 3, 3], 90, 9, calls))).toEqual([]);
    expect(keys(history([3, 3, 3, 3, 3, 3, 3], 90, 10, calls))).toEqual(['warning unusual-latency:call-model']);
    expect(keys({ ...history([3, 3, 3, 3, 3, 3, 3], 90, 10, calls), rules: withRules({ unusual: false }) })).toEqual([]);
  });

  it('failures, cost and confidence are compared too', () => {
    const items = (at: string, share: number, count: number): readonly Measure[] => [
      measure('item', `${at}T08`, Math.round(count * (1 - share))),
      measure('item', `${at}T08`, Math.round(count * share), { label: 'failed' }),
    ];
    const rules = withRules({ successPercent: null });
    expect(keys({ ...history([0, 0.02, 0, 0.01, 0, 0, 0.02], 0.08, 100, items), rules })).toEqual([]);
    expect(keys({ ...history([0, 0.02, 0, 0.01, 0, 0, 0.02], 0.2, 100, items), rules })).toEqual(['warning unusual-failures']);

    const sure = (at: string, share: number, count: number): readonly Measure[] => [
      measure('confidence', at, count, { label: '', sum: share * count }),
    ];
    expect(keys(history([0.9, 0.92, 0.88, 0.9, 0.91, 0.9, 0.9], 0.85, 20, sure))).toEqual([]);
    expect(keys(history([0.9, 0.92, 0.88, 0.9, 0.91, 0.9, 0.9], 0.5, 20, sure))).toEqual(['warning unusual-confidence']);

    const spent = Array.from({ length: 8 }, (_, back) => ({ day: day(7 - back), microUsd: back === 7 ? 900_000 : 100_000 }));
    const listed = history([0, 0, 0, 0, 0, 0, 0], 0, 20, items);
    expect(keys({ ...listed, spent })).toEqual(['warning unusual-cost']);
    expect(judge(situation({ ...listed, spent }))[0]?.message).toContain('$0.0450, of 20 items. Usual here: $0.0050');
  });
});

describe('reports', () => {
  const rules = withRules({ dailyReport: true, weeklyReport: true, unusual: false, successPercent: null });
  it('of yesterday and of last week, once there is something to tell', () => {
    expect(keys({ rules })).toEqual([]);
    const sale = (soldAt: string, minor: number, state: 'paid' | 'cancelled' = 'paid') => ({
      lineId: soldAt,
      orderId: soldAt,
      itemId: 'x' as never,
      sku: undefined,
      listingId: undefined,
      title: 'Never shown',
      soldAt,
      quantity: 1,
      amount: { minor, currency: 'USD' },
      delivery: { minor: 0, currency: 'USD' },
      fee: { minor: 300, currency: 'USD' },
      refunded: { minor: 0, currency: 'USD' },
      state,
      shipped: false,
      label: undefined,
    });
    const found = judge(
      situation({
        rules,
        // Monday 2 March to Sunday 8 March is the last week; Monday 9 March is yesterday.
        measures: [
          measure('item', '2026-03-08T23', 2, { label: 'held' }),
          measure('item', '2026-03-09T00', 1, { label: 'failed' }),
          measure('item', '2026-03-01T23', 99, { label: 'held' }),
        ],
        listed: [
          { day: '2026-03-01', listed: 99 },
          { day: '2026-03-02', listed: 4 },
          { day: '2026-03-08', listed: 1 },
          { day: '2026-03-09', listed: 3 },
        ],
        spent: [{ day: '2026-03-09', microUsd: 120_000 }],
        sales: [
          sale('2026-03-09T09:00:00.000Z', 2000),
          sale('2026-03-08T09:00:00.000Z', 1000),
          sale('2026-03-09T10:00:00.000Z', 7777, 'cancelled'),
        ],
      }),
    );
    expect(found.map(({ level, message }) => `${level}: ${message}`)).toEqual([
      'info: Day 2026-03-09: 3 listed, 0 held, 1 failed; 1 sold for $20.00 (fees so far $3.00); models cost $0.12. Now 12 are live, 0 wait, 2 are held.',
      'info: Week 2026-03-02 to 2026-03-08: 5 listed, 2 held, 0 failed; 1 sold for $10.00 (fees so far $3.00); models cost $0.00. Now 12 are live, 0 wait, 2 are held.',
    ]);
    expect(JSON.stringify(found)).not.toContain('Never shown');
  });
});
