import type { ListingContent } from '../../core/listing.ts';
import type { Marketplace } from '../../core/ports/index.ts';
import { unfitText } from '../specify/unfit-text.ts';

const GTIN_LENGTHS = new Set([8, 12, 13, 14]);

/**
 * What eBay would refuse at publish, found before anything is sent (CONTRACTS 2.1 and 2.2), and
 * what no listing of ours may contain. Whole sentences; empty when all is well.
 */
export function contentProblems(content: ListingContent, limits: Marketplace['limits']): readonly string[] {
  const problems: string[] = [];
  const { title, description, photos, aspects, price, quantity, identifiers } = content;
  if (title.length > limits.titleMax) problems.push(`The title has ${title.length} characters; eBay takes ${limits.titleMax}.`);
  if (title.trim() === '') problems.push('The title is empty.');
  if (description.length > limits.descriptionMax)
    problems.push(`The description has ${description.length} characters; eBay takes ${limits.descriptionMax}.`);
  if (photos.length > limits.photosMax) problems.push(`There are ${photos.length} photos; eBay takes ${limits.photosMax}.`);
  if (price.minor <= 0) problems.push('The price is zero.');
  if (!Number.isInteger(quantity) || quantity < 1) problems.push(`The quantity ${quantity} is not a whole number from 1.`);
  for (const [name, values] of Object.entries(aspects)) {
    for (const value of values) {
      if (value.length > limits.aspectValueMax)
        problems.push(`${name} has ${value.length} characters; eBay takes ${limits.aspectValueMax}.`);
    }
  }
  for (const code of [identifiers.upc, identifiers.ean, identifiers.isbn]) {
    // The site's wording for none has no digits (CONTRACTS 2.3).
    if (code !== undefined && /\d/.test(code) && !hasCheckDigit(code))
      problems.push(`${code} is not a valid UPC, EAN or ISBN: its check digit is wrong.`);
  }
  for (const text of [title, description]) {
    const unfit = unfitText(text);
    if (unfit) problems.push(`The text has ${unfit.what} in it: "${unfit.found}".`);
  }
  return problems;
}

/** GS1 check digit, the same for GTIN-8, -12, -13 and -14. */
function hasCheckDigit(code: string): boolean {
  if (!/^\d+$/.test(code) || !GTIN_LENGTHS.has(code.length)) return false;
  const digits = [...code].map(Number).reverse();
  const sum = digits.slice(1).reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === digits[0];
}
