import type { Category } from '../core/listing.ts';
import { defineStage, hold } from '../pipeline/stage.ts';
import { type CategoryChoice, chooseCategory } from './classify/choose-category.ts';
import { draft } from './draft.ts';
import { factFor } from './specify/aspect-names.ts';

export interface Classified {
  readonly category: Category;
  readonly confidence: number;
  readonly why: string;
  /** Proposed when eBay refuses the chosen one. */
  readonly runnersUp: readonly Category[];
}

/** Queries asked before giving up; providers give the most specific first. */
const QUERIES_MAX = 3;
/** Candidates whose specifics are read where no name fits. */
const CANDIDATES_READ_MAX = 5;

export const classify = defineStage({
  name: 'classify',
  version: 1,
  needs: { draft },
  uses: ({ item }) => ({ category: item.seller.category }),

  async run({ draft: { facts, categoryQueries } }, { item, ports, call }) {
    const given = item.seller.category;
    if (given && /^\d+$/.test(given)) {
      const category = await ports.marketplace.category(given, call);
      if (category) return { category, confidence: 1, why: 'the seller named it', runnersUp: [] } satisfies Classified;
      return hold({
        code: 'category.unknown',
        message: `There is no category ${given} on this marketplace.`,
        hint: `Correct "category" in the sidecar, or run \`easyflip approve ${item.id} --set category=ID\`.`,
      });
    }

    const queries = given ? [given, ...categoryQueries] : categoryQueries;
    const candidates = new Map<string, Category>();
    for (const query of queries.slice(0, QUERIES_MAX)) {
      for (const category of await ports.marketplace.suggestCategories(query, call)) candidates.set(category.id, category);
      const choice = chooseCategory([...candidates.values()], facts, { sellerWords: given });
      if (choice.kind === 'chosen') return classified(choice, candidates);
    }
    // No name fits: eBay's own list of what belongs into a category may still tell.
    const kinds = new Map<string, readonly string[]>();
    for (const { id } of [...candidates.values()].slice(0, CANDIDATES_READ_MAX)) {
      const rules = await ports.marketplace.aspects(id, call);
      kinds.set(id, rules.find(({ name }) => factFor(name) === 'type')?.values ?? []);
    }
    const choice = chooseCategory([...candidates.values()], facts, { sellerWords: given, kindsOf: (id) => kinds.get(id) ?? [] });
    if (choice.kind === 'chosen') return classified(choice, candidates);
    const proposed = [...candidates.values()].slice(0, 3);
    const code = choice.kind === 'none' ? 'category.unknown' : 'category.ambiguous';
    return hold({ code, message: choice.message, hint: howToSettle(item.id, choice, proposed) }, { candidates: proposed });
  },
});

function classified(
  { category, confidence, why }: Extract<CategoryChoice, { kind: 'chosen' }>,
  candidates: ReadonlyMap<string, Category>,
): Classified {
  return { category, confidence, why, runnersUp: [...candidates.values()].filter(({ id }) => id !== category.id).slice(0, 3) };
}

function howToSettle(id: string, choice: Exclude<CategoryChoice, { kind: 'chosen' }>, proposed: readonly Category[]): string {
  const choices = proposed.map(categoryLabel).join('; ');
  if (choice.kind === 'for-whom')
    return `Run \`easyflip approve ${id} --set department=…\` with ${oneOf(choice.departments)}, or \`--set category=ID\` with one of: ${choices}.`;
  if (proposed[0]) return `Run \`easyflip approve ${id} --set category=ID\` with the one that fits: ${choices}.`;
  return `Say what it is: \`easyflip approve ${id} --set type=…\`, or \`--set category=ID\`, or put either into item.json beside the photos.`;
}

const oneOf = (names: readonly string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : (names[0] ?? '');

/** `262378 Mugs < Kitchen < Decorative Arts`: leaves of different branches may share a name. */
export const categoryLabel = ({ id, name, ancestors }: Category): string =>
  `${id} ${[name, ...ancestors.slice(0, 2).map((parent) => parent.name)].join(' < ')}`;
