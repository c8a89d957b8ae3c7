/**
 * A cell that begins like a formula would be run by the spreadsheet that opens the file (OWASP, CSV injection). It gets an
 * apostrophe, and one more where apostrophes stand before it already, so that every text comes back exactly.
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;

export const defuse = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** What was defused; also what a person typed without the apostrophe. */
export const restore = (cell: string): string => (cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell);
