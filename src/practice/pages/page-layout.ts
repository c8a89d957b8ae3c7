import { STYLE } from './style.ts';

/** Nothing from outside and no scripts at all: what a seller writes in a listing can do nothing here. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

/** Text made safe for HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

interface Amount {
  readonly value: string;
  readonly currency: string;
}

/** With the currency's sign; what is no amount is shown as it is. Not escaped. */
export function plainMoney({ value, currency }: Amount): string {
  const amount = Number(value);
  if (!Number.isFinite(amount) || !/^[A-Z]{3}$/.test(currency)) return `${value} ${currency}`.trim();
  return new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(amount);
}

export function money(price: Amount): string {
  return escapeHtml(plainMoney(price));
}

/** Minutes suffice, and the zone is said. */
export function moment(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A whole page around `body`, which must already be escaped. */
export function layout(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · Practice marketplace</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><a class="home" href="/"><b>practice</b> marketplace</a>
<nav aria-label="Pages"><a href="/">Listings</a><a href="/_practice/journal">Journal</a></nav>
<span class="notice">Nothing here is for sale. No listing leaves this computer.</span></header>
<main id="main">${body}</main>
</body>
</html>`;
}
