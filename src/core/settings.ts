import type { DailyWindow } from './daily-window.ts';
import type { FeeTable } from './fees.ts';
import type { Regulatory } from './listing.ts';
import type { Money } from './money.ts';
import type { Pace } from './pace.ts';
import type { SellerFacts } from './seller-facts.ts';
import type { AlertSettings, MetricsSettings } from './watchkeeping.ts';

export type Environment = 'practice' | 'sandbox' | 'production';
export type PublishMode = 'auto' | 'review' | 'never';
export type GroupMode = 'auto' | 'folder' | 'name' | 'time' | 'divider';
/** The eBay sites that are known here; `core/site.ts` has what differs. */
export type MarketplaceId = 'EBAY_US' | 'EBAY_GB' | 'EBAY_DE' | 'EBAY_AU' | 'EBAY_CA';

/** Outside services (and the two that only cost CPU), each with its own queue, tries and breaker. */
export const SERVICES = [
  'imaging',
  'ocr',
  'model',
  'batch',
  'vision',
  'taxonomy',
  'metadata',
  'browse',
  'account',
  'media',
  'inventory',
  'fulfillment',
  'analytics',
  'finances',
] as const;
export type ServiceName = (typeof SERVICES)[number];

export type RetryStrategy = 'exponential' | 'linear' | 'fixed' | 'immediate';

/** A parcel as it usually is for things of a category: an estimate. */
interface PackageProfile {
  readonly weight: NonNullable<SellerFacts['weight']>;
  readonly dimensions?: NonNullable<SellerFacts['dimensions']> | undefined;
}

export interface ServiceSettings {
  /** Calls to this service at once, not items waiting for it. */
  readonly concurrency: number;
  /** Attempts in all, the first included. */
  readonly tries: number;
  readonly strategy: RetryStrategy;
  /** One attempt may last this long. */
  readonly timeoutMs: number;
  /** After so many failures in a row it is left alone; any answer ends the row. */
  readonly failuresInARow: number;
  /** While it is left alone one call tries it after this; not longer than `longestProbeMs`. */
  readonly firstProbeMs: number;
  /** Each try that fails doubles the pause before the next, up to this. */
  readonly longestProbeMs: number;
  /** At most `calls` in any `perMs`, shared by all processes on one database. */
  readonly window: { readonly calls: number; readonly perMs: number } | null;
  /** Calls a day, shared by all processes; resets at midnight Pacific time, as eBay's counters do. */
  readonly dailyQuota: number | null;
}

/** US dollars for a million tokens. */
export interface ModelPrice {
  readonly input: number;
  /** null: as `input`. */
  readonly cachedInput: number | null;
  readonly output: number;
  /** A model whose pictures are counted in the same way; null: told by the name. */
  readonly picturesLike: string | null;
}

export interface DescriptionTemplate {
  /** Absolute path, for messages. */
  readonly file: string;
  readonly text: string;
}

/** Everything that may be set, resolved once from defaults, file, environment and flags. */
export interface Settings {
  readonly environment: Environment;
  /** null: `auto` in practice and sandbox; in production `review` until five approvals. */
  readonly publish: PublishMode | null;
  readonly group: GroupMode;
  readonly marketplace: MarketplaceId;

  readonly photos: {
    /** Long side in pixels of what eBay gets; eBay stores at most 1600. */
    readonly pictureLongSide: number;
    /** eBay recommends JPEG quality 90 and up. */
    readonly pictureQuality: number;
    readonly modelLongSide: number;
    readonly thumbnailLongSide: number;
    /** Modest correction of exposure and white balance, and sharpening. */
    readonly enhance: boolean;
    /** Crop to the subject where the ground is plain. */
    readonly cropToSubject: boolean;
    /** Prepared pictures beyond this are removed, oldest first, between runs. */
    readonly cacheMaxMegabytes: number;
    /** Pictures with more pixels are refused before they are decoded. */
    readonly maxPixels: number;
    readonly maxFileBytes: number;
    /** Minutes between two shots of a pile that begin a new item. */
    readonly gapMinutes: number;
  };

  readonly grouping: {
    /** Texts of the seller's own bar code or QR cards that divide items; `*` stands for anything. */
    readonly dividerCodes: readonly string[];
  };

  readonly analysis: {
    /** `auto`: the best provider that has credentials; `local` needs none. */
    readonly provider: string;
    readonly model: string;
    /** Who looks when that fails, in order: `local`, `openai`, `openai:MODEL`. */
    readonly fallback: readonly string[];
    readonly picturesPerCall: number;
    /** Labels that could not be read are asked about once more, cut out at full resolution. */
    readonly secondLook: boolean;
    /** null: by the kind of model. */
    readonly maxAnswerLength: number | null;
    /** A fact below this is not certain enough to go live by itself. */
    readonly confidence: number;
    readonly ocrLanguage: string;
    readonly ocrWorkers: number;
  };

  readonly models: {
    /** The day of these prices. */
    readonly asOf: string;
    readonly source: string;
    /** Share of these prices that a call in a batch costs. */
    readonly batchFactor: number;
    readonly prices: Readonly<Record<string, ModelPrice>>;
  };

  /** `list --batch`: calls to a model that wait for a lower price. */
  readonly batches: {
    /** Seconds until the first look at a batch; each further pause is longer by as much, up to `longestPollSeconds`. */
    readonly pollSeconds: number;
    readonly longestPollSeconds: number;
    /** Batches under way at the same time. */
    readonly atOnce: number;
    /** Bounds of one batch's file; OpenAI takes 50,000 requests and 200 MB. */
    readonly maxRequests: number;
    readonly maxMegabytes: number;
  };

