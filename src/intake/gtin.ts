/**
 * A product code as the seller wrote it, spaces and hyphens removed, check digit verified (GS1 General
 * Specifications 7.9). An ISBN-10 becomes its ISBN-13. Undefined when it is no valid code.
 */
export function readGtin(text: string): string | undefined {
  const code = text.replace(/[\s-]/g, '').toUpperCase();
  if (/^\d{9}[\dX]$/.test(code)) return isbn13(code);
  if (!/^(\d{8}|\d{12,14})$/.test(code)) return undefined;
  return checkDigit(code.slice(0, -1)) === code.at(-1) ? code : undefined;
}

/** Weights 3, 1, 3 … from the right. */
function checkDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

function isbn13(isbn10: string): string | undefined {
  const sum = [...isbn10].reduce((total, digit, at) => total + (digit === 'X' ? 10 : Number(digit)) * (10 - at), 0);
  if (sum % 11 !== 0) return undefined;
  const digits = `978${isbn10.slice(0, 9)}`;
  return digits + checkDigit(digits);
}
