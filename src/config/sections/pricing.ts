import { z } from 'zod';
import { amount, wholeNumber } from './values.ts';

export const pricing = z
  .strictObject({
    percentile: z
      .number()
      .min(0)
      .max(1)
      .default(0.4)
      .describe('Which asking price of comparable listings is taken: 0 the lowest, 0.5 the median, 1 the highest.'),
    minimumComparables: wholeNumber(1, 200).default(5).describe('Fewer comparable listings than this are no basis for a price.'),
    endsIn: wholeNumber(0, 99).nullable().default(99).describe('Last cents of a price: 99, 95 …; null leaves it unrounded.'),
    feePercent: z.number().min(0).max(60).default(13.6).describe("eBay's share of the total in percent, used for the floor."),
    fixedFee: amount('0.40', "eBay's fee per order."),
    shippingCost: amount('6.00', 'What sending an item costs you.'),
    minimumProfit: amount('1.00', 'Least profit after cost, fees and shipping.'),
    minimumPrice: amount('4.99', 'Never below this, whatever comparable listings say.'),
  })
  .prefault({})
  .describe('Finding a price.');
