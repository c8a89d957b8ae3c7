import { EasyflipError } from '../../core/errors.ts';
import type { MicroUsd } from '../../core/money.ts';
import type { TokenUsage } from '../../core/ports/outgoing.ts';
import type { ModelPrice, Settings } from '../../core/settings.ts';

/** The price of a model; undefined where nobody has said it. A dated version costs what its model costs. */
export function priceOf(model: string, { prices }: Settings['models']): ModelPrice | undefined {
  return prices[model] ?? prices[model.replace(/-\d{4}-\d{2}-\d{2}$/, '')];
}

/** A limit that cannot be kept must not be promised. Errors: `config.invalid`. */
export function refuseUnpriced(model: string, { models, limits }: Pick<Settings, 'models' | 'limits'>): void {
  const isLimited = limits.maxCostUsd !== null || limits.maxCostPerItemUsd !== null || limits.maxCostPerDayUsd !== null;
  if (!isLimited || priceOf(model, models)) return;
  throw new EasyflipError('config.invalid', `What the model "${model}" costs is not known, so no limit on costs can be kept.`, {
    hint: `Add its price to models.prices in the settings, or run without --max-cost, --max-cost-item and --max-cost-day.`,
  });
}

/** In millionths of a dollar; dollars for a million tokens are millionths of a dollar for one. 0 without a price. */
export function costOf(price: ModelPrice | undefined, { input, cached, output }: TokenUsage): MicroUsd {
  if (!price) return 0;
  const rebated = Math.min(cached, input);
  return Math.ceil((input - rebated) * price.input + rebated * (price.cachedInput ?? price.input) + output * price.output);
}

/**
 * Tokens of a text, never fewer than there are. English prose and JSON have more than three letters a token, which
 * holds for our own words; what others wrote may be anything, and a byte is at least one token.
 */
export const ownTextTokens = (text: string): number => Math.ceil(text.length / 2.5);
export const foreignTextTokens = (text: string): number => Buffer.byteLength(text);
