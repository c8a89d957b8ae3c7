import { expect, it } from 'vitest';
import { EasyflipError, ProblemsError } from '../../src/core/errors.ts';
import { clockText, costText, durationText } from '../../src/report/amounts.ts';
import { errorJson, renderError } from '../../src/report/error.ts';
import { nextCommand } from '../../src/report/next-command.ts';
import { errorLine } from '../../src/report/schema-parts.ts';
import { table } from '../../src/report/table.ts';
import { clean, cut, widthOf, wrap } from '../../src/report/text.ts';
import { reason } from './fake-run.ts';

it.each([
  ['plain text stays', 'plain text stays'],
  ['a\u001b[31mred\u001b[0m', 'ared'],
  ['a\u001b]0;title\u0007b', 'ab'],
  ['a\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\b', 'alinkb'],
  ['a\u001bPq#0\u001b\\b', 'ab'],
  ['a\u009b2Jb', 'ab'],
  ['a\u001b]unfinished', 'a'],
  ['tab\tline\r\nbreak', 'tab line break'],
  ['\u0000\u0008\u007f', ''],
  ['evil\u202egpj.exe', 'evilgpj.exe'],
  ['Größe 10½ 日本 👩‍🎨', 'Größe 10½ 日本 👩‍🎨'],
])('cleans %j', (text, safe) => {
  expect(clean(text)).toBe(safe);
});

it('measures and cuts by columns, never inside a letter', () => {
  expect(['abc', '日本', 'é', 'e\u0301', '👩‍🎨', '🇩🇪', '✓', ''].map(widthOf)).toEqual([3, 4, 1, 1, 2, 2, 1, 0]);
  expect(cut('abcdef', 6)).toBe('abcdef');
  expect(cut('abcdef', 5)).toBe('abcd…');
  expect(cut('日本語', 4)).toBe('日…');
  expect(cut('ae\u0301io', 3)).toBe('ae\u0301…');
  expect(cut('abc', 0)).toBe('');
});

it('wraps at spaces and keeps addresses whole', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('see https://example.test/a/very/long/address now', 10)).toEqual(['see', 'https://example.test/a/very/long/address', 'now']);
});

it('writes times and costs for people', () => {
  expect([0, 1.25, 12.4, 59.6, 204, 7512].map(durationText)).toEqual(['0 s', '1.3 s', '12 s', '1 min 0 s', '3 min 24 s', '2 h 5 min']);
  expect([0, 80, 3723].map(clockText)).toEqual(['0:00', '1:20', '1:02:03']);
  expect([0, 0.00341, 0.0123, 0.1, 12.345].map(costText)).toEqual(['$0', '$0.0034', '$0.012', '$0.10', '$12.35']);
});

it('shrinks what may give way, then leaves out the last columns', () => {
  const columns = [{ title: 'ID' }, { title: 'TITLE', shrinks: true }, { title: 'N', align: 'right' as const }];
  const rows = [
    ['A', 'A rather long title', '5'],
    ['B', '日本', '12'],
  ];
  expect(table({ columns, rows, width: 80 })).toEqual([
    'ID  TITLE                 N',
    'A   A rather long title   5',
    'B   日本                 12',
  ]);
  expect(table({ columns, rows, width: 18 })).toEqual(['ID  TITLE        N', 'A   A rather…    5', 'B   日本        12']);
  expect(table({ columns, rows, width: 10 })).toEqual(['ID  TITLE', 'A   A rat…', 'B   日本']);
  expect(table({ columns, rows: [], width: 80 })).toEqual(['ID  TITLE  N']);
});

const style = { verbose: false, color: false };

it('renders an expected error as sentence, code, problems and next step', () => {
  const error = new ProblemsError(
    'config.invalid',
    'The configuration has 2 problems.',
    ['a.b: must be a number', 'c: unknown key\u001b[2J'],
    {
      hint: 'Correct them.',
      cause: new Error('token v^1.1#secret'),
    },
  );
  expect(renderError(error, style)).toBe(
    'error: The configuration has 2 problems. [config.invalid]\n  - a.b: must be a number\n  - c: unknown key\nnext:  Correct them.\n',
  );
  expect(renderError(error, { ...style, verbose: true })).toMatch(/\n {4}at .*text\.test\.ts/);
  expect(renderError(error, { ...style, verbose: true })).not.toContain('v^1.1#');
  expect(renderError(error, { ...style, color: true })).toContain('\u001b[31merror:');
});

it('shows the stack of a bug, and covers secrets', () => {
  const text = renderError(new TypeError('x of undefined, key hush'), { ...style, redact: (line) => line.replaceAll('hush', '***') });
  expect(text).toMatch(/^error: easyflip itself failed: TypeError: x of undefined, key \*\*\* \[bug\]\n {4}at /);
  expect(text).toMatch(/\nnext: {2}Report this .*\n$/);
  expect(renderError('thrown text', style)).toContain('easyflip itself failed: thrown text [bug]');
});

it('gives scripts the same', () => {
  const plain = new EasyflipError('store.full', 'The disk is full.', { hint: 'Free some space.' });
  expect(JSON.stringify(errorJson(plain))).toBe(
    '{"type":"error","reason":{"code":"store.full","message":"The disk is full.","hint":"Free some space."}}',
  );
  const several = new ProblemsError('config.invalid', 'Two.', ['a hush', 'b'], { hint: 'Mend.' });
  const json = errorJson(several, (text) => text.replace('hush', '***'));
  expect(json.problems).toEqual(['a ***', 'b']);
  for (const line of [json, errorJson(plain), errorJson(new Error('x'))]) expect(errorLine.safeParse(line).error).toBeUndefined();
});

it.each([
  ['held', 'item.awaits-approval', 'easyflip approve X --env sandbox'],
  ['held', 'category.ambiguous', 'easyflip approve X --set category=ID --env sandbox'],
  ['held', 'condition.unknown', 'easyflip approve X --set condition=WORD --env sandbox'],
  ['held', 'item.foreign-listing', 'easyflip show X --env sandbox'],
  ['held', 'item.changed-while-live', 'easyflip approve X --env sandbox'],
  ['failed', 'listing.rejected', 'easyflip retry-failed --item X --env sandbox'],
  ['deferred', 'breaker.open', 'easyflip resume --env sandbox'],
  ['listed', 'bug', undefined],
] as const)('%s with %s is settled by %s', (state, code, command) => {
  expect(nextCommand('X', state, reason(code), ' --env sandbox')).toBe(command);
});
