import { gzipSync } from 'node:zlib';
import type { Market } from '../ground/market.ts';
import type { Reply, Request } from '../wire/wire.ts';
import { refuse } from '../wire/wire.ts';
import { aspectOnWire } from './aspect-wire.ts';
import { childrenOfNode, findLeaf, findNode, leavesOf, levelOfNode, parentOfNode, ROOT_ID } from './catalogue.ts';
import { suggestLeaves } from './category-search.ts';
import type { Leaf } from './leaf.ts';
import { categoryOf, TREE_VERSION, type Tree, treeOf, treeOfMarketplace } from './trees.ts';

export function getDefaultCategoryTreeId(_market: Market, request: Request): Reply {
  const marketplace = request.query.get('marketplace_id') ?? '';
  if (marketplace === '') throw refuse(62002);
  const tree = treeOfMarketplace(marketplace);
  if (tree === undefined) throw refuse(62003);
  return { status: 200, body: identity(tree) };
}

/** 204 with an empty body when nothing fits (Taxonomy document). */
export function getCategorySuggestions(_market: Market, request: Request): Reply {
  const tree = treeOf(request);
  const query = (request.query.get('q') ?? '').trim();
  if (query === '') throw refuse(62007);
  const leaves = tree.site === undefined ? [] : suggestLeaves(tree.marketplace, query);
  if (leaves.length === 0) return { status: 204 };
  return { status: 200, body: { categorySuggestions: leaves.map((leaf) => suggestion(tree, leaf)), ...identity(tree) } };
}

/** Leaves only (62009); 204 where no aspect is known. */
export function getItemAspectsForCategory(_market: Market, request: Request): Reply {
  const tree = treeOf(request);
  const leaf = findLeaf(categoryOf(request, tree), tree.marketplace);
  if (leaf === undefined) throw refuse(62009);
  if (leaf.aspects === undefined || leaf.aspects.length === 0) return { status: 204 };
  return { status: 200, body: { aspects: leaf.aspects.map(aspectOnWire) } };
}

/** "Returns a payload as a gzipped JSON file sent as a binary file using the content-type application/octet-stream". */
export function fetchItemAspects(_market: Market, request: Request): Reply {
  const tree = treeOf(request);
  const categoryAspects = (tree.site === undefined ? [] : leavesOf(tree.marketplace)).map((leaf) => ({
    category: { categoryId: leaf.id, categoryName: leaf.name },
    aspects: (leaf.aspects ?? []).map(aspectOnWire),
  }));
  const file = gzipSync(JSON.stringify({ ...identity(tree), categoryAspects }));
  return { status: 200, body: file, headers: { 'Content-Type': 'application/octet-stream' } };
}

export function getCategorySubtree(_market: Market, request: Request): Reply {
  const tree = treeOf(request);
  return { status: 200, body: { categorySubtreeNode: treeNode(tree, categoryOf(request, tree)), ...identity(tree) } };
}

export function getCategoryTree(_market: Market, request: Request): Reply {
  const tree = treeOf(request);
  return {
    status: 200,
    body: { applicableMarketplaceIds: [tree.marketplace], ...identity(tree), rootCategoryNode: treeNode(tree, ROOT_ID) },
  };
}

/** No category that was merged into another is recorded, so there is none to tell of: 204. */
export function getExpiredCategories(_market: Market, request: Request): Reply {
  treeOf(request);
  return { status: 204 };
}

/** Vehicle parts only; the catalogue has no such category, and eBay says so of every other one (62101). */
export function getCompatibilityProperties(_market: Market, request: Request): Reply {
  categoryOf(request, treeOf(request));
  throw refuse(62101);
}

export function getCompatibilityPropertyValues(_market: Market, request: Request): Reply {
  categoryOf(request, treeOf(request));
  if ((request.query.get('compatibility_property') ?? '') === '') throw refuse(62104);
  const filter = request.query.get('filter') ?? '';
  if (filter !== '' && !/^[^:,]+:[^:]+(,[^:,]+:[^:]+)*$/.test(filter)) throw refuse(62100);
  throw refuse(62101);
}

const identity = (tree: Tree) => ({ categoryTreeId: tree.id, categoryTreeVersion: TREE_VERSION });

const subtreeHref = (tree: Tree, id: string): string =>
  `https://api.ebay.com/commerce/taxonomy/v1/category_tree/${tree.id}/get_category_subtree?category_id=${id}`;

function suggestion(tree: Tree, leaf: Leaf): unknown {
  return {
    category: { categoryId: leaf.id, categoryName: leaf.name },
    categoryTreeNodeLevel: levelOfNode(leaf.id),
    categoryTreeNodeAncestors: leaf.ancestors.map((ancestor) => ({
      categoryId: ancestor.id,
      categoryName: ancestor.name,
      categoryTreeNodeLevel: levelOfNode(ancestor.id),
      categorySubtreeNodeHref: subtreeHref(tree, ancestor.id),
    })),
  };
}

function treeNode(tree: Tree, id: string): unknown {
  const parent = parentOfNode(id);
  const children = tree.site === undefined ? [] : childrenOfNode(id);
  return {
    category: { categoryId: id, categoryName: findNode(id, tree.marketplace)?.name ?? '' },
    categoryTreeNodeLevel: levelOfNode(id),
    ...(parent === undefined ? {} : { parentCategoryTreeNodeHref: subtreeHref(tree, parent) }),
    ...(findLeaf(id) === undefined ? {} : { leafCategoryTreeNode: true }),
    ...(children.length === 0 ? {} : { childCategoryTreeNodes: children.map((child) => treeNode(tree, child)) }),
  };
}
