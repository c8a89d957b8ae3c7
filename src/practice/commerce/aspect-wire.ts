import { type AspectFact, aspectRules } from './leaf.ts';

/**
 * One aspect as getItemAspectsForCategory and fetchItemAspects give it. Required aspects say RECOMMENDED too: only
 * the boolean tells. What is not recorded of an aspect is left out, and an aspect without values has no list.
 */
export function aspectOnWire(fact: AspectFact): unknown {
  const rules = aspectRules(fact);
  return {
    localizedAspectName: fact.name,
    aspectConstraint: {
      aspectDataType: fact.dataType ?? 'STRING',
      itemToAspectCardinality: rules.single ? 'SINGLE' : 'MULTI',
      aspectMode: rules.selectionOnly ? 'SELECTION_ONLY' : 'FREE_TEXT',
      aspectRequired: rules.required,
      aspectUsage: fact.usage ?? 'RECOMMENDED',
      aspectEnabledForVariations: fact.forVariations === true,
      ...(fact.applicableTo === undefined ? {} : { aspectApplicableTo: fact.applicableTo }),
      ...(fact.maxLength === undefined ? {} : { aspectMaxLength: fact.maxLength }),
      ...(fact.format === undefined ? {} : { aspectFormat: fact.format }),
      ...(fact.advancedDataType === undefined ? {} : { aspectAdvancedDataType: fact.advancedDataType }),
    },
    ...(fact.values === undefined ? {} : { aspectValues: fact.values.map((value) => aspectValue(fact, value)) }),
  };
}

function aspectValue(fact: AspectFact, value: string): unknown {
  const constraints = fact.valueConstraints?.[value];
  if (constraints === undefined) return { localizedValue: value };
  return {
    localizedValue: value,
    valueConstraints: constraints.map((constraint) => ({
      applicableForLocalizedAspectName: constraint.aspect,
      applicableForLocalizedAspectValues: constraint.values,
    })),
  };
}
