import { afterAll, describe, expect, it } from 'vitest';
import { createLocalAnalysis } from '../../../src/adapters/local/index.ts';
import type { Facts } from '../../../src/core/facts.ts';
import { callNow, type ExpectedItem, expectedOf, haveSharedPhotos, sharedPhotos, viewOf } from './shared-photos.ts';

const analysis = createLocalAnalysis({ ocrLanguage: 'eng', ocrWorkers: 2 });
afterAll(() => analysis.textReader.close?.());

async function factsOf(paths: readonly string[], nameWords: readonly string[]): Promise<Facts> {
  const photos = paths.map((path, index) => viewOf(path, index + 1));
  const barcodes = await analysis.barcodeReader.readBarcodes(photos, callNow);
  const texts = await analysis.textReader.readText(photos, callNow);
  const { facts, unknowns } = await analysis.describer.describe({ photos, texts, barcodes, nameWords, seller: {} }, callNow);
  for (const name of ['brand', 'size', 'material', 'countryOfOrigin', 'gtin'] as const) {
    expect(facts[name] === undefined, `${name} is known or has a reason`).toBe(unknowns[name] !== undefined);
    for (const { from } of facts[name]?.evidence ?? []) expect(['label', 'barcode']).toContain(from);
  }
  if (process.env.SHOW_RECALL)
    process.stderr.write(
      `${nameWords.join('-')} ${JSON.stringify(Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fact.value])))}\n`,
    );
  return facts;
}

/** What is stated must be what a person reads on the tag; what is not on it must not be stated. */
function expectNothingWrong(facts: Facts, stated: ExpectedItem['labelFacts'] = {}): void {
  for (const name of ['brand', 'size', 'material', 'countryOfOrigin'] as const) {
    const value = facts[name]?.value;
    if (value === undefined) continue;
    expect(stated[name], `${name} "${value}" is on no label`).toBeTruthy();
    expect(value.toLowerCase()).toBe(String(stated[name]).toLowerCase());
  }
}

const wordsOf = (folder: string): readonly string[] =>
  folder
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => /\p{L}/u.test(word));

describe.skipIf(!haveSharedPhotos)('what is said of real items', () => {
  const items = haveSharedPhotos ? Object.entries(expectedOf('items').items ?? {}) : [];

  it.each(items)('%s', async (folder, { labelFacts, identifiers, photos, mustNotClaim = [] }) => {
    const facts = await factsOf(
      photos.map((photo) => `${sharedPhotos}items/${photo}`),
      wordsOf(folder),
    );
    expectNothingWrong(facts, labelFacts);
    if (facts.gtin) expect(facts.gtin.value).toBe(identifiers?.upc);
    if (mustNotClaim.some((claim) => claim.includes('department'))) expect(facts.department).toBeUndefined();
    expect(facts.model).toBeUndefined();
    expect(facts.mpn).toBeUndefined();
    expect(facts.title).toBeUndefined();
  });
});

describe.skipIf(!haveSharedPhotos)('what is said of label photos', () => {
  const labels = haveSharedPhotos ? Object.entries(expectedOf('labels').files) : [];

  it.each(labels)('%s', async (file, { labelFacts, unreadable }) => {
    const facts = await factsOf([`${sharedPhotos}labels/${file}`], []);
    expectNothingWrong(facts, labelFacts);
    if (unreadable) expect(Object.keys(facts)).toEqual([]);
  });
});

describe.skipIf(!haveSharedPhotos)('what is said of barcode photos', () => {
  // Boxes, books and cans full of print: none of it is a size, a fibre or a brand that the source names.
  const PRINTED: Readonly<Record<string, ExpectedItem['labelFacts']>> = { 'pen.png': { countryOfOrigin: 'Germany' } };
  const files = haveSharedPhotos ? Object.entries(expectedOf('barcodes').files) : [];

  it.each(files)('%s', async (file, { barcodes = [] }) => {
    const facts = await factsOf([`${sharedPhotos}barcodes/${file}`], []);
    expectNothingWrong(facts, PRINTED[file]);
    const printed = barcodes.filter(({ isProductCode }) => isProductCode).map(({ gtin14 }) => gtin14);
    if (facts.gtin) expect(printed).toContain(facts.gtin.value.padStart(14, '0'));
  });
});