  readonly vision: {
    /** US dollars for a thousand pictures that Google Vision reads, and the day of that price. */
    readonly usdPerThousand: number;
    readonly asOf: string;
  };

  readonly listing: {
    readonly quantity: number;
    /** Used where neither sidecar nor photos tell; null holds such an item. */
    readonly defaultCondition: string | null;
    readonly fulfillmentPolicyId: string | null;
    readonly paymentPolicyId: string | null;
    readonly returnPolicyId: string | null;
    readonly merchantLocationKey: string | null;
    /** Paths of the seller's store categories. */
    readonly storeCategories: readonly string[];
    /** ISO time at which new listings go live; null: at once. */
    readonly startAt: string | null;
    /** eBay may put its catalogue's words over the seller's. */
    readonly useCatalogText: boolean;
    /** Who answers for goods in the EU, by brand; `*` for all others. */
    readonly regulatory: Readonly<Record<string, Regulatory>>;
    /** Usual parcels by category id, also of a category above. */
    readonly packageProfiles: Readonly<Record<string, PackageProfile>>;
    /** Appended to every description; plain text. */
    readonly descriptionFooter: string;
    /** A Mustache template in place of the built-in one, already read and checked. */
    readonly descriptionTemplate: DescriptionTemplate | null;
  };

  readonly pricing: {
    /** false: nobody else's listings are asked for. */
    readonly lookUp: boolean;
    /** `percentile` and `undercut` follow asking prices, `margin` the item's own cost. */
    readonly strategy: 'percentile' | 'undercut' | 'margin';
    /** Which asking price of the comparables is taken: 0 the lowest, 0.5 the median. */
    readonly percentile: number;
    readonly undercut: { readonly from: 'lowest' | 'median'; readonly percent: number; readonly amount: Money };
    /** Earned after fees and shipping, in percent of what the item cost. */
    readonly marginPercent: number;
    /** Fewer comparables than this are no basis. */
    readonly minimumComparables: number;
    /** Comparables count with their shipping, and `shippingCharged` is taken off the result. */
    readonly includeShipping: boolean;
    /** The seller's user name: listings of that name are no comparables. */
    readonly ownSeller: string | null;
    /** The last cents of a price: 99, 95 or null for no rounding. */
    readonly endsIn: number | null;
    /** What the seller pays, and what the buyer pays, for sending it. */
    readonly shippingCost: Money;
    readonly shippingCharged: Money;
    readonly minimumProfit: Money;
    /** Never below this, whatever comparables say. */
    readonly minimumPrice: Money;
    readonly bestOffer: {
      readonly enabled: boolean;
      /** Shares of the price in percent; null: nothing is accepted, or declined above the floor, unseen. */
      readonly acceptPercent: number | null;
      readonly declinePercent: number | null;
    };
  };

  /** The fee table of the marketplace that is sold on. */
  readonly fees: FeeTable;

  readonly check: {
    /** Words that hold an item, each with the reason shown to the seller. */
    readonly restrictedWords: Readonly<Record<string, string>>;
  };

  readonly pipeline: {
    readonly itemsInFlight: number;
    readonly leaseMs: number;
  };

  readonly store: {
    /** What easyflip keeps lies encrypted on disk. null: as it is, and that is plain in a new data folder. */
    readonly encryptAtRest: boolean | null;
    /** Of the backups that easyflip makes by itself; 0: it makes none. */
    readonly backupsKept: number;
    /** Detail of what is over is forgotten after so many days; null: never. */
    readonly detailDays: number | null;
  };

  readonly services: Readonly<Record<ServiceName, ServiceSettings>>;

  readonly log: {
    /** What is written down; `debug` is everything. */
    readonly level: 'off' | 'warn' | 'info' | 'debug';
    /** A file of the log grows to this, and the next one begins. */
    readonly maxMegabytes: number;
    /** More files than this are removed, oldest first. */
    readonly maxFiles: number;
  };

  readonly limits: {
    /** Of one run. */
    readonly maxCostUsd: number | null;
    /** Of one item, over all runs. */
    readonly maxCostPerItemUsd: number | null;
    /** Of all runs of a day (UTC). */
    readonly maxCostPerDayUsd: number | null;
    readonly maxMinutes: number | null;
    /** No new item is begun outside of it. */
    readonly window: DailyWindow | null;
    /** New listings of `list` and `watch`. */
    readonly pace: Pace | null;
    /** No new item is begun when the machine has less left. */
    readonly minFreeDiskMegabytes: number;
    readonly minFreeMemoryMegabytes: number;
  };

  /** The seller's aim. */
  readonly target: {
    /** Sold for in 30 days. */
    readonly monthly: Money;
    /** Left of it after cost, fees, shipping and refunds. */
    readonly marginPercent: number;
  };

  readonly watch: {
    /** A folder is taken when nothing in it changed for so long. */
    readonly quietSeconds: number;
    /** A file is complete when it did not change for so long; a divider shot closes an item whose files are. */
    readonly stableSeconds: number;
    /** Look again and again instead of being told: for network drives. */
    readonly polling: boolean;
    readonly pollSeconds: number;
    /** The longest pause before what was left for later is tried again. */
    readonly retryMinutes: number;
  };
  readonly metrics: MetricsSettings;
  readonly alerts: AlertSettings;
}
