import * as z from 'zod';

export const grouping = z
  .strictObject({
    dividerCodes: z
      .array(z.string().min(1).max(200))
      .default([])
      .describe(
        'Texts of your own bar code or QR cards that divide the items of a pile; * stands for anything. Cards of `easyflip divider` need no entry.',
      ),
  })
  .prefault({})
  .describe('Grouping a pile of photos into items.');
