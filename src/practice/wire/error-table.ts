import { AFTER_SALE_ERRORS } from './after-sale-errors.ts';
import { BROWSE_ERRORS } from './browse-errors.ts';
import { COMMERCE_ERRORS } from './commerce-errors.ts';
import { type ErrorEntry as Entry, INVENTORY_ERRORS } from './inventory-errors.ts';
import { SCRIPTED_ERRORS } from './scripted-errors.ts';

const inventory = (text: string, status = 400, category = 'REQUEST'): Entry => ({ status, domain: 'API_INVENTORY', category, text });
const from =
  (domain: string) =>
  (text: string, status = 400, category = 'REQUEST'): Entry => ({ status, domain, category, text });
const access = from('ACCESS');
const account = from('API_ACCOUNT');

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

  ...INVENTORY_ERRORS,
  ...AFTER_SALE_ERRORS,

  25800: inventory('Invalid {fieldName}.'),
  25801: inventory('Missing field {fieldName}.'),
  25803: inventory('{fieldName} already exists.', 409),
  25805: inventory('{fieldName} Not Found.', 404),

  20401: account('Missing field {fieldName}. {additionalInfo}'),
  20402: account('Invalid input. {additionalInfo}'),
  20403: account('Invalid {fieldName}. {additionalInfo}'),
  20404: account('{fieldName} not found.', 404),
  20405: account('Invalid payment method. {fieldName}'),
  20406: account('Invalid return option. {fieldName}'),
  25804: account('{fieldName} already exists'),

  ...COMMERCE_ERRORS,
  ...BROWSE_ERRORS,
  ...SCRIPTED_ERRORS,
} as const satisfies Record<number, Entry>;

export type ErrorId = keyof typeof ERROR_TABLE;
