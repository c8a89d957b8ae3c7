import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openVault } from '../../src/credentials/vault.ts';
import { completeItems } from '../support/items.ts';
import { valid } from '../support/schemas.ts';
import { inTheBrowser, logIn as login } from '../support/seller-login.ts';
import { type Ran, World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

interface AuthLine {
  readonly type: string;
  readonly loggedIn: boolean;
  readonly username: string | null;
  readonly refreshToken: { readonly ending: string; readonly from: string } | null;
  readonly keySource: string | null;
  readonly missingScopes: readonly string[];
}
const lineOf = (ran: Ran): AuthLine => ran.lines.at(-1) as unknown as AuthLine;

/** The address of the consent page, as it is told where nobody can be asked. */
async function begin(): Promise<string> {
  const ran = await world.run('auth', 'login', '--json');
  // Begun, to be continued with --code.
  expect(ran.code, ran.out + ran.err).toBe(4);
  valid('auth-line', ran.lines.at(-1));
  return String(ran.lines.at(-1)?.url);
}

const logIn = (): Promise<string> => login(world);

const mints = async (): Promise<number> =>
  (await world.calls()).filter(({ path, status }) => path.includes('/oauth2/token') && status === 200).length;

it('consent page, address back, logged in; status and logout', async () => {
  const back = await inTheBrowser(await begin());
  const ran = await world.run('auth', 'login', '--code', back, '--json');
  expect(ran.code, ran.out + ran.err).toBe(0);
  valid('auth-line', lineOf(ran));
  expect(lineOf(ran)).toMatchObject({ type: 'auth.status', loggedIn: true, keySource: 'file', missingScopes: [] });
  expect(lineOf(ran).refreshToken?.ending).toHaveLength(4);
  // A code serves once.
  const again = await world.run('auth', 'login', '--code', back, '--json');
  expect(again.lines.at(-1)).toMatchObject({ type: 'error', reason: { message: expect.stringContaining('No log-in waits') } });
  expect(lineOf(await world.run('auth', 'status', '--json')).loggedIn).toBe(true);
  const plain = await world.run('auth', 'status');
  expect(plain.out).toContain('good until');
  await completeItems(world, 1);
  expect((await world.run('list', world.photos, '--json')).code).toBe(0);
  const out = await world.run('auth', 'logout');
  expect(out.code).toBe(0);
  expect(out.out).toContain('Forgotten');
  expect(lineOf(await world.run('auth', 'status', '--json')).refreshToken).toBeNull();
});

it('a refusal, another log-in, half an address and nonsense are told apart', async () => {
  const declined = await inTheBrowser(await begin(), 'decline');
  expect((await world.run('auth', 'login', '--code', declined)).err).toContain('declined');
  const first = await inTheBrowser(await begin());
  await begin();
  expect((await world.run('auth', 'login', '--code', first)).err).toContain('another log-in');
  const without = new URL(await inTheBrowser(await begin()));
  without.searchParams.delete('state');
  expect((await world.run('auth', 'login', '--code', without.href)).err).toContain('another log-in');
  expect((await world.run('auth', 'login', '--code', 'https://example.com/oops')).err).toContain('holds no code');
  const unknown = await world.run('auth', 'login', '--code', 'v^1.1#nothing', '--json');
  expect(unknown.lines.at(-1)).toMatchObject({ type: 'error', reason: { code: 'provider.auth' } });
  expect(lineOf(await world.run('auth', 'status', '--json')).refreshToken).toBeNull();
});

it('a bare code is taken as well, encoded as in the address or not', async () => {
  const back = new URL(await inTheBrowser(await begin()));
  const code = back.searchParams.get('code') ?? '';
  const ran = await world.run('auth', 'login', '--code', encodeURIComponent(code), '--json');
  expect(ran.code, ran.out).toBe(0);
});

it('tokens are kept between runs and shared by processes: one application token, one user token', async () => {
  await logIn();
  await completeItems(world, 4);
  const before = await mints();
  const [first, second] = [world.run('list', world.photos, '--json'), world.run('list', world.photos, '--json')];
  expect((await first).code).toBe(0);
  expect((await second).code).toBe(0);
  // The user token of the log-in is kept; the application token is minted once for both.
  expect((await mints()) - before).toBeLessThanOrEqual(1);
  expect((await world.run('sync', '--json')).code).toBe(0);
  expect((await mints()) - before).toBeLessThanOrEqual(1);
  expect(await world.listings()).toHaveLength(4);
});

it('the consent page is told whole, and a keyset that is not known by all its parts', async () => {
  const env = { EBAY_APP_ID: 'Seller-flip-SBX-1234', EBAY_CERT_ID: 'SBX-seeded-certificate', EBAY_RU_NAME: 'Seller-flip-SBX-ru' };
  for (const args of [['--json'], []]) {
    const ran = await world.start(['auth', 'login', '--env', 'sandbox', '--key', 'file', ...args], env).ended;
    expect(ran.code, ran.err).toBe(4);
    expect(ran.out).toContain('client_id=Seller-flip-SBX-1234&redirect_uri=Seller-flip-SBX-ru&');
    expect(ran.out + ran.err).not.toContain('seeded-certificate');
  }
  const none = await world.start(['auth', 'login', '--env', 'sandbox', '--key', 'file']).ended;
  expect(none.code).toBe(2);
  for (const name of Object.keys(env)) expect(none.err).toContain(name);
});

it.skipIf(process.platform !== 'linux')(
  'a keychain that never answers does not hang the program: the key lies in a file then',
  async () => {
    const socket = join(world.root, 'bus.sock');
    const silent = createServer(() => {}).listen(socket);
    try {
      const env = {
        DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}`,
        EBAY_APP_ID: 'Seller-flip-SBX-1234',
        EBAY_CERT_ID: 'SBX-seeded-certificate',
        EBAY_RU_NAME: 'Seller-flip-SBX-ru',
      };
      const ran = await world.start(['auth', 'login', '--env', 'sandbox', '--json'], env).ended;
      expect(ran.code, ran.err).toBe(4);
      expect(JSON.parse(readFileSync(join(world.data, 'sandbox.login.json'), 'utf8'))).toMatchObject({ key: { source: 'file' } });
    } finally {
      silent.close();
    }
  },
  60_000,
);

it('tokens that ended on the marketplace are renewed once by two programs at once', async () => {
  await logIn();
  await completeItems(world, 2);
  expect((await world.run('list', world.photos, '--json')).code).toBe(0);
  const before = await mints();
  await fetch(`${world.practice.url}/_practice/settings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clockOffsetMs: 3 * 3_600_000 }),
  });
  const ended = await Promise.all([world.run('sync', '--json'), world.run('setup', '--json')]);
  for (const { code, out, err } of ended) expect(code, out + err).toBe(0);
  expect((await mints()) - before).toBe(1);
});

