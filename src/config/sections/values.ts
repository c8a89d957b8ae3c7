import * as z from 'zod';

/** An amount in the file: text, because 0.1 + 0.2 is not 0.3. The currency is the marketplace's. */
export const amountText = z.string().regex(/^\d{1,7}(\.\d{1,2})?$/);

/** The same as a setting of its own. */
export const amount = (value: string, meaning: string) =>
  amountText.default(value).describe(`${meaning} Amount as text in the marketplace's currency, such as "0.40".`);

export const wholeNumber = (least: number, most: number) => z.int().min(least).max(most);

export const ebayId = (meaning: string) => z.string().min(1).max(80).nullable().default(null).describe(meaning);
