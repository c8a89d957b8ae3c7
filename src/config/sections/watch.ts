import * as z from 'zod';

export const watch = z
  .strictObject({
    quietSeconds: z.number().min(0.5).max(86_400).default(60).describe('A folder is taken when nothing in it changed for so long.'),
    stableSeconds: z
      .number()
      .min(0.1)
      .max(3_600)
      .default(2)
      .describe('A file that did not change for so long is complete; a divider shot closes an item whose files are.'),
    polling: z.boolean().default(false).describe('Look again and again instead of being told by the system: for network drives.'),
    pollSeconds: z.number().min(0.2).max(3_600).default(5).describe('How often, with polling.'),
    retryMinutes: z
      .number()
      .min(0.01)
      .max(1_440)
      .default(30)
      .describe('The longest pause before what was left for later (a service down, no credit) is tried again; the first is a minute.'),
  })
  .prefault({})
  .describe('`easyflip watch`.');
