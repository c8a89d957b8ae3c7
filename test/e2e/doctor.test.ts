import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { lookAt } from '../../src/app/doctor/finding.ts';
import { serviceChecks } from '../../src/app/doctor/services.ts';
import { systemClock } from '../../src/core/clock.ts';
import { OpenAiServer } from '../support/openai-server.ts';
import { valid } from '../support/schemas.ts';
import { type Ran, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

interface Finding {
  readonly group: string;
  readonly name: string;
  readonly health: string;
  readonly detail: string;
  readonly fix: string | null;
}
const findings = (ran: Ran): readonly Finding[] => (ran.lines.at(-1) as unknown as { readonly findings: readonly Finding[] }).findings;
const doctor = (env: Readonly<Record<string, string>> = {}, ...args: readonly string[]) =>
  world.start(['doctor', '--json', ...args], env).ended;
const named = (ran: Ran, name: string): Finding | undefined => findings(ran).find((one) => one.name === name);
const control = (path: string, body: unknown) =>
  fetch(`${world.practice.url}/_practice/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const settings = (content: unknown) => writeFileSync(join(world.root, 'easyflip.config.json'), JSON.stringify(content));

it('all well on a fresh practice marketplace; nothing was written there', async () => {
  const ran = await doctor();
  expect(ran.code, ran.out).toBe(0);
  valid('doctor-line', ran.lines.at(-1));
  expect(findings(ran).filter(({ health }) => health === 'fail' || health === 'warn')).toEqual([]);
  expect((await world.calls()).filter(({ method, path }) => method !== 'GET' && !path.includes('oauth2'))).toEqual([]);
  const plain = await world.run('doctor');
  expect(plain.out).toContain('Ready to list.');
});

it('a new seller: programme, policies and location are missing, each with its cure', async () => {
  await control('reset', { seller: 'new' });
  const ran = await doctor();
  expect(ran.code).toBe(2);
  for (const name of ['business policies', 'shipping policy', 'payment policy', 'return policy', 'location']) {
    expect(named(ran, name), name).toMatchObject({ health: 'fail' });
    expect(named(ran, name)?.fix).toBeTruthy();
  }
  expect(named(ran, 'business policies')?.fix).toContain('easyflip setup');
  // What does not depend on it is looked at all the same.
  expect(named(ran, 'selling limit')).toMatchObject({ health: 'pass' });
});

it('a policy that was deleted, a location that is not there', async () => {
  settings({ accounts: { practice: { EBAY_US: { paymentPolicyId: '999', merchantLocationKey: 'old-garage' } } } });
  const ran = await doctor();
  expect(ran.code).toBe(2);
  expect(named(ran, 'payment policy')).toMatchObject({ health: 'fail', detail: expect.stringContaining('999') });
  expect(named(ran, 'location')).toMatchObject({ health: 'fail', detail: expect.stringContaining('old-garage') });
  expect(named(ran, 'shipping policy')).toMatchObject({ health: 'pass' });
});

it('a location in another country is told, and does not stop anybody', async () => {
  const ran = await doctor({}, '--marketplace', 'EBAY_GB');
  expect(named(ran, 'location')).toMatchObject({ health: 'warn', detail: expect.stringContaining('country of EBAY_GB') });
  expect(ran.code).toBe(3);
});

it('used-up calls and selling limits', async () => {
  await control('settings', { sellingLimitQuantity: 0, callLimits: { 'sell.inventory': 1 } });
  const ran = await doctor();
  expect(named(ran, 'selling limit')).toMatchObject({ health: 'fail' });
  expect(ran.code).toBe(2);
});

it.each([
  [0, 'pass'],
  [4 * 60_000, 'warn'],
  [-60 * 60_000, 'fail'],
])('a clock that is %i ms off', async (off, health) => {
  const server = createServer((_, answer) => answer.setHeader('date', new Date(Date.now() + off).toUTCString()).end()).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [found] = await lookAt('Services', serviceChecks({ env: {}, clock: systemClock } as App, `http://127.0.0.1:${port}`));
  server.close();
  expect(found).toMatchObject({ name: 'clock', health });
});

