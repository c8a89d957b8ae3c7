import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

/** Nothing here asks how long anything took: a slow machine is no mistake, a figure that is missing or wrong is one. */
type Row = Readonly<Record<string, unknown>>;
let rows: readonly Row[];

beforeAll(async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['scripts/bench/run.js', 'scale', 'full', 'checkpoint', 'prepare', '--short', '--json'],
    {
      // Built once before all tests; other tests use `dist` at this moment.
      env: { ...process.env, BENCH_AS_BUILT: '1', BENCH_SIZES: '3', BENCH_FULL_SIZES: '2,4', BENCH_AT_ONCE: '', BENCH_ITEMS: '3' },
      maxBuffer: 10_000_000,
    },
  );
  rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}, 600_000);

const of = (bench: string): readonly Row[] => rows.filter((row) => row.bench === bench);
const isFigure = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;

describe('the short form of the bench', () => {
  it('tells of every command over live items', () => {
    const commands = ['list, nothing to do', 'scan', 'status', 'stats'];
    expect(of('scale').map(({ items, command }) => [items, command])).toEqual(commands.map((one) => [3, one]));
    for (const row of of('scale')) {
      expect([row.seconds, row['seconds of a core'], row['peak memory in MB']].every(isFigure), JSON.stringify(row)).toBe(true);
    }
  });

  it('lists in a whole run what it drew', () => {
    expect(of('full').map(({ items, listed }) => [items, listed])).toEqual([
      [2, 2],
      [4, 4],
    ]);
    for (const row of of('full'))
      expect([row['seconds of a core'], row['peak memory in MB']].every(isFigure), JSON.stringify(row)).toBe(true);
  });

  it('tells what a checkpoint costs for every stage', () => {
    const stages = ['prepare', 'read', 'draft', 'classify', 'specify', 'price', 'check', 'upload', 'publish'];
    expect(of('checkpoint').map(({ what }) => what)).toEqual([...stages, 'an item with its claim', 'the database, per item']);
    for (const row of of('checkpoint').slice(0, -1)) expect(isFigure(row['ms, p50']), JSON.stringify(row)).toBe(true);
  });

  it('tells of every way to prepare photos, and of the peak of memory', () => {
    const [ours, theirs] = [/^easyflip|^those two from easyflip/, /^sharp/];
    const rows = of('prepare').filter(({ photos }) => photos !== '2 JPEG at once');
    for (const kind of ['wide gamut', 'sRGB']) {
      const ways = rows.filter(({ photos }) => photos === kind).map(({ way }) => String(way));
      expect(ways).toEqual(expect.arrayContaining(['easyflip', 'easyflip, photos.enhance off', 'sharp, two decodes']));
      expect([ours, theirs].map((side) => ways.filter((way) => side.test(way)).length)).toEqual([4, 3]);
    }
    for (const row of rows)
      expect([row['photos per second'], row['ms of a core per photo']].every(isFigure), JSON.stringify(row)).toBe(true);
    const peak = of('prepare').find(({ photos }) => photos === '2 JPEG at once')?.['peak memory in MB'];
    expect(isFigure(peak)).toBe(true);
  });

  it('ends at a run that did not do its work', async () => {
    const module = '../../scripts/bench/program.js';
    const { closing } = (await import(module)) as { closing: (ran: unknown, isRight: (last: Row) => boolean) => Row };
    const ran = { args: ['list'], code: 3, err: '', out: '{"type":"run.finished","counts":{"listed":1}}\n' };
    expect(closing(ran, () => true)).toMatchObject({ counts: { listed: 1 } });
    expect(() => closing(ran, () => false)).toThrow('easyflip list ended with 3');
  });
});
