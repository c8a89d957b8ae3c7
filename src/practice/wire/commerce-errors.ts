import type { ErrorEntry } from './inventory-errors.ts';

const from =
  (domain: string) =>
  (text: string, status = 400, category = 'REQUEST'): ErrorEntry => ({ status, domain, category, text });
const taxonomy = from('API_TAXONOMY');
const metadata = from('API_METADATA');
const media = from('API_MEDIA');
const catalog = from('API_CATALOG');

/** Categories, pictures and products: the error lists of the Taxonomy, Metadata, Media and Catalog documents. */
export const COMMERCE_ERRORS = {
  62002: taxonomy('Missing marketplace ID.'),
  62003: taxonomy('The specified marketplace ID was not found.'),
  62004: taxonomy('The specified category tree ID was not found.'),
  62005: taxonomy('The specified category ID does not belong to the specified category tree.'),
  62006: taxonomy('Missing category ID.'),
  62007: taxonomy("Missing keyword 'q'. Please specify a valid set of keywords that best describes your item."),
  62008: taxonomy(
    'The specified category ID is the root for the category tree. Please use {categoryTreeHref} to retrieve the entire tree.',
  ),
  62009: taxonomy('The specified category ID must be a leaf category.'),
  62100: taxonomy('The filter format is invalid. For more information, see the API call reference documentation.'),
  62101: taxonomy('This category ID is disabled for parts compatibility.'),
  62104: taxonomy('Missing compatibility property.'),

  46001: metadata('The specified marketplace ID was not found.'),
  46002: metadata('The filter value is invalid. Sample supported values: filter=categoryIds:{catId1|catId2|catId3}.', 200),
  46003: metadata('The specified categoryId was not found for the marketplace.', 200),
  46004: metadata('Only 50 Category IDs specified in the filter are considered.', 200),
  46005: metadata("Only {maxCategoryIdsAllowed} Category IDs are allowed in the 'filter' parameter."),

  75001: catalog("The call must have a valid 'q', or 'category_ids' or 'gtin' or 'mpn' query parameter."),
  75004: catalog("The 'limit' value should be between 1 and 200 (inclusive)."),
  75006: catalog('Top level category browsing is not allowed. Please provide keywords or more filters for the applied top level category.'),
  75007: catalog('Currently, the {marketplaceId} marketplace is not supported. The supported Marketplaces are: {allowedMarketplaces}.'),
  75008: catalog("The 'fieldgroups' value {fieldgroups} is invalid. The supported fieldgroups are: {supportedFieldgroups}"),
  75010: catalog('The specified EPID value {epid} was not found.'),
  75012: catalog('The aspect_filter format is invalid. For more information, see the API call reference documentation.'),
  75013: catalog(
    "The 'aspect_filter' query parameter must include a categoryId. For more information, see the API call reference documentation.",
  ),
  75014: catalog(
    "The categoryId in 'aspect_filter' query parameter is invalid. For more information, see the API call reference documentation.",
  ),
  75017: catalog('The specified GTIN value is invalid.'),
  75018: catalog("The call must be made with either 'q' or 'gtin/mpn'."),
  75019: catalog("The call with 'gtin/mpn' cannot be made with aspect_filter."),

  190200: media('The image resource was not found.', 404),
  190201: media('The image file size is larger than the limit. Please refer to the documentation.'),
  190202: media('The supplied image dimensions exceed the limit. Please refer to the documentation.'),
  190203: media(
    'The supplied image is in a format that is not supported. Please refer to the documentation for a list of supported formats.',
  ),
  190204: media('No valid image can be downloaded from the provided imageUrl. Please refer to the documentation.'),
} as const satisfies Record<number, ErrorEntry>;
