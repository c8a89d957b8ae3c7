import * as z from 'zod';
import { ebayId } from './values.ts';

const ids = z.strictObject({
  fulfillmentPolicyId: ebayId('Shipping policy.').optional(),
  paymentPolicyId: ebayId('Payment policy.').optional(),
  returnPolicyId: ebayId('Return policy.').optional(),
  merchantLocationKey: ebayId('Where items ship from.').optional(),
});

/**
 * Policies and locations belong to one account on one site: what `easyflip setup` found for the sandbox
 * must not be sent to production.
 */
export const accounts = z
  .partialRecord(
    z.enum(['practice', 'sandbox', 'production']),
    z.partialRecord(z.enum(['EBAY_US', 'EBAY_GB', 'EBAY_DE', 'EBAY_AU', 'EBAY_CA']), ids),
  )
  .default({})
  .describe('Written by `easyflip setup`: policies and location by environment and site. They win over those of `listing`.');
