import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { passesPromtool } from '../support/promtool.ts';
import { type JsonLine, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const settings = (content: unknown): void => writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify(content));
const numberOf = (text: string, series: string): number => {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? Number.NaN : Number(line.slice(series.length + 1));
};
it('each run leaves a whole file for node_exporter, whose counters go on over runs', async () => {
  const file = join(world.root, 'easyflip.prom');
  settings({ metrics: { textfile: file } });
  await completeItems(world, 2);
  await world.run('list', world.photos, '--json');
  const first = readFileSync(file, 'utf8');
  passesPromtool(first);
  expect(
    [
      'easyflip_items{state="live"}',
      'easyflip_listings_published_total',
      'easyflip_stage_duration_seconds_count{stage="publish",result="done"}',
      'easyflip_last_run_exit_code',
    ].map((series) => numberOf(first, series)),
  ).toEqual([2, 2, 2, 0]);
  expect(numberOf(first, 'easyflip_photo_to_live_seconds_count')).toBe(2);
  // The journal of the marketplace is the witness.
  const calls = await world.calls();
  for (const service of ['media', 'inventory']) {
    const counted = numberOf(first, `easyflip_service_call_duration_seconds_count{service="${service}",result="ok"}`);
    expect([service, counted]).toEqual([service, calls.filter(({ path }) => path.includes(`/${service}/v1`)).length]);
  }
  expect(numberOf(first, 'easyflip_quota_remaining_calls{service="inventory"}')).toBeLessThan(2_000_000);

  // Nothing new: nothing is counted again.
  await world.run('list', world.photos, '--json');
  expect(numberOf(readFileSync(file, 'utf8'), 'easyflip_listings_published_total')).toBe(2);
  await completeItems(world, 1, 3);
  await world.run('list', world.photos, '--json');
  const last = readFileSync(file, 'utf8');
  expect(numberOf(last, 'easyflip_listings_published_total')).toBe(3);
  expect(numberOf(last, 'easyflip_stage_duration_seconds_count{stage="publish",result="done"}')).toBe(3);
  // No title, no path, no id, no address.
  expect(last).not.toMatch(/Test Shirt|item-\d|EF[A-Z0-9]{13}|127\.0\.0\.1/);
  expect(last).not.toContain(world.root);
  expect(statSync(file).mode & 0o777).toBe(0o644);
  expect(readdirSync(world.root).filter((name) => name.includes('.tmp'))).toEqual([]);
});

it('what sync learned of sales shows', async () => {
  const file = join(world.root, 'easyflip.prom');
  settings({ metrics: { textfile: file } });
  await completeItems(world, 1);
  await world.run('list', world.photos, '--json');
  const [listing] = await world.listings();
  const headers = { 'content-type': 'application/json' };
  const sold = await fetch(`${world.practice.url}/_practice/sales`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ sku: listing?.sku }),
  });
  expect(sold.ok).toBe(true);
  expect((await world.run('sync', '--json')).code).toBe(0);
  const text = readFileSync(file, 'utf8');
  passesPromtool(text);
  expect(numberOf(text, 'easyflip_sold_items{currency="USD"}')).toBe(1);
  expect(numberOf(text, 'easyflip_revenue{currency="USD"}')).toBe(11.99);
  expect(numberOf(text, 'easyflip_items{state="sold"}')).toBe(1);
  expect(numberOf(text, 'easyflip_service_call_duration_seconds_count{service="fulfillment",result="ok"}')).toBeGreaterThan(0);
});

it('a file that cannot be written is told and changes no exit code', async () => {
  settings({ metrics: { textfile: join(world.root, 'nowhere', 'easyflip.prom') } });
  await completeItems(world, 1);
  const ran = await world.run('list', world.photos, '--json');
  expect(ran.code).toBe(0);
  expect(ran.lines.at(-1)?.type).toBe('run.finished');
  expect(ran.lines.find(({ type }) => type === 'run.notice')).toMatchObject({ message: expect.stringContaining('could not be written') });
});

it('a watch answers Prometheus on the loopback address and keeps the file', async () => {
  const file = join(world.root, 'easyflip.prom');
  settings({ metrics: { textfile: file } });
  await completeItems(world, 1);
  const { child, ended } = world.start(['watch', world.photos, '--json', '--metrics-port', '0'], { EASYFLIP_QUIET_SECONDS: '1' });
  let out = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const until = async <T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> => {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (child.exitCode !== null) throw new Error(`the watch ended with ${child.exitCode}: ${out}`);
      await pause(200);
    }
  };
  const url = await until(() => /http:\/\/127\.0\.0\.1:\d+\/metrics/.exec(out)?.[0]);
  const live = await until(async () => {
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    const text = await answer.text();
    return numberOf(text, 'easyflip_listings_published_total') === 1 && numberOf(text, 'easyflip_items{state="live"}') === 1
      ? text
      : undefined;
  });
  passesPromtool(live);
  const refused = await new Promise<number | undefined>((resolve, reject) => {
    request(url, { headers: { host: 'evil.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(refused).toBe(403);
  child.kill('SIGTERM');
  const { code, err, lines } = await ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect((lines as readonly JsonLine[]).at(-1)).toMatchObject({ type: 'watch.stopped', counts: { listed: 1 } });
  passesPromtool(readFileSync(file, 'utf8'));
  await expect(fetch(url)).rejects.toThrow();
});
