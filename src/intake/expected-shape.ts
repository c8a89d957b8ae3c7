import { isAbsolute } from 'node:path';
import * as z from 'zod';
import { FACT_NAMES } from '../core/facts.ts';
import { MAX_PHOTOS_PER_ITEM } from '../core/item.ts';

/** Somebody else may have written the file: it names no picture elsewhere on this machine, which a provider would be shown. */
const path = z
  .string()
  .min(1, 'must be a path')
  .refine((name) => !isAbsolute(name) && !name.split(/[\\/]/).includes('..'), 'must lie below the folder of expected.json');
const text = z.union([z.string().min(1, 'must not be empty'), z.number()]).transform(String);
const texts = z.array(text);

const item = z.object({
  photos: z.array(path).max(MAX_PHOTOS_PER_ITEM, `holds more than ${MAX_PHOTOS_PER_ITEM} photos`).optional(),
  facts: z
    .partialRecord(
      z.enum(FACT_NAMES, `is no fact; known are ${FACT_NAMES.join(', ')}`),
      z.union([text, texts.min(1, 'must name a value, or be null'), z.null()], 'must be a text, a list of texts, or null'),
    )
    .optional(),
  labelFacts: z.record(z.string(), z.union([text, z.null()])).optional(),
  garmentClass: z.string().nullish(),
  sourceClass: z.string().optional(),
  kids: z.boolean().optional(),
  mainColors: texts.optional(),
  pattern: z.string().optional(),
  identifiers: z.record(z.string(), text).optional(),
  mustNotClaim: texts.optional(),
  categories: texts.optional(),
});
export type WireItem = z.output<typeof item>;

const file = z.object({
  visibleText: texts.optional(),
  unreadable: z.boolean().optional(),
  readability: z.string().optional(),
  barcodes: z.array(z.object({ value: text, gtin14: text.optional(), isProductCode: z.boolean().optional() })).optional(),
});

/** `expected.json` of `easyflip eval` (docs/eval.md). Keys that are not named here belong to other tools and are not read. */
export const expectedShape = z.object({
  items: z.record(z.string(), item).optional(),
  files: z.record(path, file).optional(),
});
