import { expect, it } from 'vitest';
import type { RunEvent } from '../../src/core/events.ts';
import { createReporter } from '../../src/report/reporter.ts';
import { FakeStream, finished, itemStarted, options, reason, runFinished, runStarted, stageDone } from './fake-run.ts';

const mug = finished('mug', 'listed', { listingUrl: 'https://example.test/110', title: 'Blue mug' });
const cup = finished('cup', 'held', {
  title: 'Cup',
  reason: reason('facts.missing', 'No brand was found.', 'Set the brand in item.json.'),
});
const jug = finished('jug', 'failed', { reason: reason('listing.rejected', 'eBay refused it.', 'Read the reason.') });
const pot = finished('pot', 'deferred', { reason: reason('breaker.open') });

const events: readonly RunEvent[] = [
  runStarted(),
  { type: 'file.refused', path: '/home/seller/photos/a.txt', reason: reason('file.not-a-photo', 'Not a photo.') },
  { type: 'scan.finished', items: 4, photos: 1, refused: 1 },
  { type: 'file.warned', path: '/elsewhere/b.jpg', item: mug.item, reason: reason('photo.small', 'Small photo.') },
  itemStarted('mug'),
  stageDone('mug', 'prepare'),
  { type: 'call.retried', service: 'model', attempt: 1, waitMs: 250, reason: reason('provider.timeout') },
  mug,
  cup,
  jug,
  pot,
  runFinished([mug, cup, jug, pot], { exitCode: 3 }),
];

function print(all: readonly RunEvent[], more = {}) {
  const out = new FakeStream();
  const err = new FakeStream();
  const reporter = createReporter(options(out, err, more));
  for (const event of all) reporter.on(event);
  reporter.close();
  return { out, err };
}

it('prints a line for each thing that ended, then the summary', () => {
  const { out, err } = print(events);
  expect(out.lines).toEqual([
    'run         r1, practice',
    'refused     photos/a.txt: Not a photo. [file.not-a-photo] Do this.',
    'found       4 items, 1 photo, 1 file not used',
    'warning     /elsewhere/b.jpg: Small photo. [photo.small]',
    'listed      EFMUG photos/mug: Blue mug https://example.test/110',
    'held        EFCUP photos/cup: Cup: No brand was found. [facts.missing] Set the brand in item.json.',
    'failed      EFJUG photos/jug: eBay refused it. [listing.rejected] Read the reason.',
    'deferred    EFPOT photos/pot: A sentence. [breaker.open] Do this.',
    '',
    '4 items: 1 listed, 1 held, 1 failed, 1 deferred; cost $0.12; 3 min 24 s',
    '',
    'Held, waiting for your decision:',
    '  Cup CUP photos/cup',
    '    No brand was found. [facts.missing]',
    '    Set the brand in item.json.',
    '    easyflip approve CUP --set NAME=VALUE',
    '',
    'Failed:',
    '  photos/jug JUG',
    '    eBay refused it. [listing.rejected]',
    '    Read the reason.',
    '',
    'Left for later:',
    '  photos/pot POT',
    '    A sentence. [breaker.open]',
    '    Do this.',
    '',
    'Next:',
    '  easyflip status  see what is held, and the command that settles each',
    '  easyflip retry-failed  run failed items again',
    '  easyflip resume  continue where this run stopped',
  ]);
  expect(err.text).toBe('');
});

it('has no control characters and no colours, even when asked for them', () => {
  const hostile = finished('mug', 'listed', {
    title: '\u001b]0;owned\u0007\u001b[2JMug\r\u009b31m\u202e of\nDoom\u0000',
    source: '/home/seller/photos/\u001b[8mx',
  });
  const { out } = print([hostile, runFinished([hostile])], { color: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
  expect(out.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(out.lines[0]).toBe('listed      EFMUG photos/x: Mug  of Doom');
});

it('says only failures and one line when quiet', () => {
  expect(print(events, { quiet: true }).out.lines).toEqual([
    'failed      EFJUG photos/jug: eBay refused it. [listing.rejected] Read the reason.',
    '4 items: 1 listed, 1 held, 1 failed, 1 deferred; cost $0.12; 3 min 24 s',
  ]);
});

it('shows retries and stages on standard error when verbose', () => {
  expect(print(events, { verbose: true }).err.lines).toEqual([
    '00:00:00.000 debug item.started   item=MUG /home/seller/photos/mug',
    '00:00:00.000 info  stage.finished item=MUG stage=prepare kind=done ms=1200',
    '00:00:00.000 warn  call.retried   service=model attempt=1 waitMs=250 code=provider.timeout: A sentence. [provider.timeout]',
  ]);
});

it('words a dry run as what would happen', () => {
  const { out } = print([runStarted(true), mug, runFinished([mug], { dryRun: true, costUsd: 0 })]);
  expect(out.lines).toEqual([
    'run         r1, practice, dry run',
    'would list  EFMUG photos/mug: Blue mug https://example.test/110',
    '',
    'dry run, nothing was written: 1 item: 1 would list; cost $0; 3 min 24 s',
  ]);
});

it('names each held item up to a limit, then how many more', () => {
  const many = Array.from({ length: 13 }, (_, at) => finished(`i${at}`, 'held', { reason: reason('item.awaits-approval') }));
  const { out } = print([...many, runFinished(many)], { commandSuffix: ' --env sandbox' });
  expect(out.lines).toContain('    easyflip approve I9 --env sandbox');
  expect(out.lines).not.toContain('    easyflip approve I10 --env sandbox');
  expect(out.lines).toContain('  and 3 more: easyflip status --env sandbox');
});

it('explains an early stop', () => {
  const { out } = print([
    { type: 'run.stopping', reason: reason('budget.exhausted', 'The limit of $1 is reached.', 'Raise --max-cost.') },
    runFinished([pot], { exitCode: 4 }),
  ]);
  expect(out.lines).toContain('stopping    The limit of $1 is reached. [budget.exhausted] Raise --max-cost.');
  expect(out.lines).toContain('Stopped early: The limit of $1 is reached. [budget.exhausted]');
  expect(out.lines).toContain('  easyflip resume  continue where this run stopped');
});
