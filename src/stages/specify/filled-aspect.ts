import type { Fact } from '../../core/facts.ts';

export interface FilledAspect {
  readonly values: readonly string[];
  /** Why: the fact behind it, with its evidence. */
  readonly fact: Fact;
}

export interface AspectProblem {
  readonly name: string;
  /** `missing`: nothing is known. `unfit`: the seller's value is none that eBay allows here. `left-out`: the seller wants none. */
  readonly kind: 'missing' | 'unfit' | 'left-out';
  readonly why: string;
  readonly allowed: readonly string[];
}
