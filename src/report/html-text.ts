const BREAKS = /<br\s*\/?>|<\/(p|li|h\d|div|tr)>/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** The words of a listing's description, a line for each paragraph and list entry: for people, never for a page. */
export function htmlText(html: string): string {
  return html
    .replace(/<li>/gi, '- ')
    .replace(BREAKS, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\n{2,}/g, '\n')
    .trim();
}
