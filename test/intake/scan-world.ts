import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { FileCache, SeenFile } from '../../src/core/ports/index.ts';
import { type ScanOptions, type ScanResult, scanFolders } from '../../src/intake/scan-folders.ts';
import { photoSettings } from '../imaging/corpus.ts';

/** The file cache of a store, in memory, which also counts what it is asked. */
export class MemoryFileCache implements FileCache {
  readonly seen = new Map<string, SeenFile>();
  readonly batches: number[] = [];

  at(paths: readonly string[]): Promise<ReadonlyMap<string, SeenFile>> {
    return Promise.resolve(new Map([...this.seen].filter(([path]) => paths.includes(path))));
  }

  remember(files: readonly SeenFile[]): Promise<void> {
    this.batches.push(files.length);
    for (const file of files) this.seen.set(file.path, JSON.parse(JSON.stringify(file)) as SeenFile);
    return Promise.resolve();
  }
}

export const scan = (folders: readonly string[], options: Partial<ScanOptions> = {}): Promise<ScanResult> =>
  scanFolders(folders, {
    files: new MemoryFileCache(),
    settings: { photos: photoSettings, marketplace: 'EBAY_US' },
    signal: new AbortController().signal,
    ...options,
  });

let made = 0;

/** A small photo unlike any other, taken when said. */
export async function makePhoto(path: string, takenAt?: string): Promise<void> {
  made += 1;
  const picture = sharp({ create: { width: 16, height: 12, channels: 3, background: '#7799aa' } });
  const time = takenAt === undefined ? {} : { IFD2: { DateTimeOriginal: takenAt.replace('T', ' ').replaceAll('-', ':') } };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(
    path,
    await picture
      .withExif({ IFD0: { ImageDescription: `photo ${made}` }, ...time })
      .jpeg()
      .toBuffer(),
  );
}

export async function makePhotos(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await makePhoto(join(folder, name));
}
