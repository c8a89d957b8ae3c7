import * as z from 'zod';
import { amount, wholeNumber } from './values.ts';

const percent = (most: number) => z.number().min(0).max(most);

const bestOffer = z
  .strictObject({
    enabled: z.boolean().default(false).describe('Buyers may make offers.'),
    acceptPercent: percent(99)
      .nullable()
      .default(null)
      .describe('Offers from this share of the price on are accepted unseen, never below your floor; null: none is.'),
    declinePercent: percent(99)
      .nullable()
      .default(null)
      .describe('Offers up to this share of the price are declined unseen, and those below your floor in any case; null: only the latter.'),
  })
  .refine(({ acceptPercent, declinePercent }) => acceptPercent === null || declinePercent === null || declinePercent < acceptPercent, {
    message: 'must be less than acceptPercent',
    path: ['declinePercent'],
  })
  .prefault({})
  .describe('Best Offer.');

const undercut = z
  .strictObject({
    from: z.enum(['lowest', 'median']).default('lowest').describe('The asking price that is undercut.'),
    percent: percent(90).default(5).describe('By how much, in percent of it.'),
    amount: amount('0.00', 'And by this much.'),
  })
  .prefault({})
  .describe('For the strategy undercut.');

export const pricing = z
  .strictObject({
    lookUp: z.boolean().default(true).describe("Asks eBay what others ask. false: only a sidecar's price, or the strategy margin."),
    strategy: z
      .enum(['percentile', 'undercut', 'margin'])
      .default('percentile')
      .describe('percentile or undercut of asking prices; margin: what the item cost plus a margin, without looking others up.'),
    percentile: z
      .number()
      .min(0)
      .max(1)
      .default(0.4)
      .describe('For percentile: which asking price of comparable listings is taken; 0 the lowest, 0.5 the median, 1 the highest.'),
    undercut,
    marginPercent: percent(10_000)
      .default(100)
      .describe('For margin: what is earned, in percent of what the item cost, after fees and shipping.'),
    minimumComparables: wholeNumber(1, 200).default(5).describe('Fewer comparable listings than this are no basis for a price.'),
    includeShipping: z
      .boolean()
      .default(false)
      .describe(
        'Compares what buyers pay with shipping, and takes your shippingCharged off the result. Listings whose shipping is not told are left out.',
      ),
    ownSeller: z
      .string()
      .min(1)
      .max(80)
      .nullable()
      .default(null)
      .describe('Your user name on eBay: your other listings are no comparables. What easyflip listed is left out anyway.'),
    endsIn: wholeNumber(0, 99).nullable().default(99).describe('Last cents of a price: 99, 95 …; null leaves it unrounded.'),
    shippingCost: amount('6.00', 'What sending an item costs you.'),
    shippingCharged: amount('0.00', 'What the buyer pays you for shipping; 0.00 for free shipping.'),
    minimumProfit: amount('1.00', 'Least profit after cost, fees and shipping.'),
    minimumPrice: amount('4.99', 'Never below this, whatever comparable listings say.'),
    bestOffer,
  })
  .prefault({})
  .describe('Finding a price.');
