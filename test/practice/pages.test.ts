import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mug, openWorld, prepare, publishPath, type World } from './world.ts';

let world: World;
let listingId = '';
beforeAll(async () => {
  world = await openWorld();
  const product = {
    title: 'Mug <script>alert(1)</script> & "saucer"',
    description: '<p>Blue &amp; white.</p><ul><li>No chips</li></ul><img src=x onerror=alert(1)>',
    aspects: { ...(mug([]).product as { aspects: object }).aspects, Brand: ['<b>Bold</b>'] },
    imageUrls: [await world.picture(), await world.picture()],
  };
  const offerId = await prepare(world, 'P1', { product }, { listingDescription: undefined });
  const published = await world.call('POST', publishPath(offerId));
  listingId = published.body.listingId;
});
afterAll(() => world.close());

const page = async (path: string) => {
  const response = await fetch(`${world.practice.url}${path}`);
  return { status: response.status, headers: response.headers, html: await response.text() };
};

describe('pages', () => {
  it('show a listing with everything escaped and nothing from outside', async () => {
    const { status, html, headers } = await page(`/itm/${listingId}`);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<b>Bold|onerror|https?:\/\//);
    expect(html).toContain('Mug &#60;script&#62;alert(1)&#60;/script&#62; &#38; &#34;saucer&#34;');
    expect(html).toContain('Blue &#38; white.');
    expect(html).toContain('$14.50');
    expect(html).toContain('Live');
    for (const [, source] of html.matchAll(/<img[^>]* src="([^"]+)"/g)) {
      expect((await fetch(`${world.practice.url}${source}`)).headers.get('content-type')).toBe('image/jpeg');
    }
  });

  it('list everything on the front page', async () => {
    const { html } = await page('/');
    expect(html).toContain(`href="/itm/${listingId}"`);
    expect(html).toContain('1 live, 1 in all');
    expect(html).not.toMatch(/<script|https?:\/\//);
  });

  it('say so when there is nothing', async () => {
    for (const path of ['/itm/999', '/nowhere', '/pictures/none']) expect((await page(path)).status).toBe(404);
  });

  it('are not in the journal', async () => {
    const paths = (await world.call('GET', '/_practice/requests')).body.map((entry: { path: string }) => entry.path);
    expect(paths.filter((path: string) => path === '/' || path.startsWith('/itm'))).toEqual([]);
  });

  it('give consent for the program that is known', async () => {
    const query = new URLSearchParams({ client_id: 'practice-app', redirect_uri: 'practice-ru-name', response_type: 'code', state: 'xyz' });
    const { html } = await page(`/oauth2/authorize?${query.toString()}`);
    expect(html).toContain('state=xyz');
    const code = decodeURIComponent(/code=([^&]+)&#38;/.exec(html)?.[1] ?? '');
    const token = await world.token({ grant_type: 'authorization_code', code, redirect_uri: 'practice-ru-name' });
    expect(token.status).toBe(200);
    query.set('client_id', 'stranger');
    expect((await page(`/oauth2/authorize?${query.toString()}`)).status).toBe(400);
  });
});
