import { LATER, type NotMet, PRICE_YOURSELF, REPORT, type Row, range } from './rule.ts';

/** Browse API: asking prices of others. Every item can do without them: its price is then the seller's. */
export const browseErrors: readonly Row[] = [
  [11000, 'provider.unavailable', "eBay's search has a fault.", LATER, 'passes'],
  [11001, 'listing.missing', 'eBay does not show the item.', PRICE_YOURSELF],
  [11011, 'provider.refused', "eBay's search does not serve this site.", PRICE_YOURSELF],
  [11503, 'provider.refused', 'The search request was empty.', REPORT],
  [12000, 'provider.unavailable', "eBay's search has a fault.", LATER, 'passes'],
  [12001, 'provider.refused', 'The search had neither words nor a product number.', PRICE_YOURSELF],
  [12004, 'provider.refused', 'The search asked for a page before the first.', REPORT],
  [12005, 'provider.refused', 'The search asked for a page that is no number.', REPORT],
  [12006, 'provider.refused', 'The search asked for too many or too few results.', REPORT],
  [12007, 'provider.refused', 'The search asked for results that are no number.', REPORT],
  [12013, 'provider.refused', 'eBay wants more than a category at the top to search in.', PRICE_YOURSELF],
  [12019, 'provider.refused', "eBay's search does not serve this site.", PRICE_YOURSELF],
  [12020, 'provider.refused', 'The search asked for details that several categories do not have.', REPORT],
  [12023, 'provider.refused', 'The words of the search fit too much.', PRICE_YOURSELF],
  [12029, 'provider.refused', 'The search asked for more than the first 10,000 results.', REPORT],
  [12030, 'provider.refused', 'The search named too many categories.', REPORT],
  [12515, 'provider.refused', 'The search asked for a page that does not begin where one ends.', REPORT],
  [12516, 'provider.refused', 'The word of the search is too short.', PRICE_YOURSELF],
];

export const browseNotMet: readonly NotMet[] = [
  { why: 'single items and groups of items of others are not read', ids: [...range(11002, 11006), ...range(11008, 11010)] },
  { why: 'single items and groups of items of others are not read', ids: [...range(11012, 11019), 11501] },
  { why: 'which vehicles a part fits is not asked for', ids: [...range(11505, 11507), ...range(12503, 12506)] },
  { why: 'charities, spelling, sellers and delivery are not filtered by', ids: [...range(12025, 12028), ...range(12032, 12034)] },
  { why: 'delivery dates, programmes and places are not filtered by', ids: [...range(12507, 12510), ...range(12512, 12514), 12517, 12518] },
  { why: 'searching by picture is not used', ids: [12500, 12501] },
  {
    why: 'a warning beside a success: the filter was ignored, and what came is checked here',
    ids: [11502, 11504, ...range(11508, 11510), 12002, 12003, ...range(12008, 12012), ...range(12014, 12018)],
  },
  {
    why: 'a warning beside a success: the filter was ignored, and what came is checked here',
    ids: [12021, 12022, 12024, 12031, 12502, 12511],
  },
];
