import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { valid } from '../support/schemas.ts';
import { type Receiver, webhookReceiver } from '../support/webhook-receiver.ts';
import { finished, type Ran, World } from '../support/world.ts';

let world: World;
let receiver: Receiver;
beforeEach(async () => {
  world = await World.open();
  receiver = await webhookReceiver();
});
afterEach(async () => {
  await receiver.close();
  await world.close();
});

const SECRET = 'hooks/T0P53CRETPATH';
const settings = (content: unknown): void => writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify(content));
const run = (...args: string[]): Promise<Ran> => world.start(args, { EASYFLIP_WEBHOOK: `${receiver.url}/${SECRET}` }).ended;
const control = async (path: string, body: unknown): Promise<void> => {
  const headers = { 'content-type': 'application/json' };
  expect((await fetch(`${world.practice.url}/_practice/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).ok).toBe(true);
};

interface Notice {
  readonly state: string;
  readonly key: string;
  readonly message: string;
}
/** What each message told: `firing disk-low`. */
const told = (): readonly (readonly string[])[] =>
  receiver.got.map(({ body }) => (body.notices as readonly Notice[]).map(({ state, key }) => `${state} ${key}`));

/** No disk is so large, and no item is live at once. */
const TROUBLE = { diskFreeMegabytes: 1e9, liveMinutes: 0 };
const toWebhook = (rules: object, over: object = {}) => ({
  alerts: { webhooks: [{ variable: 'EASYFLIP_WEBHOOK' }], gatherMinutes: 0, rules, ...over },
});

/** Everything that easyflip keeps or printed. */
function everything(ran: readonly Ran[]): string {
  const files = readdirSync(world.data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return [
    ...ran.flatMap(({ out, err }) => [out, err]),
    ...files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')),
  ].join('\n');
}

describe('alerts of runs', () => {
  it('a storm over several runs is one message to webhook and command each, and one when it is over', async () => {
    await completeItems(world, 1);
    const mail = join(world.root, 'mail.txt');
    const append = `require('fs').appendFileSync(${JSON.stringify(mail)}, '#' + require('fs').readFileSync(0, 'utf8'))`;
    const commands = [{ name: 'mail', run: [process.execPath, '-e', append], from: 'critical' }];
    settings(toWebhook(TROUBLE, { commands }));
    const first = await run('list', world.photos, '--json');
    expect([first.code, finished(first).counts.listed]).toEqual([0, 1]);
    expect(told()).toEqual([['firing disk-low', 'firing slow']]);
    for (const command of [['list', world.photos], ['sync'], ['resume'], ['retry-failed'], ['alerts', 'check']])
      await run(...command, '--quiet');
    expect(told()).toHaveLength(1);
    settings(toWebhook({}, { commands }));
    const last = await run('list', world.photos);
    await run('sync', '--quiet');
    expect(told().slice(1)).toEqual([['resolved disk-low', 'resolved slow']]);

    for (const { path, body } of receiver.got) {
      expect(path).toBe(`/${SECRET}`);
      valid('alert-message', body);
    }
    const [, one = '', over = '', ...more] = readFileSync(mail, 'utf8').split('#');
    expect(one).toMatch(/^easyflip \(practice\): 1 critical\nCRITICAL: Only \d+ MB of disk are left .*\n {2}Free some disk space/);
    expect(over).toMatch(/^easyflip \(practice\): 1 resolved\nRESOLVED: Only /);
    expect(more).toEqual([]);
    expect(everything([first, last])).not.toContain('T0P53CRET');
  });

  it('a webhook that is dead or refuses changes no exit code, is shown without its address, and is told when it lives', async () => {
    await completeItems(world, 1);
    settings(toWebhook(TROUBLE));
    const address = `${receiver.url}/${SECRET}`;
    const port = Number(new URL(address).port);
    await receiver.close();
    const dead = await world.start(['list', world.photos, '--json'], { EASYFLIP_WEBHOOK: address }).ended;
    expect([dead.code, finished(dead).counts.listed]).toEqual([0, 1]);
    expect(dead.lines.filter(({ type }) => type === 'run.notice')).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(/^The webhook EASYFLIP_WEBHOOK was not told: it cannot be reached \(ECONNREFUSED\)\./),
      }),
    ]);
    const shown = await world.start(['resume'], { EASYFLIP_WEBHOOK: address }).ended;
    expect([shown.code, `${shown.out}${shown.err}`]).toEqual([0, expect.stringContaining('The webhook EASYFLIP_WEBHOOK was not told')]);
    const unset = await world.run('resume', '--json');
    expect([unset.code, unset.out]).toEqual([0, expect.stringContaining('the environment variable is not set')]);
    expect(everything([dead, shown, unset])).not.toMatch(new RegExp(`T0P53CRET|127\\.0\\.0\\.1:${port}`));

    receiver = await webhookReceiver();
    await run('resume', '--quiet');
    expect(told()).toEqual([['firing disk-low', 'firing slow']]);
  });

  it('a login that is not taken any more, and a backup that fails, are critical, until they are well again', async () => {
    await completeItems(world, 1);
    settings(toWebhook({}));
    await control('faults', [{ match: {}, action: { type: 'error', errorId: 1001 } }]);
    mkdirSync(world.data, { recursive: true });
    writeFileSync(join(world.data, 'backups'), 'a file where the folder should be');
    const refused = await run('list', world.photos, '--json');
    expect(refused.code).toBe(4);
    expect(told()).toEqual([['firing backup-missing', 'firing login-refused:marketplace']]);

    await control('faults', []);
    rmSync(join(world.data, 'backups'));
    const well = await run('list', world.photos, '--json');
    expect([well.code, finished(well).counts.listed]).toEqual([0, 1]);
    expect(told().slice(1)).toEqual([['resolved backup-missing', 'resolved login-refused:marketplace']]);
  });

  it('a database that cannot be opened is told once, and that it opens again', async () => {
    await completeItems(world, 1);
    settings(toWebhook({ liveMinutes: null }));
    await run('list', world.photos, '--quiet');
    const database = join(world.data, 'practice.sqlite');
    const whole = readFileSync(database);
    for (const name of readdirSync(world.data)) if (name.startsWith('practice.sqlite-')) rmSync(join(world.data, name));
    writeFileSync(database, Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(whole.length - 4096, 0x5a)]));
    for (const command of [['list', world.photos], ['resume'], ['alerts', 'check']]) {
      const broken = await run(...command, '--json');
      expect([broken.code, broken.lines.at(-1)]).toMatchObject([2, { type: 'error', reason: { code: 'store.damaged' } }]);
    }
    expect(told()).toEqual([['firing database-unusable']]);
    valid('alert-message', receiver.got[0]?.body);
    writeFileSync(database, whole);
    expect((await run('resume', '--quiet')).code).toBe(0);
    expect((await run('resume', '--quiet')).code).toBe(0);
    expect(told().slice(1)).toEqual([['resolved database-unusable']]);
  });

  it('the cycles of a watch tell a storm once, and that a service is down while it is', async () => {
    settings({
      ...toWebhook({ ...TROUBLE, serviceDownMinutes: 0 }),
      services: { media: { tries: 5, strategy: 'immediate' } },
      watch: { retryMinutes: 0.05 },
    });
    await control('faults', [{ match: { operation: 'createImageFromFile' }, action: { type: 'html-503' } }]);
    await completeItems(world, 1);
    const env = { EASYFLIP_WEBHOOK: `${receiver.url}/${SECRET}`, EASYFLIP_QUIET_SECONDS: '1' };
    const { child, ended } = world.start(['watch', world.photos, '--json'], env);
    const until = async (check: () => boolean | Promise<boolean>): Promise<void> => {
      while (!(await check())) {
        if (child.exitCode !== null) throw new Error(`the watch ended with ${child.exitCode}`);
        await pause(200);
      }
    };
    await until(() => told().flat().includes('firing service-down:media'));
    await control('faults', []);
    await until(() => told().flat().includes('resolved service-down:media'));
    const active = async (): Promise<number> => (await world.listings()).filter(({ status }) => status === 'ACTIVE').length;
    await until(async () => (await active()) === 1);
    await completeItems(world, 1, 2);
    await until(async () => (await active()) === 2);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    const all = told().flat();
    expect(all.toSorted()).toEqual(['firing disk-low', 'firing service-down:media', 'firing slow', 'resolved service-down:media']);
  }, 480_000);

  it('where nobody wants to know, nothing is looked at; a dry run tells nobody', async () => {
    await completeItems(world, 1);
    settings(toWebhook(TROUBLE));
    await run('list', world.photos, '--dry-run', '--quiet');
    expect(told()).toEqual([]);
    settings({ alerts: { rules: TROUBLE } });
    expect((await run('list', world.photos, '--quiet')).code).toBe(0);
    expect(told()).toEqual([]);
    expect(existsSync(join(world.root, 'easyflip.prom'))).toBe(false);
  });
});

describe('easyflip alerts', () => {
  it('shows, checks and tries; in words and in the published form', async () => {
    settings(toWebhook(TROUBLE));
    const shown = await run('alerts');
    expect([shown.code, shown.err]).toEqual([0, '']);
    expect(shown.out).toMatch(/^1 alert is firing\.\n\ncritical {2}disk-low {2}since .* UTC\n {2}Only \d+ MB of disk/);
    expect(shown.out).toContain('Told: webhook EASYFLIP_WEBHOOK (warning and up).');
    const asJson = await run('alerts', '--json');
    valid('alerts-line', asJson.lines[0]);
    expect(told()).toEqual([]);

    const checked = await run('alerts', 'check', '--json');
    valid('alerts-line', checked.lines[0]);
    expect([checked.code, checked.lines[0]?.told]).toEqual([3, [{ channel: 'webhook EASYFLIP_WEBHOOK', notices: 1, reason: null }]]);
    expect(told()).toEqual([['firing disk-low']]);
    settings(toWebhook({}));
    const well = await run('alerts', 'check', '--quiet');
    expect([well.code, well.out, well.err]).toEqual([0, '', '']);
    expect(told().slice(1)).toEqual([['resolved disk-low']]);
    expect((await run('alerts')).out).toContain('Nothing is wrong.');
  });

  it('test tells every channel in its own form, says what became of it, and remembers nothing', async () => {
    const slow = [process.execPath, '-e', 'setInterval(() => {}, 1000)'];
    settings({
      alerts: {
        webhooks: [
          { variable: 'EASYFLIP_WEBHOOK', from: 'critical' },
          { variable: 'EASYFLIP_WEBHOOK_SLACK', form: 'slack' },
          { variable: 'EASYFLIP_WEBHOOK_DISCORD', form: 'discord' },
          { variable: 'EASYFLIP_WEBHOOK_ELSEWHERE' },
        ],
        commands: [{ name: 'stuck', run: slow, timeoutSeconds: 0.3 }],
      },
    });
    const env = {
      EASYFLIP_WEBHOOK: `${receiver.url}/own`,
      EASYFLIP_WEBHOOK_SLACK: `${receiver.url}/slack`,
      EASYFLIP_WEBHOOK_DISCORD: `${receiver.url}/discord`,
      EASYFLIP_WEBHOOK_ELSEWHERE: 'http://hooks.example/T0P53CRET',
    };
    const tested = await world.start(['alerts', 'test', '--json'], env).ended;
    valid('alerts-line', tested.lines[0]);
    expect(tested.code).toBe(3);
    const results = (tested.lines[0]?.told ?? []) as readonly { channel: string; reason: { message: string } | null }[];
    expect(results.map(({ channel, reason }) => [channel, reason?.message])).toEqual([
      ['webhook EASYFLIP_WEBHOOK', undefined],
      ['webhook EASYFLIP_WEBHOOK_SLACK', undefined],
      ['webhook EASYFLIP_WEBHOOK_DISCORD', undefined],
      ['webhook EASYFLIP_WEBHOOK_ELSEWHERE', expect.stringContaining('neither https nor http on this machine')],
      ['command stuck', 'The command "stuck" was not told: it did not end within 0.3 s.'],
    ]);
    const bodyAt = (path: string): Record<string, unknown> => receiver.got.find((one) => one.path === path)?.body ?? {};
    valid('alert-message', bodyAt('/own'));
    expect(bodyAt('/own')).toMatchObject({
      test: true,
      notices: [{ level: 'critical' }, { level: 'warning' }, { level: 'info' }, { state: 'resolved' }],
    });
    expect(bodyAt('/slack')).toEqual({ text: expect.stringContaining('a test: nothing is the matter') });
    expect(bodyAt('/discord')).toEqual({ content: bodyAt('/slack').text, allowed_mentions: { parse: [] } });
    expect(`${tested.out}${tested.err}`).not.toContain('T0P53CRET');
    expect((await world.start(['alerts', 'check', '--quiet'], env).ended).code).toBe(0);
    expect(receiver.got).toHaveLength(3);
  });

  it('names what is wrong in the settings, and never an address that stands in them', async () => {
    settings({ alerts: { webhooks: [{ variable: 'https://hooks.example/T0P53CRET' }] } });
    const wrong = await run('alerts');
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('alerts.webhooks.0.variable: must be EASYFLIP_WEBHOOK')]);
    expect(wrong.err).not.toContain('T0P53CRET');
    settings({});
    const nobody = await run('alerts', 'test');
    expect([nobody.code, nobody.err]).toEqual([2, expect.stringContaining('Nobody is to be told')]);
  });
});
