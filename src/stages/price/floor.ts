import { type CategoryPath, estimateFees, type FeeTable } from '../../core/fees.ts';
import { type Money, thousandths, WHOLE } from '../../core/money.ts';
import type { Settings } from '../../core/settings.ts';

/** What a sale at some price leaves, and from which price on it leaves enough. */
export interface Floor {
  /** The lowest price that pays what must be paid, and is no lower than the seller's own minimum. */
  readonly price: Money;
  /** True from `price` on, but for the few cents above a step of the fee per order. */
  readonly allows: (price: Money) => boolean;
}

interface Terms {
  readonly pricing: Settings['pricing'];
  readonly fees: FeeTable;
  /** Leaf first. */
  readonly path: CategoryPath;
}

/** Cost, shipping and profit are paid once eBay has taken its fees. An item of unknown cost has the minimum price for a floor. */
export function floorFor(terms: Terms, cost: Money | undefined): Floor {
  const { pricing } = terms;
  return atLeast(terms, cost ? cost.minor + pricing.shippingCost.minor + pricing.minimumProfit.minor : undefined);
}

/** The price that leaves the cost and a share of it on top. */
export function priceWithMargin(terms: Terms, cost: Money, percent: number): Money {
  const { pricing } = terms;
  return atLeast(terms, Math.ceil((cost.minor * (WHOLE + thousandths(percent))) / WHOLE) + pricing.shippingCost.minor).price;
}

function atLeast({ pricing, fees, path }: Terms, neededMinor: number | undefined): Floor {
  const { minimumPrice, shippingCharged: shipping } = pricing;
  const money = (minor: number): Money => ({ minor, currency: minimumPrice.currency });
  const lacking = (price: Money): number =>
    neededMinor === undefined
      ? 0
      : neededMinor - (price.minor + shipping.minor - estimateFees(fees, { price, shipping, path }).total.minor);
  let price = minimumPrice;
  // Each step adds what lacks; the fee on that is less than it, so the steps shrink and end.
  for (let lacks = lacking(price); lacks > 0; lacks = lacking(price)) price = money(price.minor + lacks);
  return { price, allows: (wanted) => wanted.minor >= minimumPrice.minor && lacking(wanted) <= 0 };
}

/** Up to the next price that ends as sellers' prices do: 12.31 becomes 12.99. */
export function roundedUp(price: Money, endsIn: number | null): Money {
  if (endsIn === null) return price;
  const whole = Math.floor(price.minor / 100) * 100;
  const ending = whole + endsIn;
  return { ...price, minor: ending >= price.minor ? ending : ending + 100 };
}

/** Down to the last such price: 12.31 becomes 11.99. May be zero or less for small amounts. */
export function roundedDown(price: Money, endsIn: number | null): Money {
  const up = roundedUp(price, endsIn);
  return up.minor === price.minor ? price : { ...up, minor: up.minor - 100 };
}

/**
 * The wanted price with its ending, never one that the floor does not allow. `direction` is where the ending is looked for;
 * under the floor it is always looked for upwards.
 */
export function settle(
  wanted: Money,
  floor: Floor,
  endsIn: number | null,
  direction: 'up' | 'down',
): { readonly price: Money; readonly atFloor: boolean } {
  const near = direction === 'up' ? roundedUp(wanted, endsIn) : roundedDown(wanted, endsIn);
  if (floor.allows(near)) return { price: near, atFloor: false };
  let price = roundedUp(wanted.minor < floor.price.minor ? floor.price : wanted, endsIn);
  while (!floor.allows(price)) price = roundedUp({ ...price, minor: price.minor + 1 }, endsIn);
  return { price, atFloor: wanted.minor < floor.price.minor };
}
