import { lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
import { valid } from '../support/schemas.ts';
import { isWriting, type Ran, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

interface SetupLine {
  readonly type: string;
  readonly steps: readonly { readonly what: string; readonly id: string; readonly how: string }[];
  readonly changes: readonly { readonly path: string; readonly to: string }[];
  readonly file: string;
}

const lineOf = (ran: Ran): SetupLine => ran.lines.at(-1) as unknown as SetupLine;
const newSeller = () =>
  fetch(`${world.practice.url}/_practice/reset`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ seller: 'new' }),
  });
const configFile = () => join(world.root, 'easyflip.config.json');

async function writes(): Promise<readonly string[]> {
  return (await world.calls()).filter(isWriting).map(({ method, path }) => `${method} ${path}`);
}

it('an account that has everything: taken as it is, written down, nothing created', async () => {
  const ran = await world.run('setup', '--json');
  expect(ran.code, ran.err).toBe(0);
  valid('setup-line', lineOf(ran));
  expect(lineOf(ran).steps.map(({ what, how }) => `${what}: ${how}`)).toEqual([
    'shipping policy: only',
    'payment policy: only',
    'return policy: only',
    'location: only',
  ]);
  expect(await writes()).toEqual([]);
  const written = JSON.parse(readFileSync(configFile(), 'utf8')) as { accounts: { practice: { EBAY_US: Record<string, string> } } };
  expect(Object.keys(written.accounts.practice.EBAY_US).sort()).toEqual([
    'fulfillmentPolicyId',
    'merchantLocationKey',
    'paymentPolicyId',
    'returnPolicyId',
  ]);
  const again = await world.run('setup', '--json');
  expect(lineOf(again).changes).toEqual([]);
  expect(lineOf(again).steps.every(({ how }) => how === 'kept')).toBe(true);
});

it('a new seller: everything is created with a yes, in ten flags or fewer, and a listing goes live', async () => {
  await newSeller();
  await completeItems(world, 1);
  const before = await world.run('list', world.photos, '--json');
  expect(before.code).not.toBe(0);
  const ran = await world.run('setup', '--yes', '--postal-code', '95125', '--shipping-cost', '5.99', '--return-days', '30', '--json');
  expect(ran.code, ran.err).toBe(0);
  expect(lineOf(ran).steps.map(({ what, how }) => `${what}: ${how}`)).toEqual([
    'business policies: created',
    'shipping policy: created',
    'payment policy: created',
    'return policy: created',
    'location: created',
  ]);
  const again = await world.run('setup', '--json');
  expect(again.code, again.err).toBe(0);
  expect(lineOf(again).changes).toEqual([]);
  const listed = await world.run('list', world.photos, '--json');
  expect(listed.code, listed.out + listed.err).toBe(0);
  expect(await world.listings()).toHaveLength(1);
});

it('without a yes nothing is created, and the flag that is missing is named', async () => {
  await newSeller();
  const ran = await world.run('setup');
  expect(ran.code).toBe(2);
  expect(ran.err).toContain('--yes');
  const none = await world.run('setup', '--no-create', '--json');
  expect(none.lines.at(-1)).toMatchObject({ type: 'error', reason: { code: 'listing.policy-missing' } });
  expect(await writes()).toEqual([]);
  // Free shipping is the seller's money: it is never assumed.
  const noCost = await world.run('setup', '--yes', '--json');
  expect(noCost.code).toBe(2);
  expect(noCost.out).toContain('--shipping-cost');
  const noPlace = await world.run('setup', '--yes', '--shipping-cost', '5.99', '--json');
  expect(noPlace.code).toBe(2);
  expect(noPlace.err + noPlace.out).toContain('--postal-code');
  // Not even business policies were switched on.
  expect(await writes()).toEqual([]);
});

it('several to choose from: named by flag, by id or by name; other keys of the file stay', async () => {
  const policy = {
    name: 'Second returns',
    marketplaceId: 'EBAY_US',
    categoryTypes: [{ name: 'ALL_EXCLUDING_MOTORS_VEHICLES' }],
    returnsAccepted: false,
  };
  const token = await fetch(`${world.practice.url}/identity/v1/oauth2/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from('practice-app:practice-cert').toString('base64')}`,
    },
    body: 'grant_type=refresh_token&refresh_token=practice-refresh-token',
  });
  const { access_token } = (await token.json()) as { access_token: string };
  const made = await fetch(`${world.practice.url}/sell/account/v1/return_policy`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${access_token}` },
    body: JSON.stringify(policy),
  });
  expect(made.status, await made.clone().text()).toBe(201);
  writeFileSync(configFile(), JSON.stringify({ listing: { quantity: 2 }, publish: 'review' }));

  const undecided = await world.run('setup', '--json');
  expect(undecided.code).toBe(2);
  expect(undecided.out).toContain('--return-policy');
  expect(undecided.out).toContain('Second returns');
  const ran = await world.run('setup', '--return-policy', 'Second returns', '--json');
  expect(ran.code, ran.err).toBe(0);
  expect(lineOf(ran).steps.find(({ what }) => what === 'return policy')).toMatchObject({ how: 'chosen' });
  expect(JSON.parse(readFileSync(configFile(), 'utf8'))).toMatchObject({ listing: { quantity: 2 }, publish: 'review' });
  const wrong = await world.run('setup', '--return-policy', 'No such one', '--json');
  expect(wrong.lines.at(-1)).toMatchObject({ type: 'error', reason: { code: 'usage.invalid' } });
});

it('another site has policies of its own', async () => {
  const ran = await world.run('setup', '--marketplace', 'EBAY_GB', '--location', 'practice-home', '--json');
  expect(ran.code, ran.err).toBe(0);
  expect(lineOf(ran).changes.map(({ path }) => path)).toContain('accounts.practice.EBAY_GB.paymentPolicyId');
});

it('a location abroad is not taken unasked: named, or a new one is made', async () => {
  const undecided = await world.run('setup', '--marketplace', 'EBAY_GB', '--json');
  expect(undecided.code).toBe(2);
  expect(undecided.out).toContain('practice-home');
  expect(undecided.out).toContain('--location');
  const ran = await world.run('setup', '--marketplace', 'EBAY_GB', '--yes', '--postal-code', 'SW1A 1AA', '--json');
  expect(ran.code, ran.out).toBe(0);
  expect(lineOf(ran).steps.at(-1)).toMatchObject({ id: 'easyflip-gb', how: 'created' });
});

it.skipIf(process.platform === 'win32')('a config file that is a link stays one, and keeps its mode and its other keys', async () => {
  const real = join(world.root, 'real.json');
  writeFileSync(real, '{"publish":"review","listing":{"quantity":3}}', { mode: 0o600 });
  symlinkSync(real, configFile());
  expect((await world.run('setup')).code).toBe(0);
  expect(lstatSync(configFile()).isSymbolicLink()).toBe(true);
  expect(statSync(real).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(real, 'utf8'))).toMatchObject({ publish: 'review', listing: { quantity: 3 }, accounts: {} });
});
