import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { completeItems } from '../support/items.ts';
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

/** Does what a seller does in the browser: opens the page, agrees (or not), and comes back with the address. */
async function inTheBrowser(consentUrl: string, decision = 'agree'): Promise<string> {
  const page = await fetch(consentUrl);
  expect(page.status).toBe(200);
  const answer = await fetch(new URL('/oauth2/authorize', consentUrl), {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams([...new URL(consentUrl).searchParams, ['decision', decision]]).toString(),
  });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '', consentUrl).href;
}

/** The address of the consent page, as it is told where nobody can be asked. */
async function begin(): Promise<string> {
  const ran = await world.run('auth', 'login', '--json');
  expect(ran.code).toBe(2);
  const url = /http:\/\/127\.0\.0\.1:\d+\/oauth2\/authorize\S+/.exec(ran.out)?.[0];
  if (!url) throw new Error(`no address in ${ran.out}`);
  return url;
}

async function logIn(): Promise<string> {
  const back = await inTheBrowser(await begin());
  const ran = await world.run('auth', 'login', '--code', back, '--json');
  expect(ran.code, ran.out + ran.err).toBe(0);
  return back;
}

const mints = async (): Promise<number> =>
  (await world.calls()).filter(({ path, status }) => path.includes('/oauth2/token') && status === 200).length;

it('consent page, address back, logged in; status and logout', async () => {
  const back = await inTheBrowser(await begin());
  const ran = await world.run('auth', 'login', '--code', back, '--json');
  expect(ran.code, ran.out + ran.err).toBe(0);
  expect(lineOf(ran)).toMatchObject({ type: 'auth.status', loggedIn: true, keySource: 'file', missingScopes: [] });
  expect(lineOf(ran).refreshToken?.ending).toHaveLength(4);
  // A code serves once.
  const again = await world.run('auth', 'login', '--code', back, '--json');
  expect(again.lines.at(-1)).toMatchObject({ type: 'error' });
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
      { match: { path: '/sell/' }, rate: 0.1, seed: 2, action: { type: 'reset' } },
      { match: { path: '/sell/' }, rate: 0.1, seed: 3, action: { type: 'html-503' } },
      { match: { path: '/sell/' }, rate: 0.05, seed: 4, action: { type: 'malformed-json' } },
    ]),
  });
  const env = { EASYFLIP_PASSPHRASE: 'seeded-passphrase-8472' };
  const ran = await world.start(['list', world.photos, '--verbose'], env).ended;
  const json = await world.start(['retry-failed', '--json', '--verbose'], env).ended;
  const status = await world.start(['auth', 'status'], env).ended;

  const state = new (await import('better-sqlite3')).default(join(world.root, 'practice-copy.sqlite'));
  state.close();
  const token = /"access_token":"([^"]+)"/;
  const secrets = ['practice-cert', 'seeded-passphrase-8472', code].filter((secret) => secret.length > 0);
  const vault = join(world.data, 'practice.login.json');
  const sealed = readFileSync(vault, 'utf8');
  expect(sealed).not.toMatch(token);
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
