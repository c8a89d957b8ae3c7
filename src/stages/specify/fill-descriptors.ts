import type { Condition, ConditionDescriptor, DescriptorRule } from '../../core/listing.ts';
import type { AspectProblem, FilledAspect } from './filled-aspect.ts';

export interface FilledDescriptors {
  readonly descriptors: readonly ConditionDescriptor[];
  readonly problems: readonly AspectProblem[];
  /** Names that were used up: they are no item specifics of their own. */
  readonly names: readonly string[];
}

/** Inventory API, conditionDescriptors: `additionalInfo`. */
const INFO_MAX = 30;

/**
 * Grader, grade and the like as the condition asks for them (trading cards, coins), in eBay's ids. The seller says them by
 * their names, as item specifics: `--set "Card Condition=Near Mint or Better"`.
 */
export function fillDescriptors(condition: Condition, said: Readonly<Record<string, FilledAspect>>): FilledDescriptors {
  const rules = condition.descriptors ?? [];
  const byName = new Map(Object.entries(said).map(([name, one]) => [plain(name), { name, value: one.values[0] ?? '' }]));
  const given = new Map<string, ConditionDescriptor>();
  const problems: AspectProblem[] = [];
  const names: string[] = [];

  for (const rule of rules) {
    const answer = byName.get(plain(rule.name));
    const allowed = rule.values.map(({ name }) => name);
    if (answer === undefined) {
      if (rule.required) problems.push({ name: rule.name, kind: 'missing', why: `"${condition.label}" asks for it`, allowed });
      continue;
    }
    names.push(answer.name);
    const fitted = descriptorOf(rule, answer.value);
    if (typeof fitted === 'string') problems.push({ name: rule.name, kind: 'unfit', why: fitted, allowed });
    else given.set(rule.id, fitted);
  }
  for (const rule of rules) {
    const needed = rule.values.find(({ id }) => id === given.get(rule.id)?.values?.[0])?.onlyWith;
    if (needed === undefined || needed.values.includes(given.get(needed.descriptor)?.values?.[0] ?? '')) continue;
    const other = rules.find(({ id }) => id === needed.descriptor)?.name ?? needed.descriptor;
    problems.push({ name: rule.name, kind: 'unfit', why: `it does not go with the ${other}`, allowed: [] });
  }
  return { descriptors: [...given.values()], problems, names };
}

/** The descriptor in eBay's ids, or why it cannot be made. */
function descriptorOf(rule: DescriptorRule, value: string): ConditionDescriptor | string {
  if (rule.freeText) {
    const max = Math.min(rule.maxLength ?? INFO_MAX, INFO_MAX);
    return [...value].length > max ? `it is longer than ${max} characters` : { name: rule.id, additionalInfo: value };
  }
  const wanted = plain(value);
  const exact = rule.values.filter(({ name }) => plain(name) === wanted);
  // `Professional Coin Grading Service (PCGS)` is known by its letters too. What fits two values fits none.
  const named = exact.length > 0 ? exact : rule.values.filter(({ name }) => shortNames(name).includes(wanted));
  const [only] = named;
  return named.length === 1 && only ? { name: rule.id, values: [only.id] } : `"${value}" is none of eBay's values`;
}

const shortNames = (name: string): readonly string[] =>
  [name.replace(/\s*\(.*\)\s*$/, ''), ...(/\(([^)]*)\)/.exec(name)?.slice(1) ?? [])]
    .flatMap((part) => [part, ...part.split('/')])
    .map(plain);

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\(optional\)/g, '')
    .replace(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim();
