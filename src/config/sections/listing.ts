import * as z from 'zod';
import { regulatory } from './regulatory.ts';
import { ebayId, wholeNumber } from './values.ts';

/** Inventory API, packageWeightAndSize. */
const packageProfile = z.strictObject({
  weight: z.strictObject({ value: z.number().positive().max(1_000_000), unit: z.enum(['POUND', 'OUNCE', 'KILOGRAM', 'GRAM']) }),
  dimensions: z
    .strictObject({
      length: z.number().positive().max(100_000),
      width: z.number().positive().max(100_000),
      height: z.number().positive().max(100_000),
      unit: z.enum(['INCH', 'FEET', 'CENTIMETER', 'METER']),
    })
    .optional(),
});

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
    storeCategories: z
      .array(z.string().min(1).max(300))
      .max(2)
      .default([])
      .describe('Paths of your store categories, such as "/Clothing/Shirts"; at most two. Needs an eBay store.'),
    startAt: z.iso
      .datetime()
      .nullable()
      .default(null)
      .describe('New listings go live at this time (UTC, such as 2026-12-01T18:00:00Z). null: at once.'),
    useCatalogText: z
      .boolean()
      .default(false)
      .describe('true: for things in its catalogue eBay may put its own title, description and specifics over yours.'),
    regulatory,
    packageProfiles: z
      .record(z.string().regex(/^\d{1,10}$/, 'the key must be a category id'), packageProfile)
      .default({})
      .describe('Usual parcels by category id, also of a category above: an estimate, used where the sidecar gives no weight.'),
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
