import type { ChildProcess } from 'node:child_process';
import type { Page } from 'playwright-core';
import type { JsonLine, World } from '../support/world.ts';

export interface Review {
  readonly url: string;
  readonly viewerUrl: string;
  /** Below which all its pages are, with a slash at the end. */
  readonly base: string;
  readonly child: ChildProcess;
  lines(): readonly JsonLine[];
  stop(signal?: NodeJS.Signals): Promise<{ readonly code: number | null; readonly err: string; readonly lines: readonly JsonLine[] }>;
}

/** Starts `easyflip review` and waits for its addresses. */
export async function reviewing(world: World, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Review> {
  const { child, ended, lines, until } = world.start(['review', '--json', ...args], env);
  await until(() => lines().some(({ type }) => type === 'review.started'));
  const { url, viewerUrl } = lines().find(({ type }) => type === 'review.started') as unknown as { url: string; viewerUrl: string };
  return {
    url,
    viewerUrl,
    base: url.slice(0, url.indexOf('?')),
    child,
    lines,
    async stop(signal = 'SIGINT') {
      child.kill(signal);
      const { code, err, lines: all } = await ended;
      return { code, err, lines: all };
    },
  };
}

/** What a browser would keep and send: the session of a link. */
export async function cookieOf(link: string): Promise<string> {
  const answer = await fetch(link, { redirect: 'manual' });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

/** Ids of the items in the list, from above. */
export const rowIdsOf = (page: Page): Promise<readonly string[]> =>
  page.locator('#rows > li').evaluateAll((rows) => rows.map((row) => (row as unknown as { dataset: { item: string } }).dataset.item));
