import type { Request } from './wire.ts';
import { refuse } from './wire.ts';

/** The Inventory API's paging: `offset` counts pages, not rows (its document says so). Bad values are 25706. */
export function page<T>(
  request: Request,
  rows: readonly T[],
  defaultLimit: number,
  max: number,
): { slice: readonly T[]; envelope: Record<string, unknown> } {
  const limit = number(request.query.get('limit'), defaultLimit);
  const offset = number(request.query.get('offset'), 0);
  if (!(limit >= 1 && limit <= max) || !(offset >= 0)) throw refuse(25706, [`limit: ${limit}, offset: ${offset}`]);
  const slice = rows.slice(offset * limit, (offset + 1) * limit);
  const path = request.path.split('?')[0];
  const href = (at: number) => `${path}?limit=${limit}&offset=${at}`;
  return {
    slice,
    envelope: {
      href: href(offset),
      limit,
      size: slice.length,
      total: rows.length,
      ...((offset + 1) * limit < rows.length ? { next: href(offset + 1) } : {}),
      ...(offset > 0 ? { prev: href(offset - 1) } : {}),
    },
  };
}

function number(text: string | null, otherwise: number): number {
  if (text === null || text === '') return otherwise;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
