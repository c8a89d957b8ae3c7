import type { Market } from '../ground/market.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { policyReply } from './category-filter.ts';
import type { ConditionFact, DescriptorFact, DescriptorValue } from './leaf.ts';

/** "Only returned for 2000, 2010, 2020, 2030; sellers must be pre-approved" (Metadata document, ItemCondition.usage). */
const REFURBISHED = new Set(['2000', '2010', '2020', '2030']);

/** What a category demands of an item's condition. A branch answers for its leaves. */
export function getItemConditionPolicies(_market: Market, request: Request): Reply {
  return policyReply(request, 'itemConditionPolicies', (leaf) => ({
    itemConditionRequired: leaf.conditions.length > 0,
    itemConditions: leaf.conditions.map(condition),
  }));
}

function condition(fact: ConditionFact): unknown {
  const descriptors = [
    ...(fact.requiredDescriptors ?? []).map((descriptor) => wireDescriptor(descriptor, true)),
    ...(fact.optionalDescriptors ?? []).map((descriptor) => wireDescriptor(descriptor, false)),
  ];
  return {
    conditionId: fact.id,
    conditionDescription: fact.name,
    ...(fact.helpText === undefined ? {} : { conditionHelpText: fact.helpText }),
    ...(REFURBISHED.has(fact.id) ? { usage: 'RESTRICTED' } : {}),
    ...(descriptors.length > 0 ? { conditionDescriptors: descriptors } : {}),
  };
}

/** "Usage is only returned if the condition descriptor is required" (ItemConditionDescriptorConstraint). */
function wireDescriptor(fact: DescriptorFact, isRequired: boolean): unknown {
  return {
    conditionDescriptorId: fact.id,
    conditionDescriptorName: fact.name,
    conditionDescriptorConstraint: {
      cardinality: 'SINGLE',
      mode: fact.mode ?? 'SELECTION_ONLY',
      ...(isRequired ? { usage: 'REQUIRED' } : {}),
      ...(fact.maxLength === undefined ? {} : { maxLength: fact.maxLength }),
      ...(fact.dependsOn === undefined ? {} : { applicableToConditionDescriptorIds: fact.dependsOn }),
    },
    ...(fact.values === undefined ? {} : { conditionDescriptorValues: fact.values.map(wireValue) }),
  };
}

function wireValue(value: DescriptorValue): unknown {
  return {
    conditionDescriptorValueId: value.id,
    conditionDescriptorValueName: value.name,
    ...(value.onlyWith === undefined
      ? {}
      : {
          conditionDescriptorValueConstraints: [
            {
              applicableToConditionDescriptorId: value.onlyWith.descriptor,
              applicableToConditionDescriptorValueIds: value.onlyWith.values,
            },
          ],
        }),
  };
}
