import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { groundTruth, hasSharedPhotos, sharedPhotos } from './shared-photos.ts';

interface Sample {
  readonly kind: string;
  readonly sha256: string;
  readonly expect?: string;
  readonly hasLocation?: boolean;
  readonly exif?: { readonly gps?: { readonly lat: number; readonly lon: number } | null } | null;
  readonly expectedLocation?: { readonly lat: number; readonly lon: number };
  readonly stripMustRemove?: readonly string[];
}

/** Every sample with EXIF, and the HEIC and label photos that tell a place. */
export const LOCATED = ['exif', 'heic', 'labels'].flatMap((group) =>
  hasSharedPhotos
    ? Object.entries(groundTruth<{ files: Record<string, Sample> }>(group).files)
        .filter(([, facts]) => group === 'exif' || facts.hasLocation)
        .map(([name, facts]) => ({ path: join(sharedPhotos(group), name), facts }))
    : [],
);

/** What a JPEG needs to be decoded: APP0 is JFIF; no EXIF, XMP, profile, IPTC or comment. */
export const PLAIN_SEGMENTS = new Set(['e0', 'db', 'c0', 'c2', 'c4', 'da', 'dd']);

/** Markers of a JPEG in order, and how many bytes lie behind its end. */
export function segmentsOf(jpeg: Buffer): { segments: string[]; trailing: number } {
  const segments: string[] = [];
  let at = 2;
  while (at + 4 <= jpeg.length) {
    if (jpeg[at] !== 0xff) throw new Error(`no marker at ${at}`);
    const marker = jpeg[at + 1] ?? 0;
    segments.push(marker.toString(16));
    at += 2 + jpeg.readUInt16BE(at + 2);
    if (marker !== 0xda) continue;
    // Scan data: until a marker that is neither a stuffed byte nor a restart.
    while (
      at + 1 < jpeg.length &&
      !(jpeg[at] === 0xff && jpeg[at + 1] !== 0 && !((jpeg[at + 1] ?? 0) >= 0xd0 && (jpeg[at + 1] ?? 0) <= 0xd7))
    )
      at += 1;
    if (jpeg[at + 1] === 0xd9) return { segments, trailing: jpeg.length - at - 2 };
  }
  throw new Error('the picture has no end');
}

const PIECE = 24;

/** Pieces of a file's EXIF, XMP and IPTC blocks that are varied enough to be nobody else's. */
async function metadataPieces(path: string): Promise<Buffer[]> {
  const { exif, xmp, iptc } = await sharp(readFileSync(path)).metadata();
  const pieces: Buffer[] = [];
  for (const block of [exif, xmp, iptc]) {
    if (!block) continue;
    for (let at = 0; at + PIECE <= block.length; at += PIECE) {
      const piece = block.subarray(at, at + PIECE);
      if (new Set(piece).size >= 10) pieces.push(piece);
    }
  }
  return pieces;
}

/** The codes of the JPEG standard stand in every thumbnail of a camera and in every picture that is sent. */
export const standardCodes = (): Promise<Buffer> =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: 'black' } })
    .jpeg({ optimiseCoding: false })
    .toBuffer();

/** Marks of metadata blocks of any format. */
export const BLOCK_MARKS = ['Exif\0\0', 'http://ns.adobe.com/xap', 'Photoshop 3.0', 'ICC_PROFILE', 'GPSLatitude'] as const;

/** What of a sample's metadata is in these bytes: a place in words, what must be gone, a piece of any block. Empty is good. */
export async function toldBy(sent: Buffer, { path, facts }: (typeof LOCATED)[number], codes: Buffer): Promise<readonly string[]> {
  const places = [facts.exif?.gps, facts.expectedLocation].filter((place) => place != null);
  const degrees = places.flatMap(({ lat, lon }) => [lat.toFixed(3), lon.toFixed(3)]);
  const pieces = (await metadataPieces(path)).filter((piece) => sent.includes(piece) && !codes.includes(piece));
  return [
    ...[...(facts.stripMustRemove ?? []), ...degrees].filter((secret) => sent.includes(secret)),
    ...pieces.map((piece) => piece.toString('hex')),
  ];
}
