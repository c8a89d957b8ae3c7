import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect } from 'vitest';
import { openWorld, type World } from '../world.ts';
import { rule } from './rule.ts';

const API = '/commerce/taxonomy/v1';
const US = `${API}/category_tree/0`;
const TREES = { EBAY_US: '0', EBAY_GB: '3', EBAY_DE: '77', EBAY_AU: '15', EBAY_CA: '2', EBAY_MOTORS_US: '100' };

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

interface Node {
  readonly category: { readonly categoryId: string; readonly categoryName: string };
  readonly categoryTreeNodeLevel: number;
  readonly leafCategoryTreeNode?: boolean;
  readonly parentCategoryTreeNodeHref?: string;
  readonly childCategoryTreeNodes?: readonly Node[];
}
interface Aspect {
  readonly localizedAspectName: string;
  readonly aspectConstraint: Readonly<Record<string, unknown>>;
  readonly aspectValues?: readonly { readonly localizedValue: string; readonly valueConstraints?: readonly unknown[] }[];
}

const get = (path: string) => world.call('GET', path);
const errorOf = async (path: string) => {
  const { status, body } = await get(path);
  return [status, body?.errors?.[0].errorId, body?.errors?.[0].domain];
};
const suggest = (q: string, tree = US) => get(`${tree}/get_category_suggestions?q=${encodeURIComponent(q)}`);
const aspectsOf = async (id: string, tree = US): Promise<readonly Aspect[]> =>
  (await get(`${tree}/get_item_aspects_for_category?category_id=${id}`)).body.aspects;
const nodesOf = (node: Node): readonly Node[] => [node, ...(node.childCategoryTreeNodes ?? []).flatMap(nodesOf)];

rule(
  'taxonomy.tree-ids',
  'CONTRACTS 2.6 | getDefaultCategoryTreeId',
  'each site has its own category tree id, with the version of the tree',
  async () => {
    for (const [marketplace, id] of Object.entries(TREES)) {
      const answer = await get(`${API}/get_default_category_tree_id?marketplace_id=${marketplace}`);
      expect([answer.status, answer.body]).toEqual([200, { categoryTreeId: id, categoryTreeVersion: expect.stringMatching(/^\d+$/) }]);
    }
  },
);

rule('taxonomy.marketplace-missing', 'getDefaultCategoryTreeId 62002', 'a call without marketplace is refused', async () => {
  expect(await errorOf(`${API}/get_default_category_tree_id`)).toEqual([400, 62002, 'API_TAXONOMY']);
});

rule('taxonomy.marketplace-unknown', 'getDefaultCategoryTreeId 62003', 'an unknown marketplace is refused', async () => {
  expect(await errorOf(`${API}/get_default_category_tree_id?marketplace_id=EBAY_XX`)).toEqual([400, 62003, 'API_TAXONOMY']);
});

rule('taxonomy.tree-unknown', 'all tree calls 62004', 'a category tree that does not exist is refused', async () => {
  const tree = `${API}/category_tree/7`;
  for (const path of [
    tree,
    `${tree}/get_category_suggestions?q=mug`,
    `${tree}/get_category_subtree?category_id=20695`,
    `${tree}/get_item_aspects_for_category?category_id=20695`,
    `${tree}/fetch_item_aspects`,
    `${tree}/get_expired_categories`,
    `${tree}/get_compatibility_properties?category_id=20695`,
  ]) {
    expect(await errorOf(path)).toEqual([400, 62004, 'API_TAXONOMY']);
  }
});

rule(
  'taxonomy.suggestions',
  'CONTRACTS 2.6 | getCategorySuggestions',
  'suggestions are leaves, best first, with their ancestors from the nearest parent to the top',
  async () => {
    const { categorySuggestions, categoryTreeId } = (await suggest('Stanley No. 4 bench hand plane')).body;
    expect(categoryTreeId).toBe('0');
    const [first] = categorySuggestions;
    expect(first.category).toEqual({ categoryId: '122855', categoryName: 'Planes' });
    const levels = first.categoryTreeNodeAncestors.map((one: Node) => one.categoryTreeNodeLevel);
    expect(levels).toEqual([...levels].sort((a, b) => b - a));
    expect(first.categoryTreeNodeAncestors.at(-1)).toMatchObject({ categoryName: 'Home & Garden', categoryTreeNodeLevel: 1 });
    expect(first.categoryTreeNodeLevel).toBe(levels[0] + 1);
    for (const one of categorySuggestions) {
      const { categorySubtreeNode } = (await get(`${US}/get_category_subtree?category_id=${one.category.categoryId}`)).body;
      expect(categorySubtreeNode.leafCategoryTreeNode).toBe(true);
    }
  },
);

