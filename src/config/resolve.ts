import type { Currency, Money } from '../core/money.ts';
import { parseMoney } from '../core/money.ts';
import type { Settings } from '../core/settings.ts';
import { SITES } from '../core/site.ts';
import type { FileSettings } from './shape.ts';

/** The file's form (amounts as text) becomes the program's form. The input has passed the shape: nothing can fail. */
export function resolve({ $schema: _schema, pricing, ...rest }: FileSettings): Settings {
  const currency = SITES[rest.marketplace].currency;
  return {
    ...rest,
    pricing: {
      ...pricing,
      fixedFee: money(pricing.fixedFee, currency),
      shippingCost: money(pricing.shippingCost, currency),
      minimumProfit: money(pricing.minimumProfit, currency),
      minimumPrice: money(pricing.minimumPrice, currency),
    },
  };
}

function money(text: string, currency: Currency): Money {
  const parsed = parseMoney(text, currency);
  if (!parsed) throw new TypeError(`the shape let an amount through that is none: ${text}`);
  return parsed;
}
