import type { ErrorEntry } from './inventory-errors.ts';

const entry =
  (domain: string) =>
  (text: string, status = 400, category = 'REQUEST'): ErrorEntry => ({ status, domain, category, text });
const fulfillment = entry('API_FULFILLMENT');
const analytics = entry('API_ANALYTICS');
const finances = entry('API_FINANCES');

/** Fulfillment, Sell Analytics and Finances: orders, traffic, money. Numbers and texts as in their documents. */
export const AFTER_SALE_ERRORS = {
  30700: fulfillment('Invalid filter name: {fieldname}'),
  30800: fulfillment('Invalid filter value {fieldvalue} for filter {fieldname}'),
  30810: fulfillment('Invalid date format'),
  30820: fulfillment('Start date is missing'),
  30830: fulfillment("Time range between start date and end date must be within '{allowedTime}' years."),
  30840: fulfillment('Start date should be before end date'),
  30850: fulfillment("Start and end dates can't be in the future"),
  30900: fulfillment('Exceeded maximum number of order IDs (the current limit is <code>50</code>)'),
  31000: fulfillment('Invalid offset: {offsetvalue}'),
  31100: fulfillment('Invalid limit: {limitvalue}'),
  32100: fulfillment('Invalid order ID: {orderId}'),
  32110: fulfillment('Invalid shipping fulfillment ID: {fulfillmentId}'),
  32200: fulfillment('Invalid line item id: {lineItemId}'),
  32210: fulfillment('Duplicate line item in the request'),
  32300: fulfillment('Invalid shipment tracking number or carrier'),
  32500: fulfillment('Invalid shipped date'),
  32800: fulfillment('Invalid field group: {fieldGroup}'),
  34902: fulfillment("Request can't be empty."),
  34903: fulfillment('The refund reason must be specified.'),
  34905: fulfillment('Either orderLevelRefundAmount or refundItems must be specified.'),
  34906: fulfillment('The amount value must be specified.'),
  34907: fulfillment('The amount value must be positive and within two decimals.'),
  34908: fulfillment('The amount currency must be specified.'),
  34909: fulfillment("The amount currency isn't correct."),
  34910: fulfillment('Either legacyReference or lineItemId must be specified for item level refund.'),
  34913: fulfillment('Can not find the order.', 404),
  34914: fulfillment("Can't find the item in the order."),
  34915: fulfillment('The refund amount exceeds order amount.'),
  34917: fulfillment('This order was already refunded.', 400, 'BUSINESS'),
  34921: fulfillment("The comment exceeds the length limit, please make sure it doesn't exceed 1000 characters."),
  34924: fulfillment('The item refund amount exceeds the item remaining amount.', 409, 'BUSINESS'),

  50001: analytics('Invalid dimension specified. For help, see the documentation.'),
  50002: analytics('Invalid metric {metricName} specified. For help, see the documentation.'),
  50004: analytics('Invalid date range. Start date must be before or equal to end date.'),
  50005: analytics('No filter is specified, which is required. For help, see the documentation.'),
  50006: analytics('The sort field value {sortField} is not supported.'),
  50008: analytics('The call requires at least one metric. For help, see the documentation.'),
  50009: analytics('The call requires at least one URI query parameter. For help, see the documentation.'),
  50013: analytics('Invalid date range format - Start Date. The format is yyyyMMdd.'),
  50014: analytics('Invalid date range format - End Date. The format is yyyyMMdd.'),
  50018: analytics('Neither the start date nor the end date can be in the future.'),
  50021: analytics('Invalid filter field {filterField} specified.'),
  50022: analytics('Specify at least one marketplace ID.'),
  50023: analytics('The marketplace ID {marketplaceId} is not supported by this call. For help, see the documentation.'),
  50024: analytics('The marketplace ID {marketplaceId} is not valid.'),
  50025: analytics('The start date is too far in the past. The start date must be less than or equal to {maxStartDateInThePast}.'),
  50026: analytics('The date range is too long. The date range must be less than or equal to {maxDateWindow}.'),
  50027: analytics("The 'listing_id' value is empty."),
  50028: analytics('The maximum number of listing IDs has been exceeded. The maximum number of listing IDs is {maxListingIdsNumber}.'),
  50029: analytics('Invalid listing ID {listingId}.'),
  50030: analytics('Data for the listing ID {listingId} could not be found.'),
  50031: analytics('Date range is required.'),
  50033: analytics('Invalid date range filter format {invalidDateRangeFilter}.'),
  50034: analytics('Invalid listing ids filter format {invalidListingIdsFilter}.'),
  50035: analytics('Requested sort field is not part of the list of metrics requested.'),
  50036: analytics('{sortOrder} sort order is not supported for {sortField} metric.'),

  135003: finances('The value of pagination is invalid.'),
  135005: finances('The value of sorting is invalid.'),
  135006: finances('The value of transaction type filter is invalid.'),
  135008: finances('The value of transaction date filter is invalid.'),
  135015: finances(
    'The supplied start date is invalid, as transactions older than five years cannot be retrieved. Please update the start date and resubmit the request.',
  ),
  135016: finances(
    'The supplied date range is invalid, as the date range cannot exceed 36 months. Please update the date range and resubmit the request.',
  ),
} as const satisfies Record<number, ErrorEntry>;
