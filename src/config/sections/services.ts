import * as z from 'zod';
import type { ServiceName, ServiceSettings } from '../../core/settings.ts';
import { wholeNumber } from './values.ts';

interface ServiceDefaults {
  readonly concurrency: number;
  readonly tries: number;
  readonly strategy?: ServiceSettings['strategy'];
  readonly timeoutMs: number;
  readonly window?: ServiceSettings['window'];
  readonly dailyQuota?: number;
}

const service = (
  meaning: string,
  { concurrency, tries, strategy = 'exponential', timeoutMs, window = null, dailyQuota }: ServiceDefaults,
) =>
  z
    .strictObject({
      concurrency: wholeNumber(1, 200)
        .default(concurrency)
        .describe('Calls at once at most (not items waiting for one). While the service is in trouble there are fewer.'),
      tries: wholeNumber(1, 20).default(tries).describe('Attempts in all, the first included.'),
      strategy: z.enum(['exponential', 'linear', 'fixed', 'immediate']).default(strategy).describe('How waits between tries grow.'),
      timeoutMs: wholeNumber(1, 3_600_000).default(timeoutMs).describe('One attempt may last this long. Milliseconds.'),
      failuresInARow: wholeNumber(1, 1_000)
        .default(5)
        .describe('After so many failures in a row it is left alone for a while. Any answer ends the row.'),
      firstProbeMs: wholeNumber(100, 3_600_000)
        .default(30_000)
        .describe('While it is left alone, one call tries it after this, or after longestProbeMs where that is shorter. Milliseconds.'),
      longestProbeMs: wholeNumber(1_000, 3_600_000)
        .default(300_000)
        .describe('Each try that fails doubles the pause before the next one, up to this. Milliseconds.'),
      window: z
        .strictObject({ calls: wholeNumber(1, 1_000_000), perMs: wholeNumber(1, 86_400_000) })
        .nullable()
        .default(window)
        .describe('At most `calls` in any `perMs` milliseconds; null: no such limit.'),
      dailyQuota: wholeNumber(1, 1_000_000_000)
        .nullable()
        .default(dailyQuota ?? null)
        .describe('Calls a day; null: no such limit.'),
    })
    .prefault({})
    .describe(meaning);

// Daily quotas: eBay's default call limits per application (API call limits page); Metadata's is not
// published there. The window of Media is eBay's 50 uploads in 5 seconds (Media API, createImageFromFile).
export const services = z
  .strictObject({
    imaging: service('Decoding photos on this machine.', { concurrency: 10, tries: 3, timeoutMs: 60_000 }),
    ocr: service('Local text recognition.', { concurrency: 5, tries: 2, timeoutMs: 120_000 }),
    model: service('The language model.', { concurrency: 5, tries: 2, timeoutMs: 90_000 }),
    batch: service('Files and batches of the language model (list --batch).', {
      concurrency: 2,
      tries: 1,
      strategy: 'linear',
      timeoutMs: 900_000,
    }),
    vision: service('Google Vision.', { concurrency: 5, tries: 2, timeoutMs: 30_000 }),
    taxonomy: service('eBay Taxonomy API.', { concurrency: 3, tries: 5, timeoutMs: 20_000, dailyQuota: 5_000 }),
    metadata: service('eBay Metadata API.', { concurrency: 3, tries: 5, timeoutMs: 30_000 }),
    browse: service('eBay Browse API.', { concurrency: 3, tries: 5, timeoutMs: 20_000, dailyQuota: 5_000 }),
    account: service('eBay Account API.', { concurrency: 3, tries: 5, timeoutMs: 20_000, dailyQuota: 25_000 }),
    media: service('eBay Media API (pictures).', {
      concurrency: 3,
      tries: 5,
      timeoutMs: 60_000,
      // A little more than eBay's 5 seconds: what leaves evenly may arrive unevenly.
      window: { calls: 50, perMs: 5_100 },
      dailyQuota: 1_000_000,
    }),
    inventory: service('eBay Inventory API.', { concurrency: 3, tries: 5, timeoutMs: 30_000, dailyQuota: 2_000_000 }),
    fulfillment: service('eBay Fulfillment API (orders).', { concurrency: 2, tries: 5, timeoutMs: 30_000, dailyQuota: 100_000 }),
    analytics: service('eBay Analytics API (traffic).', { concurrency: 1, tries: 3, timeoutMs: 30_000, dailyQuota: 100 }),
    finances: service('eBay Finances API (shipping labels).', { concurrency: 1, tries: 3, timeoutMs: 30_000, dailyQuota: 15_000 }),
  } satisfies Record<ServiceName, unknown>)
  .prefault({})
  .describe('Each outside service, and the two that only cost CPU.');
