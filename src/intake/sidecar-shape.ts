import * as z from 'zod';
import { type Currency, type Money, parseMoney } from '../core/money.ts';
import { saysNone } from '../core/says-none.ts';
import type { SellerFacts } from '../core/seller-facts.ts';
import { readGtin } from './gtin.ts';

/** JSON may say 10 where YAML says "10": both mean the text. */
const text = z.union([z.string(), z.number()], 'must be a text').transform((value) => String(value).trim());

const list = z
  .union([text, z.array(text)], 'must be a text or a list of texts')
  .transform((value) => (typeof value === 'string' ? [value] : value).filter((entry) => entry !== ''));

const number = text.pipe(
  z
    .string()
    .regex(/^\d{1,6}([.,]\d{1,3})?$/, 'must be a positive number such as 12 or 1.5')
    .transform((value) => Number(value.replace(',', '.'))),
);

const amountText = z.union([
  text.transform((value) => ({ value, currency: undefined })),
  z.strictObject({ value: text, currency: text }, 'must be an amount such as "24.99"'),
]);

/** In the currency of the marketplace only: a floor cannot be made of two. */
const amount = (least: number, currency: Currency) =>
  amountText.transform(({ value, currency: said }, context): Money => {
    if ((said !== undefined && said.toUpperCase() !== currency) || hasOtherSign(value, currency)) {
      context.addIssue({ code: 'custom', message: `must be in ${currency}, the currency of the marketplace` });
      return z.NEVER;
    }
    const money = parseMoney(value, currency);
    if (money && money.minor >= least) return money;
    context.addIssue({ code: 'custom', message: `must be an amount such as "24.99"${least > 0 ? ', more than zero' : ''}` });
    return z.NEVER;
  });

/** `£20` where dollars are wanted: without its sign it would be an amount. */
const hasOtherSign = (value: string, currency: Currency): boolean =>
  parseMoney(value, currency) === undefined && parseMoney(value.replace(/[$£€]/, ''), currency) !== undefined;

const oneOf = <T extends string>(units: Readonly<Record<string, T>>, examples: string) =>
  text.transform((value, context): T => {
    const plain = value.toLowerCase().replace(/\.$/, '');
    const unit = Object.hasOwn(units, plain) ? units[plain] : undefined;
    if (unit) return unit;
    context.addIssue({ code: 'custom', message: `must be a unit such as ${examples}` });
    return z.NEVER;
  });

const WEIGHT_UNITS = {
  lb: 'POUND',
  lbs: 'POUND',
  pound: 'POUND',
  pounds: 'POUND',
  oz: 'OUNCE',
  ounce: 'OUNCE',
  ounces: 'OUNCE',
  kg: 'KILOGRAM',
  kilogram: 'KILOGRAM',
  kilograms: 'KILOGRAM',
  g: 'GRAM',
  gram: 'GRAM',
  grams: 'GRAM',
} as const;

const LENGTH_UNITS = {
  in: 'INCH',
  inch: 'INCH',
  inches: 'INCH',
  ft: 'FEET',
  foot: 'FEET',
  feet: 'FEET',
  cm: 'CENTIMETER',
  centimeter: 'CENTIMETER',
  centimeters: 'CENTIMETER',
  centimetre: 'CENTIMETER',
  centimetres: 'CENTIMETER',
  m: 'METER',
  meter: 'METER',
  meters: 'METER',
  metre: 'METER',
  metres: 'METER',
} as const;

/** `1.5 lb`: how a command line and a table say it. */
function weightOfText(said: unknown): unknown {
  const [, value, unit] = (typeof said === 'string' && /^\s*([\d.,]+)\s*([a-z]+\.?)\s*$/i.exec(said)) || [];
  return value === undefined ? said : { value, unit };
}

/** `30 x 20 x 10 cm`. */
function dimensionsOfText(said: unknown): unknown {
  const by = String.raw`\s*[x×*]\s*`;
  const form = new RegExp(String.raw`^\s*([\d.,]+)${by}([\d.,]+)${by}([\d.,]+)\s*([a-z]+\.?)\s*$`, 'i');
  const [, length, width, height, unit] = (typeof said === 'string' && form.exec(said)) || [];
  return length === undefined ? said : { length, width, height, unit };
}

const aspects = z.record(z.string(), list, 'must be names with values').transform((record, context) => {
  const entries = Object.entries(record).filter(([, values]) => values.length > 0);
  for (const [name] of entries) {
    // Names become keys of plain objects further on.
    if (['constructor', 'prototype'].includes(name)) context.addIssue({ code: 'custom', message: `"${name}" cannot be a name` });
  }
  return Object.fromEntries(entries);
});

/** The keys of a sidecar (README, "Sidecars"). All optional; an unknown key is an error. Amounts are in the marketplace's currency. */
const shapeIn = (currency: Currency) =>
  z
    .strictObject({
      title: text,
      description: text,
      category: text,
      type: text,
      brand: text,
      model: text,
      mpn: text,
      // "none" is an answer too: eBay wants the site's own words for it, and `specify` says them.
      gtin: text.transform((value, context) => {
        const code = saysNone(value) ? value : readGtin(value);
        if (code !== undefined) return code;
        context.addIssue({
          code: 'custom',
          message: `"${value}" is no valid UPC, EAN or ISBN (8, 10, 12, 13 or 14 digits with a check digit); write "none" if there is none`,
        });
        return z.NEVER;
      }),
      department: text,
      size: text,
      color: text,
      material: text,
      aspects,
      condition: text,
      flaws: list,
      photos: list,
      price: amount(1, currency),
      cost: amount(0, currency),
      quantity: text.pipe(
        z
          .string()
          .regex(/^[1-9]\d{0,5}$/, 'must be a whole number from 1 on')
          .transform(Number),
      ),
      // eBay error 25707: a SKU takes letters and digits only, at most 50.
      sku: text.pipe(z.string().regex(/^[A-Za-z0-9]{1,50}$/, 'must be letters and digits only, at most 50')),
      bin: text.pipe(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 _-]{0,19}$/, 'must be letters, digits and hyphens, at most 20')),
      weight: z.preprocess(
        weightOfText,
        z.strictObject({ value: number, unit: oneOf(WEIGHT_UNITS, 'lb, oz, kg or g') }, 'must be {value, unit} or a text such as "1.5 lb"'),
      ),
      dimensions: z.preprocess(
        dimensionsOfText,
        z.strictObject(
          { length: number, width: number, height: number, unit: oneOf(LENGTH_UNITS, 'in, ft, cm or m') },
          'must be {length, width, height, unit} or a text such as "30 x 20 x 10 cm"',
        ),
      ),
      note: text,
      privateNote: text,
    })
    .partial();

type SidecarShape = ReturnType<typeof shapeIn>;

/** Made once for each currency, since it is needed for every sidecar of a scan. */
const shapes = new Map<Currency, SidecarShape>();

export function sidecarShape(currency: Currency): SidecarShape {
  const known = shapes.get(currency) ?? shapeIn(currency);
  shapes.set(currency, known);
  return known;
}

export const SIDECAR_KEYS: readonly string[] = Object.keys(sidecarShape('USD').shape);

/** Fails to compile when the shape and the facts of core drift apart. */
export type SidecarFacts =
  z.output<SidecarShape> extends { [Key in keyof SellerFacts]: SellerFacts[Key] | undefined } ? SellerFacts : never;
