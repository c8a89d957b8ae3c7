import * as z from 'zod';
import { wholeNumber } from './values.ts';

export const pipeline = z
  .strictObject({
    // Twice what may be asked of one service: half of them wait for their pictures, for eBay's window or for a bulk call to fill.
    itemsInFlight: wholeNumber(1, 1000).default(100).describe('Items worked on at the same time.'),
    leaseMs: wholeNumber(1000, 3_600_000)
      .default(30_000)
      .describe('A claim on an item that is not renewed for this long counts as abandoned. Milliseconds.'),
  })
  .prefault({})
  .describe('The machine that runs the stages.');
