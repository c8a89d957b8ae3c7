import { type EasyflipError, isEasyflipError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import type { AspectRule, Category, ConditionPolicy } from '../../core/listing.ts';
import type { Marketplace } from '../../core/ports/index.ts';
import type { RunControl } from '../../pipeline/run-control.ts';
import type { App } from '../app.ts';
import { wireMarketplace } from '../wire-run.ts';

/** What a category asks for and takes, as far as it can be told now. */
export interface Allowed {
  readonly rules: readonly AspectRule[];
  readonly conditions: ConditionPolicy['allowed'];
  readonly categories: readonly Category[];
  /** Why it cannot be told. */
  readonly missing: string | null;
}

export const NOTHING_ALLOWED: Allowed = { rules: [], conditions: [], categories: [], missing: null };

export interface AllowedValues {
  /** `words`: what categories are proposed for. Never throws: a page without lists is better than none, and says why. */
  of(categoryId: string | null, words: string | null): Promise<Allowed>;
  close(): Promise<void>;
}

/** A page waits this long for what is not kept yet; it is kept for a week then. */
const PATIENCE_MS = 5_000;

/** eBay's own lists, from what is kept of them; asked of eBay where that is too old. Connected with the first question. */
export function allowedValues(app: App, { emit, control }: { readonly emit: Emit; readonly control: RunControl }): AllowedValues {
  let access: ReturnType<typeof wireMarketplace> | undefined;
  const marketplaceOf = async (): Promise<Marketplace> => {
    access ??= wireMarketplace(app, emit);
    try {
      return (await access).marketplace;
    } catch (error) {
      access = undefined;
      throw error;
    }
  };
  return {
    async of(categoryId, words) {
      const call = { signal: AbortSignal.any([control.hard, AbortSignal.timeout(PATIENCE_MS)]), priority: 0 };
      try {
        const marketplace = await marketplaceOf();
        const [rules, policy, categories] = await Promise.all([
          categoryId === null ? [] : marketplace.aspects(categoryId, call),
          categoryId === null ? undefined : marketplace.conditions(categoryId, call),
          words === null ? [] : marketplace.suggestCategories(words, call),
        ]);
        return { rules, conditions: policy?.allowed ?? [], categories, missing: null };
      } catch (error) {
        return { ...NOTHING_ALLOWED, missing: whyOf(error) };
      }
    },
    async close() {
      await (await access?.catch(() => undefined))?.close();
    },
  };
}

const whyOf = (error: unknown): string =>
  isEasyflipError(error) ? (error as EasyflipError).message : 'eBay did not tell in time which values it allows.';
