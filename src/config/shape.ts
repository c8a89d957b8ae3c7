import * as z from 'zod';
import { accounts } from './sections/accounts.ts';
import { alerts } from './sections/alerts.ts';
import { analysis } from './sections/analysis.ts';
import { batches } from './sections/batches.ts';
import { check } from './sections/check.ts';
import { fees } from './sections/fees.ts';
import { grouping } from './sections/grouping.ts';
import { limits } from './sections/limits.ts';
import { listing } from './sections/listing.ts';
import { log } from './sections/log.ts';
import { metrics } from './sections/metrics.ts';
import { models } from './sections/models.ts';
import { photos } from './sections/photos.ts';
import { pipeline } from './sections/pipeline.ts';
import { pricing } from './sections/pricing.ts';
import { services } from './sections/services.ts';
import { store } from './sections/store.ts';
import { target } from './sections/target.ts';
import { vision } from './sections/vision.ts';
import { watch } from './sections/watch.ts';

/**
 * The config file, key by key: what may be set, its bounds and its default. Everything is optional in
 * the file; a missing key has the default shown here and in easyflip.config.example.json.
 * An unknown key is an error, because a misspelt limit would be no limit.
 */
export type FileSettings = z.output<typeof fileShape>;

export const fileShape = z
  .strictObject({
    $schema: z.string().optional().describe('Where an editor finds the description of this file.'),
    environment: z
      .enum(['practice', 'sandbox', 'production'])
      .default('practice')
      .describe('practice: the local practice marketplace; production: real listings on eBay.'),
    publish: z
      .enum(['auto', 'review', 'never'])
      .nullable()
      .default(null)
      .describe(
        'auto: certain items go live by themselves; review: a person approves each; never: nothing is written. ' +
          'null: auto in practice and sandbox; in production review until five approvals, then auto.',
      ),
    group: z
      .enum(['auto', 'folder', 'name', 'time', 'divider'])
      .default('auto')
      .describe('How the photos of a folder are divided into items.'),
    marketplace: z
      .enum(['EBAY_US', 'EBAY_GB', 'EBAY_DE', 'EBAY_AU', 'EBAY_CA'])
      .default('EBAY_US')
      .describe('The eBay site: its currency, language and categories.'),
    photos,
    grouping,
    analysis,
    models,
    batches,
    vision,
    listing,
    accounts,
    pricing,
    fees,
    check,
    pipeline,
    store,
    services,
    limits,
    watch,
    target,
    log,
    metrics,
    alerts,
  })
  .describe('Settings of easyflip. Every key is optional.');
