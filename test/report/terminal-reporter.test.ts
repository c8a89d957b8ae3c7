import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createScreen } from '../../scripts/pictures/screen.ts';
import type { Reporter } from '../../src/report/report-context.ts';
import { createReporter, outputStyle } from '../../src/report/reporter.ts';
import {
  FakeStream,
  finished,
  itemStarted,
  options,
  reason,
  runFinished,
  runStarted,
  STAGE_NAMES,
  stageDone,
  stageStarted,
} from './fake-run.ts';

// Faked, because the bar redraws itself by a timer.
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function terminal(more = {}, tty = true) {
  const written: string[] = [];
  const out = new FakeStream(tty, written);
  const err = new FakeStream(tty, written);
  const reporter = createReporter(options(out, err, { format: 'terminal', now: () => Date.now(), ...more }));
  return { reporter, written, out };
}

/** What a person sees, with what scrolled away. */
function screen(written: readonly string[], columns = 100, rows = 60): string[] {
  const shown = createScreen(columns, rows);
  for (const text of written) shown.write(text);
  return shown.lines();
}

const mug = finished('mug', 'listed', {
  title: 'Blue mug',
  price: { minor: 1499, currency: 'USD' },
  listingUrl: 'https://example.test/itm/110',
});
const cup = finished('cup', 'held', { title: 'Cup', reason: reason('facts.missing', 'No brand was found.', 'Name the brand.') });

function work(reporter: Reporter, name: string, stages: readonly string[] = STAGE_NAMES): void {
  reporter.on(itemStarted(name));
  for (const stage of stages) {
    reporter.on(stageStarted(name, stage));
    reporter.on(stageDone(name, stage));
  }
}

it('shows milestones, finished items above the stages and the bar, and a summary', () => {
  const { reporter, written } = terminal();
  reporter.on(runStarted());
  reporter.on({ type: 'scan.finished', items: 2, photos: 8, refused: 0 });
  work(reporter, 'mug');
  reporter.on(mug);
  vi.advanceTimersByTime(1000);
  expect(screen(written).at(-1)).toMatch(/^ 50 % \[=+-+\] 1\/2 items {2}ETA --:--$/);
  work(reporter, 'cup', STAGE_NAMES.slice(0, 6));
  reporter.on(cup);
  reporter.on(runFinished([mug, cup]));
  reporter.close();
  expect(screen(written)).toEqual([
    'Practice marketplace on this machine: nothing reaches eBay.',
    '2 items from 8 photos',
    '✓ listed    Blue mug  $14.99  https://example.test/itm/110',
    ' 25 %  images processed',
    ' 50 %  AI analysis complete',
    '? held      Cup  No brand was found. [facts.missing]',
    ' 75 %  data enriched',
    '100 %  listing created',
    '',
    '2 items: 1 listed, 1 held; cost $0.12; 3 min 24 s',
    'Time by stage, an item on average, waiting included: prepare 1.2 s, read 1.2 s, draft 1.2 s,',
    'classify 1.2 s, specify 1.2 s, price 1.2 s, check 1.2 s, upload 1.2 s, publish 1.2 s',
    '',
    'Held, waiting for your decision:',
    '  Cup CUP photos/cup',
    '    No brand was found. [facts.missing]',
    '    Name the brand.',
    '    easyflip approve CUP --set NAME=VALUE',
    '',
    'Next:',
    '  easyflip status  see what is held, and the command that settles each',
    '',
  ]);
});

