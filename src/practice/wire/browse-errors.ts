import type { ErrorEntry } from './inventory-errors.ts';

const from =
  (domain: string) =>
  (text: string, status = 400, category = 'REQUEST'): ErrorEntry => ({ status, domain, category, text });
const browse = from('API_BROWSE');

/** The error lists of the Browse document. The entries at status 200 are warnings. */
export const BROWSE_ERRORS = {
  11001: browse('The specified item ID was not found.'),
  11002: browse('The specified item group was not found.'),
  11003: browse('The specified legacy item ID was not found.'),
  11010: browse('You cannot submit legacy_variation_sku and legacy_variation_id in the same request. For help, see the documentation.'),
  11011: browse('The marketplace value {marketplaceId} is not supported. The supported values are: {allowedMarketplaces}'),
  11012: browse('The specified item IDs are invalid, or the format of the specified values are invalid.'),
  11018: browse('The specified fieldgroups are invalid. The COMPACT fieldgroup cannot be combined with another fieldgroup.'),
  11019: browse('The quantity_for_shipping_estimate value {quantityForShippingEstimate} is invalid. Please enter a positive value.'),
  11501: browse("The 'fieldgroups' value(s) are invalid: {fieldgroups}. The supported fieldgroups are: {supportedFieldgroups}"),
  12001: browse("The call must have a valid 'q', 'category_ids', 'epid' or 'gtin' query parameter."),
  12002: browse('The {filterName} value is invalid. For the valid values, refer to the API call documentation.', 200),
  12003: browse("A seller 'username' provided in the request filters is invalid.", 200),
  12004: browse("The 'offset' value cannot be negative."),
  12005: browse("The 'offset' value must be an integer."),
  12006: browse("The 'limit' value should be between 1 and 200 (inclusive)."),
  12007: browse("The 'limit' value must be an integer value."),
  12008: browse("The 'sort' value is invalid. For the valid values, refer to the API call documentation.", 200),
  12009: browse("The 'category_ids' query parameter is invalid.", 200),
  12010: browse(
    "There are four filters required for local pickup. 'pickupPostalCode','pickupCountry','pickupRadiusUnit','pickupRadius'. One or more is missing or invalid.",
    200,
  ),
  12011: browse("'deliveryCountry' is a mandatory filter to provide a delivery location. 'deliveryPostalCode' is optional.", 200),
  12012: browse("A valid 'price' filter and a valid 'priceCurrency' filter is necessary to filter based on price.", 200),
  12013: browse(
    'Top level category browsing is not allowed. Please provide keywords or more filters for the applied top level category.',
    409,
    'BUSINESS',
  ),
  12014: browse(
    "The 'sellerAccountTypes' filter is not supported for the marketplace {marketplaceId}. Valid marketplaces are: {validMarketplaces}",
    200,
    'BUSINESS',
  ),
  12016: browse(
    "The 'fieldgroups' value {fieldgroups} is invalid. For the valid values, refer to the API call reference documentation",
    200,
  ),
  12017: browse(
    "The 'aspect_filter' query parameter must include a categoryId. For information, see the API call reference documentation.",
    200,
  ),
  12018: browse('The {aspectFilter} aspect_filter value is invalid. For information, see the API call reference documentation.', 200),
  12019: browse(
    'Currently, the {marketplaceId} marketplace is not supported. The supported Marketplaces are: {allowedMarketplaces} .',
    409,
    'BUSINESS',
  ),
  12020: browse(
    "The 'fieldgroups' value {fieldgroups} is invalid when multiple 'category_ids' are specified. Either change the call to have only one value in 'category_ids' or remove the 'fieldgroups'.",
    409,
    'BUSINESS',
  ),
  12021: browse("The 'epid' value {epid} is invalid. For information, see the API call reference documentation.", 200),
  12022: browse("The 'gtin' value {gtin} is invalid. For information, see the API call reference documentation.", 200),
  12023: browse(
    'This keyword search results in a response that is too large to return. Either change the keyword or add additional query parameters and/or filters.',
  ),
  12025: browse("The 'charity_ids' field has exceeded the maximum limit of 20."),
  12026: browse(
    "The 'charity_ids' field is not supported for the marketplace {marketplaceId}. Valid marketplaces are: {validMarketplaces}.",
  ),
  12027: browse("The 'auto_correct' value is invalid. For the valid values, refer to the API call documentation."),
  12029: browse(
    'The maximum number of listings that can be retrieved is 10,000, so your offset value must be less than 10,000. If 10,000 or more listings are matching your search criteria, consider narrowing the scope of your search.',
  ),
  12032: browse('The number of sellers in the filter has exceeded the limit. Please reduce the number of sellers to 250 or fewer.'),
  12504: browse('You must provide a category ID that supports fitment.'),
  12506: browse('The category ID submitted does not support fitment.'),
  12515: browse("The 'offset' value must be either zero or a multiple of the 'limit' value."),
  12516: browse('The ‘q’ value is invalid. It must be longer than one character when using the ‘searchInDescription’ filter.'),
  12517: browse('Only one item location filter can be applied at a time. Refer to the API call documentation.'),
  12518: browse(
    "The 'itemLocationRegion' filter value is not supported for the marketplace {marketplaceId}. Valid values are: {validRegionValues}",
  ),
} as const satisfies Record<number, ErrorEntry>;
