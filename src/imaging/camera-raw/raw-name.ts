const ENDINGS = new Set(['.nef', '.nrw', '.arw', '.sr2', '.dng', '.cr2', '.pef', '.srw', '.orf', '.rw2', '.raf', '.3fr', '.iiq']);

/** A raw file that says nothing of its sensor still tells by its ending (lower case, with the dot) that its first picture is a stamp. */
export const isRawEnding = (extension: string): boolean => ENDINGS.has(extension);
