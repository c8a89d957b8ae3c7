import { findLeaf } from '../commerce/catalogue.ts';
import type { Site } from '../ground/sites.ts';
import type { Request, WireError } from '../wire/wire.ts';
import { wireError } from '../wire/wire.ts';
import type { Found } from './found.ts';
import { searchHref } from './search-page.ts';

const REFINEMENTS = ['ASPECT_REFINEMENTS', 'BUYING_OPTION_REFINEMENTS', 'CATEGORY_REFINEMENTS', 'CONDITION_REFINEMENTS'] as const;
const GROUPS = [...REFINEMENTS, 'EXTENDED', 'FULL', 'MATCHING_ITEMS'] as const;

export type Group = (typeof GROUPS)[number];

/** What `fieldgroups` asks for: FULL is all refinements and the items; refinements alone come without items. */
export function groupsOf(request: Request): { asked: ReadonlySet<Group>; withItems: boolean; warnings: readonly WireError[] } {
  const words = (request.query.get('fieldgroups') ?? '').split(',').filter(Boolean);
  const known = GROUPS.filter((group) => words.includes(group));
  const unknown = words.filter((word) => !known.some((group) => group === word));
  const isFull = known.includes('FULL');
  const asked = new Set(isFull ? [...known, ...REFINEMENTS] : known);
  const onlyRefinements = known.length > 0 && known.every((group) => REFINEMENTS.some((one) => one === group));
  return { asked, withItems: !onlyRefinements, warnings: unknown.length === 0 ? [] : [wireError(12016, [unknown.join(',')])] };
}

/** How many of the matches have which property: the histograms beside a list of results. */
export function refinement(asked: ReadonlySet<Group>, matches: readonly Found[], site: Site, request: Request): { refinement?: object } {
  const parts = {
    ...(asked.has('ASPECT_REFINEMENTS') ? aspects(matches, request) : {}),
    ...(asked.has('BUYING_OPTION_REFINEMENTS') ? { buyingOptionDistributions: buyingOptions(matches, request) } : {}),
    ...(asked.has('CATEGORY_REFINEMENTS') ? { categoryDistributions: categories(matches, site, request) } : {}),
    ...(asked.has('CONDITION_REFINEMENTS') ? { conditionDistributions: conditions(matches, request) } : {}),
  };
  return Object.keys(parts).length === 0 ? {} : { refinement: parts };
}

function aspects(matches: readonly Found[], request: Request): { dominantCategoryId?: string; aspectDistributions: readonly object[] } {
  const dominant = count(matches.map((one) => one.categoryId))[0]?.[0];
  if (dominant === undefined) return { aspectDistributions: [] };
  const inCategory = matches.filter((one) => one.categoryId === dominant);
  const names = [...new Set(inCategory.flatMap((one) => Object.keys(one.aspects)))];
  return {
    dominantCategoryId: dominant,
    aspectDistributions: names.map((name) => ({
      localizedAspectName: name,
      aspectValueDistributions: count(inCategory.flatMap((one) => one.aspects[name] ?? [])).map(([value, matchCount]) => ({
        localizedAspectValue: value,
        matchCount,
        refinementHref: searchHref(request, { category_ids: dominant, aspect_filter: `categoryId:${dominant},${name}:{${value}}` }),
      })),
    })),
  };
}

function buyingOptions(matches: readonly Found[], request: Request): readonly object[] {
  return count(matches.flatMap((one) => one.buyingOptions)).map(([buyingOption, matchCount]) => ({
    buyingOption,
    matchCount,
    refinementHref: searchHref(request, { filter: withFilter(request, `buyingOptions:{${buyingOption}}`) }),
  }));
}

function categories(matches: readonly Found[], site: Site, request: Request): readonly object[] {
  return count(matches.map((one) => one.categoryId)).map(([categoryId, matchCount]) => ({
    categoryId,
    categoryName: findLeaf(categoryId, site.marketplace)?.name ?? '',
    matchCount,
    refinementHref: searchHref(request, { category_ids: categoryId }),
  }));
}

function conditions(matches: readonly Found[], request: Request): readonly object[] {
  const names = new Map(matches.map((one) => [one.conditionId, one.conditionName]));
  return count(matches.flatMap((one) => one.conditionId ?? [])).map(([conditionId, matchCount]) => ({
    condition: names.get(conditionId) ?? '',
    conditionId,
    matchCount,
    refinementHref: searchHref(request, { filter: withFilter(request, `conditionIds:{${conditionId}}`) }),
  }));
}

function withFilter(request: Request, addition: string): string {
  return [request.query.get('filter') ?? '', addition].filter(Boolean).join(',');
}

/** Most frequent first. */
function count(values: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
