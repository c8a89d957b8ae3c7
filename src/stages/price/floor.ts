import type { Money } from '../../core/money.ts';
import type { Settings } from '../../core/settings.ts';

/**
 * The lowest price that still earns the wanted profit once eBay's fee, shipping and what the item
 * cost are paid: (cost + shipping + fixed fee + profit) ÷ (1 − fee share), rounded up.
 */
export function floorPrice(pricing: Settings['pricing'], cost: Money | undefined): Money {
  const spent = (cost?.minor ?? 0) + pricing.shippingCost.minor + pricing.fixedFee.minor + pricing.minimumProfit.minor;
  const needed = cost ? Math.ceil(spent / (1 - pricing.feePercent / 100)) : 0;
  return { minor: Math.max(needed, pricing.minimumPrice.minor), currency: pricing.minimumPrice.currency };
}

/** Up to the next price that ends as sellers' prices do: 12.31 becomes 12.99. */
export function roundedUp(price: Money, endsIn: number | null): Money {
  if (endsIn === null) return price;
  const whole = Math.floor(price.minor / 100) * 100;
  const ending = whole + endsIn;
  return { ...price, minor: ending >= price.minor ? ending : ending + 100 };
}
