import { open, rename, rm } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { EasyflipError, isEasyflipError } from '../core/errors.ts';
import { thumbnailOf } from '../imaging/thumbnail.ts';
import { contactSheet, type SheetItem } from '../report/contact-sheet.ts';
import type { ScanResult } from './scan.ts';

/** Sharp on a phone at two pixels a point, and about 10 kB each. */
const THUMBNAIL_SIDE = 280;

/** Writes how a scan groups the photos as a page to look at, whole or not at all. Errors: `usage.invalid` when it cannot be written. */
export async function writeContactSheet(file: string, { items, plan }: ScanResult, signal: AbortSignal): Promise<string> {
  const path = resolve(file);
  const partial = `${path}.partial`;
  const nameOf = (photo: string): string => {
    const near = relative(process.cwd(), photo);
    return near.startsWith('..') ? photo : near || '.';
  };
  const parts = contactSheet({
    title: 'easyflip: how the photos are grouped',
    items: items.length,
    photos: items.reduce((sum, { photos }) => sum + photos, 0),
    doubtful: items.filter(({ confidence }) => confidence < 0.5).length,
    each: withThumbnails(items, signal),
    unused: plan.unused.map(({ path: unused, reason: { code, message } }) => ({ path: unused, code, message })),
    nameOf,
  });
  try {
    const page = await open(partial, 'w');
    try {
      for await (const part of parts) await page.write(part);
    } finally {
      await page.close();
    }
    await rename(partial, path);
    return path;
  } catch (error) {
    await rm(partial, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string' || isEasyflipError(error)) throw error;
    throw new EasyflipError('usage.invalid', `The contact sheet cannot be written to ${path} (${code}).`, {
      hint: 'Choose a folder that exists and that you may write to.',
    });
  }
}

async function* withThumbnails(items: ScanResult['items'], signal: AbortSignal): AsyncGenerator<SheetItem> {
  for (const item of items) {
    const thumbnails = await Promise.all(item.files.map(({ path }) => thumbnail(path, signal)));
    yield { ...item, thumbnails };
  }
}

/** A photo without pixels is shown as such. */
async function thumbnail(path: string, signal: AbortSignal): Promise<string | null> {
  try {
    return `data:image/jpeg;base64,${(await thumbnailOf(path, THUMBNAIL_SIDE, signal)).toString('base64')}`;
  } catch (error) {
    if (isEasyflipError(error) && error.code === 'photo.damaged') return null;
    throw error;
  }
}
