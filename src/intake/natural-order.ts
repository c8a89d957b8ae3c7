import { basename, dirname, extname } from 'node:path';

// One fixed locale, so that the order of photos does not depend on the machine.
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const codeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** As a person counts: `mug2` before `mug10`. Never 0 for different texts. */
export const naturalOrder = (a: string, b: string): number => collator.compare(a, b) || codeUnits(a, b);

/** Files by name without ending first, so that `IMG_1.jpg` comes before `IMG_1 copy.jpg`. */
export const byFileName = (a: string, b: string): number => naturalOrder(stemOf(a), stemOf(b)) || codeUnits(a, b);

/** Folder by folder, inside each by file name. */
export const byPath = (a: string, b: string): number => naturalOrder(dirname(a), dirname(b)) || byFileName(a, b);

/** File name without folder and ending. */
export const stemOf = (path: string): string => basename(path, extname(path));