it('settings, database or data folder that cannot be used are findings, and the rest is looked at', async () => {
  writeFileSync(join(world.root, 'easyflip.config.json'), '{"publsh":"auto"}');
  const settingsWrong = await doctor();
  expect(settingsWrong.code).toBe(2);
  valid('doctor-line', settingsWrong.lines.at(-1));
  expect(named(settingsWrong, 'settings')).toMatchObject({ health: 'fail', detail: expect.stringContaining('publsh') });
  expect(named(settingsWrong, 'database')).toMatchObject({ health: 'pass' });
  rmSync(join(world.root, 'easyflip.config.json'));
  writeFileSync(join(world.data, 'practice.sqlite'), 'not a database, though it has the name of one');
  const damaged = await doctor();
  expect(damaged.code).toBe(2);
  expect(named(damaged, 'database')).toMatchObject({ health: 'fail', fix: expect.stringContaining('backup') });
  expect(named(damaged, 'seller')).toMatchObject({ health: 'pass' });
});

it('a keyset that eBay refuses is one finding, and what lies behind it is not asked', async () => {
  await control('faults', [
    {
      match: { path: 'oauth2/token' },
      action: { type: 'answer', status: 401, body: { error: 'invalid_client', error_description: 'no' } },
    },
  ]);
  const ran = await doctor();
  expect(ran.code).toBe(2);
  const failed = findings(ran).filter(({ health }) => health === 'fail');
  expect(failed.map(({ name }) => name)).toEqual(['App ID and Cert ID']);
  await control('faults', []);
});

it('a consent that was taken back is one finding, apart from the keyset', async () => {
  await control('revocations', {});
  const ran = await doctor();
  expect(
    findings(ran)
      .filter(({ health }) => health === 'fail')
      .map(({ name }) => name),
  ).toEqual(['seller']);
  expect(named(ran, 'App ID and Cert ID')).toMatchObject({ health: 'pass' });
  expect(named(ran, 'location')).toMatchObject({ health: 'skip' });
});

it('no login: which part is missing, without asking eBay anything', async () => {
  const ran = await doctor({}, '--env', 'sandbox');
  expect(ran.code).toBe(2);
  expect(named(ran, 'keyset')).toMatchObject({ health: 'fail', detail: expect.stringContaining('App ID and Cert ID') });
  expect(named(ran, 'consent')).toMatchObject({ health: 'fail', fix: expect.stringContaining('auth login --env sandbox') });
  const some = await doctor({ EBAY_APP_ID: 'Seller-flip-SBX-1-2', EBAY_CERT_ID: '' }, '--env', 'sandbox');
  expect(named(some, 'keyset')?.detail).toBe('Cert ID not known.');
});

it('keys are shown by their end only, and what is no key is sent nowhere', async () => {
  const openai = await OpenAiServer.open(() => ({}));
  try {
    const key = openai.env.OPENAI_API_KEY ?? '';
    const ran = await doctor(openai.env);
    expect(ran.out).not.toContain(key);
    expect(named(ran, 'OpenAI')).toMatchObject({ health: 'pass', detail: expect.stringContaining(`key …${key.slice(-4)}`) });
    const odd = await doctor({ OPENAI_API_KEY: 'my key' });
    expect(named(odd, 'OpenAI')).toMatchObject({ health: 'warn', detail: expect.stringContaining('does not look like') });
  } finally {
    await openai.close();
  }
});

it('a marketplace that is not there is one finding, and the rest is looked at', async () => {
  const ran = await doctor({ EASYFLIP_PRACTICE_URL: 'http://127.0.0.1:9' });
  expect(ran.code).toBe(2);
  expect(findings(ran).some(({ group, health }) => group.startsWith('eBay') && health === 'fail')).toBe(true);
  expect(named(ran, 'data folder')).toMatchObject({ health: 'pass' });
}, 60_000);

it('tries the key of OpenAI where that costs nothing: key, model and price', async () => {
  const openai = await OpenAiServer.open(() => ({}));
  try {
    expect(named(await doctor(), 'OpenAI')).toMatchObject({ health: 'skip' });
    expect(named(await doctor(openai.env), 'OpenAI')).toMatchObject({ health: 'pass', detail: expect.stringContaining('opens gpt-4o') });
    const wrong = await doctor({ ...openai.env, OPENAI_API_KEY: 'sk-wrong-key-0123456789' });
    expect(named(wrong, 'OpenAI')).toMatchObject({ health: 'fail', detail: expect.stringContaining('OPENAI_API_KEY') });
    expect(wrong.out).not.toContain('sk-wrong');
    settings({ analysis: { model: 'gpt-nowhere' } });
    expect(named(await doctor(openai.env), 'OpenAI')).toMatchObject({ health: 'warn', detail: expect.stringContaining('gpt-nowhere') });
    expect(openai.asked).toEqual([]);
  } finally {
    await openai.close();
  }
});
