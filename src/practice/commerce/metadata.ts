import type { Market } from '../ground/market.ts';
import { MARKETPLACE, TREE_ID } from '../ground/market.ts';
import type { Reply, Request, WireError } from '../wire/wire.ts';
import { refuse, wireError } from '../wire/wire.ts';
import { type ConditionFact, type DescriptorFact, findNode, LEAVES, type Leaf, leavesBelow } from './catalogue.ts';

const IDS_MAX = 50;
const REFURBISHED = new Set(['2000', '2010', '2020', '2030']);

/** A bad id or filter is a 200 with a warning, never an error (Metadata document). A branch answers for its leaves. */
export function getItemConditionPolicies(_market: Market, request: Request): Reply {
  if (request.params.marketplace_id !== MARKETPLACE) throw refuse(46001);
  const warnings: WireError[] = [];
  const filter = request.query.get('filter');
  const leaves = filter === null || filter === '' ? LEAVES : filtered(filter, warnings);
  if (leaves.length === 0 && warnings.length === 0) return { status: 204 };
  return {
    status: 200,
    body: { itemConditionPolicies: leaves.map(policy), ...(warnings.length > 0 ? { warnings } : {}) },
  };
}

function filtered(filter: string, warnings: WireError[]): readonly Leaf[] {
  const list = /^categoryIds:\{([^{}]+)\}$/.exec(filter)?.[1];
  if (list === undefined) {
    warnings.push(wireError(46002, [], { filter }));
    return [];
  }
  const ids = list.split('|').map((id) => id.trim());
  if (ids.length > IDS_MAX) warnings.push(wireError(46004));
  const found = new Map<string, Leaf>();
  for (const id of ids.slice(0, IDS_MAX)) {
    if (findNode(id) === undefined) warnings.push(wireError(46003, [], { categoryId: id }));
    for (const leaf of leavesBelow(id)) found.set(leaf.id, leaf);
  }
  return [...found.values()];
}

function policy(leaf: Leaf): unknown {
  return {
    categoryTreeId: TREE_ID,
    categoryId: leaf.id,
    itemConditionRequired: leaf.conditions.length > 0,
    itemConditions: leaf.conditions.map(condition),
  };
}

function condition(fact: ConditionFact): unknown {
  const descriptors = [
    ...(fact.requiredDescriptors ?? []).map((descriptor) => wireDescriptor(descriptor, 'REQUIRED')),
    ...(fact.optionalDescriptors ?? []).map((descriptor) => wireDescriptor(descriptor, 'OPTIONAL')),
  ];
  return {
    conditionId: fact.id,
    conditionDescription: fact.name,
    ...(REFURBISHED.has(fact.id) ? { usage: 'RESTRICTED' } : {}),
    ...(descriptors.length > 0 ? { conditionDescriptors: descriptors } : {}),
  };
}

function wireDescriptor(fact: DescriptorFact, usage: string): unknown {
  return {
    conditionDescriptorId: fact.id,
    conditionDescriptorName: fact.name,
    conditionDescriptorConstraint: {
      cardinality: 'SINGLE',
      mode: fact.mode ?? 'SELECTION_ONLY',
      usage,
      ...(fact.maxLength === undefined ? {} : { maxLength: fact.maxLength }),
    },
  };
}
