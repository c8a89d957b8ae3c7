import { z } from 'zod';
import type { ServiceName, ServiceSettings } from '../core/settings.ts';
import { RESTRICTED_WORDS } from './restricted-words.ts';

/**
 * The config file, key by key: what may be set, its bounds and its default. Everything is optional in
 * the file; a missing key has the default shown here and in easyflip.config.example.json.
 * An unknown key is an error, because a misspelt limit would be no limit.
 */
export type FileSettings = z.output<typeof fileShape>;

/** A price in the file: text, because 0.1 + 0.2 is not 0.3. The currency is the marketplace's. */
const amount = (value: string, meaning: string) =>
  z
    .string()
    .regex(/^\d{1,7}(\.\d{1,2})?$/)
    .default(value)
    .describe(`${meaning} Amount as text in the marketplace's currency, such as "0.40".`);

const wholeNumber = (least: number, most: number) => z.int().min(least).max(most);

const ebayId = (meaning: string) => z.string().min(1).max(80).nullable().default(null).describe(meaning);

const photos = z
  .strictObject({
    pictureLongSide: wholeNumber(500, 1600)
      .default(1600)
      .describe('Long side in pixels of the picture that eBay gets. eBay asks for at least 500 and keeps at most 1600.'),
    pictureQuality: wholeNumber(50, 100).default(90).describe('JPEG quality of that picture. eBay recommends 90 and up.'),
    modelLongSide: wholeNumber(256, 2048)
      .default(768)
      .describe('Long side in pixels of the copy that the analysis sees. Larger costs more.'),
    thumbnailLongSide: wholeNumber(64, 1024).default(256).describe('Long side in pixels of the thumbnail.'),
    maxPixels: wholeNumber(1_000_000, 1_000_000_000)
      .default(220_000_000)
      .describe('Photos with more pixels are refused before they are decoded.'),
    maxFileBytes: wholeNumber(100_000, 2_000_000_000).default(100_000_000).describe('Larger photo files are refused.'),
    gapMinutes: z
      .number()
      .min(0.1)
      .max(1440)
      .default(3)
      .describe('Minutes between two shots of one pile that begin a new item (grouping by time).'),
  })
  .prefault({})
  .describe('Preparing photos.');

const analysis = z
  .strictObject({
    provider: z
      .enum(['auto', 'openai', 'google-vision', 'local'])
      .default('auto')
      .describe('Who looks at the photos. auto: the best one that has credentials; local needs none.'),
    model: z.string().min(1).max(100).default('gpt-4o').describe('The model of the openai provider, or of a compatible service.'),
    confidence: z
      .number()
      .min(0)
      .max(1)
      .default(0.75)
      .describe('A fact below this confidence is not certain enough to go live by itself; the item is held.'),
    ocrLanguage: z
      .string()
      .regex(/^[a-z]{3}(_[a-z]+)?(\+[a-z]{3}(_[a-z]+)?)*$/)
      .default('eng')
      .describe('Language of the local text recognition.'),
    ocrWorkers: wholeNumber(1, 16).default(2).describe('Processes of the local text recognition.'),
  })
  .prefault({})
  .describe('Finding out what an item is.');

const listing = z
  .strictObject({
    quantity: wholeNumber(1, 10_000).default(1).describe('Quantity of an item whose sidecar gives none.'),
    defaultCondition: z
      .string()
      .min(1)
      .max(60)
      .nullable()
      .default(null)
      .describe('Condition used where neither sidecar nor photos tell (eBay word, id or plain English). null holds such an item.'),
    fulfillmentPolicyId: ebayId('Shipping policy. null: the only one of the account.'),
    paymentPolicyId: ebayId('Payment policy. null: the only one of the account.'),
    returnPolicyId: ebayId('Return policy. null: the only one of the account.'),
    merchantLocationKey: ebayId('Where items ship from. null: the only location of the account.'),
    descriptionFooter: z.string().max(2000).default('').describe('Plain text put under every description.'),
  })
  .prefault({})
  .describe('What every listing has in common.');

