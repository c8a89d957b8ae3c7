import { basename } from 'node:path';
import type { Glance } from '../core/glance.ts';
import { MAX_PHOTOS_PER_ITEM, type Photo, type PhotoHash } from '../core/item.ts';
import { isAlike, likenessOf } from '../imaging/likeness.ts';
import { nameParts } from './name-words.ts';
import { stemOf } from './natural-order.ts';
import { countOf, type PhotoGroup } from './photo-group.ts';
import { inSequence } from './sequence.ts';

/** Looks alone prove nothing: two shirts on one carpet are alike, front and label of one are not. Always doubtful. */
const BY_LOOK = 0.4;
const LONE = 0.3;

/**
 * Photos without a telling name or a time: neighbours of one camera's counter that look alike are proposed as one
 * item, everything else is one by itself. Pure.
 */
export function lookGroups(folder: string, photos: readonly Photo[], glances: ReadonlyMap<PhotoHash, Glance>): readonly PhotoGroup[] {
  const { photos: sorted, by } = inSequence(photos);
  const groups: Photo[][] = [];
  for (const photo of sorted) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const alike = by !== 'nothing' && last && isAlike(likenessOf(glances.get(last.sha256), glances.get(photo.sha256)));
    if (group && alike && group.length < MAX_PHOTOS_PER_ITEM) group.push(photo);
    else groups.push([photo]);
  }
  return groups.map((members, at) => ({
    folder,
    name: basename(members[0]?.path ?? ''),
    photos: members,
    words: nameParts(stemOf(members[0]?.path ?? '')).words,
    border:
      at === 0
        ? { kind: 'start', why: 'the first photo', confidence: 1 }
        : { kind: 'look', why: 'the pictures change', confidence: BY_LOOK },
    ...(members.length === 1
      ? { why: '1 photo without a telling name or a time', confidence: LONE }
      : { why: `${countOf(members.length)} that look alike, without telling names or times`, confidence: BY_LOOK }),
  }));
}
