import { type Fact, type FactName, factsOfSeller, type Unknown } from '../../core/facts.ts';
import type { Barcode, DescribeRequest, Describer, Description, PhotoText, PhotoView } from '../../core/ports/analysis.ts';
import type { SellerFacts } from '../../core/seller-facts.ts';
import { ITEM_TYPES, type ItemType } from './item-types.ts';
import { factsFromName, fromFolder, type NamedFacts, typeOfPrint } from './name-words.ts';
import { readBrand } from './read-brand.ts';
import { agreed, isLabel, lowest, plainWord, type Reading, readCountry, readMarked, readTitle } from './read-label.ts';
import { readMaterial } from './read-material.ts';
import { readSize } from './read-size.ts';
import { COLORS, DEPARTMENTS } from './vocabulary.ts';

/** Modest and honest: says what was read and named, each with its evidence, and why the rest is missing. Costs nothing. */
export function createDescriber(): Describer {
  return { name: 'local', describe: async (request) => describePhotos(request) };
}

/** Pure: the same request gives the same description. Never throws. */
export function describePhotos(request: DescribeRequest): Description {
  const facts: Partial<Record<FactName, Fact>> = {};
  const unknowns: Partial<Record<FactName, Unknown>> = {};
  for (const [name, reading] of Object.entries(readingsOf(request)) as [FactName, Reading][]) {
    if ('fact' in reading) facts[name] = reading.fact;
    else unknowns[name] = { why: reading.why };
  }
  // The seller's word decides what to search for; the draft stage lays it over the facts.
  const categoryQueries = queriesOf({ ...facts, ...factsOfSeller(request.seller) });
  const roles = request.texts.filter(showsLabelAlone).map(({ photo }) => ({ photo, role: 'label' as const }));
  return { provider: 'local', facts, unknowns, categoryQueries, roles };
}

/** Of the photo. A blanket that lies folded with its label on top takes an eighth, and is still the blanket's picture. */
const LABEL_SHARE = 0.2;

/** Photos that prove size and make, and sell nothing as the first picture. */
function showsLabelAlone(text: PhotoText): boolean {
  const share = text.places?.reduce((sum, { width, height }) => sum + width * height, 0) ?? 0;
  return isLabel(text) && share >= LABEL_SHARE;
}

/** What takes eyes: the local provider says nothing of it. */
type SeenFact = 'features' | 'era' | 'sizeSystem' | 'quantity' | 'measurements' | 'packageClass' | 'weightEstimate';

function readingsOf({ photos, texts, barcodes, nameWords, seller }: DescribeRequest): Record<Exclude<FactName, SeenFact>, Reading> {
  const named = factsFromName(nameWords);
  const type = typeOf(named, texts, barcodes, seller);
  const kind = typeKind(type, named, seller);
  const coded = new Set(barcodes.filter(({ gtin14 }) => gtin14).map(({ photo }) => photo));
  const labels = new Set(texts.filter(isLabel).map(({ photo }) => photo));
  const wearable = kind === undefined || ['garment', 'footwear', 'accessory', 'sport'].includes(kind.kind);
  const book = kind?.name === 'Book';
  const { title, author } = book ? readTitle(texts) : { title: { why: NO_BOOK }, author: { why: NO_BOOK } };
  const unreadable = texts.filter((text) => text.unreadable).map(({ photo }) => photo);

  const readings: Record<Exclude<FactName, SeenFact>, Reading> = {
    type,
    brand: readBrand({ texts, coded, nameWords, type: kind }),
    model: book ? { why: NO_MODEL } : readMarked(texts, 'model'),
    mpn: book ? { why: NO_MODEL } : readMarked(texts, 'mpn'),
    gtin: gtinOf(barcodes),
    department: departmentOf(
      named,
      texts.filter(({ photo }) => labels.has(photo)),
    ),
    size: wearable ? readSize(texts) : { why: 'Sizes are read for things that are worn.' },
    color: colorOf(named, photos, labels, coded.size > 0 || nameWords.some((word) => BOX_WORDS.has(word))),
    material: readMaterial(texts),
    pattern: named.pattern ? { fact: named.pattern } : { why: 'The folder name does not tell a pattern.' },
    countryOfOrigin: readCountry(texts),
    title,
    author,
    style: { why: 'The local provider does not judge style.' },
    condition: named.condition ? { fact: named.condition } : { why: 'Nothing tells the condition.' },
  };
  if (unreadable.length === 0) return readings;
  const note = ` Photo ${unreadable.join(' and ')} shows writing that could not be read.`;
  for (const name of ['brand', 'size', 'material'] as const) {
    const reading = readings[name];
    if ('why' in reading) readings[name] = { why: reading.why + note };
  }
  return readings;
}

