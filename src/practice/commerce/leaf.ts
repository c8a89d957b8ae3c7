export interface AspectFact {
  readonly name: string;
  readonly required?: boolean;
  readonly mode?: string;
  readonly cardinality?: string;
  readonly dataType?: string;
  readonly advancedDataType?: string;
  readonly format?: string;
  readonly maxLength?: number;
  readonly applicableTo?: readonly string[];
  readonly usage?: string;
  readonly forVariations?: boolean;
  readonly values?: readonly string[];
  /** `values` is not the whole list. */
  readonly valuesTrimmed?: boolean;
  /** By value: it may only stand beside one of these values of another aspect (`valueConstraints` on the wire). */
  readonly valueConstraints?: Readonly<Record<string, readonly { readonly aspect: string; readonly values: readonly string[] }[]>>;
}

export interface DescriptorFact {
  readonly id: string;
  readonly name: string;
  readonly mode?: string;
  readonly maxLength?: number;
  /** Ids of the descriptors that decide which values may be chosen. */
  readonly dependsOn?: readonly string[];
  readonly values?: readonly DescriptorValue[];
}

export interface DescriptorValue {
  readonly id: string;
  readonly name: string;
  /** It may only stand beside one of these value ids of another descriptor. */
  readonly onlyWith?: { readonly descriptor: string; readonly values: readonly string[] };
}

export interface ConditionFact {
  readonly id: string;
  readonly name: string;
  readonly helpText?: string;
  readonly requiredDescriptors?: readonly DescriptorFact[];
  readonly optionalDescriptors?: readonly DescriptorFact[];
}

export interface NamedNode {
  readonly id: string;
  readonly name: string;
}

/** A leaf of the tree, as data/categories.json has it. */
export interface Leaf extends NamedNode {
  /** Nearest parent first, the root left out. */
  readonly ancestors: readonly NamedNode[];
  readonly aspects?: readonly AspectFact[];
  readonly conditions: readonly ConditionFact[];
}

/** The rules of one aspect, with eBay's defaults where the facts are silent. */
export function aspectRules(aspect: AspectFact): { required: boolean; selectionOnly: boolean; single: boolean } {
  return {
    required: aspect.required === true,
    selectionOnly: aspect.mode === 'SELECTION_ONLY',
    single: aspect.cardinality !== 'MULTI',
  };
}
