import { join } from 'node:path';
import { EasyflipError } from '../../core/errors.ts';
import { FACT_NAMES, type FactName } from '../../core/facts.ts';
import { expectedShape, type WireItem } from '../../intake/expected-shape.ts';
import { placeOf } from '../../intake/plan-file.ts';
import { readJson } from './read-json.ts';

/** What is true of an item: one of these values, or null where nothing may be said because the photos do not show it. */
type Truths = Readonly<Partial<Record<FactName, readonly string[] | null>>>;

export interface ExpectedItem {
  readonly name: string;
  /** Paths below the evaluated folder, in listing order. */
  readonly photos: readonly string[];
  readonly truths: Truths;
  /** Words that would be an invention wherever they stood. */
  readonly mustNotSay: readonly string[];
  /** Right leaf categories; empty: not judged. */
  readonly categories: readonly string[];
}

/** What `expected.json` says of one file, for `--reading`. */
export interface ExpectedFile {
  readonly file: string;
  readonly visibleText: readonly string[] | undefined;
  readonly unreadable: boolean;
  readonly barcodes:
    | readonly { readonly value: string; readonly gtin14: string | undefined; readonly isProductCode: boolean }[]
    | undefined;
  readonly readability: string;
}

/** The items of DIR/expected.json (docs/eval.md). Errors: `usage.invalid`, with what is wrong with the file. */
export async function expectedItems(folder: string): Promise<readonly ExpectedItem[]> {
  const { items } = await readExpected(folder);
  const found = Object.entries(items ?? {}).filter(([, { photos = [] }]) => photos.length > 0);
  if (found.length === 0)
    throw unusable(folder, 'names no item with photos', 'Give it "items", each with "photos"; docs/eval.md shows how.');
  return found.map(([name, wire]) => ({
    name,
    photos: wire.photos ?? [],
    truths: truthsOf(wire),
    mustNotSay: (wire.mustNotClaim ?? []).filter((claim) => !Object.hasOwn(CLAIMS, claim.toLowerCase())),
    categories: wire.categories ?? [],
  }));
}

/** The files of DIR/expected.json that say what can be read on them. Errors: `usage.invalid`. */
export async function expectedFiles(folder: string): Promise<readonly ExpectedFile[]> {
  const { files } = await readExpected(folder);
  const found = Object.entries(files ?? {}).filter(([, { visibleText, barcodes, unreadable }]) => visibleText || barcodes || unreadable);
  if (found.length === 0)
    throw unusable(folder, 'names no file with "visibleText" or "barcodes"', 'docs/eval.md shows what --reading compares with.');
  return found.map(([file, { visibleText, unreadable = false, barcodes, readability = 'unknown' }]) => ({
    file,
    visibleText,
    unreadable,
    readability,
    barcodes: barcodes?.map(({ value, gtin14, isProductCode = false }) => ({ value, gtin14, isProductCode })),
  }));
}

/** Ten thousand items with all their facts have about this many bytes. */
const MAX_BYTES = 20_000_000;

async function readExpected(folder: string): Promise<ReturnType<typeof expectedShape.parse>> {
  const written = await readJson(join(folder, 'expected.json'), MAX_BYTES, 'Put an expected.json into it; docs/eval.md shows its shape.');
  const { data, error } = expectedShape.safeParse(written);
  if (data) return data;
  const [first] = error.issues;
  throw unusable(
    folder,
    `cannot be used: ${placeOf(first?.path ?? [])}${first?.message}`,
    'Correct it there; docs/eval.md shows its shape.',
  );
}

const unusable = (folder: string, what: string, hint: string): EasyflipError =>
  new EasyflipError('usage.invalid', `${join(folder, 'expected.json')} ${what}.`, { hint });

/** What `mustNotClaim` may name: then the fact must be absent. Anything else is a phrase that must not occur. */
const CLAIMS: Readonly<Record<string, FactName | null>> = {
  brand: 'brand',
  size: 'size',
  material: 'material',
  model: 'model',
  'country of origin': 'countryOfOrigin',
  'department/gender as a fact': 'department',
  department: 'department',
  year: null,
};

function truthsOf(wire: WireItem): Truths {
  const truths: Partial<Record<FactName, readonly string[] | null>> = {};
  for (const claim of wire.mustNotClaim ?? []) {
    const name = CLAIMS[claim.toLowerCase()];
    if (name) truths[name] = null;
  }
  for (const name of ['brand', 'size', 'material', 'countryOfOrigin'] as const) {
    const said = wire.labelFacts?.[name];
    if (said !== undefined) truths[name] = said === null ? null : [said];
  }
  if (wire.garmentClass) truths.type = [wire.garmentClass, ...(wire.sourceClass ? [wire.sourceClass] : [])];
  if (wire.kids) truths.department = ['Girls', 'Boys', 'Unisex Kids', 'Baby', 'Kids', 'Baby & Toddler'];
  if (wire.mainColors) truths.color = wire.mainColors;
  if (wire.pattern) truths.pattern = [wire.pattern];
  if (wire.identifiers?.upc) truths.gtin = [wire.identifiers.upc];
  for (const name of FACT_NAMES) {
    const said = wire.facts?.[name];
    if (said !== undefined) truths[name] = typeof said === 'string' ? [said] : said;
  }
  return truths;
}