const NO_BOOK = 'Without a model, titles and authors are read from books only; put the title of anything else into the sidecar.';
const NO_MODEL = 'A book has no model number.';

function typeOf(named: NamedFacts, texts: DescribeRequest['texts'], barcodes: readonly Barcode[], seller: SellerFacts): Reading {
  if (named.type) return { fact: fromFolder(named.type.name, named.type.sure ? 0.9 : 0.7, named.type.words) };
  const printed = printedType(texts);
  if (printed) return printed;
  const isbn = barcodes.find(({ gtin14 }) => /^097[89]/.test(gtin14 ?? ''));
  // GS1 keeps the prefixes 978 and 979 for the book trade.
  if (isbn) return { fact: { value: 'Book', confidence: 0.8, evidence: [{ from: 'barcode', photo: isbn.photo, code: isbn.text }] } };
  return { why: seller.category ? 'The seller gave the category only.' : 'Neither the folder name nor a code tells what the item is.' };
}

/** What boxes and tags call the thing, when two photos agree and none says otherwise. */
function printedType(texts: DescribeRequest['texts']): Reading | undefined {
  const prints = texts.flatMap(({ photo, lines }) =>
    lines.flatMap((line) => {
      const type = lowest(line) >= PRINT_SURE ? typeOfPrint(line.text) : undefined;
      return type ? [{ value: type.name, confidence: Math.min(lowest(line), 0.9), photo, text: line.text }] : [];
    }),
  );
  const agreeing = new Set(prints.map(({ photo }) => photo)).size > 1 && new Set(prints.map(({ value }) => value)).size === 1;
  return agreeing ? agreed(prints, 'kind of thing', '') : undefined;
}

const PRINT_SURE = 0.85;

function typeKind(type: Reading, named: NamedFacts, seller: SellerFacts): ItemType | undefined {
  if (seller.type) return ITEM_TYPES.get(seller.type.toLowerCase());
  return named.type ?? ('fact' in type ? ITEM_TYPES.get(type.fact.value.toLowerCase()) : undefined);
}

/** One product code on all photos; of a book with two, the ISBN. */
function gtinOf(barcodes: readonly Barcode[]): Reading {
  const codes = barcodes.filter(({ gtin14 }) => gtin14 !== undefined);
  const books = codes.filter(({ gtin14 }) => /^097[89]/.test(gtin14 ?? ''));
  const counting = books.length > 0 ? books : codes;
  const numbers = new Set(counting.map(({ gtin14 }) => gtin14));
  const [first] = counting;
  if (!first?.gtin14) return { why: 'No product barcode was read with certainty.' };
  if (numbers.size > 1) return { why: `The photos show ${numbers.size} different product codes.` };
  const value =
    first.format === 'EAN-8' ? first.gtin14.slice(-8) : first.gtin14.startsWith('00') ? first.gtin14.slice(-12) : first.gtin14.slice(-13);
  return { fact: { value, confidence: 0.98, evidence: counting.map(({ photo, text }) => ({ from: 'barcode', photo, code: text })) } };
}

