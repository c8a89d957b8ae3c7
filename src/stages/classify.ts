import type { Category } from '../core/listing.ts';
import { defineStage, hold } from '../pipeline/stage.ts';
import { chooseCategory } from './choose-category.ts';
import { draft } from './draft.ts';

export interface Classified {
  readonly category: Category;
  readonly confidence: number;
  readonly why: string;
  /** Proposed when eBay refuses the chosen one. */
  readonly runnersUp: readonly Category[];
}

/** Queries asked before giving up; providers give the most specific first. */
const QUERIES_MAX = 3;

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
      const choice = chooseCategory([...candidates.values()], facts, given);
      if (choice.kind === 'chosen') {
        const { category, confidence, why } = choice;
        const runnersUp = [...candidates.values()].filter(({ id }) => id !== category.id).slice(0, 3);
        return { category, confidence, why, runnersUp } satisfies Classified;
      }
    }
    const choice = chooseCategory([...candidates.values()], facts, given);
    const proposed = [...candidates.values()].slice(0, 3);
    return hold(
      {
        code: choice.kind === 'ambiguous' ? 'category.ambiguous' : 'category.unknown',
        message: choice.kind === 'chosen' ? choice.why : choice.message,
        hint: proposed[0]
          ? `Run \`easyflip approve ${item.id} --set category=${proposed[0].id}\` with the one that fits: ${proposed.map(categoryLabel).join('; ')}.`
          : `Say what it is: \`easyflip approve ${item.id} --set category=ID\`, or put "category" or "type" into item.json beside the photos.`,
      },
      { candidates: proposed },
    );
  },
});

const categoryLabel = ({ id, name, ancestors }: Category): string => `${id} ${[name, ...ancestors.slice(0, 2).map((parent) => parent.name)].join(' < ')}`;
