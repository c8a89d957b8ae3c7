import * as z from 'zod';

export const vision = z
  .strictObject({
    usdPerThousand: z
      .number()
      .min(0)
      .max(1000)
      .default(1.5)
      .describe('US dollars for a thousand pictures. The free thousand a month are not subtracted: costs shown are the most it can be.'),
    asOf: z.iso.date().default('2026-10-09').describe('When this price was looked up.'),
  })
  .prefault({})
  .describe('What Google Vision costs: yours to keep up to date.');
