import { z } from 'zod';

export const limits = z
  .strictObject({
    maxCostUsd: z.number().min(0).max(100_000).nullable().default(null).describe('A run stops before it would cost more. US dollars.'),
    maxCostPerItemUsd: z
      .number()
      .min(0)
      .max(100_000)
      .nullable()
      .default(null)
      .describe('An item may cost this much over all runs; then it waits. US dollars.'),
    maxCostPerDayUsd: z
      .number()
      .min(0)
      .max(100_000)
      .nullable()
      .default(null)
      .describe('All runs of a day (UTC) together may cost this much. US dollars.'),
    maxMinutes: z.number().min(0.01).max(100_000).nullable().default(null).describe('A run stops after this many minutes.'),
    minFreeDiskMegabytes: z.number().min(0).default(200).describe('No new item is begun when the data folder has less disk space left.'),
    minFreeMemoryMegabytes: z.number().min(0).default(100).describe('No new item is begun when the machine has less memory left.'),
  })
  .prefault({})
  .describe('Limits of a run, of an item and of a day; null: none.');
