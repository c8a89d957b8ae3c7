import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PhotoHash } from '../../../src/core/item.ts';
import type { PhotoView } from '../../../src/core/ports/analysis.ts';
import type { Call } from '../../../src/core/ports/outgoing.ts';

/** Real photographs with known facts, kept beside the project; tests that need them are skipped where they are absent. */
export const sharedPhotos = fileURLToPath(new URL('../../../../shared/photos/', import.meta.url));
export const haveSharedPhotos = existsSync(`${sharedPhotos}items/expected.json`);

interface ExpectedFile {
  readonly item?: string;
  readonly readability?: 'easy' | 'hard' | 'trap' | 'none';
  readonly unreadable?: boolean;
  readonly visibleText?: readonly string[];
  readonly labelFacts?: Readonly<Record<string, string | number | null>>;
  readonly barcodes?: readonly {
    readonly format: string;
    readonly value: string;
    readonly isProductCode?: boolean;
    readonly gtin14?: string;
  }[];
}

export interface ExpectedItem {
  readonly garmentClass?: string | null;
  readonly mainColors?: readonly string[];
  readonly pattern?: string;
  readonly labelFacts?: Readonly<Record<string, string | number | null>>;
  readonly identifiers?: { readonly upc?: string };
  readonly mustNotClaim?: readonly string[];
  readonly photos: readonly string[];
}

interface Expected {
  readonly files: Readonly<Record<string, ExpectedFile>>;
  readonly items?: Readonly<Record<string, ExpectedItem>>;
  /** Of `labels`: what is printed on photos of other folders. */
  readonly crossReferences?: Readonly<Record<string, readonly string[]>>;
}

export const expectedOf = (group: string): Expected =>
  JSON.parse(readFileSync(`${sharedPhotos}${group}/expected.json`, 'utf8')) as Expected;

export const callNow: Call = { signal: new AbortController().signal, priority: 0 };

/** The original stands for the prepared pictures too: upright reading must not depend on `prepare`. */
export function viewOf(path: string, number = 1, colors: PhotoView['colors'] = []): PhotoView {
  return {
    number,
    sha256: 'a'.repeat(64) as PhotoHash,
    originalPath: path,
    picturePath: path,
    modelPath: path,
    width: 0,
    height: 0,
    colors,
  };
}
