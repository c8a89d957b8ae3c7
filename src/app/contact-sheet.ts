import { open, rename, rm } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { EasyflipError, isEasyflipError } from '../core/errors.ts';
import type { Settings } from '../core/settings.ts';
import { beforeAndAfter } from '../imaging/thumbnail.ts';
import { contactSheet, type SheetItem, type SheetPicture } from '../report/contact-sheet.ts';
import type { ScanResult } from './scan.ts';

/** Sharp on a phone at two pixels a point, and about 10 kB each. */
const THUMBNAIL_SIDE = 280;

/** Writes how a scan groups the photos as a page to look at, whole or not at all. Errors: `usage.invalid` when it cannot be written. */
export async function writeContactSheet(
  file: string,
  { items, plan }: ScanResult,
  settings: Settings['photos'],
  signal: AbortSignal,
): Promise<string> {
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
    each: withPictures(items, settings, signal),
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

async function* withPictures(items: ScanResult['items'], settings: Settings['photos'], signal: AbortSignal): AsyncGenerator<SheetItem> {
  for (const item of items) {
    const pictures = await Promise.all(item.files.map(({ path }) => pictureOf(path, settings, signal)));
    yield { ...item, pictures };
  }
}

/** A photo without pixels is shown as such. */
async function pictureOf(path: string, settings: Settings['photos'], signal: AbortSignal): Promise<SheetPicture | null> {
  const address = (jpeg: Buffer): string => `data:image/jpeg;base64,${jpeg.toString('base64')}`;
  try {
    const { before, after, changes } = await beforeAndAfter(path, THUMBNAIL_SIDE, settings, signal);
    return {
      before: address(before),
      after: after ? address(after) : null,
      changes: changes.map(({ what, note }) => `${CHANGED[what]} ${note}`),
    };
  } catch (error) {
    if (isEasyflipError(error) && error.code === 'photo.damaged') return null;
    throw error;
  }
}

const CHANGED = {
  brightened: 'brightened',
  'white-balance': 'white balance changed',
  sharpened: 'sharpened',
  cropped: 'cropped',
  enlarged: 'enlarged',
} as const;
