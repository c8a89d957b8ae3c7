import { basename } from 'node:path';
import type { Photo } from '../core/item.ts';
import type { RemovedKind } from '../core/removed-metadata.ts';

/** What phones and computers call them: Android, macOS, Windows, iOS simulators, in the languages of the sites. */
const NAMED =
  /^(?:simulator )?screen[ _-]?shot|^bildschirmfoto|^capture d.{1,2}[eé]cran|^captura de pantalla|^schermata|^schermafbeelding/i;

/** Short and long side of phones' screens in pixels. Sizes that are also those of films or of photos which a messenger made smaller are left out. */
const SCREENS: ReadonlySet<string> = new Set(
  (
    '750x1334 828x1792 1125x2436 1170x2532 1179x2556 1206x2622 1242x2688 1284x2778 1290x2796 1320x2868 ' +
    '1080x2220 1080x2280 1080x2310 1080x2316 1080x2340 1080x2400 1080x2408 1080x2412 1080x2424 1080x2460 ' +
    '1220x2712 1240x2772 1260x2800 1344x2992 1440x2960 1440x3040 1440x3088 1440x3120 1440x3168 1440x3200'
  ).split(' '),
);

/**
 * By its name; or by its size, where no camera is named in it: a PNG as narrow as phones' screens, another format only with exactly
 * the pixels of one. A phone whose camera uses the whole screen makes photos as narrow, and messengers take the camera's name away:
 * the shape alone would accuse these. Pure.
 */
export function looksLikeScreenshot({ path, kind, width, height }: Photo, removed: readonly RemovedKind[]): boolean {
  if (NAMED.test(basename(path).normalize('NFC'))) return true;
  if (removed.includes('camera')) return false;
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (kind === 'png') return short >= 640 && long / short >= 1.9 && long / short <= 2.25;
  return SCREENS.has(`${short}x${long}`);
}
