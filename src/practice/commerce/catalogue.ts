import data from '../data/categories.json' with { type: 'json' };

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
  readonly values?: readonly string[];
  readonly valuesTrimmed?: boolean;
}

export interface DescriptorFact {
  readonly id: string;
  readonly name: string;
  readonly mode?: string;
  readonly maxLength?: number;
}

export interface ConditionFact {
  readonly id: string;
  readonly name: string;
  readonly requiredDescriptors?: readonly DescriptorFact[];
  readonly optionalDescriptors?: readonly DescriptorFact[];
}

interface NamedNode {
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

export const ROOT_ID = '0';
export const LEAVES: readonly Leaf[] = data as unknown as readonly Leaf[];

const leafById = new Map(LEAVES.map((leaf) => [leaf.id, leaf]));
const nodeById = new Map<string, NamedNode>();
const childrenOf = new Map<string, Set<string>>();
for (const leaf of LEAVES) {
  const path = [leaf, ...leaf.ancestors];
  path.forEach((node, index) => {
    nodeById.set(node.id, { id: node.id, name: node.name });
    const parent = path[index + 1]?.id ?? ROOT_ID;
    const siblings = childrenOf.get(parent) ?? new Set();
    siblings.add(node.id);
    childrenOf.set(parent, siblings);
  });
}

export function findLeaf(id: string): Leaf | undefined {
  return leafById.get(id);
}

/** Any node: a leaf, a branch or (id 0) the root. */
export function findNode(id: string): NamedNode | undefined {
  return id === ROOT_ID ? { id: ROOT_ID, name: 'Root' } : nodeById.get(id);
}

export function childrenOfNode(id: string): readonly string[] {
  return [...(childrenOf.get(id) ?? [])];
}

/** The leaves at and below a node. */
export function leavesBelow(id: string): readonly Leaf[] {
  const leaf = leafById.get(id);
  return leaf === undefined ? childrenOfNode(id).flatMap(leavesBelow) : [leaf];
}

/** The rules of one aspect, with eBay's defaults where the facts are silent. */
export function aspectRules(aspect: AspectFact): { required: boolean; selectionOnly: boolean; single: boolean } {
  return {
    required: aspect.required === true,
    selectionOnly: aspect.mode === 'SELECTION_ONLY',
    single: aspect.cardinality !== 'MULTI',
  };
}
