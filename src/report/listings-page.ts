import { escapeHtml, LISTINGS_STYLE } from './listings-style.ts';

export interface ShownListing {
  readonly title: string;
  /** As people read it: `$24.99`. Absent: not priced. */
  readonly price?: string;
  readonly condition?: string;
  /** Name, or path from the root: `Pottery & Glass > Mugs`. */
  readonly category?: string;
  readonly aspects: Readonly<Record<string, readonly string[]>>;
  /** Plain text; line breaks are kept. */
  readonly description: string;
  /** `data:image/…` or a relative file; the first is the cover. */
  readonly pictures: readonly string[];
  readonly url?: string;
  readonly sku: string;
  /** Why it is not live, and what to do. */
  readonly held?: { readonly reason: string; readonly next?: string };
}

export interface ListingsPage {
  readonly title: string;
  /** A sentence below the title. */
  readonly lead?: string;
  readonly listings: readonly ShownListing[];
}

/**
 * A page of its own that shows listings: no script, no outside address, works as file:, on desktop and
 * phone, light and dark. Everything that comes from outside is escaped; its policy forbids anything else.
 */
export function listingsPage({ title, lead, listings }: ListingsPage): string {
  const live = listings.filter(({ held }) => !held).length;
  const counts = live === listings.length ? `${live} live` : `${live} live, ${listings.length - live} held`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data: 'self' file:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${escapeHtml(title)}</title>
<style>${LISTINGS_STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<p>${lead === undefined ? '' : `${escapeHtml(lead)} `}${counts}.</p>
</header>
<main>
${listings.map(article).join('\n')}
</main>
</body>
</html>
`;
}

function article(listing: ShownListing, at: number): string {
  const { price, condition, category, aspects, description, sku, held } = listing;
  const details: [string, string][] = [];
  if (condition !== undefined) details.push(['Condition', condition]);
  if (category !== undefined) details.push(['Category', category]);
  details.push(...Object.entries(aspects).map(([name, values]): [string, string] => [name, values.join(', ')]), ['SKU', sku]);
  return `<article${held ? ' class="held"' : ''}>
${gallery(listing, at)}
<div class="text">
<h2>${heading(listing)}</h2>
<p class="price">${price === undefined ? 'no price yet' : escapeHtml(price)}<span class="state">${held ? 'held' : 'live'}</span></p>
${held ? `<p class="why">${escapeHtml(held.reason)}${held.next === undefined ? '' : ` <code>${escapeHtml(held.next)}</code>`}</p>` : ''}
<dl>${details.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`).join('')}</dl>
<details${description.length < 400 ? ' open' : ''}><summary>Description</summary><p class="description">${escapeHtml(description)}</p></details>
</div>
</article>`;
}

/** Pictures side by side, moved by swiping or scrolling: no script needed. */
function gallery({ pictures, title }: ShownListing, at: number): string {
  const shown = pictures.filter(isPicture);
  if (shown.length === 0) return '<div class="gallery none">no picture</div>';
  const images = shown.map(
    (source, number) =>
      `<img src="${escapeHtml(source)}" alt="${escapeHtml(title)}, picture ${number + 1} of ${shown.length}"${at > 2 || number > 0 ? ' loading="lazy"' : ''}>`,
  );
  const label = shown.length > 1 ? `<span class="count">${shown.length} pictures</span>` : '';
  return `<div class="gallery"><div class="strip" tabindex="0" role="group" aria-label="Pictures">${images.join('')}</div>${label}</div>`;
}

function heading({ title, url }: ShownListing): string {
  const text = escapeHtml(title);
  return url !== undefined && /^https?:\/\//i.test(url) ? `<a href="${escapeHtml(url)}" rel="noreferrer">${text}</a>` : text;
}

/** Embedded raster pictures and files beside the page only: no other scheme, no other host, no SVG with its scripts. */
function isPicture(source: string): boolean {
  if (/^data:/i.test(source)) return /^data:image\/(jpeg|png|webp|avif|gif);base64,[A-Za-z0-9+/=]+$/.test(source);
  return !/^[a-z][a-z0-9+.-]*:/i.test(source) && !/^[/\\]{2}/.test(source);
}
