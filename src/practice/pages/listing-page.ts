import { findLeaf } from '../commerce/catalogue.ts';
import { CONDITION_IDS } from '../sell/item-types.ts';
import type { ListingContent, ListingRow } from '../sell/listings.ts';
import { imageIdOf } from '../sell/picture-rules.ts';
import { STATUS_WORDS } from './index-page.ts';
import { escapeHtml, layout, money } from './page-layout.ts';

/** One listing as a buyer would see it. */
export function listingPage(row: ListingRow): string {
  const content = JSON.parse(row.content) as ListingContent;
  const leaf = findLeaf(content.categoryId);
  const path =
    leaf === undefined
      ? content.categoryId
      : [...leaf.ancestors]
          .reverse()
          .concat([leaf])
          .map((node) => node.name)
          .join(' › ');
  const body = `<div class="listing"><section>${gallery(content)}</section><section>
<div class="panel"><span class="badge${row.status === 'ACTIVE' ? ' live' : ''}">${STATUS_WORDS[row.status]}</span>
<h1>${escapeHtml(content.title)}</h1><p class="price">${money(content.price)}</p>
<dl>${facts(row, content, path)}</dl></div>
${aspectTable(content)}
<h2>Description</h2><div class="panel words">${escapeHtml(plainText(content.description))}</div></section></div>`;
  return layout(content.title, body);
}

function gallery(content: ListingContent): string {
  const ids = content.imageUrls.flatMap((url) => imageIdOf(url) ?? []);
  const large = ids.map((id, index) => `<img id="picture-${index + 1}" src="/pictures/${id}" alt="Picture ${index + 1} of ${ids.length}">`);
  const small = ids.map((id, index) => `<a href="#picture-${index + 1}"><img src="/pictures/${id}" alt="Show picture ${index + 1}"></a>`);
  return `<div class="strip" tabindex="0">${large.join('')}</div>${ids.length > 1 ? `<div class="thumbs">${small.join('')}</div>` : ''}`;
}

function facts(row: ListingRow, content: ListingContent, path: string): string {
  const leaf = findLeaf(content.categoryId);
  const conditionId = CONDITION_IDS[content.condition ?? ''];
  const label = leaf?.conditions.find((one) => one.id === conditionId)?.name ?? content.condition;
  const list: readonly (readonly [string, string | undefined])[] = [
    ['Condition', label],
    ['Condition note', content.conditionNote],
    ['Available', String(row.quantity)],
    ['Sold', row.sold > 0 ? String(row.sold) : undefined],
    ['Category', path],
    ['Item number', row.id],
    ['SKU', row.sku],
    ['Listed', new Date(row.started_at).toISOString().slice(0, 16).replace('T', ' ')],
    ['Ended', row.ended_at === null ? undefined : new Date(row.ended_at).toISOString().slice(0, 16).replace('T', ' ')],
  ];
  return list
    .flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`]))
    .join('');
}

function aspectTable(content: ListingContent): string {
  const entries = Object.entries(content.aspects);
  if (entries.length === 0) return '';
  const rows = entries.map(
    ([name, values]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(values.join(', '))}</td></tr>`,
  );
  return `<h2>Item specifics</h2><div class="panel"><table>${rows.join('')}</table></div>`;
}

/** A description is HTML on eBay; here only its words are shown. */
function plainText(html: string): string {
  return html
    .replace(/<(br|\/p|\/div|\/li|\/h\d|\/tr)\b[^>]*>/gi, '\n')
    .replace(/<li\b[^>]*>/gi, '• ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };
