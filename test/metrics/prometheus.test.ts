import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALERT_RULES } from '../../src/core/alert.ts';
import { LAST_BOUND, type Measure } from '../../src/core/measure.ts';
import { METRICS } from '../../src/metrics/catalogue.ts';
import { prometheusText } from '../../src/metrics/prometheus-text.ts';
import { writeTextfile } from '../../src/metrics/textfile.ts';
import { quietFigures } from '../support/figures.ts';
import { hasPromtool, passesPromtool } from '../support/promtool.ts';

const row = (what: Measure['what'], label: string, detail: string, bound: number, count: number, sum: number): Measure => ({
  day: '',
  what,
  label,
  detail,
  bound,
  count,
  sum,
});

/** Everything at once, with names that mean harm. */
const full = quietFigures({
  oldestWaitingAt: '2026-03-10T09:00:00.000Z',
  totals: [
    row('stage', 'price', 'done', 50, 2, 60),
    row('stage', 'price', 'done', 250, 3, 600),
    row('stage', 'price', 'failed', LAST_BOUND, 1, 400_000),
    row('call', 'browse', 'ok', 100, 7, 420),
    row('retry', 'browse', '', 0, 4, 0),
    row('item', 'listed', '', 0, 9, 0),
    row('item', 'failed', '', 0, 1, 0),
    row('live', '', '', 900_000, 9, 5_400_000),
    row('confidence', '', '', 0, 9, 8.1),
  ],
  allowances: [{ name: 'sell."inventory"\n\\', limit: 100, remaining: 40, resetsAt: '', askedAt: '' }],
  sold: [{ currency: 'USD', sales: 3, amountMinor: 4550, deliveryMinor: 600, feesMinor: 612, refundedMinor: 0 }],
  models: Array.from({ length: 100 }, (_, at) => ({
    provider: 'openai',
    model: `m"{${at}}\n${'x'.repeat(500)}`,
    calls: 1,
    microUsd: 1_500_000,
  })),
});

const valueIn = (text: string, series: string): number | undefined => {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
};

describe('the text for Prometheus', () => {
  it.skipIf(!hasPromtool)('passes promtool, full and with a new database', async () => {
    for (const figures of [full, quietFigures({ lastRun: null, backups: { wanted: false, latestAt: null }, diskFreeBytes: null })])
      passesPromtool(await prometheusText(figures));
  });

  it('says what the figures say, in base units', async () => {
    const text = await prometheusText(full);
    const values = [
      ['easyflip_items{state="live"}', 12],
      ['easyflip_queue_items{stage="publish"}', 0],
      ['easyflip_items_finished_total{outcome="listed"}', 9],
      ['easyflip_listings_published_total', 9],
      ['easyflip_stage_duration_seconds_bucket{le="0.05",stage="price",result="done"}', 2],
      ['easyflip_stage_duration_seconds_bucket{le="0.1",stage="price",result="done"}', 2],
      ['easyflip_stage_duration_seconds_bucket{le="0.25",stage="price",result="done"}', 5],
      ['easyflip_stage_duration_seconds_bucket{le="+Inf",stage="price",result="done"}', 5],
      ['easyflip_stage_duration_seconds_sum{stage="price",result="done"}', 0.66],
      ['easyflip_stage_duration_seconds_bucket{le="300",stage="price",result="failed"}', 0],
      ['easyflip_stage_duration_seconds_count{stage="price",result="failed"}', 1],
      ['easyflip_service_call_duration_seconds_count{service="browse",result="ok"}', 7],
      ['easyflip_service_retries_total{service="browse"}', 4],
      ['easyflip_breaker_state{service="media",state="closed"}', 1],
      ['easyflip_quota_remaining_calls{service="media"}', 95],
      ['easyflip_revenue{currency="USD"}', 45.5],
      ['easyflip_marketplace_fees{currency="USD"}', 6.12],
      ['easyflip_model_cost_usd_total{provider="other",model="other"}', 105],
      ['easyflip_photo_to_live_seconds_bucket{le="900"}', 9],
    ] as const;
    expect(values.map(([series]) => [series, valueIn(text, series)])).toEqual(values);
  });

  it('has labels of bounded lists only, whatever names others choose', async () => {
    const text = await prometheusText(full);
    const labels = METRICS.flatMap((metric) => metric.samples(full).flatMap((sample) => Object.entries(sample.labels)));
    expect(new Set(labels.map(([name]) => name))).toEqual(
      new Set(['state', 'stage', 'outcome', 'le', 'result', 'service', 'allowance', 'provider', 'model', 'currency', 'rule']),
    );
    for (const [, value] of labels) expect(value).toMatch(/^[\w.:/+-]{1,60}$/);
    // Of services, stages, states and buckets; a hundred models do not show.
    expect(text.split('\n').length).toBeLessThan(600);
    for (const metric of METRICS)
      for (const { labels: own } of metric.samples(full)) expect(Object.keys(own).filter((name) => name !== 'le')).toEqual(metric.labels);
  });

  it('counts alerts by rule', async () => {
    const alert = {
      key: 'service-down:media',
      rule: 'service-down',
      level: 'critical',
      message: '',
      hint: '',
      figures: {},
      since: '',
      seenAt: '',
      resolvedAt: null,
    } as const;
    const text = await prometheusText(quietFigures({ firing: [alert, { ...alert, key: 'service-down:browse' }] }));
    expect(valueIn(text, 'easyflip_alerts_firing{rule="service-down"}')).toBe(2);
    expect(valueIn(text, 'easyflip_alerts_firing{rule="disk-low"}')).toBe(0);
    expect(ALERT_RULES).toContain('service-down');
  });
});

describe('the file for node_exporter', () => {
  it('is whole at any moment, readable for others, and leaves nothing beside it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'easyflip-prom-'));
    const file = join(folder, 'easyflip.prom');
    try {
      const texts = Array.from({ length: 20 }, (_, at) => `${String(at).repeat(50_000)}\n`);
      await writeTextfile(file, texts[0] ?? '');
      const writing = Promise.all(texts.map((text) => writeTextfile(file, text)));
      let reads = 0;
      for (let done = false; !done; reads += 1) {
        expect(texts).toContain(readFileSync(file, 'utf8'));
        done = await Promise.race([writing.then(() => true), new Promise<boolean>((next) => setImmediate(() => next(false)))]);
      }
      expect(reads).toBeGreaterThan(1);
      expect(readdirSync(folder)).toEqual(['easyflip.prom']);
      expect(statSync(file).mode & 0o777).toBe(0o644);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('tells why it cannot be written', async () => {
    await expect(writeTextfile('/nowhere/at/all/x.prom', '')).rejects.toMatchObject({
      code: 'metrics.unwritable',
      message: expect.stringContaining('ENOENT'),
    });
  });
});

it('docs/metrics.md has the table that the code says', () => {
  const page = readFileSync('docs/metrics.md', 'utf8');
  const rows = [...page.matchAll(/^\| `(easyflip_\w+)` \| (\w+) \| ([^|]*) \| ([^|]*) \|$/gm)].map(([, ...cells]) => cells);
  expect(rows).toEqual(METRICS.map(({ name, type, labels, help }) => [name, type, labels.join(', '), help]));
});