rule('taxonomy.suggestions-none', 'getCategorySuggestions 204', 'words that fit nothing get 204 with an empty body', async () => {
  for (const q of ['qzxwv flurbish', '12345 67890', '!!!', 'the of and']) {
    const none = await suggest(q);
    expect([none.status, none.body]).toEqual([204, undefined]);
  }
});

rule('taxonomy.suggestions-without-words', 'getCategorySuggestions 62007', 'a call without words is refused', async () => {
  expect(await errorOf(`${US}/get_category_suggestions?q=`)).toEqual([400, 62007, 'API_TAXONOMY']);
  expect(await errorOf(`${US}/get_category_suggestions`)).toEqual([400, 62007, 'API_TAXONOMY']);
});

rule(
  'taxonomy.aspects',
  'CONTRACTS 2.6 | getItemAspectsForCategory',
  'the aspects of a leaf say what is required, how it is entered and how many values it takes',
  async () => {
    const aspects = await aspectsOf('15687');
    expect(aspects.find((one) => one.localizedAspectName === 'Department')).toMatchObject({
      aspectConstraint: { aspectRequired: true, aspectMode: 'SELECTION_ONLY', itemToAspectCardinality: 'SINGLE' },
      aspectValues: expect.arrayContaining([{ localizedValue: 'Men' }]),
    });
    for (const one of aspects.filter(({ aspectConstraint }) => aspectConstraint.aspectRequired)) {
      expect(one.aspectConstraint.aspectUsage).toBe('RECOMMENDED');
    }
    const fineness = (await aspectsOf('177652')).find((one) => one.localizedAspectName === 'Fineness');
    expect(fineness?.aspectConstraint).toMatchObject({ aspectDataType: 'NUMBER', aspectFormat: 'double' });
    const range = (await aspectsOf('9355')).find((one) => one.localizedAspectName === 'Device Charging Range');
    expect(range?.aspectConstraint.aspectAdvancedDataType).toBe('NUMERIC_RANGE');
    expect(range).not.toHaveProperty('aspectValues');
  },
);

rule(
  'taxonomy.dependent-values',
  'CONTRACTS 2.6 | AspectValue.valueConstraints',
  'a value that goes only with certain values of another aspect says so',
  async () => {
    const size = (await aspectsOf('11483')).find((one) => one.localizedAspectName === 'Size');
    expect(size?.aspectValues).toContainEqual({
      localizedValue: '33',
      valueConstraints: [{ applicableForLocalizedAspectName: 'Size Type', applicableForLocalizedAspectValues: ['Regular'] }],
    });
    const model = (await aspectsOf('9355')).find((one) => one.localizedAspectName === 'Model');
    expect(model?.aspectValues).toContainEqual({
      localizedValue: 'Apple iPhone 12',
      valueConstraints: [{ applicableForLocalizedAspectName: 'Brand', applicableForLocalizedAspectValues: ['Apple'] }],
    });
  },
);

rule('taxonomy.aspects-none', 'getItemAspectsForCategory 204', 'a leaf without known aspects gets 204 with an empty body', async () => {
  const none = await get(`${US}/get_item_aspects_for_category?category_id=183050`);
  expect([none.status, none.body]).toEqual([204, undefined]);
});

rule(
  'taxonomy.category-unknown',
  'getItemAspectsForCategory, getCategorySubtree 62005',
  'a category that is not in the tree is refused',
  async () => {
    for (const call of ['get_item_aspects_for_category', 'get_category_subtree', 'get_compatibility_properties']) {
      expect(await errorOf(`${US}/${call}?category_id=999999999`)).toEqual([400, 62005, 'API_TAXONOMY']);
    }
    expect(await errorOf(`${API}/category_tree/100/get_category_subtree?category_id=20695`)).toEqual([400, 62005, 'API_TAXONOMY']);
  },
);

