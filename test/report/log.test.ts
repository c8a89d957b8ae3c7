import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import type { ItemId } from '../../src/core/item.ts';
import { LogFiles, logFileNames } from '../../src/report/log/log-files.ts';
import { LogReporter } from '../../src/report/log/log-reporter.ts';
import { finished, itemStarted, reason, runFinished, runStarted, stageDone } from './fake-run.ts';

const NOON = Date.parse('2026-05-01T12:00:00.000Z');
let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easyflip-log-'));
  folder = join(root, 'logs');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const settings = { level: 'debug', maxMegabytes: 5, maxFiles: 10 } as const;
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const lines = (): Record<string, unknown>[] =>
  logFileNames(folder).flatMap((name) =>
    read(name)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  );

async function logged(events: readonly RunEvent[], more: Partial<ConstructorParameters<typeof LogReporter>[0]> = {}) {
  const log = new LogReporter({ folder, settings, now: () => NOON, ...more });
  for (const event of events) log.on(event);
  log.close();
  // pino is loaded with the first event.
  await import('pino');
  await new Promise((done) => setTimeout(done, 0));
  return lines();
}

const SECRET = 'anna@example.test v^1.1#tokentoken /home/anna 48.137154,11.576124';
/** Every kind of event, with something that must not be told in every place where a text may stand. */
const bad = reason('listing.rejected', SECRET, SECRET);
const EVERY: readonly RunEvent[] = [
  { type: 'run.begun', run: 'r1', command: 'list' },
  runStarted(),
  { type: 'run.notice', message: SECRET },
  { type: 'run.stopping', reason: bad },
  { type: 'run.broke', reason: bad },
  { type: 'scan.finished', items: 1, photos: 2, refused: 1 },
  { type: 'file.refused', path: `/photos/${SECRET}`, reason: bad },
  { type: 'file.warned', path: `/photos/${SECRET}/a.jpg`, item: 'MUG' as ItemId, reason: bad },
  itemStarted('mug'),
  { ...itemStarted('mug'), source: SECRET } as RunEvent,
  { type: 'stage.started', item: 'MUG' as ItemId, stage: 'publish' },
  stageDone('mug', 'prepare'),
  {
    type: 'call.finished',
    service: 'inventory',
    operation: 'inventory.publishOffer',
    item: 'MUG' as ItemId,
    attempt: 2,
    ms: 12.3,
    status: 400,
    requestId: 'ri=DDthxqAlYQmx,rci=qd4OPr3S138vQr9b',
    errorIds: [25002],
    code: 'listing.rejected',
  },
  { type: 'call.finished', service: 'model', operation: 'model.describe', attempt: 1, ms: 1, requestId: SECRET },
  { type: 'call.retried', service: 'model', operation: 'model.describe', attempt: 1, waitMs: 300.4, reason: bad },
  { type: 'breaker.opened', service: 'model' },
  { type: 'breaker.closed', service: 'model' },
  { type: 'places.changed', service: 'model', places: 2, most: 5 },
  finished('mug', 'failed', { reason: bad, title: SECRET, source: SECRET, listingId: SECRET, listingUrl: SECRET }),
  runFinished([]),
];

it('writes a line for each event, with run, item, stage, service, request and code', async () => {
  const written = await logged(EVERY);
  expect(written.map(({ msg }) => msg)).toEqual(EVERY.map(({ type }) => type));
  for (const line of written) expect(line).toMatchObject({ run: 'r1', time: '2026-05-01T12:00:00.000Z', pid: process.pid });
  expect(written[12]).toEqual({
    level: 'warn',
    time: '2026-05-01T12:00:00.000Z',
    pid: process.pid,
    run: 'r1',
    item: 'MUG',
    service: 'inventory',
    operation: 'inventory.publishOffer',
    attempt: 2,
    status: 400,
    requestId: 'ri=DDthxqAlYQmx,rci=qd4OPr3S138vQr9b',
    errorIds: [25002],
    code: 'listing.rejected',
    ms: 12,
    msg: 'call.finished',
  });
});

it('keeps nothing that somebody wrote: no sentence, title, folder, address, place or token', async () => {
  await logged(EVERY);
  const text = logFileNames(folder).map(read).join('');
  expect(text.length).toBeGreaterThan(1000);
  for (const piece of SECRET.split(' ')) expect(text).not.toContain(piece);
  for (const piece of ['anna', 'Blue mug', '/photos', '@', '48.13']) expect(text).not.toContain(piece);
});

