import type { ErrorEntry } from './inventory-errors.ts';

const at =
  (domain: string) =>
  (text: string, status = 400, category = 'REQUEST'): ErrorEntry => ({ status, domain, category, text });
const inventory = at('API_INVENTORY');
const fulfillment = at('API_FULFILLMENT');
const account = at('API_ACCOUNT');
const browse = at('API_BROWSE');
const analytics = at('API_ANALYTICS');
const system = (domain: string, text = SYSTEM_TEXT): ErrorEntry => at(domain)(text, 500, 'APPLICATION');

const SYSTEM_TEXT = 'There was a problem with an eBay internal system or process. Contact eBay developer support for assistance.';
const HAS_BUYERS = 'cannot be revised if the item has a bid or a best offer';

/**
 * What eBay answers for reasons that lie with eBay: its systems fail, a listing is held, a buyer bids, an account or a
 * category is under a rule that this marketplace does not know. No request can cause them here; a fault script plays
 * them (`{ "type": "error", "errorId": 25097 }`). Numbers, texts and statuses of eBay's OpenAPI documents; 25018, 25058,
 * 25059 and 25064 as CONTRACTS 2.9 has them, from the field.
 */
export const SCRIPTED_ERRORS = {
  25001: system('API_INVENTORY', 'A system error has occurred. {info}'),
  25018: inventory('Incomplete account information. {info}'),
  25023: inventory('Invalid compatibility information. {info}'),
  25031: inventory('{field} is not valid and needs to be a number between {min} and {max}'),
  25032: inventory('{field} is not valid'),
  25038: inventory(`{ItemId} ${HAS_BUYERS} or is ending within 12 hours`),
  25039: inventory(`{ItemId} ${HAS_BUYERS} and is ending within 12 hours`),
  25040: inventory(`{ItemId} ${HAS_BUYERS} and is ending within 12 hours`),
  25049: inventory('Seller is not eligible to use Refurbished Item Condition for the selected Brand'),
  25058: inventory('The condition is required for this category.'),
  25059: inventory('The condition is not valid for this category.'),
  25064: inventory('A required item specific is missing.'),
  25097: inventory(
    'This listing is on hold due to a policy violation, and revisions are not possible. Please check your email for more information.',
  ),
  25098: inventory(
    '{replaceable_value} transaction is not possible as the parent listing is on-hold. Please check your email for further information.',
  ),
  25120: inventory(
    'When listing in {categoryName}, key information such as {fieldName} comes from eBay’s catalog and should be left blank.',
  ),
  25121: inventory(
    'When listing in {categoryName}, sellers are required to adopt eBay’s catalog data which will provide all the necessary details for the product.',
  ),
  25501: inventory('Invalid picture. {info}'),
  25502: inventory('Invalid attribute information. {info}'),
  25601: inventory('Invalid attribute. {fieldName}'),
  25701: inventory('These SKU(s) are not in the system'),
  25802: inventory('Input error. {info}'),

  20400: account('Invalid request'),
  20500: system('API_ACCOUNT', 'System error.'),
  20501: system('API_ACCOUNT', 'Service unavailable. Please try again in next 24 hours.'),

  11000: system('API_BROWSE'),
  11004: browse(
    'The item is not available for purchase. This can be for many reasons, such as when the listing is being updated by the seller. Wait a few minutes and try the call again.',
  ),
  12000: system('API_BROWSE'),
  46000: system('API_METADATA'),
  62000: system('API_TAXONOMY'),
  75000: system('API_CATALOG'),
  190000: system('API_MEDIA'),
  190013: at('API_MEDIA')('Unauthorized access.', 403),

  30500: system('API_FULFILLMENT', 'System error'),
  32400: fulfillment('Requested user is suspended'),
  34900: system('API_FULFILLMENT'),
  34916: fulfillment("A post-transaction case exists on this order, seller refund can't be triggered.", 400, 'BUSINESS'),
  34920: fulfillment("It's too late to issue a refund for this order.", 400, 'BUSINESS'),
  34929: fulfillment('You cannot refund this order yet since the buyer payment has not been processed. Please try again later.', 409),
  50050: analytics(
    'We are doing some maintenance and cannot show all your information right now. We are still tracking everything, and you will see your updated stats soon.',
    500,
    'APPLICATION',
  ),
  50500: system(
    'API_ANALYTICS',
    'Internal server error. Wait a few minutes and try the call again. If error persists contact the eBay Developer Program.',
  ),
  105000: system('API_ANALYTICS'),
  135000: system('API_FINANCES'),
  140000: system('API_IDENTITY'),
} as const satisfies Record<number, ErrorEntry>;
