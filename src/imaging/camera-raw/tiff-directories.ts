/** What a directory of a TIFF container tells of the picture it describes (TIFF 6.0; TIFF/EP; DNG 1.7). */
export interface TiffDirectory {
  readonly compression?: number | undefined;
  /** PhotometricInterpretation. */
  readonly colours?: number | undefined;
  readonly orientation?: number | undefined;
  readonly isDng: boolean;
  /** Where its picture lies in one piece, in bytes from the beginning of the file. */
  readonly pieces: readonly { readonly start: number; readonly length: number }[];
}

const TAG = {
  compression: 0x103,
  colours: 0x106,
  stripStart: 0x111,
  orientation: 0x112,
  stripLength: 0x117,
  subDirectories: 0x14a,
  jpegStart: 0x201,
  jpegLength: 0x202,
  dngVersion: 0xc612,
} as const;

/** Cameras write four or five; what has more leads in circles or was made to. */
const DIRECTORIES_MAX = 20;
const POINTERS_MAX = 10;
const FIRST_POINTER = 4;

/**
 * The directories of a TIFF container in the order they are named, the first one first. exifr reads the tags; it follows only the
 * first directory, so the others are named as the first one, one after another. `head`: the beginning of the file; directories that
 * lie behind it, or are broken, are left out. Pure, but for loading exifr.
 */
export async function tiffDirectories(head: Buffer): Promise<readonly TiffDirectory[]> {
  if (head.length < 8) return [];
  const { default: exifr } = await import('exifr');
  const littleEndian = head.toString('latin1', 0, 2) === 'II';
  const uint32 = (at: number): number => (littleEndian ? head.readUInt32LE(at) : head.readUInt32BE(at));
  const uint16 = (at: number): number => (littleEndian ? head.readUInt16LE(at) : head.readUInt16BE(at));
  const file = Buffer.from(head);

  const found: TiffDirectory[] = [];
  const waiting = [uint32(FIRST_POINTER)];
  const seen = new Set<number>();
  while (found.length < DIRECTORIES_MAX) {
    const at = waiting.shift();
    if (at === undefined) break;
    if (seen.has(at) || at < 8 || at + 2 > head.length) continue;
    seen.add(at);
    if (littleEndian) file.writeUInt32LE(at, FIRST_POINTER);
    else file.writeUInt32BE(at, FIRST_POINTER);
    const tags = await exifr.parse(file, ONE_DIRECTORY).then(tagsOf, () => undefined);
    if (!tags) continue;
    found.push(directoryOf(tags));
    waiting.push(...numbers(tags[TAG.subDirectories]).slice(0, POINTERS_MAX));
    const next = at + 2 + 12 * uint16(at);
    if (next + 4 <= head.length) waiting.push(uint32(next));
  }
  return found;
}

const ONE_DIRECTORY = {
  tiff: true,
  ifd0: { pick: Object.values(TAG) },
  exif: false,
  gps: false,
  xmp: false,
  icc: false,
  iptc: false,
  mergeOutput: false,
  translateKeys: false,
  translateValues: false,
  reviveValues: false,
} as const;

type Tags = Readonly<Record<number, unknown>>;

const tagsOf = (parsed: unknown): Tags | undefined => (parsed as { readonly ifd0?: Tags } | undefined)?.ifd0;

function directoryOf(tags: Tags): TiffDirectory {
  const pieces = [
    [TAG.jpegStart, TAG.jpegLength],
    [TAG.stripStart, TAG.stripLength],
  ] as const;
  return {
    compression: numbers(tags[TAG.compression])[0],
    colours: numbers(tags[TAG.colours])[0],
    orientation: numbers(tags[TAG.orientation])[0],
    isDng: tags[TAG.dngVersion] !== undefined,
    pieces: pieces.flatMap(([from, to]) => {
      const [starts, lengths] = [numbers(tags[from]), numbers(tags[to])];
      const [start, length] = [starts[0], lengths[0]];
      return starts.length === 1 && lengths.length === 1 && start && length ? [{ start, length }] : [];
    }),
  };
}

/** exifr gives one value as a number and several as an array of its type. */
function numbers(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  return ArrayBuffer.isView(value) || Array.isArray(value) ? Array.from(value as ArrayLike<number>) : [];
}
