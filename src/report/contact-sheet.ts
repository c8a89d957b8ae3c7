import { CONTACT_SHEET_STYLE } from './contact-sheet-style.ts';
import { escapeHtml } from './listings-style.ts';
import type { PlannedItem } from './views.ts';

export interface SheetItem extends PlannedItem {
  /** By photo, in the order of `files`; null where there is no picture to show. */
  readonly pictures: readonly (SheetPicture | null)[];
}

/** Pictures are `data:image/jpeg;base64,…`. */
export interface SheetPicture {
  readonly before: string;
  /** As buyers will see it, where that looks different at this size. */
  readonly after: string | null;
  /** What was changed for them, in words. */
  readonly changes: readonly string[];
}

export interface ContactSheet {
  readonly title: string;
  readonly items: number;
  readonly photos: number;
  readonly doubtful: number;
  /** One by one, so that a sheet of many thousand photos is never in memory as a whole. */
  readonly each: AsyncIterable<SheetItem>;
  readonly unused: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  /** The photo's path as a person knows it. */
  readonly nameOf: (path: string) => string;
}

/** Below this a person should look (register-items.ts holds it). */
const DOUBTFUL_BELOW = 0.5;

/**
 * How a scan groups the photos, as a page of its own in parts: no script, no outside address, works as file:, on
 * desktop and phone, light and dark. Everything that comes from outside is escaped; its policy forbids anything else.
 */
export async function* contactSheet({ title, items, photos, doubtful, each, unused, nameOf }: ContactSheet): AsyncGenerator<string> {
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>${escapeHtml(title)}</title>
<style>${CONTACT_SHEET_STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<p>${plural(items, 'item')}, ${plural(photos, 'photo')}, ${doubtful === 0 ? 'none' : plural(doubtful, 'item')} in doubt, ${plural(unused.length, 'file')} left out.</p>
<p class="how">Wrong? <code>easyflip group merge ITEM ITEM</code>, <code>easyflip group split ITEM PHOTO…</code> or <code>easyflip group move PHOTO ITEM</code>.</p>
</header>
<main>
`;
  let number = 0;
  for await (const item of each) {
    number += 1;
    yield section(item, number, nameOf);
  }
  yield `</main>\n${leftOut(unused, nameOf)}</body>\n</html>\n`;
}

function section(item: SheetItem, number: number, nameOf: ContactSheet['nameOf']): string {
  const { border, confidence, why, reason, files, pictures, source, title } = item;
  const doubt = confidence < DOUBTFUL_BELOW;
  const shown = files.map((file, at) => figure(file, at, pictures[at] ?? null, nameOf));
  return `<section class="item${doubt ? ' doubt' : ''}">
<p class="border"><span>${escapeHtml(border.why)}</span> <span class="sure">${percent(border.confidence)}</span></p>
<h2><span class="number">${number}</span> ${escapeHtml(title ?? nameOf(source))}</h2>
<p class="why"><code>${escapeHtml(item.item)}</code> ${escapeHtml(why)} <span class="sure">${percent(confidence)}</span></p>
${reason ? `<p class="reason">${escapeHtml(reason.message)} <span class="next">${escapeHtml(reason.hint)}</span></p>` : ''}
<div class="photos">${shown.join('')}</div>
</section>
`;
}

function figure(
  { path, sameShotAs }: PlannedItem['files'][number],
  at: number,
  picture: SheetPicture | null,
  nameOf: ContactSheet['nameOf'],
): string {
  const name = nameOf(path);
  const short = name.slice(name.lastIndexOf('/') + 1);
  const after = picture?.after ?? null;
  const shown = after
    ? `<div class="pair">${image(picture?.before, `${name}, as taken`)}${image(after, `${name}, as buyers see it`)}</div>`
    : image(picture?.before, name);
  const marks = [...(at === 0 ? ['cover'] : []), ...(sameShotAs === null ? [] : [`same shot as ${sameShotAs}`])];
  const changes = escapeHtml(picture?.changes.join(', ') ?? '');
  const better = changes === '' ? '' : ` <span class="better">${after ? 'right, for buyers' : 'for buyers'}: ${changes}</span>`;
  const caption = `<b>${at + 1}</b> ${escapeHtml(short)}${marks.map((mark) => ` <i>${escapeHtml(mark)}</i>`).join('')}${better}`;
  return `<figure${after ? ' class="changed"' : ''} title="${escapeHtml(name)}">${shown}<figcaption>${caption}</figcaption></figure>`;
}

const image = (address: string | undefined, alt: string): string =>
  address !== undefined && /^data:image\/jpeg;base64,[A-Za-z0-9+/=]+$/.test(address)
    ? `<img src="${address}" alt="${escapeHtml(alt)}" loading="lazy">`
    : '<span class="none">no picture</span>';

function leftOut(unused: ContactSheet['unused'], nameOf: ContactSheet['nameOf']): string {
  if (unused.length === 0) return '';
  const rows = unused.map(
    ({ path, message, code }) => `<li><b>${escapeHtml(nameOf(path))}</b> ${escapeHtml(message)} <code>${escapeHtml(code)}</code></li>`,
  );
  return `<footer><h2>Left out</h2><ul>${rows.join('\n')}</ul></footer>\n`;
}

const percent = (confidence: number): string => `${Math.round(confidence * 100)} %`;
const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
