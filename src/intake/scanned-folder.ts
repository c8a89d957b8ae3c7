import { join, sep } from 'node:path';

/** What a scan keeps of a folder: names as one text, because there may be many thousand folders. */
export interface ScannedFolder {
  /** Its place among the folders of the scan, from 0. */
  readonly at: number;
  readonly path: string;
  /** Its photos, in order. */
  readonly photos: string;
  /** Of all photos of the scan, the number of the first one here. */
  readonly first: number;
  readonly sidecars: string;
  /** The seller has said of one of its photos where it belongs. */
  readonly placed: boolean;
}

/** No file name holds it, on any system. */
const BETWEEN = '/';

export const joined = (names: readonly string[]): string => names.join(BETWEEN);

export const parted = (names: string): readonly string[] => (names === '' ? [] : names.split(BETWEEN));

export const pathsIn = ({ path }: Pick<ScannedFolder, 'path'>, names: string): readonly string[] => {
  const folder = path.endsWith(sep) ? path : path + sep;
  return parted(names).map((name) => folder + name);
};

/** The folders above, the nearest first. */
export function* foldersAbove(path: string): Generator<string> {
  for (let [at, above] = [path, join(path, '..')]; at !== above; [at, above] = [above, join(above, '..')]) yield above;
}

/** Whole folders together, so that a few hundred files are asked for at once. */
export function* portionsOf<Folder>(
  folders: Iterable<Folder>,
  files: (folder: Folder) => number,
  most = 200,
): Generator<readonly Folder[]> {
  let portion: Folder[] = [];
  let count = 0;
  for (const folder of folders) {
    portion.push(folder);
    count += files(folder);
    if (count < most) continue;
    yield portion;
    portion = [];
    count = 0;
  }
  if (portion.length > 0) yield portion;
}
