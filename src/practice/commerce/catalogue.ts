import data from '../data/categories.json' with { type: 'json' };
import { MARKETPLACE } from '../ground/market.ts';
import type { Leaf, NamedNode } from './leaf.ts';
import { leafOn, nodeOn } from './wording.ts';

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
