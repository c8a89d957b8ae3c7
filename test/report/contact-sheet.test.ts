import { expect, it } from 'vitest';
import { contactSheet, type SheetItem } from '../../src/report/contact-sheet.ts';
import { statusItem } from './sample-view.ts';

const PICTURE = 'data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP==';

const item = (more: Partial<SheetItem> = {}): SheetItem => ({
  item: statusItem('mug').id,
  sku: statusItem('mug').sku,
  source: '/photos/DCIM#IMG_1.jpg',
  photos: 2,
  action: 'new',
  title: null,
  reason: null,
  border: { kind: 'divider', why: 'after divider card 7', confidence: 0.98 },
  why: '2 photos after divider card 7',
  confidence: 0.98,
  files: [
    { path: '/photos/DCIM/IMG_1.jpg', sameShotAs: null },
    { path: '/photos/DCIM/IMG_2.jpg', sameShotAs: 1 },
  ],
  pictures: [{ before: PICTURE, after: null, changes: [] }, null],
  ...more,
});

async function page(items: readonly SheetItem[], path = '/photos/DCIM/card.jpg'): Promise<string> {
  let text = '';
  const parts = contactSheet({
    title: 'Grouped',
    items: items.length,
    photos: 2,
    doubtful: 1,
    each: (async function* () {
      yield* items;
    })(),
    unused: [{ path, code: 'file.divider', message: 'It was used as a divider.' }],
    nameOf: (name) => name.replace('/photos/', ''),
  });
  for await (const part of parts) text += part;
  return text;
}

it('shows each item with its photos, border, confidence and doubts, and what was left out', async () => {
  const doubtful = item({
    confidence: 0.4,
    why: 'a guess',
    reason: { code: 'item.doubtful-group', message: 'Look at it.', hint: 'Approve it.' },
  });
  const html = await page([item(), doubtful]);
  expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(html).toContain('1 item in doubt, 1 file left out.');
  expect(html).toContain('after divider card 7</span> <span class="sure">98 %</span>');
  expect(html).toContain('<b>2</b> IMG_2.jpg <i>same shot as 1</i>');
  expect(html.match(/class="item doubt"/g)).toHaveLength(1);
  expect(html).toContain('Look at it. <span class="next">Approve it.</span>');
  expect(html).toContain('<b>DCIM/card.jpg</b> It was used as a divider.');
  expect(html.match(/<img /g)).toHaveLength(2);
  expect(html.trimEnd()).toMatch(/<\/html>$/);
});

it('shows a picture that is changed for buyers beside the photo, and says how', async () => {
  const changes = ['brightened by 12 %', 'cropped to 40 % of it'];
  const html = await page([item({ pictures: [{ before: PICTURE, after: PICTURE, changes }, null] })]);
  expect(html.match(/<img /g)).toHaveLength(2);
  expect(html).toContain('alt="DCIM/IMG_1.jpg, as taken"');
  expect(html).toContain('alt="DCIM/IMG_1.jpg, as buyers see it"');
  expect(html).toContain('<span class="better">right, for buyers: brightened by 12 %, cropped to 40 % of it</span>');
  expect(html.match(/class="changed"/g)).toHaveLength(1);
});

it('says of a picture that looks the same at this size what was done to the large one', async () => {
  const html = await page([item({ pictures: [{ before: PICTURE, after: null, changes: ['sharpened after reducing it'] }, null] })]);
  expect(html.match(/<img /g)).toHaveLength(1);
  expect(html).toContain('<span class="better">for buyers: sharpened after reducing it</span>');
  expect(html).not.toContain('class="changed"');
});

it('escapes everything from outside and takes no script and no foreign address', async () => {
  const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'&\u001b';
  const html = await page(
    [
      item({
        title: evil,
        why: evil,
        source: evil,
        border: { kind: 'name', why: evil, confidence: 1 },
        files: [{ path: evil, sameShotAs: null }],
        pictures: [{ before: 'https://evil.example/x.jpg', after: 'https://evil.example/y.jpg', changes: [evil] }],
      }),
    ],
    evil,
  );
  expect(html).not.toMatch(/<script|onerror=alert\(1\)>|<img src=x|evil\.example/);
  expect(html).not.toContain('\u001b');
  expect(html).toContain("default-src 'none'; img-src data:");
});
