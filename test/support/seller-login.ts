import { expect } from 'vitest';
import type { World } from './world.ts';

/** Does what a seller does in the browser: opens the page, agrees (or not), and comes back with the address. */
export async function inTheBrowser(consentUrl: string, decision = 'agree'): Promise<string> {
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

/** The address of the consent page, as it is told where nobody can be asked: begun, to be continued with --code. */
async function beginLogin(world: World): Promise<string> {
  const ran = await world.run('auth', 'login', '--json');
  expect(ran.code, ran.out + ran.err).toBe(4);
  return String(ran.lines.at(-1)?.url);
}

/** Logs in from nothing; returns the address with which the seller came back. */
export async function logIn(world: World): Promise<string> {
  const back = await inTheBrowser(await beginLogin(world));
  const ran = await world.run('auth', 'login', '--code', back, '--json');
  expect(ran.code, ran.out + ran.err).toBe(0);
  return back;
}
