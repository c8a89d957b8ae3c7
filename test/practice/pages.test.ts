import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { safeDescription } from '../../src/practice/pages/description.ts';
import { mug, openWorld, prepare, publishPath, type World } from './world.ts';

let world: World;
let listingId = '';
beforeAll(async () => {
  world = await openWorld();
  const product = {
    title: 'Mug <script>alert(1)</script> & "saucer"',
    description: '<p>Blue &amp; white.</p><ul><li>No chips</li></ul></div><p style="position:fixed">',
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
    for (const words of ['$5.95', 'Practice shipping', 'San Jose, CA, United States', '30 days', 'practice-seller', 'Used', 'P1']) {
      expect(html).toContain(words);
    }
    expect(html).toContain('Mug &#60;script&#62;alert(1)&#60;/script&#62; &#38; &#34;saucer&#34;');
    expect(html).toContain('Blue &#38; white.');
    expect(html).toContain('$14.50');
    expect(html).toContain('Live');
    for (const [, source] of html.matchAll(/<img[^>]* src="([^"]+)"/g)) {
      expect((await fetch(`${world.practice.url}${source}`)).headers.get('content-type')).toBe('image/jpeg');
    }
  });

  it('show what a buyer asks about: best offer, condition, parcel, limits', async () => {
    const item = {
      conditionDescription: 'A hairline in the glaze.',
      availability: { shipToLocationAvailability: { quantity: 4 } },
      packageWeightAndSize: { weight: { value: 2, unit: 'POUND' }, dimensions: { length: 9, width: 6, height: 4, unit: 'INCH' } },
    };
    const policies = { fulfillmentPolicyId: '6200000001', paymentPolicyId: '6200000002', returnPolicyId: '6200000003' };
    const offerId = await prepare(world, 'P2', item, {
      availableQuantity: 4,
      quantityLimitPerBuyer: 2,
      listingPolicies: { ...policies, bestOfferTerms: { bestOfferEnabled: true } },
    });
    const { body } = await world.call('POST', publishPath(offerId));
    const { html } = await page(`/itm/${body.listingId}`);
    for (const words of ['or Best Offer', 'A hairline in the glaze.', '2 pound, 9 × 6 × 4 inch', '<dt>Limit per buyer</dt><dd>2</dd>']) {
      expect(html).toContain(words);
    }
    await world.call('POST', publishPath(offerId).replace(/publish$/, 'withdraw'));
    expect((await page(`/itm/${body.listingId}`)).html).toContain('The seller took this listing back.');
    await world.call('DELETE', '/sell/inventory/v1/inventory_item/P2');
    const gone = await page(`/itm/${body.listingId}`);
    expect([gone.status, gone.html]).toEqual([200, expect.stringContaining('This listing has ended.')]);
  });

  it('make the words of a description safe, whatever is in them', () => {
    const hostile = [
      ['<p onclick="alert(1)" style="position:fixed">Blue</p>', '<p>Blue</p>'],
      ['<script>alert(1)</script>a<SCRIPT src=x>b', 'a'],
      ['<style>body{}</style>a<!-- <b> -->b', 'ab'],
      ['a <b>bold', 'a <b>bold</b>'],
      ['</div></main><li>one', ' <li>one</li>'],
      ['<b><i>x</b>y</i>', '<b><i>x</i></b>y'],
      ['&lt;script&gt;alert(1)&lt;/script&gt;', '&#60;script&#62;alert(1)&#60;/script&#62;'],
      ['1 < 2 & 3 > 2', '1 &#60; 2 &#38; 3 &#62; 2'],
      ['one\ntwo', 'one<br>two'],
      ['<h1>Head</h1>', '<h3>Head</h3>'],
    ] as const;
    for (const [html, safe] of hostile) expect(safeDescription(html)).toBe(safe);
    expect(safeDescription('<a href="javascript:alert(1)">link</a><img src=x onerror=y><iframe srcdoc="<b>">')).not.toMatch(
      /<(a|img|iframe)/,
    );
  });

  it('list everything on the front page, and find by words, number and state', async () => {
    const { html } = await page('/');
    expect(html).toContain(`href="/itm/${listingId}"`);
    expect(html).toContain('1 live, 2 in all');
    expect(html).not.toMatch(/<script|https?:\/\//);
    for (const query of ['q=SAUCER+mug', 'q=p1', `q=${listingId}`, 'show=live']) {
      expect((await page(`/?${query}`)).html, query).toContain(`href="/itm/${listingId}"`);
    }
    for (const query of ['q=nothing', 'show=scheduled', 'show=sold', 'q=%25', 'q=saucer&show=over']) {
      expect((await page(`/?${query}`)).html, query).toContain('Nothing fits');
    }
    expect((await page('/?q=%22%3E%3Cscript%3E')).html).toContain('value="&#34;&#62;&#60;script&#62;"');
  });

  it('show a listing that starts later as scheduled, until its time', async () => {
    const later = await openWorld();
    try {
      const listingStartDate = new Date(Date.now() + 3_600_000).toISOString();
      const offerId = await prepare(later, 'LATER', {}, { listingStartDate });
      const id = (await later.call('POST', publishPath(offerId))).body.listingId;
      const shows = async (path: string) => (await fetch(`${later.practice.url}${path}`)).text();
      expect(await shows('/?show=scheduled')).toContain(`/itm/${id}`);
      expect(await shows('/?show=live')).not.toContain(`/itm/${id}`);
      expect(await shows(`/itm/${id}`)).toContain('This listing has not started yet.');
      await later.call('POST', '/_practice/settings', { clockOffsetMs: 3_700_000 });
      expect(await shows('/?show=live')).toContain(`/itm/${id}`);
    } finally {
      await later.close();
    }
  });

  it('turn over when there are many listings', async () => {
    const crowd = await openWorld();
    try {
      for (let n = 1; n <= 61; n += 1) {
        const offerId = await prepare(crowd, `N${n}`);
        expect((await crowd.call('POST', publishPath(offerId))).status).toBe(200);
        if (n % 40 === 0) await crowd.call('POST', '/_practice/settings', { clockOffsetMs: n * 10_000 });
      }
      const first = await (await fetch(`${crowd.practice.url}/?q=mug`)).text();
      expect(first.match(/href="\/itm\//g)).toHaveLength(60);
      expect(first).toContain('href="/?q=mug&#38;page=2"');
      const second = await (await fetch(`${crowd.practice.url}/?q=mug&page=2`)).text();
      expect(second.match(/href="\/itm\//g)).toHaveLength(1);
    } finally {
      await crowd.close();
    }
  });

  it('say so when there is nothing', async () => {
    for (const path of ['/itm/999', '/nowhere', '/pictures/none']) expect((await page(path)).status).toBe(404);
  });

  it('are not in the journal', async () => {
    const paths = (await world.call('GET', '/_practice/requests')).body.map((entry: { path: string }) => entry.path);
    expect(paths.filter((path: string) => path === '/' || path.startsWith('/itm'))).toEqual([]);
  });

  it('give consent only for the program that is known, and only to this site’s own form', async () => {
    const form = { client_id: 'practice-app', redirect_uri: 'practice-ru-name', response_type: 'code', state: 'xyz' };
    const authorize = `${world.practice.url}/oauth2/authorize`;
    const decide = (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
      fetch(authorize, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });
    expect((await page(`/oauth2/authorize?${new URLSearchParams(form)}`)).html).not.toContain('code=');
    const agreed = await decide({ ...form, decision: 'agree' });
    expect(agreed.status).toBe(302);
    const back = new URL(agreed.headers.get('location') ?? '', world.practice.url);
    expect([back.searchParams.get('state'), back.searchParams.get('expires_in')]).toEqual(['xyz', '299']);
    expect((await page(back.pathname + back.search)).html).toContain('You agreed');
    const grant = { grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '', redirect_uri: 'practice-ru-name' };
    expect((await world.token(grant)).status).toBe(200);
    expect((await decide(form)).headers.get('location')).toContain('error=access_denied');
    expect((await decide({ ...form, decision: 'agree' }, { Origin: 'https://evil.example' })).status).toBe(403);
    for (const wrong of [
      { client_id: 'stranger' },
      { redirect_uri: 'https://evil.example' },
      { response_type: 'token' },
      { scope: 'all' },
    ]) {
      expect((await page(`/oauth2/authorize?${new URLSearchParams({ ...form, ...wrong })}`)).status).toBe(400);
      expect((await decide({ ...form, ...wrong, decision: 'agree' })).status).toBe(400);
    }
  });
});
