import { DAY_MS, type Market } from '../ground/market.ts';
import type { WireError } from '../wire/wire.ts';
import { Refusal, refuse } from '../wire/wire.ts';
import { adoptProduct } from './adopt-product.ts';
import { type Candidate, effectiveQuantity } from './candidate.ts';
import { isDescribed } from './condition-rules.ts';
import type { InventoryItem } from './item-types.ts';
import type { OfferBody } from './offer-types.ts';
import { imageIdOf } from './picture-rules.ts';
import { publishProblems, publishWarnings } from './publish-rules.ts';
import { checkSellingLimit } from './selling-limit.ts';

/** What a buyer sees; made anew from item and offer whenever one of them changes. */
export interface ListingContent {
  readonly title: string;
  readonly description: string;
  readonly categoryId: string;
  readonly price: { readonly value: string; readonly currency: string };
  readonly condition?: string;
  readonly conditionNote?: string;
  readonly aspects: Readonly<Record<string, readonly string[]>>;
  readonly imageUrls: readonly string[];
}

export interface ListingRow {
  readonly id: string;
  readonly offer_id: string;
  readonly sku: string;
  readonly status: 'ACTIVE' | 'ENDED' | 'SOLD_OUT';
  readonly content: string;
  readonly quantity: number;
  readonly sold: number;
  /** In the future for a listing that is scheduled: it counts as ACTIVE, and nobody sees it yet. */
  readonly started_at: number;
  readonly ended_at: number | null;
}

/** "Each listing can be revised up to 250 times in one calendar day" (Inventory document). */
const REVISIONS_PER_DAY = 250;
const FIRST_LISTING_ID = 110_500_000_001;

export function findListing(market: Market, id: string): ListingRow | undefined {
  return market.state.get<ListingRow>(
    'SELECT id, offer_id, sku, status, content, quantity, sold, started_at, ended_at FROM listings WHERE id = ?',
    id,
  );
}

export function allListings(market: Market): readonly ListingRow[] {
  return market.state.all<ListingRow>(
    'SELECT id, offer_id, sku, status, content, quantity, sold, started_at, ended_at FROM listings ORDER BY started_at, id',
  );
}

/** Goes live under a new listing id, now or at `listingStartDate`. Refuses with every reason at once. */
export function startListing(
  market: Market,
  offerId: string,
  sku: string,
  candidate: Candidate,
): { listingId: string; warnings: readonly WireError[] } {
  const problems = publishProblems(market, candidate);
  if (problems.length > 0) throw new Refusal(400, problems);
  const quantity = effectiveQuantity(candidate);
  const content = contentOf(candidate);
  checkSellingLimit(market, quantity, minor(content));
  const listingId = String(market.state.nextNumber('listing', FIRST_LISTING_ID));
  market.state.run(
    "INSERT INTO listings (id, offer_id, sku, status, content, quantity, price_minor, started_at) VALUES (?, ?, ?, 'ACTIVE', ?, ?, ?, ?)",
    listingId,
    offerId,
    sku,
    JSON.stringify(content),
    quantity,
    minor(content),
    startOf(candidate, market.now()),
  );
  holdPictures(market, listingId, content);
  market.state.run('UPDATE offers SET listing_id = ? WHERE id = ?', listingId, offerId);
  return { listingId, warnings: publishWarnings(market, candidate) };
}

export function endListing(market: Market, listingId: string): void {
  market.state.run("UPDATE listings SET status = 'ENDED', ended_at = ? WHERE id = ? AND status <> 'ENDED'", market.now(), listingId);
}

/** After a change of item or offer: what is live changes with it, or the change is refused. */
export function reviseLiveListings(market: Market, sku: string): readonly WireError[] {
  const live = market.state.all<{ listing_id: string; item: string; offer: string }>(
    `SELECT offers.listing_id, items.body AS item, offers.body AS offer FROM offers
     JOIN items ON items.sku = offers.sku JOIN listings ON listings.id = offers.listing_id
     WHERE offers.sku = ? AND listings.status <> 'ENDED'`,
    sku,
  );
  return live.flatMap((row) => {
    const candidate = { item: JSON.parse(row.item) as InventoryItem, offer: JSON.parse(row.offer) as OfferBody, revision: true };
    return revise(market, row.listing_id, candidate);
  });
}

function revise(market: Market, listingId: string, candidate: Candidate): readonly WireError[] {
  const problems = publishProblems(market, candidate);
  if (problems.length > 0) throw new Refusal(400, problems);
  countRevision(market, listingId);
  const content = contentOf(candidate);
  const quantity = effectiveQuantity(candidate);
  market.state.run(
    'UPDATE listings SET content = ?, quantity = ?, price_minor = ?, status = ? WHERE id = ?',
    JSON.stringify(content),
    quantity,
    minor(content),
    quantity > 0 ? 'ACTIVE' : 'SOLD_OUT',
    listingId,
  );
  holdPictures(market, listingId, content);
  return publishWarnings(market, candidate);
}

function countRevision(market: Market, listingId: string): void {
  const day = new Date(market.now()).toISOString().slice(0, 10);
  const row = market.state.get<{ revised_day: string | null; revised_count: number }>(
    'SELECT revised_day, revised_count FROM listings WHERE id = ?',
    listingId,
  );
  const count = row?.revised_day === day ? row.revised_count + 1 : 1;
  if (count > REVISIONS_PER_DAY) throw refuse(25019, [`The listing has been revised ${REVISIONS_PER_DAY} times today.`], { listingId });
  market.state.run('UPDATE listings SET revised_day = ?, revised_count = ? WHERE id = ?', day, count, listingId);
}

/** A start in the past is now (25753 says so). */
function startOf({ offer }: Candidate, now: number): number {
  return Math.max(now, offer.listingStartDate === undefined ? now : Date.parse(offer.listingStartDate));
}

function contentOf({ item, offer }: Candidate): ListingContent {
  const product = adoptProduct(item, offer).product ?? {};
  const amount = offer.format === 'AUCTION' ? offer.pricingSummary?.auctionStartPrice : offer.pricingSummary?.price;
  return {
    title: product.title ?? '',
    description: offer.listingDescription ?? product.description ?? '',
    categoryId: offer.categoryId ?? '',
    price: { value: amount?.value ?? '', currency: amount?.currency ?? '' },
    ...(item.condition === undefined ? {} : { condition: item.condition }),
    ...(item.conditionDescription === undefined || !isDescribed(item.condition) ? {} : { conditionNote: item.conditionDescription }),
    aspects: product.aspects ?? {},
    imageUrls: product.imageUrls ?? [],
  };
}

/** Cents, for the selling limit. */
function minor(content: ListingContent): number {
  return Math.round(Number(content.price.value) * 100);
}

/** Pictures on a listing do not expire. */
function holdPictures(market: Market, listingId: string, content: ListingContent): void {
  market.state.run('DELETE FROM listing_images WHERE listing_id = ?', listingId);
  for (const url of content.imageUrls) {
    market.state.run('INSERT OR IGNORE INTO listing_images (image_id, listing_id) VALUES (?, ?)', imageIdOf(url) ?? '', listingId);
  }
}

/** Pictures nobody can use any more are dropped, so that the state file does not grow for ever. */
export function sweepPictures(market: Market): void {
  market.state.run(
    `DELETE FROM images WHERE expires_at < ? AND id NOT IN (
       SELECT image_id FROM listing_images JOIN listings ON listings.id = listing_id
       WHERE listings.ended_at IS NULL OR listings.ended_at > ?)`,
    market.now(),
    market.now() - 90 * DAY_MS,
  );
}
