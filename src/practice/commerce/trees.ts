import type { Site } from '../ground/sites.ts';
import { findSite, findSiteByTree } from '../ground/sites.ts';
import type { Request } from '../wire/wire.ts';
import { refuse } from '../wire/wire.ts';
import { findNode, ROOT_ID } from './catalogue.ts';

/** Recorded for the US site (`shared/facts`); the versions of the others are not, and follow it here. */
export const TREE_VERSION = '134';

/** A category tree; of eBay Motors US only the id is known, so that no category belongs to it. */
export interface Tree {
  readonly id: string;
  readonly marketplace: string;
  readonly site: Site | undefined;
}

const MOTORS: Tree = { id: '100', marketplace: 'EBAY_MOTORS_US', site: undefined };

export function treeOfMarketplace(marketplace: string): Tree | undefined {
  if (marketplace === MOTORS.marketplace) return MOTORS;
  const site = findSite(marketplace);
  return site === undefined ? undefined : { id: site.treeId, marketplace, site };
}

/** The tree of the path; 62004 for one that this server has not. */
export function treeOf(request: Request): Tree {
  const id = request.params.category_tree_id ?? '';
  if (id === MOTORS.id) return MOTORS;
  const site = findSiteByTree(id);
  if (site === undefined) throw refuse(62004);
  return { id, marketplace: site.marketplace, site };
}

/** The category of the query, which must be a node of the tree (62005) below its root (62008). */
export function categoryOf(request: Request, tree: Tree): string {
  const id = request.query.get('category_id') ?? '';
  if (id === '') throw refuse(62006);
  if (id === ROOT_ID) throw refuse(62008, [`https://api.ebay.com/commerce/taxonomy/v1/category_tree/${tree.id}`]);
  if (tree.site === undefined || findNode(id, tree.marketplace) === undefined) throw refuse(62005);
  return id;
}
