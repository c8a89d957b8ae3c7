/** An entry of the error table: at which status, from which domain, in which words (placeholders are filled in order). */
export interface ErrorEntry {
  readonly status: number;
  readonly domain: string;
  readonly category: string;
  readonly text: string;
  readonly long?: string;
}

const refused = (text: string, status = 400): ErrorEntry => ({ status, domain: 'API_INVENTORY', category: 'REQUEST', text });
const system = (text: string, status: number): ErrorEntry => ({ status, domain: 'API_INVENTORY', category: 'APPLICATION', text });
const warning = (text: string): ErrorEntry => refused(text, 200);

const REFURBISHED = 'When listing an item with Refurbished condition,';
const NOT_ELIGIBLE = 'Seller is not eligible to use Refurbished Item Condition';
const FULL_ADDRESS =
  'address information is incomplete. When providing the address, please provide the street, city, postal code and country';
const CONTACT = '- either address, email, contact URL or phone.';

/**
 * What the Inventory API can answer: numbers, categories and texts of `x-response-codes` in eBay's OpenAPI document
 * (sell_inventory_v1). Where two operations word one error differently, the words of the bulk call stand here.
 * 25060 and 25066 are seen in the field; the document does not have them.
 */
export const INVENTORY_ERRORS = {
  25002: refused('A user error has occurred. {info}'),
  25003: refused('Invalid price. {info}'),
  25004: refused('Invalid quantity. {info}'),
  25005: refused('Invalid category. {info}'),
  25006: refused('Invalid listing option. {info}'),
  25007: refused('Invalid Shipping policy information. {info}'),
  25008: refused('Invalid Payment policy information. {info}'),
  25009: refused('Invalid Return policy information. {info}'),
  25011: refused('Invalid tax information. {info}'),
  25012: refused('Invalid location. {info}'),
  25014: refused('Invalid pictures. {info}'),
  25015: refused('Invalid picture URL. {info}'),
  25016: refused('Invalid {fieldName}. {info}'),
  25019: refused('Cannot revise the listing. {info}'),
  25020: refused('Invalid package details. {info}'),
  25021: refused('Invalid condition information. {info}'),
  25022: refused('Invalid attribute. {fieldName}'),
  25025: system('Concurrent access of Inventory or InventoryItemGroup. Please try again later.', 500),
  25026: refused('Selling limits exceeded. {info}'),
  25028: warning('{field} is not applicable and has been dropped'),
  25029: refused('{field} is required for this category.'),
  25030: warning('{field} is not applicable for the condition and has been dropped'),
  25034: refused('Only {max} policies can be specified'),
  25035: refused('The specified policy is not found for the market place'),
  25036: refused('The policy(ies) {PolicyId} is not of type {PolicyEnum}'),

  25041: refused(`${REFURBISHED} maximum handling time must be {days} business day(s).`),
  25042: refused(`${REFURBISHED} free shipping must be provided.`),
  25043: refused(`${REFURBISHED} returns must be accepted.`),
  25044: refused(`${REFURBISHED} refund must be provided as Money Back.`),
  25045: refused(`${REFURBISHED} the minimum time you'll accept returns must be {days} days.`),
  25046: refused(`${REFURBISHED} seller must pay the cost for return shipping.`),
  25047: refused(NOT_ELIGIBLE),
  25048: refused(`${NOT_ELIGIBLE} in this Category`),
  25050: refused(`${REFURBISHED} {word} cannot be used in the Title.`),
  25051: refused(`${REFURBISHED} {word} cannot be used in the Subtitle`),
  25052: refused(`${REFURBISHED} at least {count} images must be provided`),
  25060: refused('The condition descriptor {name} is not valid for this condition and category. {info}'),
  25066: refused('The condition descriptor {name} is required for this condition and category.'),

  25079: refused('Repair score invalid. Repair score must be in the range from {min} to {max} with one decimal place.'),
  25080: refused('The value of the {field} field is invalid. Field must not exceed {max} characters.'),
  25081: refused('Hazardous material information incomplete. Your listing must include hazardous statements.'),
  25083: refused('Energy efficiency image is missing. Image is required with image description.'),
  25084: refused('The listing must have both an energy efficiency label and a product information sheet.'),
  25086: refused('The URL provided must be an eBay Picture Service URL.'),
  25088: refused('The email address provided is formatted incorrectly.'),
  25104: refused('Regulatory document ID(s) {ids} not found. Please use valid ID(s).'),
  25109: refused('Product safety information incomplete. Your listing must include pictograms or safety statements.'),
  25110: refused(`Manufacturer ${FULL_ADDRESS}`),
  25111: refused('Manufacturer information is incomplete. Please provide the company name.'),
  25112: refused('Responsible Person structure incorrect for {field}. Max allowed number of entries is {max}.'),
  25113: refused(`Responsible Person ${FULL_ADDRESS}`),
  25114: refused('Responsible Person information is incomplete. Please provide the company name.'),
  25115: refused('Either the Manufacturer or at least one of the Responsible Persons must be located in the EU.'),
  25116: refused('Please provide a minimum of {min} and a maximum of {max} types for a Responsible Person.'),
  25118: refused(`Seller must provide at least one form of contact info for Manufacturer ${CONTACT}`),
  25119: refused(`Seller must provide at least one form of contact info for Responsible Person ${CONTACT}`),
  25122: refused('The contact URL is incorrectly formatted. Please update the formatting.'),

  25503: refused('Invalid product information. {info}'),
  25604: refused('Input error. {info}'),
  25702: refused('SKU {sku} is not available in the system.', 404),
  25706: refused('You have provided invalid pagination values. {info}.'),
  25707: refused('Invalid sku. sku has to be alphanumeric with upto 50 characters in length'),
  25708: refused('Invalid sku'),
  25709: refused('Invalid request. Invalid value for field {field}.'),
  25710: refused("We didn't find the resource/entity you are requesting. Please verify the request", 404),
  25713: refused('This Offer is not available : {info}.', 404),
  25715: refused('Invalid values for dimensions and/or weight of shipping package.'),
  25718: refused('Cannot migrate listing. {info}'),
  25727: refused('The number of InventoryItems in the request cannot exceed {max}.'),
  25728: refused('InventoryItems should be unique in the request.'),
  25729: refused('The combination of SKU, marketplaceId and format should be unique.'),
  25730: refused('The number of offers in the request cannot exceed {max}.'),
  25731: refused('OfferId should be unique in the request.'),
  25733: refused('Valid SKU and locale information are required for all the InventoryItems in the request.'),
  25734: refused('SKU should be unique in the request.'),
  25735: refused('Invalid SKU, marketplaceId or format.'),
  25752: refused('listingStartDate provided is invalid.'),
  25753: warning('listingStartDate is in the past or the offer is live. Value is not updated on the listing.'),
  25754: refused(
    'One or more provided offerId(s) are invalid. All offerId(s) in the request should belong to an inventoryItem or inventoryItemGroup for a specific marketplaceId and format.',
  ),
  25755: refused('listingDuration is required for auction offer.'),
  25757: refused('auctionStartPrice is required for auction offer.'),
  25758: refused('auctionStartPrice and auctionReservePrice are not supported for fixed price offer.'),
  25759: refused(
    'shipToLocationAvailability quantity value should be greater than or equal to auction allocation. Please provide valid quantity or unpublish auction offers of the sku.',
  ),
  25760: refused('shipToLocationAvailability quantity insufficient to create auction listings.'),
  25761: refused('Discount pricing is not applicable for auction offer.'),
  25762: refused('availableQuantity is not applicable for auction offer.'),
  25763: refused('quantityLimitPerBuyer is not applicable for auction offer.'),
  25764: refused('eBayPlusIfEligible is not applicable for auction offer.'),
  25766: refused('The takeBackPolicyId field must be a long value type. Please correct the error.'),
  25767: refused('The productCompliancePolicyId field must be a long value type. Please correct the error.'),
} as const satisfies Record<number, ErrorEntry>;
