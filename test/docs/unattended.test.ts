import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { untilTrue, World } from '../support/world.ts';

const PAGE = readFileSync('docs/unattended.md', 'utf8');
/** The block of this kind that has this text in it. */
function block(kind: string, having: string): string {
  const found = [...PAGE.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter(([, name, text]) => name === kind && text?.includes(having));
  if (found.length !== 1) throw new Error(`${found.length} blocks of ${kind} with ${having}`);
  return found[0]?.[2] ?? '';
}

const UNITS = {
  'easyflip.service': block('systemd', 'easyflip watch'),
  'easyflip-list.service': block('systemd', 'easyflip list %h'),
  'easyflip-list.timer': block('systemd', '[Timer]'),
};
const CRONTAB = block('crontab', 'easyflip');
const PLIST = block('xml', '<plist');
const TASK = block('xml', '<Task');

/** True where the machine has the tool; tells when it has not. */
function has(tool: string, ...args: readonly string[]): boolean {
  const found = spawnSync(tool, args).error === undefined;
  if (!found) process.stderr.write(`No ${tool} on this machine: what it says of docs/unattended.md is left out.\n`);
  return found;
}
const hasPython = has('python3', '--version');

let world: World;
let bin: string;
beforeAll(async () => {
  world = await World.open();
  await completeItems(world, 2);
  bin = join(world.root, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'easyflip'), `#!/bin/sh\nexec '${process.execPath}' '${resolve('bin/easyflip.js')}' "$@"\n`, { mode: 0o755 });
});
afterAll(() => world.close());

/** Where easyflip's own things are cannot be that of the user who tests. */
const places = (): Record<string, string> => ({
  HOME: join(world.root, 'home'),
  EASYFLIP_DATA_DIR: world.data,
  EASYFLIP_PRACTICE_URL: world.practice.url,
});

