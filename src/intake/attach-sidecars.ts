import { basename, dirname } from 'node:path';
import type { Reason } from '../core/errors.ts';
import { mergeFacts } from '../core/merge-facts.ts';
import type { FolderSidecars } from './folder-sidecars.ts';
import { isNamedAfter } from './folder-sidecars.ts';
import { groupBy } from './group-by.ts';
import { joinNote } from './join-note.ts';
import { inSaidOrder } from './listing-order.ts';
import { stemOf } from './natural-order.ts';
import type { PhotoGroup } from './photo-group.ts';
import type { PlannedItem } from './planned-item.ts';
import { type Sidecar, sidecarReason } from './sidecar.ts';
import { isInside, type RefusedFile } from './walk-folders.ts';

type Sidecars = ReadonlyMap<string, FolderSidecars>;

interface Draft {
  readonly group: PhotoGroup;
  /** Far to near. */
  readonly defaults: readonly Sidecar[];
  readonly own: Sidecar[];
  readonly notes: Sidecar[];
  readonly problems: string[];
}

/**
 * Gives every group the facts that the seller wrote for it. A sidecar that cannot be used makes its
 * items carry a problem, never be listed without it; one that fits no item is refused. Pure.
 */
export function attachSidecars(
  groups: readonly PhotoGroup[],
  sidecars: Sidecars,
): { items: readonly PlannedItem[]; refused: readonly RefusedFile[] } {
  const drafts = groups.map(
    (group): Draft => ({ group, defaults: defaultsAbove(group.folder, sidecars), own: [], notes: [], problems: [] }),
  );
  const byFolder = groupBy(drafts, ({ group }) => group.folder);
  const refused: RefusedFile[] = [];
  for (const [folder, { item, notes, named }] of sidecars) {
    // The item of the folder, else those below it: `mug/item.json` also holds for the photos in `mug/pictures`.
    for (const sidecar of [...item, ...notes]) {
      const owners = byFolder.get(folder) ?? drafts.filter(({ group }) => isInside(group.folder, folder));
      const [only, ...others] = owners;
      if (!only) refused.push({ path: sidecar.path, reason: FITS_NOTHING });
      else if (others.length === 0) (notes.includes(sidecar) ? only.notes : only.own).push(sidecar);
      else if (notes.includes(sidecar)) refused.push({ path: sidecar.path, reason: fitsSeveral(owners.length) });
      else for (const draft of owners) draft.problems.push(`${sidecar.path} is for one item, but ${owners.length} items lie there.`);
    }
    for (const sidecar of named) {
      const owners = namedAfter(sidecar, byFolder.get(folder) ?? []);
      if (owners.length === 0) refused.push({ path: sidecar.path, reason: FITS_NOTHING });
      else if (owners.length === 1) owners[0]?.own.push(sidecar);
      else for (const draft of owners) draft.problems.push(`The name of ${sidecar.path} fits the photos of ${owners.length} items.`);
    }
  }
  return { items: drafts.map(finished), refused };
}

/** Items called exactly so go before items with a photo whose name only begins so. */
function namedAfter(sidecar: Sidecar, here: readonly Draft[]): readonly Draft[] {
  const name = stemOf(sidecar.path);
  const exact = here.filter(
    ({ group }) =>
      group.name ===
      name
        .normalize('NFC')
        .toLowerCase()
        .replace(/[\s_-]+/g, ' '),
  );
  return exact.length > 0 ? exact : here.filter(({ group }) => group.photos.some(({ path }) => isNamedAfter(path, name)));
}

function defaultsAbove(folder: string, sidecars: Sidecars): readonly Sidecar[] {
  const found: Sidecar[] = [];
  for (let at = folder; ; at = dirname(at)) {
    found.unshift(...(sidecars.get(at)?.defaults ?? []));
    if (dirname(at) === at) return found;
  }
}

function finished({ group, defaults, own, notes, problems }: Draft): PlannedItem {
  const used = [...defaults, ...own, ...notes];
  const all = [
    ...used.flatMap((sidecar) => sidecar.problems),
    ...twice(own),
    ...twice(defaults),
    ...problems,
    ...(group.divider?.problems ?? []),
  ];
  const note = notes.map(({ facts }) => facts.note).find((text) => text !== undefined);
  const ownFacts = joinNote(mergeFacts(...own.map(({ facts }) => facts)), note);
  const { photos: said, ...seller } = mergeFacts(...defaults.map(({ facts }) => facts), group.divider?.facts ?? {}, ownFacts);
  const { photos, unknown } = inSaidOrder(group.photos, said ?? []);
  all.push(...unknown.map((name) => `"photos" names ${name}, and the item has no photo of that name.`));
  return {
    source: group.name === undefined ? group.folder : `${group.folder}#${group.name}`,
    photos,
    nameWords: group.words,
    seller: said || group.ordered ? { ...seller, photos: photos.map(({ path }) => basename(path)) } : seller,
    ...(group.bin ? { bin: group.bin } : {}),
    ...(group.closed ? { closed: true } : {}),
    border: group.border,
    why: group.why,
    confidence: group.confidence,
    ...(all.length > 0 ? { problem: sidecarReason(all) } : {}),
  };
}

/** `item.json` beside `item.yaml`: nobody can say which of them counts. */
function twice(sidecars: readonly Sidecar[]): string[] {
  const paths = sidecars.filter(({ path }) => !path.toLowerCase().endsWith('.txt')).map(({ path }) => path);
  const seen = new Map<string, string>();
  const problems: string[] = [];
  for (const path of paths) {
    const key = `${dirname(path)}/${stemOf(path).toLowerCase()}`;
    const other = seen.get(key);
    if (other) problems.push(`${basename(other)} and ${basename(path)} lie in the same folder; keep one.`);
    seen.set(key, path);
  }
  return problems;
}

const FITS_NOTHING: Reason = {
  code: 'sidecar.invalid',
  message: 'The file describes an item, but no photo here belongs to it.',
  hint: 'Put it beside the photos of its item.',
};

const fitsSeveral = (items: number): Reason => ({
  code: 'sidecar.invalid',
  message: `The note is for one item, but ${items} items lie there; it was not used.`,
  hint: 'Put each item into a folder of its own, or name the note after its photos.',
});
