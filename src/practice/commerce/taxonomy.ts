import type { Market } from '../ground/market.ts';
import { MARKETPLACE, TREE_ID, TREE_VERSION } from '../ground/market.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { refuse } from '../wire/wire.ts';
import { type AspectFact, aspectRules, childrenOfNode, findLeaf, findNode, LEAVES, type Leaf, ROOT_ID } from './catalogue.ts';
import { suggestLeaves } from './category-search.ts';

const ASPECT_LENGTH_MAX = 65;

export function getDefaultCategoryTreeId(_market: Market, request: Request): Reply {
  const marketplace = request.query.get('marketplace_id');
  if (marketplace === null || marketplace === '') throw refuse(62002);
  if (marketplace !== MARKETPLACE) throw refuse(62003);
  return { status: 200, body: { categoryTreeId: TREE_ID, categoryTreeVersion: TREE_VERSION } };
}

/** 204 with an empty body when nothing fits (Taxonomy document). */
export function getCategorySuggestions(_market: Market, request: Request): Reply {
  checkTree(request);
  const query = (request.query.get('q') ?? '').trim();
  if (query === '') throw refuse(62007);
  const leaves = suggestLeaves(query);
  if (leaves.length === 0) return { status: 204 };
  return {
    status: 200,
    body: { categorySuggestions: leaves.map(suggestion), categoryTreeId: TREE_ID, categoryTreeVersion: TREE_VERSION },
  };
}

/** Leaves only (62009); 204 where no aspect is known. */
export function getItemAspectsForCategory(_market: Market, request: Request): Reply {
  checkTree(request);
  const id = categoryId(request);
  const leaf = findLeaf(id);
  if (leaf === undefined) throw refuse(62009);
  if (leaf.aspects === undefined || leaf.aspects.length === 0) return { status: 204 };
  return { status: 200, body: { aspects: leaf.aspects.map(aspect) } };
}

export function getCategorySubtree(_market: Market, request: Request): Reply {
  checkTree(request);
  const id = categoryId(request);
  const level = findLeaf(id)?.ancestors.length ?? ancestorsOfBranch(id);
  return {
    status: 200,
    body: { categorySubtreeNode: treeNode(id, level + 1), categoryTreeId: TREE_ID, categoryTreeVersion: TREE_VERSION },
  };
}

export function getCategoryTree(_market: Market, request: Request): Reply {
  checkTree(request);
  return {
    status: 200,
    body: {
      applicableMarketplaceIds: [MARKETPLACE],
      categoryTreeId: TREE_ID,
      categoryTreeVersion: TREE_VERSION,
      rootCategoryNode: treeNode(ROOT_ID, 0),
    },
  };
}

function checkTree(request: Request): void {
  if (request.params.category_tree_id !== TREE_ID) throw refuse(62004, [], {}, 404);
}

function categoryId(request: Request): string {
  const id = request.query.get('category_id') ?? '';
  if (id === '') throw refuse(62006);
  if (id === ROOT_ID) throw refuse(62008);
  if (findNode(id) === undefined) throw refuse(62005);
  return id;
}

function suggestion(leaf: Leaf): unknown {
  const depth = leaf.ancestors.length;
  return {
    category: { categoryId: leaf.id, categoryName: leaf.name },
    categoryTreeNodeLevel: depth + 1,
    categoryTreeNodeAncestors: leaf.ancestors.map((ancestor, index) => ({
      categoryId: ancestor.id,
      categoryName: ancestor.name,
      categoryTreeNodeLevel: depth - index,
      categorySubtreeNodeHref: `https://api.ebay.com/commerce/taxonomy/v1/category_tree/${TREE_ID}/get_category_subtree?category_id=${ancestor.id}`,
    })),
  };
}

function treeNode(id: string, level: number): unknown {
  const children = childrenOfNode(id);
  return {
    category: { categoryId: id, categoryName: findNode(id)?.name ?? '' },
    categoryTreeNodeLevel: level,
    ...(children.length === 0
      ? { leafCategoryTreeNode: true }
      : { childCategoryTreeNodes: children.map((child) => treeNode(child, level + 1)) }),
  };
}

function ancestorsOfBranch(id: string): number {
  for (const leaf of LEAVES) {
    const at = leaf.ancestors.findIndex((ancestor) => ancestor.id === id);
    if (at !== -1) return leaf.ancestors.length - at - 1;
  }
  return 0;
}

/** Required aspects say RECOMMENDED too, as eBay's do: only the boolean tells. */
function aspect(fact: AspectFact): unknown {
  const rules = aspectRules(fact);
  return {
    localizedAspectName: fact.name,
    aspectConstraint: {
      aspectDataType: fact.dataType ?? 'STRING',
      itemToAspectCardinality: rules.single ? 'SINGLE' : 'MULTI',
      aspectMode: rules.selectionOnly ? 'SELECTION_ONLY' : 'FREE_TEXT',
      aspectRequired: rules.required,
      aspectUsage: 'RECOMMENDED',
      aspectEnabledForVariations: false,
      aspectApplicableTo: fact.applicableTo ?? ['PRODUCT'],
      aspectMaxLength: fact.maxLength ?? ASPECT_LENGTH_MAX,
      ...(fact.format === undefined ? {} : { aspectFormat: fact.format }),
      ...(fact.advancedDataType === undefined ? {} : { aspectAdvancedDataType: fact.advancedDataType }),
    },
    ...(fact.values === undefined ? {} : { aspectValues: fact.values.map((value) => ({ localizedValue: value })) }),
  };
}
