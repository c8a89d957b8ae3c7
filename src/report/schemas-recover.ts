import * as z from 'zod';
import { count, errorLine, money } from './schema-parts.ts';
import { fileRefused, runNotice, scanFinished } from './schemas-run.ts';

const knownListing = z.strictObject({
  sku: z.string(),
  state: z.enum(['unpublished', 'live', 'sold', 'ended', 'withdrawn']),
  listingId: z.string().nullable(),
  listingUrl: z.string().nullable(),
  title: z.string().nullable(),
  price: money.nullable(),
});

/** A line of `recover`. */
export const recoverLine = z.discriminatedUnion('type', [
  scanFinished,
  fileRefused,
  runNotice,
  z.strictObject({
    type: z.literal('recover.finished'),
    dryRun: z.boolean(),
    items: z.array(
      z.strictObject({
        item: z.string(),
        source: z.string(),
        was: z
          .enum(['live', 'sold', 'ended', 'withdrawn', 'debris', 'several', 'known', 'new'])
          .describe('debris: half made, `list` completes it; several: a person must say which; known: it was in the database'),
        listing: knownListing.nullable(),
      }),
    ),
    withoutPhotos: z.array(knownListing).describe('Of easyflip by their SKU, with photos in none of the folders'),
    others: count.describe("What else the seller has on eBay's inventory"),
  }),
  errorLine,
]);
