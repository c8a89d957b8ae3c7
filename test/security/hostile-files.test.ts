import { spawnSync } from 'node:child_process';
import { copyFileSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { readSidecar } from '../../src/intake/sidecar.ts';
import { walkFolder } from '../../src/intake/walk-folders.ts';
import { throwAwayFolder } from '../imaging/corpus.ts';
import { sidecar } from '../support/items.ts';
import { finished, type Ran, World } from '../support/world.ts';

const PHOTO = resolve('fixtures/photos/vase_1.jpg');
const OTHER = resolve('fixtures/photos/mug_1.jpg');
/** What would clear a screen, name its window, begin a line of its own, and read backwards. */
const HOSTILE = 'mug\u001b[2J\u001b]0;owned\u0007\u009b31m\u202egpj\u2066\nerror: all is well';
/** Everything that drives a terminal or turns letters around, but the ends of lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
const DRIVES = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

describe('names, notes and writing that are made to drive a terminal', () => {
  let world: World;
  let plain: Ran;
  let json: Ran;

  beforeAll(async () => {
    world = await World.open();
    const folder = join(world.photos, HOSTILE);
    mkdirSync(folder);
    copyFileSync(PHOTO, join(folder, `${HOSTILE}.jpg`));
    writeFileSync(join(folder, 'item.json'), JSON.stringify({ ...sidecar(1), title: `Vase ${HOSTILE}`, flaws: [HOSTILE], [HOSTILE]: 'x' }));
    writeFileSync(join(folder, `${HOSTILE}.docx`), 'no photo');
    mkdirSync(join(world.photos, 'second'));
    copyFileSync(OTHER, join(world.photos, 'second', `${HOSTILE}.jpg`));
    writeFileSync(
      join(world.photos, 'second', 'item.json'),
      JSON.stringify({ ...sidecar(2), title: `Mug ${HOSTILE.replaceAll('\n', ' ')}` }),
    );
    plain = await world.run('list', world.photos, '--verbose');
    json = await world.run('list', world.photos, '--json');
  });
  afterAll(() => world.close());

  it('are shown as plain letters: no sequence, no turned letters, no line of their own', () => {
    expect(plain.out).toContain('gpj');
    expect(plain.out + plain.err).not.toMatch(DRIVES);
    expect(`${plain.out}${plain.err}`.split('\n').filter((line) => line.startsWith('error: all is well'))).toEqual([]);
  });

  it('in JSON are escaped, and are still what they were', () => {
    expect(json.out).not.toMatch(DRIVES);
    expect(json.lines.some(({ path }) => typeof path === 'string' && path.endsWith(`${HOSTILE}.docx`))).toBe(true);
    expect(finished(json).counts.items).toBe(2);
  });

  it.each(['status', 'scan', 'show', 'archive'])('%s shows them so, too', async (command) => {
    const args: Readonly<Record<string, string[]>> = {
      scan: ['scan', world.photos],
      show: ['show', 'second'],
      archive: ['archive', '--verify'],
    };
    for (const more of [[], ['--json']]) {
      const ran = await world.run(...(args[command] ?? [command]), ...more);
      expect(`${ran.out}${ran.err}`).not.toMatch(DRIVES);
    }
  });

  it('an error about them, too', async () => {
    for (const more of [[], ['--json']]) {
      const ran = await world.run('show', `${HOSTILE} that is not there`, ...more);
      expect(ran.code).toBe(2);
      expect(`${ran.out}${ran.err}`).not.toMatch(DRIVES);
    }
  });

  it('what is kept is for its owner only: every file and folder of the data folder', () => {
    const open = (folder: string): string[] =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => (lstatSync(join(folder, name)).mode & 0o077) !== 0);
    expect(readdirSync(world.data).length).toBeGreaterThan(1);
    expect(open(world.data)).toEqual([]);
    expect(lstatSync(world.data).mode & 0o777).toBe(0o700);
  });

  it('and so are the files of the practice marketplace that a run starts', async () => {
    const data = join(world.root, 'own');
    const { child, ended } = world.start(['list', join(world.photos, 'second'), '--data-dir', data], { EASYFLIP_PRACTICE_URL: '' });
    await ended;
    const { pid } = JSON.parse(readFileSync(join(data, 'practice-marketplace.sqlite.address.json'), 'utf8')) as { pid: number };
    try {
      const modes = readdirSync(data, { recursive: true, encoding: 'utf8' }).map((name) => [
        name,
        lstatSync(join(data, name)).mode & 0o077,
      ]);
      expect(modes.filter(([, mode]) => mode !== 0)).toEqual([]);
      expect(modes.map(([name]) => name)).toContain('practice-marketplace.sqlite');
      expect(pid).not.toBe(child.pid);
    } finally {
      process.kill(pid);
    }
  });

  it('no command runs while certificates are not checked', async () => {
    const ran = await world.start(['list', world.photos, '--json'], { NODE_TLS_REJECT_UNAUTHORIZED: '0' }).ended;
    expect([ran.code, ran.lines.at(-1)]).toMatchObject([2, { type: 'error', reason: { code: 'config.invalid' } }]);
    expect((await world.start(['--version'], { NODE_TLS_REJECT_UNAUTHORIZED: '0' }).ended).code).toBe(0);
  });
});

describe('paths that lead elsewhere', () => {
  const walk = async (folder: string) => {
    const found: string[] = [];
    await walkFolder(folder, new AbortController().signal, {
      folder: ({ path, names }) => found.push(...names.map((name) => join(path, name).slice(folder.length + 1))),
      refused: () => undefined,
    });
    return found.sort();
  };

  it('loops of links end, links to one place count once, and a link out of the folder is followed because the seller made it', async () => {
    const root = await throwAwayFolder();
    const outside = await throwAwayFolder();
    copyFileSync(OTHER, join(outside, 'b.jpg'));
    mkdirSync(join(root, 'a/b'), { recursive: true });
    copyFileSync(PHOTO, join(root, 'a/b/1.jpg'));
    symlinkSync('..', join(root, 'a/b/up'));
    symlinkSync('.', join(root, 'a/self'));
    symlinkSync(join(root, 'a'), join(root, 'again'));
    symlinkSync('pong', join(root, 'ping'));
    symlinkSync('ping', join(root, 'pong'));
    symlinkSync(outside, join(root, 'out'));
    symlinkSync(outside, join(root, 'out-too'));
    symlinkSync(root, join(outside, 'back'));
    // Hidden folders are not looked into, unless the seller says so with a link.
    mkdirSync(join(root, '.hidden/inner'), { recursive: true });
    copyFileSync(OTHER, join(root, '.hidden/inner/c.jpg'));
    symlinkSync('.hidden', join(root, 'shown'));
    expect(await walk(root)).toEqual(['a/b/1.jpg', 'out/b.jpg', 'shown/inner/c.jpg']);
  });

  it('a plan can name no photo outside its folders', async () => {
    const world = await World.open();
    try {
      world.write('mug/1.jpg', readFileSync(OTHER));
      const secret = join(world.root, 'secret.jpg');
      copyFileSync(PHOTO, secret);
      for (const path of ['../secret.jpg', secret, 'mug/../../secret.jpg']) {
        const plan = join(world.root, 'plan.json');
        writeFileSync(plan, JSON.stringify({ easyflipPlan: 1, folders: [world.photos], base: world.photos, items: [{ photos: [path] }] }));
        const ran = await world.run('list', '--plan', plan, '--json');
        expect(ran.code).toBe(2);
        expect(ran.out).toContain('plan.invalid');
        expect(ran.out).toContain('outside the folders of the plan');
      }
      writeFileSync(
        join(world.root, 'plan.json'),
        `{"easyflipPlan":1,"__proto__":{"polluted":1},"folders":["${world.photos}"],"base":"/","items":[]}`,
      );
      expect((await world.run('list', '--plan', join(world.root, 'plan.json'))).code).toBe(2);
    } finally {
      await world.close();
    }
  });

  it('a sidecar sets no path: its bin and SKU are letters and digits', async () => {
    const folder = await throwAwayFolder();
    for (const said of [{ bin: '../../etc' }, { sku: '../x' }, { sku: 'A/B' }]) {
      writeFileSync(join(folder, 'item.json'), JSON.stringify(said));
      expect((await readSidecar(join(folder, 'item.json'), 'USD')).problems).toHaveLength(1);
    }
  });
});

describe('files that are too large, or never end', () => {
  /** 400 MB that take no room on the disk. */
  function huge(path: string): string {
    writeFileSync(path, '{');
    truncateSync(path, 400_000_000);
    return path;
  }

  it('settings, template, sidecar and plan are refused by their size, unread', async () => {
    const folder = await throwAwayFolder();
    const before = process.memoryUsage().rss;
    const load = (configFile: string) => loadSettings({ configFile, env: {}, flags: {}, cwd: folder, userFolder: folder });
    await expect(load(huge(join(folder, 'huge.json')))).rejects.toMatchObject({
      code: 'config.unreadable',
      message: expect.stringContaining('too large'),
    });
    writeFileSync(join(folder, 'small.json'), JSON.stringify({ listing: { descriptionTemplate: 'huge.json' } }));
    await expect(load(join(folder, 'small.json'))).rejects.toMatchObject({ problems: [expect.stringContaining('more than 65536 bytes')] });
    expect((await readSidecar(join(folder, 'huge.json'), 'USD')).problems[0]).toContain('a sidecar has at most');
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(200);
    const ran = spawnSync(
      process.execPath,
      ['--max-old-space-size=120', resolve('bin/easyflip.js'), 'list', '--plan', join(folder, 'huge.json'), '--json'],
      { encoding: 'utf8', env: { PATH: process.env.PATH, HOME: folder, EASYFLIP_DATA_DIR: join(folder, 'data') } },
    );
    expect([ran.status, ran.stdout]).toEqual([2, expect.stringContaining('"plan.invalid"')]);
  });

  it.skipIf(process.platform === 'win32')('a pipe and a device are no settings and no sidecar', async () => {
    const folder = await throwAwayFolder();
    spawnSync('mkfifo', [join(folder, 'item.json')]);
    expect((await readSidecar(join(folder, 'item.json'), 'USD')).problems).toEqual(['item.json is no ordinary file.']);
    for (const configFile of [join(folder, 'item.json'), '/dev/zero'])
      await expect(loadSettings({ configFile, env: {}, flags: {}, cwd: folder, userFolder: folder })).rejects.toMatchObject({
        code: 'config.unreadable',
      });
  });
});
