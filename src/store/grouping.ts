import { GLANCE_VERSION, type Glance } from '../core/glance.ts';
import type { PhotoHash } from '../core/item.ts';
import type { GroupingStore, Placement } from '../core/ports/grouping-store.ts';
import type { Connection } from './connection.ts';

const GLANCES = `
SELECT g.sha256, g.glance FROM json_each(?) wanted JOIN glances g ON g.sha256 = wanted.value WHERE g.version = ${GLANCE_VERSION}`;
const REMEMBER_GLANCE = `
INSERT INTO glances (sha256, version, glance) VALUES (?, ${GLANCE_VERSION}, ?)
ON CONFLICT (sha256) DO UPDATE SET version = excluded.version, glance = excluded.glance`;
const PLACEMENTS = 'SELECT p.sha256, p.grouping, p.position FROM json_each(?) wanted JOIN placements p ON p.sha256 = wanted.value';
const PLACE = `
INSERT INTO placements (sha256, grouping, position) VALUES (?, ?, ?)
ON CONFLICT (sha256) DO UPDATE SET grouping = excluded.grouping, position = excluded.position`;

export function groupingStore({ db, read, write, parse }: Connection): GroupingStore {
  const glances = db.prepare<[string], { sha256: PhotoHash; glance: string }>(GLANCES);
  const rememberGlance = db.prepare<[string, string]>(REMEMBER_GLANCE);
  const placements = db.prepare<[string], { sha256: PhotoHash; grouping: string; position: number | null }>(PLACEMENTS);
  const place = db.prepare<[string, string, number | null]>(PLACE);
  return {
    glances: (photos) =>
      read(() => new Map(glances.all(JSON.stringify(photos)).map(({ sha256, glance }) => [sha256, parse<Glance>(glance)]))),
    rememberGlances: (fresh) =>
      write(() => {
        for (const [photo, glance] of fresh) rememberGlance.run(photo, JSON.stringify(glance));
      }),
    placements: (photos) =>
      read(
        () =>
          new Map(
            placements
              .all(JSON.stringify(photos))
              .map(({ sha256, grouping: group, position }): [PhotoHash, Placement] => [
                sha256,
                position === null ? { group } : { group, at: position },
              ]),
          ),
      ),
    place: (said) =>
      write(() => {
        for (const [photo, { group, at }] of said) place.run(photo, group, at ?? null);
      }),
  };
}