rule('taxonomy.category-missing', 'getItemAspectsForCategory, getCategorySubtree 62006', 'a call without category is refused', async () => {
  for (const call of ['get_item_aspects_for_category', 'get_category_subtree', 'get_compatibility_properties']) {
    expect(await errorOf(`${US}/${call}`)).toEqual([400, 62006, 'API_TAXONOMY']);
  }
});

rule(
  'taxonomy.category-root',
  'getItemAspectsForCategory, getCategorySubtree 62008',
  'the root is refused, with the address of the tree',
  async () => {
    for (const call of ['get_item_aspects_for_category', 'get_category_subtree']) {
      const { status, body } = await get(`${US}/${call}?category_id=0`);
      expect([status, body.errors[0].errorId]).toEqual([400, 62008]);
      expect(body.errors[0].message).toContain('https://api.ebay.com/commerce/taxonomy/v1/category_tree/0');
    }
  },
);

rule('taxonomy.aspects-leaf-only', 'getItemAspectsForCategory 62009', 'a category with children has no aspects', async () => {
  expect(await errorOf(`${US}/get_item_aspects_for_category?category_id=11450`)).toEqual([400, 62009, 'API_TAXONOMY']);
});

rule(
  'taxonomy.aspects-file',
  'fetchItemAspects',
  'all aspects of a site come as one gzipped JSON file, the same as category by category',
  async () => {
    const response = await fetch(`${world.practice.url}${US}/fetch_item_aspects`, { headers: { Authorization: await world.bearer() } });
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    const file = JSON.parse(gunzipSync(Buffer.from(await response.arrayBuffer())).toString('utf8'));
    expect(file).toMatchObject({ categoryTreeId: '0', categoryTreeVersion: expect.any(String) });
    expect(file.categoryAspects.length).toBeGreaterThanOrEqual(80);
    const shirts = file.categoryAspects.find((one: { category: { categoryId: string } }) => one.category.categoryId === '15687');
    expect(shirts.aspects).toEqual(await aspectsOf('15687'));
  },
);

rule(
  'taxonomy.tree',
  'getCategoryTree, getCategorySubtree',
  'tree and subtrees mark their leaves and name the address of the parent, but for the root',
  async () => {
    const { body } = await get(US);
    expect(body).toMatchObject({ applicableMarketplaceIds: ['EBAY_US'], categoryTreeId: '0' });
    const nodes = nodesOf(body.rootCategoryNode);
    expect(nodes.filter((node) => node.leafCategoryTreeNode).length).toBeGreaterThanOrEqual(80);
    for (const node of nodes) {
      expect(node.leafCategoryTreeNode === true).toBe(node.childCategoryTreeNodes === undefined);
      expect(node.parentCategoryTreeNodeHref === undefined).toBe(node === body.rootCategoryNode);
    }
    const { categorySubtreeNode } = (await get(`${US}/get_category_subtree?category_id=11450`)).body;
    expect(categorySubtreeNode.categoryTreeNodeLevel).toBe(1);
    expect(nodesOf(categorySubtreeNode).find((node) => node.category.categoryId === '15687')).toEqual({
      category: { categoryId: '15687', categoryName: 'T-Shirts' },
      categoryTreeNodeLevel: 5,
      leafCategoryTreeNode: true,
      parentCategoryTreeNodeHref: `https://api.ebay.com${US}/get_category_subtree?category_id=185100`,
    });
  },
);

rule(
  'taxonomy.localized',
  'CONTRACTS 2.3 | Aspect.localizedAspectName',
  'names and values are in the words of the site, under the same ids',
  async () => {
    const names = async (tree: string) => (await aspectsOf('15687', `${API}/category_tree/${tree}`)).map((one) => one.localizedAspectName);
    expect(await names('0')).toEqual(expect.arrayContaining(['Brand', 'Color']));
    expect(await names('3')).toEqual(expect.arrayContaining(['Brand', 'Colour']));
    expect(await names('77')).toEqual(expect.arrayContaining(['Marke', 'Farbe']));
    const german = (await suggest('Kaffeebecher Becher Keramik', `${API}/category_tree/77`)).body;
    expect([german.categoryTreeId, german.categorySuggestions[0].category.categoryName]).toEqual(['77', 'Becher & Tassen']);
    const english = (await suggest('blue coffee mug', `${API}/category_tree/77`)).body;
    expect(english.categorySuggestions[0].category.categoryId).toBe('20695');
  },
);
