import { EasyflipError } from '../../core/errors.ts';
import type { AspectRule, Category } from '../../core/listing.ts';
import type { Call } from '../../core/ports/outgoing.ts';
import { EbayError } from './errors.ts';
import { createReference, type ReferenceParts } from './reference.ts';
import type { Transport } from './transport.ts';
import type { WireAspect } from './wire.ts';
import { aspectsAnswer, subtreeAnswer, suggestionsAnswer, treeAnswer } from './wire.ts';

interface Tree {
  readonly id: string;
  readonly version?: string;
}

export interface Taxonomy {
  suggestCategories(words: string, call: Call): Promise<readonly Category[]>;
  category(id: string, call: Call): Promise<Category | undefined>;
  aspects(categoryId: string, call: Call): Promise<readonly AspectRule[]>;
}

/** eBay names no limit for q; a whole description as a query finds nothing and fills the address. */
const QUERY_MAX = 200;

/** The tree's version tells when the answers below it are out of date, so it is asked for more often than they are. */
const TREE_FRESH_MS = 86_400_000;

/** The Taxonomy API by application token. Answers are kept: 5,000 calls a day are all there are (CONTRACTS 2.11). */
export function createTaxonomy(transport: Transport, parts: ReferenceParts): Taxonomy {
  const of = `ebay:${transport.site.id}`;
  const trees = createReference<Tree>(parts, `${of}:tree`, 1);
  const suggestions = createReference<readonly Category[]>(parts, `${of}:suggestions`, 300);
  const categories = createReference<Category | undefined>(parts, `${of}:category`, 300);
  const aspectRules = createReference<readonly AspectRule[]>(parts, `${of}:aspects`, 200);

  const treeOf = (call: Call): Promise<Tree> =>
    trees(
      'default',
      call,
      (shared) =>
        transport.request(
          {
            token: 'application',
            service: 'taxonomy',
            operation: 'taxonomy.getDefaultCategoryTreeId',
            send: (ebay) => ebay.commerce.taxonomy.getDefaultCategoryTreeId(transport.site.id),
            read: treeAnswer,
          },
          shared,
        ),
      { freshMs: TREE_FRESH_MS },
    );

  const suggestCategories: Taxonomy['suggestCategories'] = async (words, call) => {
    const query = words.replace(/\s+/g, ' ').trim().slice(0, QUERY_MAX);
    if (query === '') return [];
    const { id: tree, ...asked } = await treeOf(call);
    return await suggestions(
      query,
      call,
      async (shared) => {
        const found = await transport.request(
          {
            token: 'application',
            service: 'taxonomy',
            operation: 'taxonomy.getCategorySuggestions',
            send: (ebay) => ebay.commerce.taxonomy.getCategorySuggestions(tree, query),
            read: suggestionsAnswer,
          },
          shared,
        );
        return found.map(({ category, categoryTreeNodeAncestors }) => ({
          id: category.categoryId,
          name: category.categoryName,
          ancestors: (categoryTreeNodeAncestors ?? [])
            .filter(({ categoryTreeNodeLevel }) => categoryTreeNodeLevel !== 0)
            .map(({ categoryId, categoryName }) => ({ id: categoryId, name: categoryName })),
        }));
      },
      asked,
    );
  };

  return {
    suggestCategories,

    category: async (id, call) => {
      if (!/^\d{1,18}$/.test(id)) return undefined;
      const { id: tree, ...asked } = await treeOf(call);
      return await categories(
        id,
        call,
        async (shared) => {
          const name = await leafName(transport, tree, id, shared);
          if (name === undefined) return undefined;
          // The subtree does not name its ancestors; a suggestion by the same name does.
          const named = await suggestCategories(name, shared).catch((error: unknown) => {
            if (error instanceof EbayError) return [];
            throw error;
          });
          return named.find((candidate) => candidate.id === id) ?? { id, name, ancestors: [] };
        },
        asked,
      );
    },

    aspects: async (categoryId, call) => {
      const { id: tree, ...asked } = await treeOf(call);
      return await aspectRules(
        categoryId,
        call,
        async (shared) => {
          const found = await transport.request(
            {
              token: 'application',
              service: 'taxonomy',
              operation: 'taxonomy.getItemAspectsForCategory',
              send: (ebay) => ebay.commerce.taxonomy.getItemAspectsForCategory(tree, categoryId),
              read: aspectsAnswer,
            },
            shared,
          );
          return found.map(aspectRule);
        },
        asked,
      );
    },
  };
}

/** Undefined when the tree has no such category (62005). Errors: `category.not-a-leaf`. */
async function leafName(transport: Transport, tree: string, id: string, call: Call): Promise<string | undefined> {
  const node = await transport
    .request(
      {
        token: 'application',
        service: 'taxonomy',
        operation: 'taxonomy.getCategorySubtree',
        send: (ebay) => ebay.commerce.taxonomy.getCategorySubtree(tree, id),
        read: subtreeAnswer,
      },
      call,
    )
    .catch((error: unknown) => {
      if (error instanceof EbayError && error.errorIds.includes(62005)) return undefined;
      // 62008: the root, which nothing can be listed in.
      if (error instanceof EbayError && error.errorIds.includes(62008)) throw notALeaf(id, 'the root of all categories');
      throw error;
    });
  if (node === undefined) return undefined;
  const { category, leafCategoryTreeNode, childCategoryTreeNodes } = node.categorySubtreeNode;
  const isLeaf = leafCategoryTreeNode ?? (childCategoryTreeNodes ?? []).length === 0;
  if (!isLeaf) throw notALeaf(id, category.categoryName);
  return category.categoryName;
}

const notALeaf = (id: string, name: string): EasyflipError =>
  new EasyflipError(
    'category.not-a-leaf',
    `Category ${id} (${name}) has categories below it; eBay takes listings in the lowest level only.`,
    {
      hint: 'Choose one of the categories below it with `easyflip approve ITEM --set category=…`.',
    },
  );

/** Only `aspectRequired` tells what is required: required aspects also say RECOMMENDED (CONTRACTS 2.6). */
function aspectRule({ localizedAspectName: name, aspectValues, aspectConstraint: constraint }: WireAspect): AspectRule {
  const dataType = constraint?.aspectDataType;
  return {
    name,
    required: constraint?.aspectRequired ?? false,
    mode: constraint?.aspectMode === 'SELECTION_ONLY' ? 'SELECTION_ONLY' : 'FREE_TEXT',
    cardinality: constraint?.itemToAspectCardinality === 'MULTI' ? 'MULTI' : 'SINGLE',
    dataType: dataType === 'NUMBER' || dataType === 'DATE' ? dataType : 'STRING',
    ...(constraint?.aspectFormat ? { format: constraint.aspectFormat } : {}),
    ...(constraint?.aspectMaxLength ? { maxLength: constraint.aspectMaxLength } : {}),
    values: (aspectValues ?? []).map(({ localizedValue }) => localizedValue),
    ...onlyWithOf(aspectValues ?? []),
  };
}

function onlyWithOf(values: NonNullable<WireAspect['aspectValues']>): Pick<AspectRule, 'onlyWith'> {
  const entries = values.flatMap(({ localizedValue, valueConstraints }) => {
    const needed = (valueConstraints ?? []).flatMap(({ applicableForLocalizedAspectName: name, applicableForLocalizedAspectValues: of }) =>
      name && of?.length ? [{ name, values: of }] : [],
    );
    return needed.length > 0 ? [[localizedValue, needed] as const] : [];
  });
  return entries.length > 0 ? { onlyWith: Object.fromEntries(entries) } : {};
}
