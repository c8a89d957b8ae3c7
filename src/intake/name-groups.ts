import type { Photo } from '../core/item.ts';
import { groupBy } from './group-by.ts';
import { type NameParts, nameParts } from './name-words.ts';
import { stemOf } from './natural-order.ts';
import { countOf, type PhotoGroup } from './photo-group.ts';
import { longestPause, timeOf } from './sequence.ts';

/** Photos that a person or a program named after their item; those with a counter name only are left out. Pure. */
export function namedGroups(folder: string, photos: readonly Photo[], gapMs: number): PhotoGroup[] {
  const keys = nameKeys(photos);
  const groups = groupBy(
    photos.filter((photo) => keys.has(photo)),
    (photo) => keys.get(photo) ?? '',
  );
  return [...groups].map(([name, members]) => {
    const parts = nameParts(stemOf(members[0]?.path ?? ''));
    const scattered = members.every((photo) => timeOf(photo) !== undefined) && longestPause(members) > 5 * gapMs;
    return {
      folder,
      name,
      photos: members,
      words: parts.words,
      ...(parts.bin ? { bin: parts.bin } : {}),
      border: { kind: 'name', why: `its photos are named "${name}"`, confidence: 0.9 },
      why: `${countOf(members.length)} named "${name}"${scattered ? ', taken far apart' : ''}`,
      confidence: members.length === 1 ? 0.8 : scattered ? 0.6 : 0.9,
    };
  });
}

/** The name of the item that each named photo shows. Photos with a counter name only (`IMG_1234`) are left out. */
export function nameKeys(photos: readonly Photo[]): ReadonlyMap<Photo, string> {
  const named = photos
    .map((photo) => ({ photo, parts: nameParts(stemOf(photo.path)) }))
    .filter(({ parts }) => parts.words.length > 0 || parts.bin);
  const keys = new Map<Photo, string>();
  for (const [base, members] of groupBy(named, ({ parts }) => baseOf(parts))) {
    const all = members.map(({ parts }) => parts);
    for (const { photo, parts } of members) {
      keys.set(photo, parts.counter && !countsShots(all) ? `${base} ${parts.counter.value}` : base);
    }
  }
  return keys;
}

const baseOf = ({ bin, words }: NameParts): string => [...(bin ? [bin] : []), ...words].join(' ');

/** Whether the numbers behind one name count shots of one thing (`mug_1`, `mug_2`) or name things (`levis 501`, `mug2_front`). */
function countsShots(parts: readonly NameParts[]): boolean {
  if (parts.some(({ countsItems }) => countsItems)) return false;
  if (parts.some(({ counter }) => !counter || counter.sure)) return true;
  const values = [...new Set(parts.flatMap(({ counter }) => (counter ? [counter.value] : [])))].sort((a, b) => a - b);
  const [least = 0] = values;
  const unbroken = (values.at(-1) ?? 0) - least === values.length - 1;
  return least <= 1 || (unbroken && values.length >= 3);
}
