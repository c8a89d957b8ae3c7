import type { ConditionFact, DescriptorFact } from '../commerce/leaf.ts';
import type { Market } from '../ground/market.ts';
import type { WireError } from '../wire/wire.ts';
import { wireError } from '../wire/wire.ts';
import { type Candidate, leafOf } from './candidate.ts';
import { CONDITION_IDS, type InventoryItem } from './item-types.ts';
import { isRefurbished } from './refurbished-rules.ts';

/** "Ignored for NEW, LIKE_NEW, NEW_OTHER, NEW_WITH_DEFECTS, with a warning" (Inventory document, conditionDescription). */
const WITHOUT_DESCRIPTION = new Set(['NEW', 'LIKE_NEW', 'NEW_OTHER', 'NEW_WITH_DEFECTS']);

type Descriptors = NonNullable<InventoryItem['conditionDescriptors']>;

/** The condition as the category's condition policy has it (Metadata, getItemConditionPolicies). */
export function conditionProblems(_market: Market, candidate: Candidate): readonly WireError[] {
  const leaf = leafOf(candidate);
  const { condition } = candidate.item;
  // The refurbished conditions hang on the seller, and have rules of their own.
  if (leaf === undefined || leaf.conditions.length === 0 || isRefurbished(condition)) return [];
  if (condition === undefined) return [wireError(25021, ['Condition is required for this category.'], { fieldName: 'condition' })];
  const allowed = leaf.conditions.find((fact) => fact.id === CONDITION_IDS[condition]);
  if (allowed === undefined) {
    return [wireError(25021, ['The provided condition id is invalid for the selected primary category id.'], { condition })];
  }
  return descriptorProblems(allowed, candidate.item);
}

export function conditionWarnings(candidate: Candidate): readonly WireError[] {
  const { condition, conditionDescription } = candidate.item;
  const warnings: WireError[] = [];
  if (condition !== undefined && leafOf(candidate)?.conditions.length === 0) warnings.push(wireError(25028, ['condition']));
  if ((conditionDescription ?? '') !== '' && !isDescribed(condition)) warnings.push(wireError(25030, ['conditionDescription']));
  return warnings;
}

/** Whether buyers see the seller's words about the condition. */
export function isDescribed(condition: string | undefined): boolean {
  return !WITHOUT_DESCRIPTION.has(condition ?? '');
}

/** Graded and ungraded cards and coins must say by whom and how, in the ids of the category's policy. */
function descriptorProblems(allowed: ConditionFact, item: InventoryItem): readonly WireError[] {
  const required = allowed.requiredDescriptors ?? [];
  const known = [...required, ...(allowed.optionalDescriptors ?? [])];
  const given = item.conditionDescriptors ?? [];
  const isGiven = (id: string) => given.some((one) => one.name === id && (one.values ?? []).length > 0);
  const missing = required
    .filter((descriptor) => !isGiven(descriptor.id))
    .map((descriptor) => wireError(25066, [descriptor.name], { conditionDescriptorId: descriptor.id }));
  const wrong = given.flatMap((one) => {
    const fact = known.find((descriptor) => descriptor.id === one.name);
    if (fact === undefined) return [mismatch(one.name ?? '', 'There is no such condition descriptor.')];
    return [...valueMismatches(fact, one.values ?? []), ...dependencyMismatches(fact, one.values ?? [], given)];
  });
  return [...missing, ...wrong];
}

function valueMismatches(fact: DescriptorFact, values: readonly string[]): readonly WireError[] {
  if (fact.mode === 'FREE_TEXT') return [];
  const tooMany = values.length > 1 ? [mismatch(fact.id, 'Only one value is allowed.')] : [];
  const unknown = fact.values === undefined ? [] : values.filter((value) => fact.values?.some((one) => one.id === value) !== true);
  return [...tooMany, ...unknown.map((value) => mismatch(fact.id, `"${value}" is not one of its value ids.`))];
}

/** A coin's numerical grade belongs to its letter grade (`conditionDescriptorValueConstraints`). */
function dependencyMismatches(fact: DescriptorFact, values: readonly string[], given: Descriptors): readonly WireError[] {
  return values.flatMap((id) => {
    const needed = fact.values?.find((value) => value.id === id)?.onlyWith;
    if (needed === undefined) return [];
    const others = given.find((one) => one.name === needed.descriptor)?.values ?? [];
    if (others.some((other) => needed.values.includes(other))) return [];
    return [mismatch(fact.id, `"${id}" does not go with the value of ${needed.descriptor}.`)];
  });
}

function mismatch(id: string, why: string): WireError {
  return wireError(25060, [id, why], { conditionDescriptorId: id });
}
