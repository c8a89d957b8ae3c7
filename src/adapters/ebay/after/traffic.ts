import type { Span } from '../../../core/ports/after-sale.ts';
import type { Call } from '../../../core/ports/outgoing.ts';
import type { Traffic } from '../../../core/sale.ts';
import type { Transport } from '../transport.ts';
import { trafficAnswer } from './answers.ts';

/** Analytics, getTrafficReport, filter listing_ids: at most 200 a call. */
const LISTINGS_MAX = 200;
const METRICS = ['LISTING_IMPRESSION_TOTAL', 'LISTING_VIEWS_TOTAL', 'TRANSACTION'] as const;

/**
 * Impressions, views and sales of listings. eBay allows an account 100 to 400 such calls a day, so 200
 * listings go into each. Days are eBay's, in Pacific time.
 */
export async function listingTraffic(
  transport: Transport,
  listingIds: readonly string[],
  during: Span,
  call: Call,
): Promise<readonly Traffic[]> {
  const found: Traffic[] = [];
  for (let at = 0; at < listingIds.length; at += LISTINGS_MAX) {
    const ids = listingIds.slice(at, at + LISTINGS_MAX);
    const { header, records } = await transport.request(
      {
        token: 'user',
        service: 'analytics',
        operation: 'analytics.getTrafficReport',
        send: (ebay) =>
          ebay.sell.analytics.getTrafficReport({
            dimension: 'LISTING',
            filter: `date_range:[${pacificDay(during.from)}..${pacificDay(during.to)}],listing_ids:{${ids.join('|')}}`,
            metric: METRICS.join(',') as (typeof METRICS)[number],
          }),
        read: trafficAnswer,
      },
      call,
    );
    const keys = header?.metrics.map(({ key }) => key) ?? [];
    for (const { dimensionValues, metricValues } of records) {
      const listingId = String(dimensionValues[0]?.value ?? '');
      if (!ids.includes(listingId)) continue;
      const metric = (name: (typeof METRICS)[number]): number => {
        const entry = metricValues[keys.indexOf(name)];
        const value = Number(entry?.value);
        return entry?.applicable === false || !Number.isFinite(value) ? 0 : value;
      };
      found.push({
        listingId,
        impressions: metric('LISTING_IMPRESSION_TOTAL'),
        views: metric('LISTING_VIEWS_TOTAL'),
        sales: metric('TRANSACTION'),
      });
    }
  }
  return found;
}

const PACIFIC = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles', year: 'numeric', month: '2-digit', day: '2-digit' });

/** `20261124`: the form of a day in eBay's own time zone. */
const pacificDay = (time: string): string => PACIFIC.format(new Date(time)).replaceAll('-', '');
