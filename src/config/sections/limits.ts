import { z } from 'zod';

export const limits = z
  .strictObject({
    maxCostUsd: z.number().min(0).max(100_000).nullable().default(null).describe('A run stops before it would cost more. US dollars.'),
    maxMinutes: z.number().min(0.01).max(100_000).nullable().default(null).describe('A run stops after this many minutes.'),
  })
  .prefault({})
  .describe('Limits of one run; null: none.');
