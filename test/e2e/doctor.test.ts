import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OpenAiServer } from '../support/openai-server.ts';
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

it('a clock that is wrong', async () => {
  const answer = await doctor();
  expect(named(answer, 'clock')?.health).not.toBe('fail');
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
