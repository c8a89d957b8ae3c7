import { DAY_MS, KNOWN_MARKETPLACES, type Market } from '../ground/market.ts';
import { randomStream } from '../ground/random.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { refuse } from '../wire/wire.ts';
import type { ListingRow } from './listings.ts';

const LISTINGS_MAX = 200;
const DAYS_MAX = 90;
const DAYS_BACK_MAX = 730;
const MARKETPLACES = ['EBAY_AU', 'EBAY_DE', 'EBAY_ES', 'EBAY_FR', 'EBAY_GB', 'EBAY_IT', 'EBAY_US', 'EBAY_MOTORS_US'];

/** Sell Analytics document, metric. Not case-sensitive. */
const METRICS = [
  'CLICK_THROUGH_RATE',
  'LISTING_IMPRESSION_SEARCH_RESULTS_PAGE',
  'LISTING_IMPRESSION_STORE',
  'LISTING_IMPRESSION_TOTAL',
  'LISTING_VIEWS_SOURCE_DIRECT',
  'LISTING_VIEWS_SOURCE_OFF_EBAY',
  'LISTING_VIEWS_SOURCE_OTHER_EBAY',
  'LISTING_VIEWS_SOURCE_SEARCH_RESULTS_PAGE',
  'LISTING_VIEWS_SOURCE_STORE',
  'LISTING_VIEWS_TOTAL',
  'SALES_CONVERSION_RATE',
  'TOTAL_IMPRESSION_TOTAL',
  'TRANSACTION',
] as const;
type Metric = (typeof METRICS)[number];

/**
 * Traffic by day or by listing. Impressions and views are invented, the same for the same listing and day;
 * transactions are the sales that really happened here.
 */
export function getTrafficReport(market: Market, request: Request): Reply {
  if ([...request.query.keys()].length === 0) throw refuse(50009);
  const dimension = request.query.get('dimension');
  if (dimension !== 'DAY' && dimension !== 'LISTING') throw refuse(50001);
  const metrics = metricsOf(request.query.get('metric'));
  const { from, to, ids } = filterOf(market, request.query.get('filter'), dimension);
  const sort = sortOf(request.query.get('sort'), metrics);

  const chosen = ids === undefined ? activeListings(market).slice(0, LISTINGS_MAX) : ids.map((id) => mustFind(market, id));
  const days = daysBetween(from, to);
  const rows =
    dimension === 'LISTING'
      ? chosen.map((listing) => ({ key: listing.id, figures: figuresOf(market, [listing], days) }))
      : days.map((day) => ({ key: day, figures: figuresOf(market, chosen, [day]) }));
  if (sort !== undefined) rows.sort((a, b) => (a.figures[sort.metric] - b.figures[sort.metric]) * (sort.isDescending ? -1 : 1));
  return {
    status: 200,
    body: {
      startDate: new Date(dayStart(from)).toISOString(),
      endDate: new Date(dayStart(to) + DAY_MS - 1_000).toISOString(),
      lastUpdatedDate: new Date(market.now()).toISOString(),
      header: {
        dimensionKeys: [{ key: dimension, dataType: dimension === 'DAY' ? 'DATE' : 'STRING', localizedName: dimension }],
        metrics: metrics.map((key) => ({ key, dataType: 'NUMBER', localizedName: key.toLowerCase().replaceAll('_', ' ') })),
      },
      records: rows.map(({ key, figures }) => ({
        dimensionValues: [{ value: key, applicable: true }],
        metricValues: metrics.map((metric) => ({ value: figures[metric], applicable: true })),
      })),
      dimensionMetadata: [],
      warnings: [],
    },
  };
}

function metricsOf(text: string | null): readonly Metric[] {
  const wanted = (text ?? '').split(',').filter((name) => name !== '');
  if (wanted.length === 0) throw refuse(50008);
  return wanted.map((name) => {
    const metric = METRICS.find((known) => known === name.trim().toUpperCase());
    if (metric === undefined) throw refuse(50002, [name]);
    return metric;
  });
}

