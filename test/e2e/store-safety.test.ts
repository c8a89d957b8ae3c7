import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { valid } from '../support/schemas.ts';
import { finished, type JsonLine, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

const backups = (): readonly string[] => readdirSync(join(world.data, 'backups')).sort();

it('a run makes a backup of the day; backup, verify and restore work by name, and nothing is listed twice afterwards', async () => {
  await completeItems(world, 2);
  expect((await world.run('list', world.photos, '--json')).code).toBe(0);
  expect((await world.run('list', world.photos, '--json')).code).toBe(0);
  const [daily, ...more] = backups();
  expect(daily).toMatch(/^practice\..+\.daily\.sqlite$/);
  expect(more).toEqual([]);

  const file = join(world.root, 'copy.sqlite');
  const made = await world.run('backup', file, '--json');
  expect([made.code, made.lines]).toEqual([0, [{ type: 'backup.made', file }]]);
  expect((await world.run('backup', file)).code).toBe(2);
  const verified = await world.run('verify', '--json');
  expect([verified.code, verified.lines[0]]).toMatchObject([0, { type: 'store.verified', sound: true }]);

  truncateSync(join(world.data, 'practice.sqlite'), 10_000);
  expect((await world.run('verify', '--json')).code).toBe(2);
  const broken = await world.run('status', '--json');
  expect([broken.code, broken.lines[0]]).toMatchObject([
    2,
    { reason: { code: 'store.damaged', hint: expect.stringContaining('easyflip restore') } },
  ]);
  expect((await world.run('restore', file)).err).toContain('--yes');
  const restored = await world.run('restore', file, '--yes', '--json');
  expect([restored.code, restored.lines[0]]).toMatchObject([0, { type: 'backup.restored', from: file, replaced: expect.any(String) }]);
  expect(finished(await world.run('list', world.photos, '--json')).counts.already).toBe(2);
  expect(await world.listings()).toHaveLength(2);

  const pruned = await world.run('prune', '--dry-run', '--days', '1', '--json');
  expect([pruned.code, pruned.lines[0]]).toMatchObject([0, { type: 'prune.finished', items: 0, results: 0, dryRun: true }]);
  for (const { lines } of [made, verified, restored, pruned]) valid('store-line', lines[0]);
});

it('what was withdrawn after the backup is not listed again', async () => {
  await completeItems(world, 1);
  const file = join(world.root, 'early.sqlite');
  expect((await world.run('list', world.photos, '--json', '--publish', 'review')).code).toBe(0);
  expect((await world.run('backup', file)).code).toBe(0);
  const item = String((await world.run('list', world.photos, '--json')).lines.find(({ type }) => type === 'item.finished')?.item);
  expect((await world.run('withdraw', item)).code).toBe(0);
  expect((await world.run('restore', file, '--yes')).code).toBe(0);
  const { counts } = finished(await world.run('list', world.photos, '--json'));
  expect([counts.held, counts.listed]).toEqual([1, 0]);
  expect((await world.listings()).filter(({ status }) => status === 'ACTIVE')).toEqual([]);
});

it('everything in the data folder is for its owner only', async () => {
  await completeItems(world, 1);
  await world.run('list', world.photos, '--json', '--dry-run');
  await world.run('list', world.photos, '--json');
  await world.run('backup');
  const open: string[] = [];
  for (const name of ['.', ...readdirSync(world.data, { recursive: true }).map(String)]) {
    const { mode } = statSync(join(world.data, name));
    if ((mode & 0o077) !== 0) open.push(`${name} ${(mode & 0o777).toString(8)}`);
  }
  expect(open).toEqual([]);
});

/** Linux with user namespaces, which some containers forbid. */
const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

/** Commands in a shell of their own, in which the data folder is a small disk. */
async function onSmallDisk(
  size: string,
  script: string,
): Promise<{ readonly codes: readonly number[]; readonly lines: readonly JsonLine[] }> {
  mkdirSync(world.data, { recursive: true, mode: 0o700 });
  // What is tested is the disk that is full, not the caution before it.
  writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify({ limits: { minFreeDiskMegabytes: 0 } }));
  const easyflip = `"${process.execPath}" "${resolve('bin/easyflip.js')}"`;
  const setUp = `mount -t tmpfs -o size=${size},mode=700 tmpfs "${world.data}" && easyflip() { ${easyflip} "$@"; echo "{\\"type\\":\\"code\\",\\"code\\":$?}"; }`;
  const child = spawn('unshare', ['-rm', 'sh', '-c', `${setUp}\n${script}`], {
    cwd: world.root,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: join(world.root, 'home'),
      EASYFLIP_DATA_DIR: world.data,
      EASYFLIP_PRACTICE_URL: world.practice.url,
    },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  await new Promise((done) => child.on('close', done));
  expect(err).toBe('');
  const lines = out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as JsonLine);
  return { codes: lines.filter(({ type }) => type === 'code').map(({ code }) => Number(code)), lines };
}

