import { expect, it } from 'vitest';
import type { ShownListing } from '../../src/report/listings-page.ts';
import { listingsPage } from '../../src/report/listings-page.ts';

const PIXEL = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const listing = (more: Partial<ShownListing> = {}): ShownListing => ({
  title: 'Blue mug',
  price: '$24.99',
  condition: 'Used',
  category: 'Pottery & Glass > Mugs',
  aspects: { Color: ['Blue', 'White'] },
  description: 'A mug.\nNo chips.',
  pictures: [PIXEL, 'pictures/2.jpg'],
  url: 'http://127.0.0.1:4000/itm/110',
  sku: 'EFMUG',
  ...more,
});

it('shows what a buyer would see', () => {
  const html = listingsPage({
    title: 'Demo',
    lead: 'Listed without any key.',
    listings: [listing(), listing({ held: { reason: 'No brand.', next: 'easyflip show X' } })],
  });
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(html).toContain('<p>Listed without any key. 1 live, 1 held.</p>');
  expect(html).toContain('<a href="http://127.0.0.1:4000/itm/110" rel="noreferrer">Blue mug</a>');
  expect(html).toContain('<dt>Color</dt><dd>Blue, White</dd>');
  expect(html).toContain('<dt>Category</dt><dd>Pottery &amp; Glass &gt; Mugs</dd>');
  expect(html).toContain(`<img src="${PIXEL}" alt="Blue mug, picture 1 of 2">`);
  expect(html).toContain('<img src="pictures/2.jpg"');
  expect(html).toContain('<p class="why">No brand. <code>easyflip show X</code></p>');
  expect(html).toContain('A mug.\nNo chips.');
});

it('escapes everything from outside and takes no active or foreign address', () => {
  const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'&\u001b';
  const html = listingsPage({
    title: evil,
    lead: evil,
    listings: [
      listing({
        title: evil,
        price: evil,
        condition: evil,
        category: evil,
        aspects: { [evil]: [evil] },
        description: evil,
        sku: evil,
        url: 'javascript:alert(1)',
        pictures: ['https://evil.example/a.jpg', '//evil.example/b.jpg', 'data:image/svg+xml;base64,AAAA', 'javascript:alert(1)', evil],
        held: { reason: evil, next: evil },
      }),
    ],
  });
  expect(html).not.toMatch(/<script|<img src=x|javascript:|evil\.example|svg\+xml/);
  expect(html).not.toContain('\u001b');
  // Every quote inside an attribute is escaped: what remains are whole tags of ours.
  const tags = [...html.replace(/<style>[\s\S]*<\/style>/, '').matchAll(/<\/?([a-z0-9!]+)/g)].map(([, tag]) => tag);
  expect(new Set(tags)).toEqual(
    new Set(
      [
        '!doctype',
        'html',
        'head',
        'meta',
        'title',
        'style',
        'body',
        'header',
        'h1',
        'p',
        'main',
        'article',
        'div',
        'img',
        'h2',
        'span',
        'code',
        'dl',
        'dt',
        'dd',
        'details',
        'summary',
      ].filter((tag) => tag !== 'style'),
    ),
  );
});

it('needs nothing from elsewhere', () => {
  const html = listingsPage({ title: 'Demo', listings: [listing({ pictures: [] })] });
  expect(html).toContain('no picture');
  expect(html).not.toMatch(/<link|@import|url\(|src="http/);
});
