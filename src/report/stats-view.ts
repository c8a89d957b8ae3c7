import type { Figure } from '../core/figure.ts';
import type { Currency, MicroUsd, Money } from '../core/money.ts';
import type { StageFigure } from '../core/ports/index.ts';
import type { ServiceName } from '../core/settings.ts';
import type { AccuracyView } from './accuracy.ts';

/** What the program did in a period. */
export interface WorkView {
  /** Listings that went live, by day (UTC), every day of the period from the first listing on. */
  readonly days: readonly { readonly day: string; readonly listed: number }[];
  readonly listed: number;
  /** Items that were first seen in the period, as they stand now. */
  readonly items: {
    readonly listed: number;
    readonly held: number;
    readonly failed: number;
    readonly waiting: number;
    readonly skipped: number;
  };
  /** Listed of listed, held and failed. 0 to 1. */
  readonly success: Figure<number>;
  readonly stages: readonly StageFigure[];
  readonly spend: readonly { readonly operation: string; readonly calls: number; readonly microUsd: MicroUsd }[];
  readonly microUsd: MicroUsd;
}

/** One service as a machine with so many places. */
export interface ServiceLoad {
  readonly service: ServiceName;
  readonly atOnce: number;
  readonly calls: number;
  readonly failed: number;
  readonly busyMs: number;
  /** Busy time ÷ (places × time of the runs); may pass 1 by what rounding and overlap add. */
  readonly utilisation: number;
  /** Items an hour that its places allow for: places ÷ busy time of an item. */
  readonly itemsPerHour: number;
}

export interface BottleneckView {
  readonly runs: number;
  readonly wallMs: number;
  readonly items: number;
  /** As measured. */
  readonly itemsPerHour: number;
  /** The most utilised first. */
  readonly services: readonly ServiceLoad[];
  /** The service whose places were busy most; undefined: none was busy enough to hold anything up. */
  readonly service: ServiceName | undefined;
  /** What holds things up, in a sentence. */
  readonly finding: string;
  readonly advice: { readonly setting: string; readonly from: number; readonly to: number; readonly itemsPerHour: number } | undefined;
  /** What to do, in a sentence. */
  readonly cure: string;
}

interface StaleListing {
  readonly item: string;
  readonly sku: string;
  readonly title: string | null;
  readonly days: number;
  readonly price: Money | null;
  readonly views: number | null;
}

/** What came of it. Amounts in one currency; sales in another are counted apart. */
export interface BusinessView {
  readonly currency: Currency;
  /** Up to when sales are known. */
  readonly syncedTo: string | null;
  readonly otherCurrencies: number;
  /** Lines of orders that were paid, and pieces in them; nothing else here counts what is cancelled or not paid. */
  readonly sales: Figure<{ readonly sales: number; readonly pieces: number; readonly cancelled: number; readonly unpaid: number }>;
  /** Of the listings that went live in the period: how many have sold by now. */
  readonly conversion: Figure<{ readonly sold: number; readonly listed: number; readonly share: number }>;
  /** Items sold in the period ÷ items that were on offer in it. */
  readonly sellThrough: Figure<{ readonly sold: number; readonly offered: number; readonly share: number }>;
  /** Of listings that are or were live, as of the last sync: the last 30 days of each. */
  readonly traffic: Figure<{
    readonly listings: number;
    readonly impressions: number;
    readonly views: number;
    readonly viewsPerListing: number;
  }>;
  readonly revenue: Figure<Money>;
  readonly averageValue: Figure<Money>;
  /** What buyers paid for delivery. */
  readonly delivery: Figure<Money>;
  readonly refunds: Figure<{ readonly amount: Money; readonly sales: number; readonly share: number }>;
  readonly fees: Figure<Money>;
  /** Labels, and where none is known the setting pricing.shippingCost. */
  readonly shipping: Figure<{ readonly amount: Money; readonly estimated: number }>;
  readonly cost: Figure<Money>;
  /** Of the sales whose fees and cost are known. */
  readonly profit: Figure<{ readonly amount: Money; readonly of: Money; readonly sales: number; readonly left: number }>;
  /** Profit ÷ what these sales brought in with delivery. */
  readonly margin: Figure<number>;
  readonly stale: { readonly days: number; readonly count: number; readonly value: Money; readonly oldest: readonly StaleListing[] };
}

/** One thing that could be better, and what it would bring in 30 days, all else equal. */
export interface Lever {
  readonly lever: 'pace' | 'conversion' | 'value' | 'cost' | 'refunds' | 'held' | 'failed';
  /** What is done, in a few words. */
  readonly step: string;
  readonly revenue: Money;
  /** null: the margin is not known. */
  readonly profit: Money | null;
  /** How much of this alone would reach the target; null: it does not by itself. */
  readonly alone: string | null;
  readonly how: string;
}

export interface ProjectionView {
  readonly target: Money;
  readonly marginPercent: number;
  readonly targetProfit: Money;
  /** Days that the pace is reckoned over. */
  readonly overDays: number;
  readonly listedPerDay: Figure<number>;
  /** target ÷ (average value × conversion), over 30 days. */
  readonly neededPerDay: Figure<number>;
  readonly shortPerDay: Figure<number>;
  /** In 30 days at this pace. */
  readonly revenue: Figure<Money>;
  readonly profit: Figure<Money>;
  /** The one with the largest effect first. */
  readonly levers: Figure<readonly Lever[]>;
}

export interface StatsView {
  /** ISO times, UTC. */
  readonly since: string;
  readonly until: string;
  readonly work: WorkView;
  readonly bottleneck: Figure<BottleneckView>;
  readonly business: BusinessView;
  readonly projection: ProjectionView;
  readonly accuracy: AccuracyView;
}
