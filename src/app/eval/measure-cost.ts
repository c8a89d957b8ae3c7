import type { ItemId } from '../../core/item.ts';
import type { MicroUsd } from '../../core/money.ts';
import type { Call, Outgoing } from '../../core/ports/index.ts';

export interface CostMeter {
  /** Passes every call on, and remembers what it cost. */
  readonly outgoing: Outgoing;
  costOf(item: ItemId): MicroUsd;
}

/** Costs by item of the calls that go through it: what was settled, else the worst case of each attempt. */
export function measureCost(through: Outgoing): CostMeter {
  const costs = new Map<ItemId | undefined, MicroUsd>();
  const add = ({ itemId }: Call, cost: MicroUsd): void => void costs.set(itemId, (costs.get(itemId) ?? 0) + cost);
  return {
    outgoing: {
      run: (request, call, attempt) =>
        through.run(request, call, (given) => {
          let counted = request.worstCaseMicroUsd ?? 0;
          add(call, counted);
          const settle: typeof given.settle = (cost, ...rest) => {
            add(call, cost - counted);
            counted = cost;
            given.settle(cost, ...rest);
          };
          return attempt({ ...given, settle });
        }),
    },
    costOf: (item) => costs.get(item) ?? 0,
  };
}
