import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Photo } from '../../src/core/item.ts';
import type { Settings } from '../../src/core/settings.ts';
import { probePhoto } from '../../src/imaging/probe-photo.ts';

/** Real photographs with facts, beside the project; tests that need them are skipped where they are not. */
export const corpus = fileURLToPath(new URL('../../../shared/photos/', import.meta.url));
export const hasCorpus = existsSync(corpus);

export interface CorpusFile {
  readonly kind: string;
  readonly expect?: string;
  readonly icc?: string;
  readonly sha256: string;
  readonly display?: { readonly width: number; readonly height: number };
  readonly exif?: { readonly dateTimeOriginal?: string; readonly orientation?: number } | null;
  readonly stripMustRemove?: readonly string[];
  readonly duplicateOf?: string;
  readonly identical?: boolean;
}

export interface CorpusItems {
  readonly items: Readonly<Record<string, { readonly mainColors?: readonly string[]; readonly photos: readonly string[] }>>;
  readonly cameraRoll: readonly { readonly file: string; readonly takenAt: string; readonly item: string }[];
  readonly confusable: readonly { readonly items: readonly [string, string] }[];
}

export function factsOf(group: string): Readonly<Record<string, CorpusFile>> {
  return (read(group) as { files: Record<string, CorpusFile> }).files;
}

export const corpusItems = (): CorpusItems => read('items') as CorpusItems;

const read = (group: string): unknown => JSON.parse(readFileSync(join(corpus, group, 'expected.json'), 'utf8'));

export const photoSettings: Settings['photos'] = {
  pictureLongSide: 1600,
  pictureQuality: 90,
  modelLongSide: 768,
  thumbnailLongSide: 256,
  enhance: false,
  cropToSubject: false,
  cacheMaxMegabytes: 5_000,
  maxPixels: 220_000_000,
  maxFileBytes: 100_000_000,
  gapMinutes: 3,
};

/** A folder that goes away with the test. */
export async function throwAwayFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'easyflip-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A throw-away copy of a part of the corpus. */
export async function copyOf(part: string): Promise<string> {
  const folder = await throwAwayFolder();
  await cp(join(corpus, part), folder, { recursive: true });
  return folder;
}

export async function probed(path: string): Promise<Photo> {
  const probe = await probePhoto(path, photoSettings);
  if ('refused' in probe) throw new Error(`${path}: ${probe.refused.message}`);
  return probe.photo;
}
