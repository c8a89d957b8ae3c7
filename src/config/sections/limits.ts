import * as z from 'zod';
import { parseWindow } from '../../core/daily-window.ts';
import { parsePace } from '../../core/pace.ts';

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
    window: z
      .string()
      .refine((text) => parseWindow(text) !== undefined, 'must be two times of the day, as in "20:00-06:00"')
      .nullable()
      .default(null)
      .describe('New items are begun only between these times of the day, by the clock of this machine: "20:00-06:00".'),
    pace: z
      .string()
      .refine((text) => parsePace(text) !== undefined, 'must be a number a day or an hour, as in "40/day" or "5/hour"')
      .nullable()
      .default(null)
      .describe('New listings of `list` and `watch` are spread: "40/day" or "5/hour".'),
    minFreeDiskMegabytes: z.number().min(0).default(200).describe('No new item is begun when the data folder has less disk space left.'),
    minFreeMemoryMegabytes: z.number().min(0).default(100).describe('No new item is begun when the machine has less memory left.'),
  })
  .prefault({})
  .describe('Limits of a run, of an item and of a day; null: none.');
