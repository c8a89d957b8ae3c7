import { KNOWN_MARKETPLACES, MARKETPLACE } from '../ground/market.ts';
import { findSite, SITES, type Site } from '../ground/sites.ts';
import type { Request } from '../wire/wire.ts';
import { refuse } from '../wire/wire.ts';

const SUPPORTED = SITES.map((site) => site.marketplace).join(', ');

/**
 * The site a Browse call is for. "If the marketplace ID value is invalid or missing, the default value of EBAY_US is
 * used" (Browse document); a marketplace that eBay has and this server has not is refused with `errorId`.
 */
export function siteOfCall(request: Request, errorId: 12019 | 11011): Site {
  const header = request.headers['x-ebay-c-marketplace-id'];
  const wanted = (Array.isArray(header) ? header[0] : header) ?? '';
  const site = findSite(wanted);
  if (site !== undefined) return site;
  if (KNOWN_MARKETPLACES.some((marketplace) => marketplace === wanted)) throw refuse(errorId, [wanted, SUPPORTED]);
  const usual = findSite(MARKETPLACE);
  if (usual === undefined) throw new Error(`There is no site ${MARKETPLACE}.`);
  return usual;
}
