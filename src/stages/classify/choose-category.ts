import type { Facts } from '../../core/facts.ts';
import type { Category } from '../../core/listing.ts';

export type CategoryChoice =
  | { readonly kind: 'chosen'; readonly category: Category; readonly confidence: number; readonly why: string }
  | { readonly kind: 'ambiguous' | 'none'; readonly message: string }
  /** `departments`: those that the suggested branches are for, as a seller may say them. */
  | { readonly kind: 'for-whom'; readonly message: string; readonly departments: readonly string[] };

export interface ChoiceAids {
  /** What the seller said it is, in words. */
  readonly sellerWords?: string | undefined;
  /** The kinds of thing that a category knows by its own specifics (the values of Type): `Tops` knows `T-Shirt`. */
  readonly kindsOf?: (categoryId: string) => readonly string[];
}

interface Department {
  /** As a seller says it; understood on every site. */
  readonly name: string;
  /** As eBay's trees name the branch. */
  readonly branch: RegExp;
  /** As facts name it. */
  readonly said: RegExp;
}

const DEPARTMENTS: readonly Department[] = [
  { name: 'Women', branch: /^(?:women|damen)/i, said: /^(women|ladies|woman|misses|damen)/i },
  { name: 'Men', branch: /^(?:men(?!ü)|herren)/i, said: /^(men|man|gents|herren)/i },
  { name: 'Boys', branch: /^(?:boys|jungen)/i, said: /^(boy|jungen)/i },
  { name: 'Girls', branch: /^(?:girls|mädchen)/i, said: /^(girl|mädchen)/i },
  { name: 'Unisex Kids', branch: /^unisex (?:kids|kinder)/i, said: /^(unisex ki|kid|child|kinder)/i },
  { name: 'Baby', branch: /^baby/i, said: /^(baby|toddler|infant)/i },
];

/**
 * Takes the marketplace's best suggestion that the facts support, and only then: its name or a parent
 * must name the thing, and a branch for men, women or children needs a known department. A category
 * is a claim about the item like any other.
 */
export function chooseCategory(
  candidates: readonly Category[],
  facts: Facts,
  { sellerWords, kindsOf = () => [] }: ChoiceAids = {},
): CategoryChoice {
  const type = sellerWords ?? facts.type?.value;
  if (candidates.length === 0) {
    return {
      kind: 'none',
      message: type ? `No category was found for "${type}".` : 'What the item is could not be told from photos and folder name.',
    };
  }
  const fitting = type
    ? candidates.filter((category) => namesThing(category, type) || kindsOf(category.id).some((kind) => sameThing(kind, type)))
    : [];
  if (type === undefined || fitting.length === 0) {
    return {
      kind: 'ambiguous',
      message: type ? `It is not certain which category is right for "${type}".` : 'It is not certain which category is right.',
    };
  }
  const department = facts.department?.value;
  const departments = [...new Set(fitting.flatMap((category) => departmentOf(category)?.name ?? []))];
  for (const category of fitting) {
    const branch = departmentOf(category);
    if (branch === undefined) return chosen(category, type, facts.type?.confidence);
    if (department === undefined) {
      const message = `The category for "${type}" depends on whom it is for, and the photos do not tell.`;
      return { kind: 'for-whom', message, departments };
    }
    if (branch.said.test(department))
      return chosen(category, type, Math.min(facts.type?.confidence ?? 1, facts.department?.confidence ?? 1));
  }
  return { kind: 'for-whom', message: `None of the categories that eBay suggests for "${type}" is for "${department}".`, departments };
}

const chosen = (category: Category, type: string, confidence = 1): CategoryChoice => ({
  kind: 'chosen',
  category,
  confidence,
  why: `eBay's best suggestion for "${type}"`,
});

function departmentOf(category: Category): Department | undefined {
  for (const { name } of [category, ...category.ancestors]) {
    const department = DEPARTMENTS.find(({ branch }) => branch.test(name));
    if (department !== undefined) return department;
  }
  return undefined;
}

/** What eBay's categories call things that everybody else calls otherwise. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  sneaker: 'Athletic Shoes',
  cap: 'Hats',
  beanie: 'Hats',
  bodysuit: 'One-Pieces',
  handbag: 'Bags & Handbags',
};

/** The leaf names the thing itself: its last word (`running shoes` in `Athletic Shoes`), or all its words with the parents' help. */
function namesThing({ name, ancestors }: Category, type: string): boolean {
  const leaf = stems(name);
  const all = new Set([...leaf, ...ancestors.flatMap((parent) => stems(parent.name))]);
  const wanted = stems(ALSO_CALLED[stems(type).join(' ')] ?? type);
  const joined = wanted.join('');
  const compact = leaf.join('');
  if (wanted.length === 0) return false;
  if (leaf.includes(wanted.at(-1) ?? '') || compact === joined) return true;
  return wanted.some((word) => leaf.includes(word)) && wanted.every((word) => all.has(word));
}

const sameThing = (a: string, b: string): boolean => stems(a).join(' ') === stems(b).join(' ');

const SMALL_WORDS = new Set(['and', 'the', 'of', 'for', 'a', 'an', 's']);

/** Lower-case words without plural endings; a hyphen makes one word, for a `T-Shirt` is not a shirt. */
function stems(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll('-', '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !SMALL_WORDS.has(word))
    .map((word) => (word.length > 3 ? word.replace(/(?<=[^s])s$/, '').replace(/(?<=[sxz]|ch|sh)e$/, '') : word));
}
