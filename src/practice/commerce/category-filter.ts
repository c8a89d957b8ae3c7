import type { Site } from '../ground/sites.ts';
import { findSite } from '../ground/sites.ts';
import type { Reply, Request, WireError } from '../wire/wire.ts';
import { refuse, wireError } from '../wire/wire.ts';
import { findNode, leavesBelow, leavesOf } from './catalogue.ts';
import type { Leaf } from './leaf.ts';

const IDS_MAX = 50;
/** Stands in the text of 46002 itself, where other texts have a placeholder. */
const SAMPLE = '{catId1|catId2|catId3}';

/** The site of the path; 46001 for one that this server has not. */
export function siteOfPath(request: Request): Site {
  const site = findSite(request.params.marketplace_id ?? '');
  if (site === undefined) throw refuse(46001);
  return site;
}

/** `categoryIds:{9355|31388}` as its ids, or undefined when it cannot be read. */
function idsOf(filter: string): readonly string[] | undefined {
  const list = /^categoryIds:\{([^{}]+)\}$/.exec(filter)?.[1];
  return list?.split('|').map((id) => id.trim());
}

/** The leaves at and below the ids, each once. */
function leavesOfIds(ids: readonly string[], site: Site): readonly Leaf[] {
  const found = new Map(ids.flatMap((id) => leavesBelow(id, site.marketplace)).map((leaf) => [leaf.id, leaf]));
  return [...found.values()];
}

/**
 * The leaves a policy call is asked about: all of them, or those that the filter names. A filter that cannot be read
 * and an id that does not exist are a 200 with a warning (46002 to 46004).
 */
export function leavesWithWarnings(request: Request, site: Site): { leaves: readonly Leaf[]; warnings: readonly WireError[] } {
  const filter = request.query.get('filter') ?? '';
  if (filter === '') return { leaves: leavesOf(site.marketplace), warnings: [] };
  const ids = idsOf(filter);
  if (ids === undefined) return { leaves: [], warnings: [wireError(46002, [SAMPLE], { filter })] };
  const asked = ids.slice(0, IDS_MAX);
  const warnings = [
    ...(ids.length > IDS_MAX ? [wireError(46004)] : []),
    ...asked.filter((id) => findNode(id) === undefined).map((categoryId) => wireError(46003, [], { categoryId })),
  ];
  return { leaves: leavesOfIds(asked, site), warnings };
}

/** The same for getRegulatoryPolicies, which documents these as errors (400), and 46005 for too many. */
export function leavesOrRefusal(request: Request, site: Site): readonly Leaf[] {
  const filter = request.query.get('filter') ?? '';
  if (filter === '') return leavesOf(site.marketplace);
  const ids = idsOf(filter);
  if (ids === undefined) throw refuse(46002, [SAMPLE], { filter }, 400);
  if (ids.length > IDS_MAX) throw refuse(46005, [String(IDS_MAX)]);
  const unknown = ids.find((id) => findNode(id) === undefined);
  if (unknown !== undefined) throw refuse(46003, [], { categoryId: unknown }, 400);
  return leavesOfIds(ids, site);
}

/** 200 with one policy a leaf, or 204 when nothing is left to tell. */
export function policyReply(request: Request, name: string, policy: (leaf: Leaf, site: Site) => object): Reply {
  const site = siteOfPath(request);
  const { leaves, warnings } = leavesWithWarnings(request, site);
  if (leaves.length === 0 && warnings.length === 0) return { status: 204 };
  const policies = leaves.map((leaf) => ({ categoryTreeId: site.treeId, categoryId: leaf.id, ...policy(leaf, site) }));
  return { status: 200, body: { [name]: policies, ...(warnings.length > 0 ? { warnings } : {}) } };
}
