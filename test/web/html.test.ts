import { expect, it } from 'vitest';
import { html } from '../../src/web/html.ts';

const EVIL = '"><script>alert(1)</script>\'&\u001b[2J\u202e';

it('escapes every value, in text and in attributes, also in lists and in pieces within pieces', () => {
  const piece = html`<b title="${EVIL}">${EVIL}</b>`;
  const { safe } = html`<p>${[piece, EVIL, [EVIL]]}</p>`;
  for (const sign of ['<script', '\u001b', '\u202e']) expect(safe).not.toContain(sign);
  expect(safe.match(/&lt;script&gt;/g)).toHaveLength(4);
  expect(safe).toMatch(/^<p><b title="&quot;&gt;&lt;script/);
});

it('leaves out what is nothing, and keeps what is zero', () => {
  expect(html`${null}${undefined}${false}${0}${''}`.safe).toBe('0');
});

it('does not believe that a text is HTML because it looks like it', () => {
  const told = JSON.parse('{"safe":"<i>"}') as { safe: string };
  // Only the program makes such objects; what comes from outside is put in by its texts.
  expect(html`${told.safe}`.safe).toBe('&lt;i&gt;');
});
