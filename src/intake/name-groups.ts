import type { Photo } from '../core/item.ts';
import { groupBy } from './group-by.ts';
import { nameKeys } from './name-keys.ts';
import { countOf, type PhotoGroup } from './photo-group.ts';
import { longestPause, timeOf } from './sequence.ts';

/** Where the names may mean something else: below 0.5, so that a person is asked. */
const DOUBTFUL = 0.4;

/** Photos that a person or a program named after their item; those with a counter name only are left out. Pure. */
export function namedGroups(folder: string, photos: readonly Photo[], gapMs: number): PhotoGroup[] {
  const keys = nameKeys(photos);
  const groups = groupBy(
    photos.filter((photo) => keys.has(photo)),
    (photo) => keys.get(photo)?.key ?? '',
  );
  return [...groups].map(([name, members]) => {
    const { words, bin } = keys.get(members[0] as Photo) ?? { words: [] };
    const doubt = members.map((photo) => keys.get(photo)?.doubt).find((text) => text !== undefined);
    const scattered = members.every((photo) => timeOf(photo) !== undefined) && longestPause(members) > 5 * gapMs;
    const certain = members.length === 1 ? 0.8 : scattered ? 0.6 : 0.9;
    const but = doubt === undefined ? '' : `, but ${doubt}`;
    return {
      folder,
      name,
      photos: members,
      words,
      ...(bin ? { bin } : {}),
      border: { kind: 'name', why: `its photos are named "${name}"${but}`, confidence: doubt === undefined ? 0.9 : DOUBTFUL },
      why: `${countOf(members.length)} named "${name}"${scattered ? ', taken far apart' : ''}${but}`,
      confidence: doubt === undefined ? certain : DOUBTFUL,
    };
  });
}
