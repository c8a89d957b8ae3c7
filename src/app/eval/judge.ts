import { FACT_NAMES, type Facts, isProven, type Unknowns } from '../../core/facts.ts';
import type { FieldVerdict, JudgedItem } from '../../report/eval-view.ts';
import type { ExpectedItem } from './expected.ts';
import { contains, sameValue } from './same-value.ts';
import { titleFaults } from './title-faults.ts';

/** What a provider made of one item, as far as it is judged. */
export interface Answer {
  readonly facts: Facts;
  readonly unknowns: Unknowns;
  readonly title: string | null;
  /** The marketplace's suggestions for the provider's queries, best first; null: there was no marketplace. */
  readonly categories: readonly string[] | null;
  readonly seconds: number;
  readonly costUsd: number;
  /** Why there is no answer. */
  readonly failed: string | null;
}

/** Compares what was said with what is true. Pure; fields of which the truth is not known are left out. */
export function judge({ name, truths, mustNotSay, categories }: ExpectedItem, answer: Answer, threshold: number): JudgedItem {
  const fields = FACT_NAMES.flatMap((field): FieldVerdict[] => {
    const expected = truths[field];
    if (expected === undefined) return [];
    const fact = answer.facts[field];
    const verdict = !fact
      ? expected === null
        ? 'rightly-absent'
        : 'missing'
      : expected?.some((truth) => sameValue(field, fact.value, truth))
        ? 'right'
        : 'wrong';
    const certain = fact !== undefined && isProven(field, fact) && fact.confidence >= threshold;
    return [{ field, verdict, stated: fact?.value ?? null, expected, confidence: fact?.confidence ?? null, certain }];
  });
  const said = [answer.title ?? '', ...Object.values(answer.facts).map(({ value }) => value)];
  const place = answer.categories?.findIndex((id) => categories.includes(id)) ?? -1;
  return {
    item: name,
    fields,
    inventions: mustNotSay.filter((phrase) => said.some((text) => contains(text, phrase))),
    title: answer.title,
    titleFaults: answer.title === null ? [] : titleFaults(answer.title),
    categoryRank: answer.categories === null || categories.length === 0 ? null : place + 1,
    seconds: answer.seconds,
    costUsd: answer.costUsd,
    failed: answer.failed,
  };
}
