import { DAY_MS, type Market } from '../ground/market.ts';
import type { WireError } from '../wire/wire.ts';
import { wireError } from '../wire/wire.ts';
import { type Candidate, userError } from './candidate.ts';

const PICTURES_MAX = 24;
/** eBay's picture policy: the longest side of a picture has at least 500 pixels. */
const LONG_SIDE_MIN_PX = 500;
/** Pictures of an ended listing stay for 90 days. */
const KEPT_AFTER_END_MS = 90 * DAY_MS;

export interface ImageRow {
  readonly id: string;
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly expires_at: number;
}

export function imageUrl(id: string): string {
  return `https://i.ebayimg.com/images/g/${id}/s-l1600.jpg`;
}

export function imageIdOf(url: string): string | undefined {
  return /^https:\/\/i\.ebayimg\.com\/images\/g\/([A-Za-z0-9_-]+)\/s-l\d+\.jpg$/.exec(url)?.[1];
}

/** A picture that was uploaded here and has not expired; on a live listing it never does. */
export function findImage(market: Market, id: string): ImageRow | undefined {
  const row = market.state.get<ImageRow>('SELECT id, sha256, width, height, expires_at FROM images WHERE id = ?', id);
  if (row === undefined || row.expires_at > market.now()) return row;
  const kept = market.state.get(
    `SELECT 1 FROM listing_images JOIN listings ON listings.id = listing_id
     WHERE image_id = ? AND (listings.ended_at IS NULL OR listings.ended_at > ?)`,
    id,
    market.now() - KEPT_AFTER_END_MS,
  );
  return kept === undefined ? undefined : row;
}

/** At least one, at most 24, all hosted by eBay: nothing can be fetched from elsewhere here, and hosts may not be mixed. */
export function pictureProblems(market: Market, { item }: Candidate): readonly WireError[] {
  const urls = item.product?.imageUrls ?? [];
  if (urls.length === 0) {
    return [
      userError('Add at least 1 photo. More photos are better! Show off your item from every angle and zoom in on details.', ['imageUrls']),
    ];
  }
  if (urls.length > PICTURES_MAX) return [wireError(25014, [`No more than ${PICTURES_MAX} pictures are allowed.`])];
  const isMixed = new Set(urls.map((url) => imageIdOf(url) === undefined)).size > 1;
  if (isMixed) return [wireError(25014, ['Self-hosted and eBay-hosted pictures may not be mixed in one listing.'])];
  return urls.flatMap((url) => pictureProblem(market, url));
}

function pictureProblem(market: Market, url: string): readonly WireError[] {
  const id = imageIdOf(url);
  if (id === undefined) return [wireError(25015, ['No picture could be fetched from this URL.'], { imageUrl: url })];
  const image = findImage(market, id);
  if (image === undefined) return [wireError(25014, ['The picture was not found or has expired.'], { imageUrl: url })];
  if (Math.max(image.width, image.height) < LONG_SIDE_MIN_PX) {
    return [wireError(25014, [`The longest side of a picture must have at least ${LONG_SIDE_MIN_PX} pixels.`], { imageUrl: url })];
  }
  return [];
}
