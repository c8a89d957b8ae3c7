import { basename, dirname, extname } from 'node:path';
import { stemOf } from './natural-order.ts';
import type { Sidecar } from './sidecar.ts';

/** The sidecars of one folder. More than one of a kind is a mistake that grouping reports on the items. */
export interface FolderSidecars {
  /** `defaults.*`: for every item in this folder and below. */
  readonly defaults: readonly Sidecar[];
  /** `item.*`: for the one item of this folder. */
  readonly item: readonly Sidecar[];
  /** `notes.txt`: a note about the one item of this folder. */
  readonly notes: readonly Sidecar[];
  /** `mug.json` beside `mug_1.jpg`: for the item whose photos are named so. */
  readonly named: readonly Sidecar[];
}

export type SidecarRole = keyof FolderSidecars;

const DATA = new Set(['.json', '.yaml', '.yml']);

/** What a file is to the photos beside it, by its name; undefined when it is no sidecar. Pure. */
export function sidecarRole(path: string, filesOfFolder: readonly string[]): SidecarRole | undefined {
  const extension = extname(path).toLowerCase();
  const stem = stemOf(path).toLowerCase();
  if (!DATA.has(extension) && extension !== '.txt') return undefined;
  if (DATA.has(extension) && stem === 'defaults') return 'defaults';
  if (DATA.has(extension) && stem === 'item') return 'item';
  if (extension === '.txt' && stem === 'notes') return 'notes';
  const besides = filesOfFolder.some((file) => !isText(file) && isNamedAfter(file, stemOf(path)));
  return besides ? 'named' : undefined;
}

/** True when a photo's name is `name`, or `name` and then a separator or a counter. */
export function isNamedAfter(photo: string, name: string): boolean {
  const stem = plain(stemOf(photo));
  const start = plain(name);
  if (!stem.startsWith(start)) return false;
  const next = stem.slice(start.length);
  return next === '' || /^[\s_\-.(~,]/.test(next) || (/^\d/.test(next) && !/\d$/.test(start));
}

export function collectSidecars(
  read: readonly { readonly role: SidecarRole; readonly sidecar: Sidecar }[],
): ReadonlyMap<string, FolderSidecars> {
  const folders = new Map<string, Record<SidecarRole, Sidecar[]>>();
  for (const { role, sidecar } of read) {
    const folder = dirname(sidecar.path);
    const entry = folders.get(folder) ?? { defaults: [], item: [], notes: [], named: [] };
    entry[role].push(sidecar);
    folders.set(folder, entry);
  }
  return folders;
}

const isText = (path: string): boolean => DATA.has(extname(path).toLowerCase()) || extname(path).toLowerCase() === '.txt';

// macOS hands out names with accents apart from their letters (NFD); people type them in one.
const plain = (text: string): string => basename(text).normalize('NFC').toLowerCase();
