import { checkShape, withoutNulls } from '../wire/shape.ts';
import type { Request } from '../wire/wire.ts';
import { refuse } from '../wire/wire.ts';
import type { InventoryItem } from './item-types.ts';
import { ITEM_SHAPE } from './item-types.ts';

/** Limits of the Inventory document, checked when an item is written; the rest is checked when it is published. */
const LIMITS = {
  sku: 50,
  title: 80,
  subtitle: 55,
  description: 4_000,
  conditionDescription: 1_000,
  brand: 65,
  mpn: 65,
  additionalInfo: 30,
};
const LOCALE = /^[a-z]{2}[-_][A-Z]{2}$/;

/** 25707 as its text says: letters and digits only, 50 at most. */
export function checkSku(sku: string): void {
  if (sku === '') throw refuse(25708);
  if (!isSku(sku)) throw refuse(25707);
}

export function isSku(sku: string): boolean {
  return sku.length <= LIMITS.sku && /^[A-Za-z0-9]+$/.test(sku);
}

/** The header is required where the document says so; `en-US` in a header, `en_US` in a field. */
export function contentLanguage(request: Request): string {
  const language = request.headers['content-language'];
  if (language === undefined || !LOCALE.test(language)) throw refuse(25709, ['Content-Language'], { fieldName: 'Content-Language' });
  return language.replace('-', '_');
}

export function checkLocale(locale: unknown): string {
  if (typeof locale !== 'string' || !LOCALE.test(locale)) throw refuse(25733);
  return locale.replace('-', '_');
}

/** Everything that is refused at the PUT already. Aspect values are not looked at here: eBay does that when publishing. */
export function checkItem(body: unknown): InventoryItem {
  const item = withoutNulls(body) as InventoryItem;
  checkShape(item, ITEM_SHAPE);
  const product = item.product ?? {};
  checkLength('product.title', product.title, LIMITS.title);
  checkLength('product.subtitle', product.subtitle, LIMITS.subtitle);
  checkLength('product.description', product.description, LIMITS.description);
  checkLength('conditionDescription', item.conditionDescription, LIMITS.conditionDescription, 0);
  checkLength('product.brand', product.brand, LIMITS.brand);
  checkLength('product.mpn', product.mpn, LIMITS.mpn);
  for (const descriptor of item.conditionDescriptors ?? []) {
    checkLength('conditionDescriptors.additionalInfo', descriptor.additionalInfo, LIMITS.additionalInfo, 0);
  }
  const quantity = item.availability?.shipToLocationAvailability?.quantity;
  if (quantity !== undefined && quantity < 0) throw refuse(25004, ['The quantity must not be negative.']);
  checkIdentifiers(product);
  for (const url of product.imageUrls ?? []) {
    if (!url.startsWith('https://')) throw refuse(25015, ['The URL must use the HTTPS protocol.'], { imageUrl: url });
  }
  checkPackage(item);
  return item;
}

function checkLength(field: string, value: string | undefined, max: number, min = 1): void {
  if (value === undefined) return;
  const length = [...value].length;
  if (length < min || length > max) {
    throw refuse(25709, [`${field}. The length should be between ${min} and ${max} characters`], { fieldName: field });
  }
}

/** GTIN lengths by kind; where there is none, the site's words for it stand instead (CONTRACTS 2.3). */
const GTIN_FORMS = { upc: /^\d{12}$/, ean: /^(\d{8}|\d{13})$/, isbn: /^(\d{9}[\dXx]|\d{13})$/ } as const;
const NO_IDENTIFIER = new Set([
  'Does not apply',
  'Nicht zutreffend',
  'Non applicable',
  'Non applicabile',
  'No aplicable',
  'Niet van toepassing',
  'Nie dotyczy',
]);

function checkIdentifiers(product: NonNullable<InventoryItem['product']>): void {
  for (const kind of ['upc', 'ean', 'isbn'] as const) {
    for (const value of product[kind] ?? []) {
      if (!NO_IDENTIFIER.has(value) && !GTIN_FORMS[kind].test(value))
        throw refuse(25503, [`"${value}" is not a valid ${kind.toUpperCase()}.`], { fieldName: kind });
    }
  }
}

/** Dimensions need all of length, width, height and unit; a weight needs its unit (25715). */
function checkPackage(item: InventoryItem): void {
  const weight = item.packageWeightAndSize?.weight;
  if (weight !== undefined && (!(Number(weight.value) > 0) || weight.unit === undefined)) throw refuse(25715);
  const size = item.packageWeightAndSize?.dimensions;
  if (size === undefined) return;
  const sides = [size.length, size.width, size.height];
  if (sides.some((side) => !(Number(side) > 0)) || size.unit === undefined) throw refuse(25715);
}
