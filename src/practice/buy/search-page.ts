import type { Request } from '../wire/wire.ts';
import { refuse } from '../wire/wire.ts';

const DEFAULT_LIMIT = 50;
const LIMIT_MAX = 200;
/** "This method can return a maximum of 10,000 items." */
const OFFSET_MAX = 10_000;

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** Of the Browse API: `offset` counts listings and must be a multiple of `limit`. */
export function pageOf(request: Request): Page {
  const limit = Number(request.query.get('limit') ?? DEFAULT_LIMIT);
  const offset = Number(request.query.get('offset') ?? 0);
  if (!Number.isInteger(limit)) throw refuse(12007);
  if (limit < 1 || limit > LIMIT_MAX) throw refuse(12006);
  if (!Number.isInteger(offset)) throw refuse(12005);
  if (offset < 0) throw refuse(12004);
  if (offset >= OFFSET_MAX) throw refuse(12029);
  if (offset % limit !== 0) throw refuse(12515);
  return { limit, offset };
}

/** `next` and `prev`, each only where there is such a page. */
export function pageLinks(request: Request, { limit, offset, total }: Page & { readonly total: number }): { next?: string; prev?: string } {
  const hasNext = offset + limit < Math.min(total, OFFSET_MAX);
  return {
    ...(hasNext ? { next: searchHref(request, { limit: String(limit), offset: String(offset + limit) }) } : {}),
    ...(offset > 0 ? { prev: searchHref(request, { limit: String(limit), offset: String(Math.max(0, offset - limit)) }) } : {}),
  };
}

/** The address of the same search with some parameters changed. */
export function searchHref(request: Request, changes: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(request.query);
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  return `https://api.ebay.com${request.path.split('?')[0]}?${query.toString()}`;
}