it('writes what the level allows, and nothing when it is off', async () => {
  const levels = (await logged(EVERY, { settings: { ...settings, level: 'warn' } })).map(({ level }) => level);
  expect(new Set(levels)).toEqual(new Set(['warn', 'error']));
  rmSync(folder, { recursive: true });
  expect(await logged(EVERY, { settings: { ...settings, level: 'off' } })).toEqual([]);
});

it('begins another file when one is full or the day is over, and removes the oldest', () => {
  let now = NOON;
  const files = new LogFiles({ folder, maxBytes: 100, maxFiles: 3, now: () => now });
  const line = `${'x'.repeat(39)}\n`;
  for (let at = 0; at < 6; at += 1) files.write(line);
  expect(logFileNames(folder)).toEqual([1, 2, 3].map((number) => `easyflip-2026-05-01.${number}.jsonl`));
  expect(read('easyflip-2026-05-01.1.jsonl')).toBe(line.repeat(2));
  now += 86_400_000;
  files.write(line);
  expect(logFileNames(folder)).toEqual(['easyflip-2026-05-01.2.jsonl', 'easyflip-2026-05-01.3.jsonl', 'easyflip-2026-05-02.1.jsonl']);
  // A line longer than a file may be is still kept.
  files.write(`${'y'.repeat(500)}\n`);
  expect(read('easyflip-2026-05-02.2.jsonl')).toHaveLength(501);
  files.close();
});

it('counts the files of a day by number, not by letter', () => {
  mkdirSync(folder);
  for (const number of [9, 10, 2]) writeFileSync(join(folder, `easyflip-2026-05-01.${number}.jsonl`), 'x'.repeat(99));
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  const files = new LogFiles({ folder, maxBytes: 100, maxFiles: 2, now: () => NOON });
  files.write('{}\n');
  files.close();
  expect(logFileNames(folder)).toEqual(['easyflip-2026-05-01.10.jsonl', 'easyflip-2026-05-01.11.jsonl']);
  expect(read('notes.txt')).toBe('mine');
});

it.skipIf(process.platform === 'win32')('is for its owner only, and never follows a link', () => {
  const files = new LogFiles({ folder, maxBytes: 100, maxFiles: 3, now: () => NOON });
  files.write('{}\n');
  files.close();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'easyflip-2026-05-01.1.jsonl')).mode & 0o777).toBe(0o600);
  const elsewhere = join(root, 'elsewhere');
  writeFileSync(elsewhere, '');
  symlinkSync(elsewhere, join(folder, 'easyflip-2026-05-02.1.jsonl'));
  const next = new LogFiles({ folder, maxBytes: 100, maxFiles: 3, now: () => NOON + 86_400_000 });
  expect(next.write('{}\n')).toBeUndefined();
  expect(readFileSync(elsewhere, 'utf8')).toBe('');
});

it('goes on where it cannot write, and says how many lines are missing once it can', async () => {
  writeFileSync(folder, 'a file stands where the folder should be');
  const log = new LogReporter({ folder, settings, now: () => NOON });
  for (const event of EVERY) log.on(event);
  await import('pino');
  await new Promise((done) => setTimeout(done, 0));
  rmSync(folder);
  log.on(runFinished([]));
  log.close();
  expect(lines().map(({ msg, lines: missing }) => [msg, missing])).toEqual([
    ['run.finished', undefined],
    ['log.gap', EVERY.length],
  ]);
});

it('writes to a new file when another process removed the open one', () => {
  const files = new LogFiles({ folder, maxBytes: 100, maxFiles: 3, now: () => NOON });
  files.write('{"a":1}\n');
  rmSync(join(folder, 'easyflip-2026-05-01.1.jsonl'));
  files.write('{"a":2}\n');
  files.close();
  expect(lines()).toEqual([{ a: 2 }]);
});

it('processes share the files: every line whole, none lost', async () => {
  const child = join(root, 'child.mjs');
  // Built, because Node 20 reads no TypeScript.
  await build({
    entryPoints: ['test/report/log-child.ts'],
    outfile: child,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  const codes = await Promise.all(
    ['a', 'b', 'c'].map((name) => new Promise<number | null>((done) => spawn(process.execPath, [child, folder, name]).on('close', done))),
  );
  expect(codes).toEqual([0, 0, 0]);
  expect(lines()).toHaveLength(3 * 2000);
  for (const name of ['a', 'b', 'c'])
    expect(
      lines()
        .filter((line) => line.name === name)
        .map(({ at }) => at),
    ).toEqual(Array.from({ length: 2000 }, (_, at) => at));
  // Some files were begun by one of them while the others wrote.
  expect(readdirSync(folder).length).toBeGreaterThan(3);
}, 60_000);
