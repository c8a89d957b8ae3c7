import data from '../data/categories.json' with { type: 'json' };
import { MARKETPLACE } from '../ground/market.ts';
import { leafOn, nodeOn } from './wording.ts';

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

export const ROOT_ID = '0';
/** In the words of the US site. */
export const LEAVES: readonly Leaf[] = data as unknown as readonly Leaf[];

const nodeById = new Map<string, NamedNode>();
const childrenOf = new Map<string, Set<string>>();
const parentOf = new Map<string, string>();
const levelOf = new Map<string, number>([[ROOT_ID, 0]]);
for (const leaf of LEAVES) {
  const path = [leaf, ...leaf.ancestors];
  path.forEach((node, index) => {
    nodeById.set(node.id, { id: node.id, name: node.name });
    levelOf.set(node.id, path.length - index);
    const parent = path[index + 1]?.id ?? ROOT_ID;
    parentOf.set(node.id, parent);
    const siblings = childrenOf.get(parent) ?? new Set();
    siblings.add(node.id);
    childrenOf.set(parent, siblings);
  });
}

/** Every site has the same leaves under the same ids (on eBay most ids are shared, not all), each in its own words. */
const leavesBySite = new Map<string, ReadonlyMap<string, Leaf>>();

function leavesById(marketplace: string): ReadonlyMap<string, Leaf> {
  const known = leavesBySite.get(marketplace);
  if (known !== undefined) return known;
  const fresh = new Map(LEAVES.map((leaf) => [leaf.id, leafOn(marketplace, leaf)]));
  leavesBySite.set(marketplace, fresh);
  return fresh;
}

/** All leaves of a site, in its words. */
export function leavesOf(marketplace: string): readonly Leaf[] {
  return [...leavesById(marketplace).values()];
}

export function findLeaf(id: string, marketplace: string = MARKETPLACE): Leaf | undefined {
  return leavesById(marketplace).get(id);
}

/** Any node: a leaf, a branch or (id 0) the root. */
export function findNode(id: string, marketplace: string = MARKETPLACE): NamedNode | undefined {
  if (id === ROOT_ID) return { id: ROOT_ID, name: 'Root' };
  const node = nodeById.get(id);
  return node === undefined ? undefined : nodeOn(marketplace, node);
}

/** 0 for the root, 1 for a top-level category. */
export function levelOfNode(id: string): number {
  return levelOf.get(id) ?? 0;
}

/** Undefined for the root. */
export function parentOfNode(id: string): string | undefined {
  return parentOf.get(id);
}

export function childrenOfNode(id: string): readonly string[] {
  return [...(childrenOf.get(id) ?? [])];
}

/** The leaves at and below a node. */
export function leavesBelow(id: string, marketplace: string = MARKETPLACE): readonly Leaf[] {
  const leaf = findLeaf(id, marketplace);
  return leaf === undefined ? childrenOfNode(id).flatMap((child) => leavesBelow(child, marketplace)) : [leaf];
}

/** The rules of one aspect, with eBay's defaults where the facts are silent. */
export function aspectRules(aspect: AspectFact): { required: boolean; selectionOnly: boolean; single: boolean } {
  return {
    required: aspect.required === true,
    selectionOnly: aspect.mode === 'SELECTION_ONLY',
    single: aspect.cardinality !== 'MULTI',
  };
}