it('no secret in any output, error, database or journal, also after a run full of faults', async () => {
  const back = await logIn();
  const code = new URL(back).searchParams.get('code') ?? '';
  await completeItems(world, 6);
  await fetch(`${world.practice.url}/_practice/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([
      {
        match: { path: '/sell/' },
        rate: 0.1,
        seed: 1,
        action: { type: 'answer', status: 401, body: { errors: [{ errorId: 1001, message: 'Invalid access token' }] } },
      },
      { match: { path: '/sell/' }, rate: 0.2, seed: 2, action: { type: 'reset' } },
      { match: { path: '/sell/' }, rate: 0.2, seed: 3, action: { type: 'html-503' } },
      { match: { path: '/sell/' }, rate: 0.1, seed: 4, action: { type: 'malformed-json' } },
    ]),
  });
  const env = { EASYFLIP_PASSPHRASE: 'seeded-passphrase-8472' };
  const ran = await world.start(['list', world.photos, '--verbose'], env).ended;
  const json = await world.start(['retry-failed', '--json', '--verbose'], env).ended;
  const status = await world.start(['auth', 'status'], env).ended;

  const vault = join(world.data, 'practice.login.json');
  // What this very login holds, so that the scan looks for what could really leak.
  const login = await openVault({ folder: world.data, environment: 'practice', env: {} }).read();
  const { refreshToken = '', tokens } = login ?? {};
  const secrets = [
    'practice-cert',
    'seeded-passphrase-8472',
    code,
    refreshToken,
    tokens?.user?.value ?? '',
    tokens?.application?.value ?? '',
  ];
  expect(secrets.every((secret) => secret.length > 8)).toBe(true);
  // Faults were met and told, or the scan would prove nothing.
  expect((await world.calls()).filter((one) => (one as unknown as { fault: unknown }).fault !== null).length).toBeGreaterThan(3);
  if (process.platform !== 'win32') expect(statSync(vault).mode & 0o077).toBe(0);

  const texts = [ran, json, status].flatMap(({ out, err }) => [out, err]);
  const files = readdirSync(world.data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'));
  const journal = JSON.stringify(await world.calls());
  for (const secret of secrets) {
    for (const text of [...texts, ...files, journal]) {
      expect(text.includes(secret)).toBe(false);
      expect(text.includes(encodeURIComponent(secret))).toBe(false);
    }
  }
  // How eBay's own tokens begin, whichever they are.
  for (const text of [...texts, ...files, journal]) expect(text).not.toMatch(/v\^1\.1#|Bearer [A-Za-z0-9]/);
});