function filterOf(
  market: Market,
  text: string | null,
  dimension: 'DAY' | 'LISTING',
): { readonly from: string; readonly to: string; readonly ids: readonly string[] | undefined } {
  if (text === null || text === '') throw refuse(50005);
  const parts = new Map(
    text.split(/,(?![^[{]*[\]}])/).map((part) => [part.slice(0, part.indexOf(':')).trim(), part.slice(part.indexOf(':') + 1).trim()]),
  );
  for (const name of parts.keys()) if (!['date_range', 'listing_ids', 'marketplace_ids'].includes(name)) throw refuse(50021, [name]);
  checkSite(parts.get('marketplace_ids')?.replace(/^\{|\}$/g, ''), dimension);
  const range = parts.get('date_range');
  if (range === undefined) throw refuse(50031);
  const dates = /^\[(.*)\.\.(.*)\]$/.exec(range);
  if (dates === null) throw refuse(50033, [range]);
  const [from, to] = [dayOf(dates[1] ?? '', 50013), dayOf(dates[2] ?? '', 50014)];
  const today = new Date(market.now() + DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
  if (from > today || to > today) throw refuse(50018);
  if (from > to) throw refuse(50004);
  const length = (dayStart(to) - dayStart(from)) / DAY_MS;
  if (length > DAYS_MAX) throw refuse(50026, [`${DAYS_MAX} days`]);
  if (dayStart(from) < market.now() - (DAYS_BACK_MAX + 1) * DAY_MS) throw refuse(50025, [`${DAYS_BACK_MAX} days`]);
  const listed = parts.get('listing_ids');
  if (listed === undefined) return { from, to, ids: undefined };
  if (!/^\{.*\}$/.test(listed)) throw refuse(50034, [listed]);
  const ids = listed.slice(1, -1).split('|');
  if (ids.some((id) => id === '')) throw refuse(50027);
  if (ids.length > LISTINGS_MAX) throw refuse(50028, [String(LISTINGS_MAX)]);
  const wrong = ids.find((id) => !/^\d{9,19}$/.test(id));
  if (wrong !== undefined) throw refuse(50029, [wrong]);
  return { from, to, ids };
}

/** "Required if you set the dimension parameter to DAY"; one site, of those that the document names. */
function checkSite(site: string | undefined, dimension: 'DAY' | 'LISTING'): void {
  if (site === '' || (site === undefined && dimension === 'DAY')) throw refuse(50022);
  if (site === undefined || MARKETPLACES.includes(site)) return;
  throw refuse(KNOWN_MARKETPLACES.some((known) => known === site) ? 50023 : 50024, [site]);
}

/** `20261124`, or the day in a full time of another zone. */
function dayOf(text: string, wrong: 50013 | 50014): string {
  const day = /^\d{8}$/.test(text) ? text : /^(\d{4})-(\d{2})-(\d{2})T/.exec(text)?.slice(1, 4).join('');
  if (day === undefined || Number.isNaN(dayStart(day))) throw refuse(wrong);
  return day;
}

function sortOf(text: string | null, metrics: readonly Metric[]): { readonly metric: Metric; readonly isDescending: boolean } | undefined {
  if (text === null || text === '') return undefined;
  const isDescending = text.startsWith('-');
  const metric = METRICS.find((known) => known === text.replace(/^-/, '').toUpperCase());
  if (metric === undefined || metric === 'SALES_CONVERSION_RATE') throw refuse(50006, [text]);
  if (!metrics.includes(metric)) throw refuse(50035);
  if (metric === 'TRANSACTION' && !isDescending) throw refuse(50036, ['ascending', metric]);
  return { metric, isDescending };
}

const dayStart = (day: string): number => Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}T00:00:00Z`);

function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = dayStart(from); at <= dayStart(to); at += DAY_MS) days.push(new Date(at).toISOString().slice(0, 10).replaceAll('-', ''));
  return days;
}

const activeListings = (market: Market): ListingRow[] =>
  market.state.all<ListingRow>("SELECT * FROM listings WHERE status = 'ACTIVE' ORDER BY id");

function mustFind(market: Market, id: string): ListingRow {
  const row = market.state.get<ListingRow>('SELECT * FROM listings WHERE id = ?', id);
  if (row === undefined) throw refuse(50030, [id]);
  return row;
}

function figuresOf(market: Market, listings: readonly ListingRow[], days: readonly string[]): Record<Metric, number> {
  let [search, store, views, sold] = [0, 0, 0, 0];
  for (const listing of listings) {
    sold += soldDuring(market, listing.id, days);
    for (const day of days) {
      if (dayStart(day) + DAY_MS < listing.started_at) continue;
      const draw = randomStream(`${listing.id} ${day}`);
      const seen = Math.floor(draw() * 80);
      search += seen;
      store += Math.floor(draw() * 6);
      views += Math.floor(seen * (0.02 + draw() * 0.08));
    }
  }
  const impressions = search + store;
  const rate = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100);
  return {
    CLICK_THROUGH_RATE: rate(views, search),
    LISTING_IMPRESSION_SEARCH_RESULTS_PAGE: search,
    LISTING_IMPRESSION_STORE: store,
    LISTING_IMPRESSION_TOTAL: impressions,
    LISTING_VIEWS_SOURCE_DIRECT: 0,
    LISTING_VIEWS_SOURCE_OFF_EBAY: 0,
    LISTING_VIEWS_SOURCE_OTHER_EBAY: 0,
    LISTING_VIEWS_SOURCE_SEARCH_RESULTS_PAGE: views,
    LISTING_VIEWS_SOURCE_STORE: 0,
    LISTING_VIEWS_TOTAL: views,
    SALES_CONVERSION_RATE: rate(sold, views),
    TOTAL_IMPRESSION_TOTAL: impressions,
    TRANSACTION: sold,
  };
}

function soldDuring(market: Market, listingId: string, days: readonly string[]): number {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const row = market.state.get<{ count: number }>(
    `SELECT count(*) AS count FROM orders WHERE created_at >= ? AND created_at < ?
      AND json_extract(body, '$.lineItems[0].legacyItemId') = ?`,
    dayStart(first),
    dayStart(last) + 2 * DAY_MS,
    listingId,
  );
  return row?.count ?? 0;
}
