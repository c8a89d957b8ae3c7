import MiniSearch from 'minisearch';
import { findLeaf, LEAVES, leavesOf } from './catalogue.ts';
import type { Leaf } from './leaf.ts';
import { SYNONYMS } from './synonyms.ts';
import { wordsOf } from './words.ts';

const SUGGESTIONS_MAX = 10;
/** Below this share of the best score a suggestion is noise. */
const NOISE_SHARE = 0.2;
/** Aspects whose values say what a thing is; colours and sizes fit everything and would suggest anything. */
const TELLING_ASPECTS = new Set(['Type', 'Style', 'Brand', 'Department', 'Silhouette', 'Platform', 'Format', 'Product Line', 'Body Type']);

interface Indexed {
  readonly id: string;
  readonly name: string;
  readonly ancestors: string;
  readonly values: string;
  readonly synonyms: string;
}

const indexes = new Map<string, MiniSearch<Indexed>>();

/** Leaves of a site that fit the words, best first; empty when nothing fits. */
export function suggestLeaves(marketplace: string, query: string): readonly Leaf[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const hits = indexOf(marketplace).search(words.join(' '), {
    boost: { name: 6, synonyms: 5, ancestors: 2, values: 1 },
    combineWith: 'OR',
  });
  // A hit must touch what the thing is, not only how it is described.
  const telling = hits.filter((hit) => Object.values(hit.match).some((fields) => fields.some((field) => field !== 'ancestors')));
  const best = telling[0]?.score ?? 0;
  return telling
    .filter((hit) => hit.score >= best * NOISE_SHARE)
    .slice(0, SUGGESTIONS_MAX)
    .flatMap((hit) => findLeaf(hit.id, marketplace) ?? []);
}

function indexOf(marketplace: string): MiniSearch<Indexed> {
  const known = indexes.get(marketplace);
  if (known !== undefined) return known;
  const fresh = buildIndex(marketplace);
  indexes.set(marketplace, fresh);
  return fresh;
}

/** The site's own names, and the English ones besides: sellers title their things in either. */
function buildIndex(marketplace: string): MiniSearch<Indexed> {
  const search = new MiniSearch<Indexed>({
    fields: ['name', 'ancestors', 'values', 'synonyms'],
    tokenize: (text) => [...wordsOf(text)],
    processTerm: (term) => term,
  });
  const spoken = new Map(leavesOf(marketplace).map((leaf) => [leaf.id, leaf]));
  search.addAll(
    LEAVES.map((leaf) => {
      const own = spoken.get(leaf.id) ?? leaf;
      return {
        id: leaf.id,
        name: both(leaf.name, own.name),
        ancestors: both(path(leaf), path(own)),
        values: both(tellingValues(leaf), tellingValues(own)),
        synonyms: SYNONYMS[leaf.id] ?? '',
      };
    }),
  );
  return search;
}

const path = (leaf: Leaf): string => leaf.ancestors.map((ancestor) => ancestor.name).join(' ');

const both = (english: string, own: string): string => (english === own ? english : `${english} ${own}`);

function tellingValues(leaf: Leaf): string {
  const english = LEAVES.find((one) => one.id === leaf.id)?.aspects ?? [];
  return (leaf.aspects ?? [])
    .filter((_, index) => TELLING_ASPECTS.has(english[index]?.name ?? ''))
    .flatMap((aspect) => aspect.values ?? [])
    .join(' ');
}
