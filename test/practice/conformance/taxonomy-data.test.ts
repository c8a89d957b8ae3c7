import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LEAVES } from '../../../src/practice/commerce/catalogue.ts';
import type { AspectFact } from '../../../src/practice/commerce/leaf.ts';

/** What public records show of eBay's categories, where the shared material is at hand. */
const folder = resolve('../shared/facts');
const hasFacts = existsSync(folder);
if (!hasFacts) process.stderr.write('No category facts at ../shared/facts: the test of the practice data against them is skipped.\n');

const read = (name: string) => JSON.parse(readFileSync(resolve(folder, name), 'utf8'));

interface Fact {
  readonly id: string;
  readonly name: string;
  readonly ancestors: readonly unknown[];
  readonly aspects?: readonly AspectFact[];
  readonly conditions?: readonly { readonly id: string; readonly name: string }[];
  readonly confidence: Readonly<Record<string, string>>;
}

/** What this project adds to a recorded aspect, each time with a mark. */
const bare = ({ valueConstraints: _c, usage: _u, forVariations: _v, ...aspect }: AspectFact) => aspect;
const facts: readonly Fact[] = hasFacts ? read('ebay-us-categories.json') : [];
const dataOf = (id: string) => LEAVES.find((leaf) => leaf.id === id) as unknown as Fact & (typeof LEAVES)[number];

describe('the categories', () => {
  it('are at least 80, each with conditions or the recorded word that there are none', () => {
    expect(LEAVES.length).toBeGreaterThanOrEqual(80);
    for (const leaf of LEAVES) expect(leaf.conditions).toBeInstanceOf(Array);
  });

  it('say of every part how well founded it is', () => {
    const words = new Set(['recorded', 'several-sources', 'partly', 'memory', 'department-usual', 'documented']);
    for (const leaf of LEAVES) {
      const { confidence } = dataOf(leaf.id);
      for (const word of Object.values(confidence)) expect(words).toContain(word);
      expect(confidence.conditions).toBeDefined();
      expect(leaf.aspects === undefined).toBe(confidence.aspects === undefined);
    }
  });

  it.skipIf(!hasFacts)('are what the facts record: names, paths, aspects with flags and values, conditions', () => {
    expect(facts.length).toBe(LEAVES.length);
    for (const fact of facts) {
      const leaf = dataOf(fact.id);
      expect({ name: leaf.name, ancestors: leaf.ancestors }).toEqual({ name: fact.name, ancestors: fact.ancestors });
      // Values and constraints that are general knowledge are marked, and apart from that nothing is added.
      const recorded = (leaf.aspects ?? []).map((aspect) => {
        const { fromMemory = [] } = aspect as { fromMemory?: readonly string[] };
        const isAdded = fromMemory.includes('values');
        const { values, valuesTrimmed, ...rest } = bare(aspect);
        const kept = fromMemory.filter((field) => field !== 'values' && field !== 'valueConstraints');
        return {
          ...rest,
          ...(kept.length > 0 ? { fromMemory: kept } : { fromMemory: undefined }),
          ...(isAdded ? {} : { values, valuesTrimmed }),
        };
      });
      expect(recorded).toEqual(fact.aspects ?? []);
      if (fact.conditions !== undefined) {
        const plain = leaf.conditions.map(({ id, name }) => ({ id, name }));
        expect(plain).toEqual(fact.conditions.map(({ id, name }) => ({ id, name })));
      }
    }
  });

  it.skipIf(!hasFacts)('have the condition descriptors of the recorded policies, value by value', () => {
    for (const [id, name] of [
      ['39464', 'morgan-dollars'],
      ['261328', 'trading-cards'],
    ] as const) {
      const [policy] = read(`recorded/condition-policy-${id}-${name}.json`).itemConditionPolicies;
      for (const condition of policy.itemConditions) {
        const own = LEAVES.find((leaf) => leaf.id === id)?.conditions.find((one) => one.id === condition.conditionId);
        const descriptors = [...(own?.requiredDescriptors ?? []), ...(own?.optionalDescriptors ?? [])];
        expect(descriptors.map((one) => one.id)).toEqual(
          condition.conditionDescriptors.map((one: { conditionDescriptorId: string }) => one.conditionDescriptorId),
        );
        for (const recorded of condition.conditionDescriptors) {
          const values = descriptors.find((one) => one.id === recorded.conditionDescriptorId)?.values ?? [];
          for (const value of recorded.conditionDescriptorValues ?? []) {
            const found = values.find((one) => one.id === value.conditionDescriptorValueId);
            expect(found?.name).toBe(value.conditionDescriptorValueName);
            expect(found?.onlyWith?.values).toEqual(value.conditionDescriptorValueConstraints?.[0].applicableToConditionDescriptorValueIds);
          }
        }
      }
    }
  });
});