it('never moves the cursor to a saved place or hides it, and leaves no timer behind', () => {
  const { reporter, written } = terminal();
  reporter.on({ type: 'scan.finished', items: 1, photos: 1, refused: 0 });
  vi.advanceTimersByTime(5000);
  reporter.close();
  reporter.close();
  expect(vi.getTimerCount()).toBe(0);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's sequences
  expect(written.join('')).not.toMatch(/\u001b[78]|\u001b\[\?/);
  expect(screen(written).at(-1)).toBe('');
});

it('tells the remaining time from work done in this run, not from what was found finished', () => {
  const { reporter, written } = terminal();
  reporter.on({ type: 'scan.finished', items: 10, photos: 10, refused: 0 });
  for (let at = 0; at < 4; at += 1) {
    reporter.on(itemStarted(`old${at}`));
    for (const stage of STAGE_NAMES) reporter.on(stageDone(`old${at}`, stage, 'reused'));
    reporter.on(finished(`old${at}`, 'already'));
  }
  vi.advanceTimersByTime(3000);
  expect(screen(written).at(-1)).toContain('ETA --:--');
  for (let at = 0; at < 3; at += 1) {
    vi.advanceTimersByTime(9000);
    work(reporter, `new${at}`);
    reporter.on(finished(`new${at}`, 'listed'));
  }
  vi.advanceTimersByTime(200);
  // Three items in 30 s, three remain.
  expect(screen(written).at(-1)).toContain(' 70 % [');
  expect(screen(written).at(-1)).toContain('7/10 items  ETA 0:30');
});

it('tells of each stage whether it waits, is under way or is done, and how many are through', () => {
  const { reporter, written } = terminal();
  reporter.on(runStarted());
  reporter.on({ type: 'scan.finished', items: 3, photos: 3, refused: 0 });
  work(reporter, 'mug');
  reporter.on(mug);
  work(reporter, 'cup', STAGE_NAMES.slice(0, 6));
  reporter.on(stageStarted('cup', 'check'));
  reporter.on(stageDone('cup', 'check', 'held'));
  reporter.on(cup);
  reporter.on(itemStarted('jug'));
  reporter.on(stageStarted('jug', 'prepare'));
  reporter.on(stageDone('jug', 'prepare', 'reused'));
  reporter.on(stageStarted('jug', 'read'));
  vi.advanceTimersByTime(400);
  expect(screen(written).slice(-11)).toEqual([
    '',
    '✓ prepare   done             3/3               1.2 s each',
    '▸ read      under way        2/3    1 at work  1.2 s each',
    ...['draft', 'classify', 'specify', 'price'].map((name) => `▸ ${name.padEnd(8)}  under way        2/3               1.2 s each`),
    // The cup is held and never comes here.
    ...['check', 'upload', 'publish'].map((name) => `▸ ${name.padEnd(8)}  under way        1/2               1.2 s each`),
    expect.stringMatching(/^ 75 % \[=+-+\] 2\/3 items {2}ETA/),
  ]);
  reporter.close();
});

it('leaves out in a dry run what it does not do', () => {
  const { reporter, written } = terminal();
  reporter.on(runStarted(true));
  reporter.on({ type: 'scan.finished', items: 2, photos: 2, refused: 0 });
  work(reporter, 'mug', STAGE_NAMES.slice(0, 7));
  const text = screen(written).join('\n');
  expect(text).toContain('check ');
  expect(text).not.toMatch(/upload|publish/);
  reporter.close();
});

it('keeps to the bar alone where the lines do not fit the height, and follows a terminal that grows', () => {
  const { reporter, written, out } = terminal({ columns: undefined });
  [out.columns, out.rows] = [60, 14];
  reporter.on({ type: 'scan.finished', items: 2, photos: 2, refused: 0 });
  vi.advanceTimersByTime(300);
  expect(screen(written, 60, 14)).toEqual(['2 items from 2 photos', expect.stringMatching(/^ {2}0 % \[-+\] 0\/2 items {2}ETA --:--$/)]);
  out.rows = 15;
  vi.advanceTimersByTime(300);
  expect(screen(written, 60, 15)).toHaveLength(12);
  out.rows = 12;
  vi.advanceTimersByTime(300);
  expect(screen(written, 60, 15)).toHaveLength(2);
  reporter.close();
  expect(screen(written, 60, 15)).toEqual(['2 items from 2 photos', '']);
});

it.each([40, 60, 80])('leaves nothing behind when it scrolls %i columns wide', (columns) => {
  const { reporter, written } = terminal({ columns, rows: 16, color: true });
  reporter.on(runStarted());
  reporter.on({ type: 'scan.finished', items: 40, photos: 40, refused: 0 });
  for (let at = 0; at < 40; at += 1) {
    work(reporter, `i${at}`);
    reporter.on({ ...mug, ...finished(`i${at}`, 'listed', { title: `Mug ${at} with 茶 a long and winding title that does not fit` }) });
    vi.advanceTimersByTime(250);
  }
  reporter.on(runFinished([]));
  reporter.close();
  const lines = screen(written, columns, 16);
  const told = lines.slice(0, lines.indexOf('') + 1).filter((line) => !line.startsWith(' '));
  expect(told.filter((line) => line.startsWith('✓ listed'))).toHaveLength(40);
  expect(told.filter((line) => !line.startsWith('✓ listed'))).toHaveLength(columns < 60 ? 5 : 4);
  expect(lines.join('\n')).not.toMatch(/ (waiting|under way) {2,}|\[=/);
});

it('fits a narrow terminal', () => {
  const { reporter, written } = terminal({ columns: 40 });
  reporter.on({ type: 'scan.finished', items: 2, photos: 2, refused: 0 });
  work(reporter, 'mug');
  reporter.on({ ...mug, title: 'A very long title that goes on and on for ever' });
  reporter.on(cup);
  const lines = screen(written, 40);
  expect(lines).toEqual(
    expect.arrayContaining([
      '✓ listed    A very long title t…  $14.99',
      '    https://example.test/itm/110',
      '? held      Cup',
      '    No brand was found. [facts.missing]',
    ]),
  );
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
  reporter.close();
});

it('draws no bar when standard error is no terminal, or quiet', () => {
  const piped = terminal({}, false);
  piped.reporter.on({ type: 'scan.finished', items: 1, photos: 1, refused: 0 });
  expect(piped.written.join('')).toBe('1 item from 1 photo\n');
  const quiet = terminal({ quiet: true });
  quiet.reporter.on({ type: 'scan.finished', items: 1, photos: 1, refused: 0 });
  quiet.reporter.on(mug);
  quiet.reporter.on(runFinished([mug]));
  expect(quiet.written.join('')).toBe('1 item: 1 listed; cost $0.12; 3 min 24 s\n');
});

it('counts ordinary files instead of naming each, and names damaged photos', () => {
  const { reporter, out } = terminal({}, false);
  reporter.on({ type: 'file.refused', path: '/home/seller/photos/.DS_Store', reason: reason('file.hidden') });
  reporter.on({ type: 'file.refused', path: '/home/seller/photos/b.jpg', reason: reason('photo.truncated', 'The file ends too early.') });
  reporter.on(runFinished([]));
  expect(out.lines).toEqual([
    '! not used  photos/b.jpg: The file ends too early. [photo.truncated]',
    '',
    '0 items; cost $0.12; 3 min 24 s',
    '1 file beside the photos left alone (--verbose names them)',
  ]);
});

it('uses colours only when told to', () => {
  const colored = terminal({ color: true }, false);
  colored.reporter.on(mug);
  expect(colored.out.text).toContain('\u001b[32m✓ listed');
  const plain = terminal({ color: false }, false);
  plain.reporter.on(mug);
  expect(plain.out.text).not.toContain('\u001b');
});

it('chooses the form by flags, streams and NO_COLOR', () => {
  const tty = new FakeStream(true);
  expect(outputStyle({ json: true }, {}, tty)).toEqual({ format: 'json', color: false });
  expect(outputStyle({}, {}, new FakeStream())).toEqual({ format: 'plain', color: false });
  expect(outputStyle({}, {}, tty)).toEqual({ format: 'terminal', color: true });
  expect(outputStyle({}, { NO_COLOR: '1' }, tty)).toEqual({ format: 'terminal', color: false });
  expect(outputStyle({}, { NO_COLOR: '' }, tty)).toEqual({ format: 'terminal', color: true });
  expect(outputStyle({}, { TERM: 'dumb' }, tty)).toEqual({ format: 'plain', color: false });
});

it('remembers only items in flight', () => {
  const { reporter, written } = terminal();
  reporter.on({ type: 'scan.finished', items: 5000, photos: 5000, refused: 0 });
  for (let at = 0; at < 5000; at += 1) {
    reporter.on(itemStarted(`i${at}`));
    reporter.on(finished(`i${at}`, 'already'));
  }
  // Items that were listed long ago print nothing each.
  expect(screen(written).length).toBe(12);
  vi.advanceTimersByTime(300);
  expect(screen(written).at(-1)).toMatch(/^100 % \[=+\] 5000\/5000 items {2}ETA 0:00/);
  reporter.close();
});
