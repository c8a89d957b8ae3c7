import { type Facts, isProven } from '../../core/facts.ts';
import type { CategoryPath } from '../../core/fees.ts';
import type { Site } from '../../core/site.ts';
import { factFor } from './aspect-names.ts';
import type { FilledAspect } from './filled-aspect.ts';
import { inSiteWords } from './site-words.ts';
import { assembleTitle, stem, type TitlePart } from './title-words.ts';

export interface TitleSource {
  readonly facts: Facts;
  readonly aspects: Readonly<Record<string, FilledAspect>>;
  /** Leaf first. */
  readonly path: CategoryPath;
  readonly site: Pick<Site, 'language' | 'unbranded'>;
  /** Words a buyer would search by, from a model: only those that something else proves are used. */
  readonly keywords?: readonly string[];
  /** `Lot of 3`. */
  readonly pieces?: string | undefined;
}

type Kind = 'clothes' | 'books' | 'media' | 'electronics' | 'things';

/** Top categories (and shoes, bags) by what buyers of them search; the numbers are the same on all eBay sites. */
const KINDS: Readonly<Record<string, Kind>> = {
  '11450': 'clothes',
  '267': 'books',
  '11232': 'media',
  '11233': 'media',
  '1249': 'media',
  '293': 'electronics',
  '15032': 'electronics',
  '58058': 'electronics',
  '625': 'electronics',
};

/** Item specifics that buyers type, most searched first; they come after everything else, while there is room. */
const EXTRAS: Readonly<Record<Kind, readonly string[]>> = {
  clothes: ['Style', 'Fit', 'Sleeve Length', 'Neckline', 'Theme', 'Performance/Activity', 'Character'],
  books: ['Format', 'Edition', 'Publication Year', 'Publisher', 'Topic'],
  media: ['Platform', 'Artist', 'Format', 'Edition', 'Release Year', 'Genre'],
  electronics: ['Storage Capacity', 'Screen Size', 'Processor', 'RAM Size', 'Network', 'Connectivity', 'Mount', 'Features'],
  things: ['Features', 'Theme', 'Character', 'Franchise', 'Set Name', 'Capacity', 'Style', 'Era', 'Finish'],
};

/** Filter words of eBay, not ones that buyers type. */
const UNSEARCHED =
  /^(?:multicolor|multicoloured|mehrfarbig|solid|regular|standard|yes|no|ja|nein|n\/a|none|does not apply|nicht zutreffend)$/i;

/**
 * A title from what is proven, in the order buyers search: brand, model, for whom, colour, what, size, material, then
 * telling specifics. No word twice, no cut word, no shouting, at most `max` characters. Undefined when it is not even
 * known what the thing is.
 */
export function buildTitle({ facts, aspects, path, site, keywords = [], pieces }: TitleSource, max: number): string | undefined {
  const proven = (name: keyof Facts): string | undefined => {
    const fact = facts[name];
    return fact && isProven(name, fact) && !UNSEARCHED.test(fact.value.trim()) ? inSiteWords(name, fact.value, site) : undefined;
  };
  const kind = path.map((id) => KINDS[id]).find((known) => known !== undefined) ?? 'things';
  const [type, work, brand] = [proven('type'), proven('title'), proven('brand')];
  if (!type && !work) return undefined;

  // `US 10 / EU 43` is 10 where eBay asks for a US size.
  const size = Object.entries(aspects).find(([name]) => factFor(name) === 'size')?.[1].values[0] ?? proven('size');
  const words = WORDS[site.language === 'de-DE' ? 'de' : 'en'];
  const of: Readonly<Record<string, TitlePart | undefined>> = {
    brand: brand === site.unbranded ? undefined : part(brand, 'name'),
    model: part(proven('model'), 'words'),
    mpn: part(proven('mpn'), 'words'),
    work: part(work, 'name'),
    author: part(proven('author') && `${words.by} ${proven('author')}`, 'unit'),
    department: part(words.department(proven('department')), 'words'),
    // One colour or pattern reads better before the thing than behind it.
    color: part(proven('color'), 'words'),
    pattern: part(proven('pattern'), 'words'),
    style: part(proven('style'), 'words'),
    type: part(type, 'words'),
    size: part(size && `${words.size} ${size}`, 'unit'),
    material: part(mainFibre(proven('material')), 'words'),
  };
  const extras = EXTRAS[kind].flatMap((name) => extrasOf(aspects[name]));
  const known = provenWords(facts, aspects);
  const searched = keywords
    .filter((keyword) => keyword.split(/\s+/).every((word) => known.has(stem(word))))
    .slice(0, KEYWORDS_MAX)
    .map((text): TitlePart => ({ text, as: 'words' }));
  const parts = [part(pieces, 'unit'), ...ORDER[kind].map((name) => of[name]), ...extras, ...searched].filter(
    (one): one is TitlePart => one !== undefined,
  );
  return assembleTitle(parts, max) || undefined;
}

/** More would be stuffing (eBay, search and browse manipulation). */
const KEYWORDS_MAX = 2;

/** Words of proven facts and of the specifics that stand: what else a buyer may search by is no claim of ours. */
function provenWords(facts: Facts, aspects: TitleSource['aspects']): ReadonlySet<string> {
  const proven = (Object.keys(facts) as (keyof Facts)[]).flatMap((name) => {
    const fact = facts[name];
    return fact && isProven(name, fact) ? [fact.value] : [];
  });
  const texts = [...proven, ...Object.values(aspects).flatMap(({ values }) => values)];
  return new Set(texts.flatMap((text) => text.split(/[\s;,/]+/)).map(stem));
}

/** Where a work is sold, the kind of thing says little: `Book` is the category's name. */
const ORDER: Readonly<Record<Kind, readonly string[]>> = {
  clothes: ['brand', 'model', 'department', 'color', 'pattern', 'type', 'size', 'material', 'style'],
  books: ['work', 'author', 'brand'],
  media: ['work', 'author', 'brand', 'model', 'type'],
  electronics: ['brand', 'model', 'mpn', 'work', 'color', 'type', 'size'],
  things: ['brand', 'model', 'work', 'author', 'department', 'color', 'pattern', 'type', 'size', 'material', 'mpn'],
};

const WORDS = {
  en: { size: 'Size', by: 'by', department: possessive },
  de: { size: 'Gr.', by: 'von', department: (department: string | undefined) => department },
} as const;

const part = (text: string | undefined, as: TitlePart['as']): TitlePart | undefined => (text ? { text, as } : undefined);

/** A list of five features is for the specifics; one or two are for the title. */
function extrasOf(aspect: FilledAspect | undefined): readonly TitlePart[] {
  if (!aspect || aspect.values.length > 2) return [];
  return aspect.values.filter((value) => !UNSEARCHED.test(value)).map((text) => ({ text, as: 'words' }));
}

function possessive(department: string | undefined): string | undefined {
  if (department && /^(men|women)$/i.test(department)) return `${department}'s`;
  if (department && /^(boys|girls)$/i.test(department)) return `${department}'`;
  return department;
}

/** `100% cotton` says something in a title; a long blend belongs in the specifics. */
function mainFibre(material: string | undefined): string | undefined {
  const single = /^100\s*%\s*(.+)$/.exec(material ?? '')?.[1];
  return single ?? (material?.includes('%') ? undefined : material);
}
