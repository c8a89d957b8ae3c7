/** A checked trade item number: what a printed code says about the product. */
export interface ProductCode {
  /** 14 digits, zero-padded. */
  readonly gtin14: string;
}

/**
 * The GTIN behind a read EAN-13 (also UPC-A, 12 digits, and ISBN) or EAN-8 code; undefined when the check
 * digit is wrong or the number range is not for products: in-store and weighed goods (prefixes 02, 04, 2),
 * coupons (05, 981-984, 99) and refund receipts (980), after the GS1 General Specifications, table of
 * prefixes. UPC-E must come expanded to UPC-A. May be repeated; never throws.
 */
export function productCodeOf(digits: string): ProductCode | undefined {
  if (!/^\d{8}$|^\d{12}$|^\d{13}$/.test(digits) || !hasValidCheckDigit(digits)) return undefined;
  const restricted = digits.length === 8 ? /^[02]/ : /^(0[245]|2|98[0-4]|99)/;
  const full = digits.length === 8 ? digits : digits.padStart(13, '0');
  if (restricted.test(full) || /^0+\d{0,3}$/.test(full)) return undefined;
  return { gtin14: digits.padStart(14, '0') };
}

/** The sum with weights 3 and 1 from the right must end in 0 (GS1 General Specifications, 7.9). */
function hasValidCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
