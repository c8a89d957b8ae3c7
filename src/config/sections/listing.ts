import { z } from 'zod';
import { ebayId, wholeNumber } from './values.ts';

export const listing = z
  .strictObject({
    quantity: wholeNumber(1, 10_000).default(1).describe('Quantity of an item whose sidecar gives none.'),
    defaultCondition: z
      .string()
      .min(1)
      .max(60)
      .nullable()
      .default(null)
      .describe('Condition used where neither sidecar nor photos tell (eBay word, id or plain English). null holds such an item.'),
    fulfillmentPolicyId: ebayId('Shipping policy. null: the only one of the account.'),
    paymentPolicyId: ebayId('Payment policy. null: the only one of the account.'),
    returnPolicyId: ebayId('Return policy. null: the only one of the account.'),
    merchantLocationKey: ebayId('Where items ship from. null: the only location of the account.'),
    descriptionTemplate: z
      .string()
      .min(1)
      .max(1000)
      .nullable()
      .default(null)
      .describe('Path of a Mustache file for descriptions, from the folder of this file; null: the built-in one. README shows its names.'),
    descriptionFooter: z.string().max(2000).default('').describe('Plain text put under every description.'),
  })
  .prefault({})
  .describe('What every listing has in common.');