function departmentOf(named: NamedFacts, labels: DescribeRequest['texts']): Reading {
  const read = labels.flatMap(({ photo, lines }) =>
    lines.flatMap((line) => {
      const [word, ...more] = line.words;
      // MEN'S on a line of its own or before a noun; "for men and women" is no department.
      if (!word || word.confidence < 0.85 || more.length > 1) return [];
      const value = DEPARTMENTS.get(word.text.toLowerCase().replace(/[^a-z']/g, ''));
      return value && plainWord(word.text).endsWith('s') ? [{ value, confidence: word.confidence, photo, text: line.text }] : [];
    }),
  );
  const values = new Set([...read.map(({ value }) => value), ...(named.department ? [named.department.value] : [])]);
  if (values.size > 1) return { why: `Folder name and labels name different departments: ${[...values].join(' and ')}.` };
  const [first] = read;
  if (first) {
    const evidence: Fact['evidence'] = read.map(({ photo, text }) => ({ from: 'label', photo, text }));
    return { fact: { value: first.value, confidence: first.confidence, evidence: [...evidence, ...(named.department?.evidence ?? [])] } };
  }
  return named.department ? { fact: named.department } : { why: 'Neither the folder name nor a label says for whom it is.' };
}

const BOX_WORDS: ReadonlySet<string> = new Set(['box', 'boxed', 'sealed', 'nib', 'bnib', 'packaged']);

/**
 * The folder's word counts when the pixels allow it; else what the camera saw, with less confidence. The
 * pixels of something in its box are the box's.
 */
function colorOf({ colors }: NamedFacts, photos: readonly PhotoView[], labels: ReadonlySet<number>, boxed: boolean): Reading {
  if (boxed) {
    const [word] = colors;
    const [value = word] = word === undefined ? [] : (COLORS.get(word) ?? []);
    return word === undefined || value === undefined
      ? { why: 'The colours on the photos are those of the box.' }
      : { fact: fromFolder(value, 0.8, word) };
  }
  const views = photos.filter(({ number }) => !labels.has(number));
  const seen = new Map<string, { share: number; photo: number }>();
  for (const { number, colors: shares } of views.length > 0 ? views : photos) {
    for (const { name, share } of shares) {
      const before = seen.get(name);
      if (!before || share > before.share) seen.set(name, { share, photo: number });
    }
  }
  for (const word of colors) {
    const names = COLORS.get(word) ?? [];
    const [value = word] = names;
    const match = names.map((name) => seen.get(name)).find((hit) => hit !== undefined);
    if (match) {
      const fact = fromFolder(value, 0.9, word);
      return { fact: { ...fact, evidence: [...fact.evidence, { from: 'picture', photo: match.photo, note: `${value} by its pixels` }] } };
    }
    if (seen.size === 0 || seen.has('Multicolor')) return { fact: fromFolder(value, 0.8, word) };
  }
  const [top] = [...seen].sort(([, a], [, b]) => b.share - a.share);
  if (!top || top[1].share < 0.3) return { why: 'The pixels show no main colour.' };
  const [name, { share, photo }] = top;
  const confidence = colors.length > 0 ? 0.5 : Math.min(0.78, 0.55 + share * 0.4);
  return {
    fact: { value: name, confidence, evidence: [{ from: 'picture', photo, note: `${Math.round(share * 100)} % of the item's pixels` }] },
  };
}

/** Most specific first: "men's t-shirt", then "t-shirt". */
function queriesOf({ type, department }: Partial<Record<FactName, Fact>>): readonly string[] {
  if (!type) return [];
  const thing = type.value.toLowerCase();
  return department ? [`${possessive(department.value.toLowerCase())} ${thing}`, thing] : [thing];
}

function possessive(department: string): string {
  if (department === 'men' || department === 'women') return `${department}'s`;
  if (department === 'unisex adults') return 'unisex';
  return /s$/.test(department) ? `${department}'` : department;
}
