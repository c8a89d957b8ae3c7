import type { Reason } from '../../core/errors.ts';
import type { ItemId } from '../../core/item.ts';
import type { Condition, ConditionPolicy } from '../../core/listing.ts';
import type { Flaws } from './flaws.ts';

/** Grades that promise a thing without a flaw, each with the next ones below it, best first (CONTRACTS 2.5). */
const PROMISES: Readonly<Record<string, readonly string[]>> = {
  1000: ['1750'],
  1500: ['1750'],
  2750: ['4000', '3000'],
  2990: ['3000'],
};

export interface FlawedCondition {
  /** Absent where the category has none. */
  readonly condition?: Condition;
  /** What a person has to settle before it goes live. */
  readonly doubt?: Reason;
}

interface Graded {
  readonly condition: Condition | undefined;
  readonly policy: ConditionPolicy;
  /** Said by the seller: kept as it is, and asked about. */
  readonly bySeller: boolean;
}

/**
 * A grade beside the flaws that a model saw. One that was taken from the photos gives way to the next lower one that the
 * category has; one that the seller said stays, and the item is held with the question. Pure.
 */
export function flawedCondition(id: ItemId, { condition, policy, bySeller }: Graded, { seen, denied }: Flaws): FlawedCondition {
  const kept = condition ? { condition } : {};
  const promise = condition && PROMISES[condition.id];
  if (seen.length === 0 || (!promise && !denied)) return kept;
  const lower = (promise ?? []).map((one) => policy.allowed.find((allowed) => allowed.id === one)).find((one) => one !== undefined);
  if (!denied && !bySeller && lower && !lower.descriptors && !condition?.descriptors) return { condition: lower };
  const shown = seen.map(({ what, photos }) => `photo ${photos.join(', ')}: ${what}`).join('; ');
  const instead = promise ? ` or \`--set ${quoted(`condition=${lower?.label ?? '…'}`)}\`` : '';
  return {
    ...kept,
    doubt: {
      code: 'condition.doubtful',
      message: denied
        ? `You say that it has no flaws, but ${shown}.`
        : `"${condition?.label}" promises a thing without flaws, but ${shown}.`,
      hint: `If it is right, run \`easyflip approve ${id}\`; else correct it with \`--set flaws=…\`${instead}.`,
    },
  };
}

const quoted = (text: string): string => (/\s/.test(text) ? `"${text}"` : text);