async function ended(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: unknown; told: string }> {
  const child = spawn(command, args, { cwd: world.root, env: { ...places(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let told = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const code = await new Promise((done) => child.on('close', done));
  return { code, told };
}

const withPhotos = (text: string): string =>
  text
    .replaceAll('/home/me/photos', world.photos)
    .replaceAll('/Users/me/photos', world.photos)
    .replaceAll('C:\\Users\\me\\Photos', world.photos);

describe('crontab', () => {
  const lines = CRONTAB.trim()
    .split('\n')
    .flatMap((line) => /^(?:\S+ +){5}(easyflip .*)$/.exec(line)?.[1] ?? []);

  it.skipIf(!has('crontab', '-h'))('is taken by cron', () => {
    const check = (text: string) => spawnSync('crontab', ['-n', '-'], { input: text, encoding: 'utf8' });
    expect(check(CRONTAB).status, check(CRONTAB).stderr).toBe(0);
    expect(check(CRONTAB.replace('0 2 * * *', '0 2 * * 9')).status).not.toBe(0);
  });

  it('has lines to run', () => expect(lines).toHaveLength(4));

  // 4: outside of its window.
  it.each(lines)('runs with nothing but what cron gives: %s', async (line) => {
    expect(line).not.toContain('%');
    const cron = { SHELL: '/bin/sh', LOGNAME: 'me', PATH: `${bin}:/usr/bin:/bin` };
    const { code, told } = await ended('/bin/sh', ['-c', withPhotos(line)], cron);
    expect(line.includes('--window') ? [0, 4] : [0], told).toContain(code);
  });
});

describe('systemd', () => {
  it.skipIf(!has('systemd-analyze', '--version'))('finds nothing wrong with the units', () => {
    const verify = (units: Readonly<Record<string, string>>): string => {
      const folder = mkdtempSync(join(world.root, 'units-'));
      for (const [name, text] of Object.entries(units)) writeFileSync(join(folder, name), text);
      const files = Object.keys(units).map((name) => join(folder, name));
      const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--user', '--man=no', ...files], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH ?? '', HOME: folder, XDG_RUNTIME_DIR: folder },
      });
      return `${status}${stdout}${stderr}`;
    };
    expect(verify(UNITS)).toBe('0');
    expect(verify({ ...UNITS, 'easyflip.service': UNITS['easyflip.service'].replace('TimeoutStopSec', 'TimeoutStop') })).toMatch(
      /Unknown key/,
    );
    expect(verify({ ...UNITS, 'easyflip-list.timer': UNITS['easyflip-list.timer'].replace('*:0/15', '*:0/x') })).toMatch(/calendar/i);
  });

  const command = (unit: string): readonly string[] =>
    (/^ExecStart=(.*)$/m.exec(unit)?.[1] ?? '').replaceAll('%h/photos', world.photos).split(' ');

  it('is given the exit codes that the program has', async () => {
    const [program = '', ...args] = command(UNITS['easyflip-list.service']);
    const systemd = { PATH: `${bin}:/usr/local/bin:/usr/bin:/bin` };
    const listed = await ended(program, args, systemd);
    expect(listed.code, listed.told).toBe(0);
    // Broken settings: what RestartPreventExitStatus is for.
    const [watch = '', ...rest] = command(UNITS['easyflip.service']);
    const broken = await ended(watch, rest, { ...systemd, EASYFLIP_QUIET_SECONDS: 'soon' });
    expect(broken.code, broken.told).toBe(2);
  });

  it('starts the watch, and ends it in order', () =>
    startsAndEnds(command(UNITS['easyflip.service']), `${bin}:/usr/local/bin:/usr/bin:/bin`));
});

/** What a service manager does: start, SIGTERM, and 0 is no reason to start again. */
async function startsAndEnds([program = '', ...args]: readonly string[], path: string): Promise<void> {
  const child = spawn(program, args, {
    cwd: '/',
    env: { ...places(), PATH: path, EASYFLIP_QUIET_SECONDS: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const end = new Promise((done) => child.on('close', done));
  const before = (await world.listings()).length;
  await completeItems(world, 1, before + 10);
  try {
    await untilTrue(async () => {
      if (child.exitCode !== null) throw new Error(told);
      return (await world.listings()).length > before;
    });
    child.kill('SIGTERM');
    expect(await end, told).toBe(0);
  } finally {
    child.kill('SIGKILL');
  }
}

describe.skipIf(!hasPython)('launchd', () => {
  const plist = () => {
    const { stdout, stderr, status } = spawnSync(
      'python3',
      ['-c', 'import sys,plistlib,json;print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))'],
      {
        input: PLIST,
        encoding: 'utf8',
      },
    );
    expect(status, stderr).toBe(0);
    return JSON.parse(stdout) as Record<string, unknown> & { ProgramArguments: string[]; EnvironmentVariables: { PATH: string } };
  };

  it('has keys of launchd.plist(5), each of its kind', () => {
    const kinds = Object.entries(plist()).map(([key, value]) => [key, Array.isArray(value) ? 'array' : typeof value]);
    expect(Object.fromEntries(kinds)).toEqual({
      Label: 'string',
      ProgramArguments: 'array',
      EnvironmentVariables: 'object',
      KeepAlive: 'object',
      ThrottleInterval: 'number',
      ExitTimeOut: 'number',
      StandardErrorPath: 'string',
    });
    expect(plist().KeepAlive).toEqual({ SuccessfulExit: false });
    expect(PAGE).toContain(`LaunchAgents/${plist().Label}.plist`);
  });

  it('starts the watch, and ends it in order', () =>
    startsAndEnds(plist().ProgramArguments.map(withPhotos), `${bin}:${plist().EnvironmentVariables.PATH}`));
});

describe.skipIf(!hasPython)("Windows' Task Scheduler", () => {
  /** Every element with its place and text, in order, without the namespace. */
  const elements = (): ReadonlyMap<string, string> => {
    const walk = `
import sys, json, xml.etree.ElementTree as tree
def walk(at, path):
    yield [path, (at.text or '').strip(), at.attrib]
    for child in at:
        assert child.tag.startswith('{http://schemas.microsoft.com/windows/2004/02/mit/task}'), child.tag
        yield from walk(child, path + '/' + child.tag.split('}')[1])
root = tree.fromstring(sys.stdin.read())
print(json.dumps(list(walk(root, root.tag.split('}')[1]))))`;
    const { stdout, stderr, status } = spawnSync('python3', ['-c', walk], { input: TASK, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    const all = JSON.parse(stdout) as [string, string, Record<string, string>][];
    const found = new Map(
      all.flatMap(
        ([path, text, attributes]) =>
          [[path, text], ...Object.entries(attributes).map(([name, value]) => [`${path}@${name}`, value])] as [string, string][],
      ),
    );
    // Of no element the schema allows two here.
    expect(new Set(all.map(([path]) => path)).size).toBe(all.length);
    return found;
  };

  it('has only elements of its schema, within their bounds', () => {
    const flag = /^(true|false)$/;
    // Microsoft's schema of tasks (MS-TSCH 2.5): 72 hours and "not on battery" are what it takes for granted.
    const schema: Readonly<Record<string, RegExp>> = {
      Task: /^$/,
      'Task@version': /^1\.[1-4]$/,
      'Task/Triggers': /^$/,
      'Task/Triggers/LogonTrigger': /^$/,
      'Task/Triggers/LogonTrigger/Enabled': flag,
      'Task/Triggers/LogonTrigger/UserId': /./,
      'Task/Principals': /^$/,
      'Task/Principals/Principal': /^$/,
      'Task/Principals/Principal@id': /^Me$/,
      'Task/Principals/Principal/UserId': /./,
      'Task/Principals/Principal/LogonType': /^(S4U|Password|InteractiveToken)$/,
      'Task/Settings': /^$/,
      'Task/Settings/MultipleInstancesPolicy': /^(Parallel|Queue|IgnoreNew|StopExisting)$/,
      'Task/Settings/DisallowStartIfOnBatteries': /^false$/,
      'Task/Settings/StopIfGoingOnBatteries': /^false$/,
      'Task/Settings/ExecutionTimeLimit': /^PT0S$/,
      'Task/Settings/RestartOnFailure': /^$/,
      // At least a minute; how often is a byte.
      'Task/Settings/RestartOnFailure/Interval': /^PT[1-9]\d*M$/,
      'Task/Settings/RestartOnFailure/Count': /^([1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/,
      'Task/Actions': /^$/,
      'Task/Actions@Context': /^Me$/,
      'Task/Actions/Exec': /^$/,
      'Task/Actions/Exec/Command': /^cmd\.exe$/,
      'Task/Actions/Exec/Arguments': /^\/c easyflip watch /,
    };
    const found = elements();
    expect([...found.keys()].sort()).toEqual(Object.keys(schema).sort());
    for (const [path, text] of found) expect(text, path).toMatch(schema[path] ?? /$^/);
  });

  it('starts the watch', () => {
    const line = (elements().get('Task/Actions/Exec/Arguments') ?? '').replace('/c ', '');
    return startsAndEnds(withPhotos(line).split(' '), `${bin}:/usr/bin:/bin`);
  });
});
