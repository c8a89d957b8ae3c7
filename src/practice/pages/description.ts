import { escapeHtml } from './page-layout.ts';

/** What eBay's simple descriptions use. Attributes never pass, so nothing can be loaded, linked, styled or run. */
const KEPT = new Set(['p', 'br', 'hr', 'b', 'strong', 'i', 'em', 'u', 'ul', 'ol', 'li', 'h3', 'table', 'tbody', 'thead', 'tr', 'td', 'th']);
const EMPTY = new Set(['br', 'hr']);
const RENAMED: Readonly<Record<string, string>> = { h1: 'h3', h2: 'h3', h4: 'h3', h5: 'h3', h6: 'h3', div: 'p' };
/** Not words for a reader. */
const UNREAD = /<(script|style|template|noscript|iframe|object|svg)\b[\s\S]*?(<\/\1\s*>|$)|<!--[\s\S]*?(-->|$)/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", apos: "'", nbsp: ' ' };

/** A seller's HTML as safe HTML: a few plain elements, properly closed, and everything else as words. */
export function safeDescription(html: string): string {
  const isMarkup = /<\/?[a-z][^>]*>/i.test(html);
  const open: string[] = [];
  const pieces = html
    .replace(UNREAD, '')
    .split(/(<\/?[a-z][^>]*>)/i)
    .map((piece) => {
      const tag = /^<(\/?)([a-z][a-z0-9]*)/i.exec(piece);
      if (tag === null) return isMarkup ? words(piece) : words(piece).replaceAll('\n', '<br>');
      const given = (tag[2] ?? '').toLowerCase();
      const name = RENAMED[given] ?? given;
      if (!KEPT.has(name)) return ' ';
      return tag[1] === '/' ? close(open, name) : start(open, name);
    });
  return (
    pieces.join('') +
    open
      .reverse()
      .map((name) => `</${name}>`)
      .join('')
  );
}

function start(open: string[], name: string): string {
  if (EMPTY.has(name)) return `<${name}>`;
  open.push(name);
  return `<${name}>`;
}

/** Closes what was opened inside it too; an end without a beginning is left out. */
function close(open: string[], name: string): string {
  const at = open.lastIndexOf(name);
  if (at === -1) return '';
  return open
    .splice(at)
    .reverse()
    .map((one) => `</${one}>`)
    .join('');
}

function words(text: string): string {
  return escapeHtml(text.replace(/&(amp|lt|gt|quot|#39|apos|nbsp);/g, (_, name: string) => ENTITIES[name] ?? ''));
}
