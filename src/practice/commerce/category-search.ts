import MiniSearch from 'minisearch';
import { LEAVES, type Leaf } from './catalogue.ts';
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

let index: MiniSearch<Indexed> | undefined;

/** Leaves that fit the words, best first; empty when nothing fits. */
export function suggestLeaves(query: string): readonly Leaf[] {
  index ??= buildIndex();
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const hits = index.search(words.join(' '), { boost: { name: 6, synonyms: 5, ancestors: 2, values: 1 }, combineWith: 'OR' });
  // A hit must touch what the thing is, not only how it is described.
  const telling = hits.filter((hit) => Object.values(hit.match).some((fields) => fields.some((field) => field !== 'ancestors')));
  const best = telling[0]?.score ?? 0;
  return telling
    .filter((hit) => hit.score >= best * NOISE_SHARE)
    .slice(0, SUGGESTIONS_MAX)
    .flatMap((hit) => LEAVES.filter((leaf) => leaf.id === hit.id));
}

function buildIndex(): MiniSearch<Indexed> {
  const search = new MiniSearch<Indexed>({
    fields: ['name', 'ancestors', 'values', 'synonyms'],
    tokenize: (text) => [...wordsOf(text)],
    processTerm: (term) => term,
  });
  search.addAll(
    LEAVES.map((leaf) => ({
      id: leaf.id,
      name: leaf.name,
      ancestors: leaf.ancestors.map((ancestor) => ancestor.name).join(' '),
      values: (leaf.aspects ?? [])
        .filter((aspect) => TELLING_ASPECTS.has(aspect.name))
        .flatMap((aspect) => aspect.values ?? [])
        .join(' '),
      synonyms: SYNONYMS[leaf.id] ?? '',
    })),
  );
  return search;
}
