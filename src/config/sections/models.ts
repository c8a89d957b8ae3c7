import * as z from 'zod';

const usd = z.number().min(0).max(10_000);

const price = z.strictObject({
  input: usd.describe('US dollars for a million tokens sent.'),
  cachedInput: usd.nullable().default(null).describe("The same for tokens from the provider's cache; null: no rebate."),
  output: usd.describe('US dollars for a million tokens answered, thinking included.'),
  picturesLike: z
    .string()
    .min(1)
    .max(100)
    .nullable()
    .default(null)
    .describe('A model whose pictures are counted in the same way; null: told by the name.'),
});

const priced = (input: number, cachedInput: number | null, output: number): z.output<typeof price> => ({
  input,
  cachedInput,
  output,
  picturesLike: null,
});

/** List prices gathered second-hand in autumn 2026 from pages and projects that quote OpenAI's price page. */
const PRICES: Readonly<Record<string, z.output<typeof price>>> = {
  'gpt-4o': priced(2.5, 1.25, 10),
  'gpt-4o-mini': priced(0.15, 0.075, 0.6),
  'gpt-4.1': priced(2, null, 8),
  'gpt-4.1-mini': priced(0.4, null, 1.6),
  'gpt-4.1-nano': priced(0.1, null, 0.4),
  'gpt-5': priced(1.25, null, 10),
  'gpt-5-mini': priced(0.25, null, 2),
  'gpt-5-nano': priced(0.05, null, 0.4),
  'gpt-5.4': priced(2.5, 0.25, 15),
  'gpt-5.4-mini': priced(0.75, 0.075, 4.5),
  'gpt-5.4-nano': priced(0.2, 0.02, 1.25),
  'gpt-5.5': priced(5, 0.5, 30),
  'gpt-5.6-luna': priced(0.2, 0.02, 1.2),
  'gpt-5.6-terra': priced(2, 0.2, 12),
  'gpt-5.6-sol': priced(4, 0.4, 20),
  'gpt-6-luna': priced(0.1, 0.01, 0.5),
  'gpt-6-sol': priced(2, 0.2, 10),
  'gpt-6.1-sol': priced(2, 0.1, 10),
  'gpt-6-astra': priced(10, 1, 50),
};

export const models = z
  .strictObject({
    asOf: z.iso.date().default('2026-10-09').describe('When these prices were looked up.'),
    source: z.string().min(1).max(300).default('https://openai.com/api/pricing/, quoted second-hand').describe('Where they are from.'),
    batchFactor: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('Share of these prices that a call costs in a batch (list --batch); as of the same day. Half at OpenAI.'),
    prices: z
      .record(z.string().min(1).max(100), price)
      .default({ ...PRICES })
      .describe('Prices by model. A table here replaces this one whole. A model without a price refuses every --max-cost.'),
  })
  .prefault({})
  .describe('What models cost: yours to keep up to date.');
