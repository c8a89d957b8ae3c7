type Entry = { readonly status: number; readonly domain: string; readonly category: string; readonly text: string; readonly long?: string };

const inventory = (text: string, status = 400, category = 'REQUEST'): Entry => ({ status, domain: 'API_INVENTORY', category, text });
const from =
  (domain: string) =>
  (text: string, status = 400, category = 'REQUEST'): Entry => ({ status, domain, category, text });
const access = from('ACCESS');
const taxonomy = from('API_TAXONOMY');
const metadata = from('API_METADATA');
const account = from('API_ACCOUNT');
const browse = from('API_BROWSE');
const media = from('API_MEDIA');
const fulfillment = from('API_FULFILLMENT');

/**
 * Every error this marketplace can answer, by eBay's number. Numbers, statuses and texts follow the error
 * lists of eBay's OpenAPI documents; where those have none, what sellers' programs report from the field.
 * Placeholders in braces are filled in order.
 */
export const ERROR_TABLE = {
  1001: {
    status: 401,
    domain: 'OAuth',
    category: 'REQUEST',
    text: 'Invalid access token',
    long: 'Invalid access token. Check the value of the Authorization HTTP request header.',
  },
  1002: {
    status: 401,
    domain: 'OAuth',
    category: 'REQUEST',
    text: 'Missing access token',
    long: 'Access token is missing in the Authorization HTTP request header.',
  },
  1100: {
    ...access('Access denied', 403),
    long: 'Insufficient permissions to fulfill the request.',
  },
  2001: {
    ...access('Too many requests.', 429),
    long: 'The request limit has been reached for the resource.',
  },
  2002: { ...access('Resource not found', 404), long: 'The specified resource was not found.' },
  2003: { ...access('Method not allowed', 405), long: 'The resource does not support this HTTP method.' },
  2004: { ...access('Invalid request'), long: 'The request has errors. For help, see the documentation for this API.' },
  2005: { ...access('Unsupported media type', 415), long: 'The Content-Type header of the request is not supported here.' },

  25001: inventory('A system error has occurred. {info}', 500, 'APPLICATION'),
  25002: inventory('A user error has occurred. {info}'),
  25003: inventory('Invalid price. {info}'),
  25004: inventory('Invalid quantity. {info}'),
  25005: inventory('Invalid category. {info}'),
  25006: inventory('Invalid listing option. {info}'),
  25007: inventory('Invalid Shipping policy information. {info}'),
  25008: inventory('Invalid Payment policy information. {info}'),
  25009: inventory('Invalid Return policy information. {info}'),
  25012: inventory('Invalid location. {info}'),
  25014: inventory('Invalid pictures. {info}'),
  25015: inventory('Invalid picture URL. {info}'),
  25016: inventory('Invalid {fieldName}. {info}'),
  25019: inventory('Cannot revise the listing. {info}'),
  25020: inventory('Invalid package details. {info}'),
  25021: inventory('Invalid condition information. {info}'),
  25022: inventory('Invalid attribute. {fieldName}'),
  25025: inventory('Concurrent access of Inventory or InventoryItemGroup. Please try again later.', 500, 'APPLICATION'),
  25026: inventory('Selling limits exceeded. {info}'),
  25028: inventory('{field} is not applicable and has been dropped', 200),
  25030: inventory('{field} is not applicable for the condition and has been dropped', 200),
  25066: inventory('The condition descriptor {name} is required for this condition and category.'),
  25604: inventory('Input error. {info}'),
  25702: inventory('SKU {sku} is not available in the system.', 404),
  25706: inventory('You have provided invalid pagination values. {info}'),
  25707: inventory('Invalid sku. sku has to be alphanumeric with upto 50 characters in length.'),
  25708: inventory('Invalid sku.'),
  25709: inventory('Invalid request. Invalid value for field {field}.'),
  25710: inventory("We didn't find the resource/entity you are requesting. Please verify the request.", 404),
  25713: inventory('This Offer is not available : {info}.', 404),
  25715: inventory('Invalid values for dimensions and/or weight of shipping package.'),
  25727: inventory('The number of InventoryItems in the request cannot exceed {max}.'),
  25728: inventory('InventoryItems should be unique in the request.'),
  25729: inventory('The combination of SKU, marketplaceId and format should be unique.'),
  25730: inventory('The number of offers in the request cannot exceed {max}.'),
  25731: inventory('OfferId should be unique in the request.'),
  25733: inventory('Valid SKU and locale information are required for all the InventoryItems in the request.'),
  25734: inventory('SKU should be unique in the request.'),
  25752: inventory('listingStartDate provided is invalid.'),
  25754: inventory('One or more provided offerId(s) are invalid. All offerId(s) in the request should belong to an inventoryItem.'),
  25755: inventory('listingDuration is required for auction offer.'),
  25757: inventory('auctionStartPrice is required for auction offer.'),
  25758: inventory('auctionStartPrice and auctionReservePrice are not supported for fixed price offer.'),
  25762: inventory('availableQuantity is not applicable for auction offer.'),
  25800: inventory('Invalid {fieldName}.'),
  25801: inventory('Missing field {fieldName}.'),
  25803: inventory('{fieldName} already exists.', 409),
  25805: inventory('{fieldName} Not Found.', 404),

  20401: account('Missing field {fieldName}.'),
  20403: account('Invalid {fieldName}.'),
  20404: account('{fieldName} not found.', 404),

  62002: taxonomy('Missing marketplace ID.'),
  62003: taxonomy('The specified marketplace ID was not found.'),
  62004: taxonomy('The specified category tree ID was not found.'),
  62005: taxonomy('The specified category ID does not belong to the specified category tree.'),
  62006: taxonomy('Missing category ID.'),
  62007: taxonomy("Missing keyword 'q'. Please specify a valid set of keywords that best describes your item."),
  62008: taxonomy('The specified category ID is the root for the category tree.'),
  62009: taxonomy('The specified category ID must be a leaf category.'),

  46001: metadata('The specified marketplace ID was not found.'),
  46002: metadata('The filter value is invalid. Sample supported values: filter=categoryIds:(catId1|catId2|catId3).', 200),
  46003: metadata('The specified categoryId was not found for the marketplace.', 200),
  46004: metadata('Only 50 Category IDs specified in the filter are considered.', 200),

  12001: browse("The call must have a valid 'q', 'category_ids', 'epid' or 'gtin' query parameter."),
  12002: browse('The {filterName} value is invalid. For the valid values, refer to the API call documentation.', 200),
  12004: browse("The 'offset' value cannot be negative."),
  12005: browse("The 'offset' value must be an integer."),
  12006: browse("The 'limit' value should be between 1 and 200 (inclusive)."),
  12007: browse("The 'limit' value must be an integer value."),
  12009: browse("The 'category_ids' query parameter is invalid.", 200),
  12012: browse("A valid 'price' filter and a valid 'priceCurrency' filter is necessary to filter based on price.", 200),
  12022: browse("The 'gtin' value {gtin} is invalid. For information, see the API call reference documentation.", 200),
  12029: browse('The maximum number of listings that can be retrieved is 10,000, so your offset value must be less than 10,000.'),
  12515: browse("The 'offset' value must be either zero or a multiple of the 'limit' value."),

  190013: media('Unauthorized access.', 403),
  190200: media('The image resource was not found.', 404),
  190201: media('The image file size is larger than the limit. Please refer to the documentation.'),
  190202: media('The supplied image dimensions exceed the limit. Please refer to the documentation.'),
  190203: media(
    'The supplied image is in a format that is not supported. Please refer to the documentation for a list of supported formats.',
  ),

  30800: fulfillment('Invalid filter value {value} for filter {name}.'),
  30900: fulfillment('Exceeded maximum number of order IDs (the current limit is 50).'),
  31000: fulfillment('Invalid offset: {offset}.'),
  31100: fulfillment('Invalid limit: {limit}.'),
  32100: fulfillment('Invalid order ID: {orderId}.', 404),
} as const satisfies Record<number, Entry>;

export type ErrorId = keyof typeof ERROR_TABLE;
