import { readFile } from 'node:fs/promises';
import { pictureSource } from '../sealing/sealed-folders.ts';
import { rawPreviewAt } from './camera-raw/raw-preview.ts';

/**
 * What libvips is to open for a file: its path, or its bytes where the path would not do. libvips takes `[...]` at the end of a path for
 * options and would look for a file without them. Errors: those of the file system.
 */
export const openableFile = async (path: string): Promise<string | Buffer> => (path.endsWith(']') ? await readFile(path) : path);

/**
 * The same for anything that is to be looked at, original or kept: what lies sealed is opened, and of a camera raw file it is the picture
 * in it, for libvips would find a stamp there. Errors: those of the file system; `store.locked`.
 */
export async function openablePicture(path: string): Promise<string | Buffer> {
  const source = await pictureSource(path);
  return typeof source === 'string' ? ((await rawPreviewAt(source)) ?? (await openableFile(source))) : source;
}
