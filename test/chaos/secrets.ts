import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import sharp from 'sharp';
import { PLACE } from './drawn.ts';

/** Something that may stand in no file, however it is written there. */
export interface Sought {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Pieces of an EXIF block: long enough to be nobody else's. */
const PIECE = 16;

/** As it is, in an address, as base64 at each of the three places it may begin, and in hexadecimal. */
export function secret(name: string, text: string): readonly Sought[] {
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString('base64');
    // The signs at both ends depend on what stands beside them.
    return encoded.slice(shift === 0 ? 0 : shift + 1, encoded.replace(/=+$/, '').length - 1);
  });
  const ways = new Set([text, encodeURIComponent(text), ...base64, Buffer.from(text).toString('hex')]);
  return [...ways].map((way) => ({ name, bytes: Buffer.from(way) }));
}

/** The position of a photo: in figures, and the bytes of its block. */
export async function place(photo: Buffer): Promise<readonly Sought[]> {
  const { exif } = await sharp(photo).metadata();
  if (exif === undefined) throw new Error('this photo has no EXIF block');
  const [latitude] = PLACE.latitude.split(' ').slice(-1)[0]?.split('/') ?? [];
  // Seconds of the latitude as EXIF writes them: numerator and denominator, in either order of bytes.
  const seconds = [Buffer.alloc(8), Buffer.alloc(8)] as const;
  seconds[0].writeUInt32LE(Number(latitude), 0);
  seconds[0].writeUInt32LE(100, 4);
  seconds[1].writeUInt32BE(Number(latitude), 0);
  seconds[1].writeUInt32BE(100, 4);
  const at = seconds.map((bytes) => exif.indexOf(bytes)).find((found) => found >= 0);
  if (at === undefined) throw new Error('the position is not where it was written');
  const block = exif.subarray(Math.max(0, at - PIECE), at + 8);
  return [
    ...PLACE.decimals.flatMap((text) => secret('position in figures', text)),
    { name: 'bytes of the position', bytes: block },
    ...seconds.map((bytes) => ({ name: 'bytes of the position', bytes })),
  ];
}

/** Every file below the folders and everything said, with what was found where. Empty: nothing was. */
export function scan(
  root: string,
  folders: readonly string[],
  said: Readonly<Record<string, string>>,
  sought: readonly Sought[],
): { readonly files: number; readonly megabytes: number; readonly found: readonly string[] } {
  const found = new Set<string>();
  let bytes = 0;
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const look = (where: string, content: Buffer): void => {
    bytes += content.length;
    for (const one of sought) if (content.includes(one.bytes)) found.add(`${one.name} in ${where}`);
  };
  for (const file of files) look(relative(root, file), readFileSync(file));
  for (const [where, text] of Object.entries(said)) look(where, Buffer.from(text));
  return { files: files.length, megabytes: Math.round(bytes / 1e5) / 10, found: [...found].sort() };
}