const pricing = z
  .strictObject({
    percentile: z
      .number()
      .min(0)
      .max(1)
      .default(0.4)
      .describe('Which asking price of comparable listings is taken: 0 the lowest, 0.5 the median, 1 the highest.'),
    minimumComparables: wholeNumber(1, 200).default(5).describe('Fewer comparable listings than this are no basis for a price.'),
    endsIn: wholeNumber(0, 99).nullable().default(99).describe('Last cents of a price: 99, 95 …; null leaves it unrounded.'),
    feePercent: z.number().min(0).max(60).default(13.6).describe("eBay's share of the total in percent, used for the floor."),
    fixedFee: amount('0.40', "eBay's fee per order."),
    shippingCost: amount('6.00', 'What sending an item costs you.'),
    minimumProfit: amount('1.00', 'Least profit after cost, fees and shipping.'),
    minimumPrice: amount('4.99', 'Never below this, whatever comparable listings say.'),
  })
  .prefault({})
  .describe('Finding a price.');

const check = z
  .strictObject({
    restrictedWords: z
      .record(z.string().min(1).max(60), z.string().min(1).max(300))
      .default(RESTRICTED_WORDS)
      .describe('Words that hold an item for a person, each with the reason shown. Your list replaces the built-in one.'),
  })
  .prefault({})
  .describe('What is checked before anything goes live.');

const pipeline = z
  .strictObject({
    itemsInFlight: wholeNumber(1, 1000).default(50).describe('Items worked on at the same time.'),
    leaseMs: wholeNumber(1000, 3_600_000)
      .default(30_000)
      .describe('A claim on an item that is not renewed for this long counts as abandoned. Milliseconds.'),
  })
  .prefault({})
  .describe('The machine that runs the stages.');

interface ServiceDefaults {
  readonly concurrency: number;
  readonly tries: number;
  readonly timeoutMs: number;
  readonly window?: ServiceSettings['window'];
  readonly dailyQuota?: number;
}

const service = (meaning: string, { concurrency, tries, timeoutMs, window = null, dailyQuota }: ServiceDefaults) =>
  z
    .strictObject({
      concurrency: wholeNumber(1, 200).default(concurrency).describe('Calls at once (not items waiting for one).'),
      tries: wholeNumber(1, 20).default(tries).describe('Attempts in all, the first included.'),
      strategy: z.enum(['exponential', 'linear', 'fixed', 'immediate']).default('exponential').describe('How waits between tries grow.'),
      timeoutMs: wholeNumber(1, 3_600_000).default(timeoutMs).describe('One attempt may last this long. Milliseconds.'),
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
const services = z
  .strictObject({
    imaging: service('Decoding photos on this machine.', { concurrency: 10, tries: 3, timeoutMs: 60_000 }),
    ocr: service('Local text recognition.', { concurrency: 5, tries: 2, timeoutMs: 120_000 }),
    model: service('The language model.', { concurrency: 5, tries: 2, timeoutMs: 90_000 }),
    vision: service('Google Vision.', { concurrency: 5, tries: 2, timeoutMs: 30_000 }),
    taxonomy: service('eBay Taxonomy API.', { concurrency: 3, tries: 5, timeoutMs: 20_000, dailyQuota: 5_000 }),
    metadata: service('eBay Metadata API.', { concurrency: 3, tries: 5, timeoutMs: 30_000 }),
    browse: service('eBay Browse API.', { concurrency: 3, tries: 5, timeoutMs: 20_000, dailyQuota: 5_000 }),
    account: service('eBay Account API.', { concurrency: 3, tries: 5, timeoutMs: 20_000, dailyQuota: 25_000 }),
    media: service('eBay Media API (pictures).', {
      concurrency: 3,
      tries: 5,
      timeoutMs: 60_000,
      window: { calls: 50, perMs: 5_000 },
      dailyQuota: 1_000_000,
    }),
    inventory: service('eBay Inventory API.', { concurrency: 3, tries: 5, timeoutMs: 30_000, dailyQuota: 2_000_000 }),
  } satisfies Record<ServiceName, unknown>)
  .prefault({})
  .describe('Each outside service, and the two that only cost CPU.');

const limits = z
  .strictObject({
    maxCostUsd: z.number().min(0).max(100_000).nullable().default(null).describe('A run stops before it would cost more. US dollars.'),
    maxMinutes: z.number().min(0.01).max(100_000).nullable().default(null).describe('A run stops after this many minutes.'),
  })
  .prefault({})
  .describe('Limits of one run; null: none.');

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
    marketplace: z.enum(['EBAY_US']).default('EBAY_US').describe('The eBay site.'),
    photos,
    analysis,
    listing,
    pricing,
    check,
    pipeline,
    services,
    limits,
  })
  .describe('Settings of easyflip. Every key is optional.');
