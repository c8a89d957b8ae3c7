import { CATEGORY, LATER, type NotMet, REPORT, type Row, range } from './rule.ts';

const SUPPORTED = 'Set `marketplace` to a site that eBay has.';
const WORDS = 'Name the category with `easyflip approve ITEM --set category=…`.';
const NEW_TREE = "Run the same command again; eBay's categories have changed and are read anew.";

/** Taxonomy API: categories and their item specifics. Metadata API: what a category allows. */
export const taxonomyErrors: readonly Row[] = [
  [62000, 'provider.unavailable', "eBay's category service has a fault.", LATER, 'passes'],
  [62002, 'provider.refused', 'The request for categories named no site.', REPORT],
  [62003, 'config.invalid', 'eBay has no categories for this site.', SUPPORTED],
  [62004, 'category.unknown', 'eBay does not know the category tree.', NEW_TREE],
  [62005, 'category.unknown', 'The category is not one of this site.', CATEGORY],
  [62006, 'category.unknown', 'The request named no category.', CATEGORY],
  [62007, 'category.unknown', 'There are no words to look a category up by.', WORDS],
  [62008, 'category.not-a-leaf', 'This is the root of all categories.', CATEGORY],
  [62009, 'category.not-a-leaf', 'The category has others below it.', CATEGORY],
  [62103, 'category.unknown', 'eBay does not support the category tree.', NEW_TREE],
];

export const metadataErrors: readonly Row[] = [
  [45500, 'provider.unavailable', "eBay's rules service has a fault.", LATER, 'passes'],
  [46000, 'provider.unavailable', "eBay's rules service has a fault.", LATER, 'passes'],
  [46001, 'config.invalid', 'eBay has no rules for this site.', SUPPORTED],
  [46002, 'provider.refused', 'The request for the rules of a category had the wrong form.', REPORT],
  [46003, 'category.unknown', 'eBay has no rules for the category on this site.', CATEGORY],
  [46005, 'provider.refused', 'There were too many categories in one request.', REPORT],
];

export const taxonomyNotMet: readonly NotMet[] = [
  { why: 'which vehicles a part fits is not asked for', ids: [62100, 62101, 62102, 62104, ...range(47000, 47006)] },
  { why: 'tax tables are not read', ids: [45400, 45401, 45402] },
  { why: 'a warning beside a success: the call was carried out', ids: [46004] },
];