describe.skipIf(!canMount)('a disk that is full or read-only (needs Linux user namespaces)', () => {
  it('that fills in mid-run ends it in order with code 4; with room again everything is listed once', async () => {
    await completeItems(world, 6);
    const { codes, lines } = await onSmallDisk(
      '3m',
      `easyflip status --json
       head -c 2200k /dev/zero > "${world.data}/ballast"
       easyflip list "${world.photos}" --json
       rm "${world.data}/ballast"
       mount -o remount,size=60m "${world.data}"
       easyflip list "${world.photos}" --json
       easyflip verify --json`,
    );
    expect(codes).toEqual([0, 4, 0, 0]);
    const runs = lines.filter(({ type }) => type === 'run.finished');
    expect(runs.at(-1)).toMatchObject({ exitCode: 0 });
    const reasons = lines
      .filter(({ type }) => type !== 'file.warned')
      .flatMap(({ reason }) => (reason ? [(reason as { code: string }).code] : []));
    expect(new Set(reasons)).toEqual(new Set(['store.full']));
    const hints = lines.flatMap(({ type, reason }) => (type === 'run.stopping' ? [(reason as { hint: string }).hint] : []));
    expect(hints).toEqual([expect.stringContaining('Free some space')]);
    expect(await world.listings()).toHaveLength(6);
  });

  it('that is full at the start ends with code 2', async () => {
    await completeItems(world, 1);
    const { codes, lines } = await onSmallDisk(
      '1m',
      `head -c 2m /dev/zero > "${world.data}/ballast" 2>/dev/null
       easyflip list "${world.photos}" --json`,
    );
    expect(codes).toEqual([2]);
    expect(lines[0]).toMatchObject({ type: 'error', reason: { code: 'store.full', hint: expect.stringContaining('Free some space') } });
    expect(await world.listings()).toEqual([]);
  });

  it('that becomes read-only says so with code 2 and the cure; writable again, nothing is lost and nothing done twice', async () => {
    await completeItems(world, 1);
    const { codes, lines } = await onSmallDisk(
      '60m',
      `easyflip list "${world.photos}" --json
       mount -o remount,ro "${world.data}"
       easyflip list "${world.photos}" --json
       easyflip status --json
       mount -o remount,rw "${world.data}"
       easyflip list "${world.photos}" --json
       easyflip verify --json`,
    );
    expect(codes).toEqual([0, 2, 2, 0, 0]);
    expect(lines.filter(({ type }) => type === 'run.finished').at(-1)).toMatchObject({ counts: { already: 1, listed: 0 } });
    expect(await world.listings()).toHaveLength(1);
    expect(lines.filter(({ type }) => type === 'error').map(({ reason }) => (reason as { code: string }).code)).toEqual([
      'store.read-only',
      'store.read-only',
    ]);
    for (const { type, reason } of lines)
      if (type === 'error') expect(reason).toMatchObject({ hint: expect.stringContaining('Give your user the right to write there') });
  });
});

it('a newer database is refused with code 2, and stays as it is', async () => {
  await completeItems(world, 1);
  await world.run('status');
  const { default: Sqlite } = await import('better-sqlite3');
  const db = new Sqlite(join(world.data, 'practice.sqlite'));
  db.pragma('user_version = 9999');
  db.close();
  const ran = await world.run('list', world.photos, '--json');
  expect([ran.code, ran.lines.at(-1)]).toMatchObject([
    2,
    { reason: { code: 'store.newer', hint: expect.stringContaining('Update easyflip') } },
  ]);
});
