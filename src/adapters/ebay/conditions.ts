import { EasyflipError } from '../../core/errors.ts';
import type { Condition, ConditionPolicy, DescriptorRule } from '../../core/listing.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import { createReference, type ReferenceParts } from './reference.ts';
import type { Transport } from './transport.ts';
import { conditionsAnswer, type WireDescriptor } from './wire.ts';

/** Condition ids of the Metadata API and the words that the Inventory API wants for them (ConditionEnum, CONTRACTS 2.5). */
const CONDITION_WORDS: Readonly<Record<string, string>> = {
  1000: 'NEW',
  1500: 'NEW_OTHER',
  1750: 'NEW_WITH_DEFECTS',
  2000: 'CERTIFIED_REFURBISHED',
  2010: 'EXCELLENT_REFURBISHED',
  2020: 'VERY_GOOD_REFURBISHED',
  2030: 'GOOD_REFURBISHED',
  2500: 'SELLER_REFURBISHED',
  2750: 'LIKE_NEW',
  2990: 'PRE_OWNED_EXCELLENT',
  3000: 'USED_EXCELLENT',
  3010: 'PRE_OWNED_FAIR',
  4000: 'USED_VERY_GOOD',
  5000: 'USED_GOOD',
  6000: 'USED_ACCEPTABLE',
  7000: 'FOR_PARTS_OR_NOT_WORKING',
};

/**
 * What a category allows (Metadata getItemConditionPolicies). Left out: conditions that need eBay's approval
 * of the seller (usage RESTRICTED), and those that need a descriptor of which eBay does not tell the id.
 * Errors: `category.unknown`; eBay answers a bad id with 200 and a warning.
 */
export function createConditions(
  transport: Transport,
  parts: ReferenceParts,
): (categoryId: string, call: Call) => Promise<ConditionPolicy> {
  const policies = createReference<ConditionPolicy>(parts, `ebay:${transport.site.id}:conditions`, 200);
  return (categoryId, call) =>
    policies(categoryId, call, async (shared) => {
      const { itemConditionPolicies } = await transport.request(
        {
          token: 'application',
          service: 'metadata',
          operation: 'metadata.getItemConditionPolicies',
          send: (ebay) => ebay.sell.metadata.getItemConditionPolicies(transport.site.id, `categoryIds:{${categoryId}}`),
          read: conditionsAnswer,
        },
        shared,
      );
      const policy = itemConditionPolicies?.find((candidate) => candidate.categoryId === categoryId);
      if (policy === undefined) throw unknownCategory(categoryId);
      const allowed = (policy.itemConditions ?? [])
        .filter(({ usage }) => usage !== 'RESTRICTED')
        .flatMap(({ conditionId: id, conditionDescription, conditionDescriptors }): Condition[] => {
          const word = CONDITION_WORDS[id];
          const descriptors = (conditionDescriptors ?? []).map(descriptorRule);
          if (word === undefined || descriptors.some((one) => one.required && one.id === '')) return [];
          const known = descriptors.filter((one) => one.id !== '');
          return [{ id, word, label: conditionDescription ?? word, ...(known.length > 0 ? { descriptors: known } : {}) }];
        });
      return { required: policy.itemConditionRequired ?? false, allowed };
    });
}

/** "Usage is only returned if the condition descriptor is required" (Metadata document, ItemConditionDescriptorConstraint). */
function descriptorRule({
  conditionDescriptorId,
  conditionDescriptorName,
  conditionDescriptorConstraint: constraint,
  conditionDescriptorValues,
}: WireDescriptor): DescriptorRule {
  const id = conditionDescriptorId ?? '';
  return {
    id,
    name: conditionDescriptorName ?? id,
    required: constraint?.usage === 'REQUIRED',
    freeText: constraint?.mode === 'FREE_TEXT',
    ...(constraint?.maxLength ? { maxLength: constraint.maxLength } : {}),
    values: (conditionDescriptorValues ?? []).map((value) => {
      const needed = value.conditionDescriptorValueConstraints?.[0];
      const descriptor = needed?.applicableToConditionDescriptorId;
      return {
        id: value.conditionDescriptorValueId,
        name: value.conditionDescriptorValueName ?? value.conditionDescriptorValueId,
        ...(descriptor ? { onlyWith: { descriptor, values: needed.applicableToConditionDescriptorValueIds ?? [] } } : {}),
      };
    }),
  };
}

const unknownCategory = (categoryId: string): EasyflipError =>
  new EasyflipError('category.unknown', `eBay knows no leaf category ${categoryId}.`, {
    hint: 'Choose another category with `easyflip approve ITEM --set category=…`.',
  });
