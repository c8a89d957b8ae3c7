import { expect, it } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import { createReporter } from '../../src/report/reporter.ts';
import { runLine } from '../../src/report/schemas-run.ts';
import { FakeStream, finished, itemStarted, options, reason, runFinished, runStarted, stageDone } from './fake-run.ts';

function run(events: readonly RunEvent[], more = {}) {
  const out = new FakeStream();
  const err = new FakeStream();
  const reporter = createReporter(options(out, err, { format: 'json', ...more }));
  for (const event of events) reporter.on(event);
  reporter.close();
  return { out, err };
}

const mug = finished('mug', 'listed', { listingId: '110', listingUrl: 'https://example.test/110', title: 'Blue mug' });
const cup = finished('cup', 'held', { reason: { ...reason('facts.missing', 'No brand.', 'Name it.'), secret: 'x' } as never });

it('prints exactly the published lines, keys in order', () => {
  const { out, err } = run([
    runStarted(true),
    { type: 'scan.finished', items: 2, photos: 5, refused: 1 },
    { type: 'file.refused', path: '/p/a.txt', reason: reason('file.not-a-photo') },
    { type: 'file.warned', path: '/p/b.jpg', item: mug.item, reason: reason('photo.small') },
    { type: 'run.notice', message: 'Six approvals: from now on automatic.' },
    itemStarted('mug'),
    stageDone('mug', 'prepare'),
    { type: 'call.retried', service: 'model', attempt: 1, waitMs: 4000, reason: reason('provider.timeout') },
    mug,
    cup,
    { type: 'run.stopping', reason: reason('budget.exhausted') },
    runFinished([mug, cup], { exitCode: 4, removed: { photos: 3, kinds: { location: 2, camera: 3 } } }),
  ]);
  const said = '"code":"%","message":"A sentence.","hint":"Do this."';
  expect(out.lines).toEqual([
    '{"type":"run.started","run":"r1","environment":"practice","dryRun":true,"at":"2026-05-01T10:00:00.000Z"}',
    '{"type":"scan.finished","items":2,"photos":5,"refused":1}',
    `{"type":"file.refused","path":"/p/a.txt","reason":{${said.replace('%', 'file.not-a-photo')}}}`,
    `{"type":"file.warned","path":"/p/b.jpg","item":"MUG","reason":{${said.replace('%', 'photo.small')}}}`,
    '{"type":"run.notice","message":"Six approvals: from now on automatic."}',
    '{"type":"item.finished","item":"MUG","sku":"EFMUG","source":"/home/seller/photos/mug","outcome":"listed","listingId":"110","listingUrl":"https://example.test/110","title":"Blue mug"}',
    '{"type":"item.finished","item":"CUP","sku":"EFCUP","source":"/home/seller/photos/cup","outcome":"held","reason":{"code":"facts.missing","message":"No brand.","hint":"Name it."}}',
    `{"type":"run.stopping","reason":{${said.replace('%', 'budget.exhausted')}}}`,
    '{"type":"run.finished","run":"r1","environment":"practice","dryRun":false,"counts":{"items":2,"listed":1,"already":0,"held":1,"failed":0,"deferred":0,"skipped":0},"removed":{"photos":3,"kinds":{"location":2,"camera":3}},"costUsd":0.1234,"seconds":204,"exitCode":4}',
  ]);
  expect(err.text).toBe('');
  for (const line of out.lines) expect(runLine.safeParse(JSON.parse(line)).error).toBeUndefined();
});

it('keeps one line and the whole value, whatever a name holds', () => {
  const title = 'a\nb\u001b[31m\u009b2J\u2028\u202eq\u007f"';
  const { out } = run([{ ...mug, title }]);
  expect(out.lines).toHaveLength(1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
  expect(out.text).not.toMatch(/[\u001b\u007f-\u009f\u2028]/);
  expect((JSON.parse(out.text) as { title: string }).title).toBe(title);
});

it('is not changed by --quiet; --verbose adds to standard error only', () => {
  const retried: RunEvent = {
    type: 'call.retried',
    service: 'model',
    attempt: 1,
    waitMs: 4000,
    reason: reason('provider.timeout', 'No answer.'),
  };
  expect(run([mug], { quiet: true }).out.lines).toHaveLength(1);
  const { out, err } = run([retried], { verbose: true });
  expect(out.text).toBe('');
  expect(err.text).toBe(
    '00:00:00.000 warn  call.retried   service=model attempt=1 waitMs=4000 code=provider.timeout: No answer. [provider.timeout]\n',
  );
});
