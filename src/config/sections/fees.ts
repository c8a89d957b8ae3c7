import * as z from 'zod';
import type { MarketplaceId } from '../../core/settings.ts';
import { amountText } from './values.ts';

const portion = z.strictObject({
  upTo: amountText.nullable().describe('The portion of the total up to this amount; null: the rest.'),
  percent: z.number().min(0).max(60).describe('Percent of that portion.'),
});

const group = z.strictObject({
  name: z.string().min(1).max(80).describe('For people.'),
  categories: z.array(z.string().regex(/^\d+$/)).describe('Category ids, each for all below it; an empty list is everything else.'),
  portions: z.array(portion).min(1).describe('Final value fee by portions of the total, in order.'),
});

const perOrder = z.strictObject({ upTo: amountText.nullable(), fee: amountText });

interface SiteTable {
  readonly asOf: string;
  readonly source: string;
  readonly groups: z.output<typeof group>[];
  readonly perOrder: z.output<typeof perOrder>[];
  readonly buyerTaxPercent: number;
}

const to = (upTo: string | null, percent: number) => ({ upTo, percent });
const rest = (fee: string) => [
  { upTo: '10.00', fee: '0.30' },
  { upTo: null, fee },
];
const MEDIA = ['267', '11232', '11233'];

/**
 * Fees of sellers without a shop, gathered second-hand in November 2026 from pages that describe eBay's fee
 * pages of early 2026. Where a fee falls for the whole amount over a limit (jewellery, sneakers), the table keeps the
 * higher one: a floor made with it is never too low.
 */
const TABLES: Readonly<Record<MarketplaceId, SiteTable>> = {
  EBAY_US: {
    asOf: '2026-02-01',
    source: 'https://www.ebay.com/help/selling/fees-credits-invoices/selling-fees?id=4822',
    groups: [
      { name: 'everything else', categories: [], portions: [to('7500.00', 13.6), to(null, 2.35)] },
      { name: 'books, movies, music', categories: MEDIA, portions: [to('7500.00', 15.3), to(null, 2.35)] },
      { name: 'watches', categories: ['260324'], portions: [to('1000.00', 15), to('7500.00', 6.5), to(null, 3)] },
      { name: 'jewelry', categories: ['281'], portions: [to('5000.00', 15), to(null, 9)] },
      { name: 'guitars and basses', categories: ['3858'], portions: [to('7500.00', 6.7), to(null, 2.35)] },
    ],
    perOrder: rest('0.40'),
    buyerTaxPercent: 7.5,
  },
  EBAY_GB: {
    asOf: '2026-02-01',
    source:
      'https://www.ebay.co.uk/help/selling/fees-credits-invoices/fees-business-sellers?id=4809 (business sellers, with the regulatory fee)',
    groups: [{ name: 'everything', categories: [], portions: [to(null, 13.25)] }],
    perOrder: rest('0.40'),
    buyerTaxPercent: 0,
  },
  EBAY_DE: {
    asOf: '2026-02-01',
    source: 'https://www.ebay.de/help/selling/fees-credits-invoices/gebühren-gewerbliche-verkäufer?id=4809 (business sellers)',
    groups: [
      { name: 'everything else', categories: [], portions: [to('1990.00', 12), to(null, 2)] },
      { name: 'books, movies, music', categories: MEDIA, portions: [to('1990.00', 15), to(null, 2)] },
    ],
    perOrder: [
      { upTo: '10.00', fee: '0.35' },
      { upTo: null, fee: '0.45' },
    ],
    buyerTaxPercent: 0,
  },
  EBAY_AU: {
    asOf: '2026-01-05',
    source: 'https://www.ebay.com.au/help/selling/fees-credits-invoices/selling-fees?id=4822',
    groups: [{ name: 'everything', categories: [], portions: [to('4000.00', 13.4), to(null, 2.5)] }],
    perOrder: rest('0.40'),
    buyerTaxPercent: 0,
  },
  EBAY_CA: {
    asOf: '2026-02-01',
    source: 'https://www.ebay.ca/help/selling/fees-credits-invoices/selling-fees-managed-payments-sellers?id=4822',
    groups: [
      { name: 'everything else', categories: [], portions: [to('7500.00', 13.6), to(null, 2.35)] },
      { name: 'books, movies, music', categories: MEDIA, portions: [to('7500.00', 15.3), to(null, 2.35)] },
    ],
    perOrder: rest('0.40'),
    buyerTaxPercent: 12,
  },
};

const site = (id: MarketplaceId) => {
  const table = TABLES[id];
  return z
    .strictObject({
      asOf: z.iso.date().default(table.asOf).describe('The day on which it was last compared with the source.'),
      source: z.string().min(1).max(300).default(table.source).describe('Where the figures are from.'),
      groups: z
        .array(group)
        .refine((groups) => groups.filter(({ categories }) => categories.length === 0).length === 1, {
          message: 'must have exactly one group with an empty list of categories, for everything else',
        })
        .default(table.groups)
        .describe('Final value fees by groups of categories; the one nearest to the leaf counts.'),
      perOrder: z
        .array(perOrder)
        .min(1)
        .default(table.perOrder)
        .describe('Fee per order, by the total of the order; null: any higher total.'),
      buyerTaxPercent: z
        .number()
        .min(0)
        .max(30)
        .default(table.buyerTaxPercent)
        .describe('Sales tax that buyers pay on top, on average: the fee is taken from it too.'),
    })
    .prefault({})
    .describe(`Fees on ${id}.`);
};

export const fees = z
  .strictObject({
    EBAY_US: site('EBAY_US'),
    EBAY_GB: site('EBAY_GB'),
    EBAY_DE: site('EBAY_DE'),
    EBAY_AU: site('EBAY_AU'),
    EBAY_CA: site('EBAY_CA'),
  } satisfies Record<MarketplaceId, unknown>)
  .prefault({})
  .describe(
    'What eBay takes from a sale, for floors and estimates. It is yours to keep up to date: fees differ with shops, accounts and years.',
  );
