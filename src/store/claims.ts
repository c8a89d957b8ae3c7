import type { Clock } from '../core/clock.ts';
import type { PhotoHash } from '../core/item.ts';
import type { Claimable, ClaimStore } from '../core/ports/store.ts';
import type { Connection } from './connection.ts';
import * as sql from './item-sql.ts';
import { hasEnded, type ProcessIdentity, thisProcess } from './process-identity.ts';

interface ClaimRow {
  readonly token: number;
  readonly ownerId: string | null;
  readonly owner: string | null;
  readonly leaseUntilMs: number;
}

/** Asking the system about a process may start another program; one answer serves a run that polls many items. */
const STILL_ALIVE_FOR_MS = process.platform === 'linux' ? 0 : 2_000;

/**
 * Claims belong to one open store (`ownerId`), not only to its process: two stores in one process
 * do not take each other's items. A store may take its own item again; the older claim is then lost.
 */
export function claimStore({ db, read, write, parse }: Connection, ownerId: string, clock: Clock): ClaimStore {
  const readClaim = db.prepare<[string], ClaimRow>(sql.READ_CLAIM);
  const takeClaim = db.prepare<unknown[], number>(sql.TAKE_CLAIM).pluck();
  const renewClaim = db.prepare(sql.RENEW_CLAIM);
  const releaseClaim = db.prepare(sql.RELEASE_CLAIM);
  const photosInWork = db.prepare<[number], PhotoHash>(sql.PHOTOS_IN_WORK).pluck();
  const hasOwnerEnded = ownerWatch();
  let here: { readonly identity: ProcessIdentity; readonly text: string } | undefined;

  const describeHere = (): { readonly identity: ProcessIdentity; readonly text: string } => {
    if (here) return here;
    const identity = thisProcess();
    here = { identity, text: JSON.stringify(identity) };
    return here;
  };

  const isFree = (row: ClaimRow): boolean => {
    if (row.ownerId === null || row.owner === null || row.ownerId === ownerId) return true;
    if (row.leaseUntilMs <= clock.now()) return true;
    return hasOwnerEnded(row.ownerId, parse<ProcessIdentity>(row.owner), describeHere().identity);
  };

  return {
    async take(id: Claimable, leaseMs) {
      // Judged outside the transaction, because asking about a process takes time; TAKE_CLAIM notices a change.
      const row = await read(() => readClaim.get(id));
      if (row && !isFree(row)) return undefined;
      const token = await write(() =>
        takeClaim.get({
          itemId: id,
          ownerId,
          owner: describeHere().text,
          leaseUntilMs: clock.now() + leaseMs,
          seenToken: row?.token ?? null,
          seenLeaseUntilMs: row?.leaseUntilMs ?? null,
        }),
      );
      return token === undefined ? undefined : { itemId: id, token };
    },

    renew: (claims, leaseMs) =>
      claims.length === 0
        ? Promise.resolve()
        : write(() => {
            const leaseUntilMs = clock.now() + leaseMs;
            for (const { itemId, token } of claims) renewClaim.run({ itemId, token, ownerId, leaseUntilMs });
          }),

    release: ({ itemId, token }) => write(() => void releaseClaim.run({ itemId, token, ownerId })),

    photosInWork: () => read(() => photosInWork.all(clock.now())),
  };
}

/** Remembers answers: who has ended stays so, and who lives is believed for a moment. */
function ownerWatch(): (ownerId: string, owner: ProcessIdentity, here: ProcessIdentity) => boolean {
  const ended = new Set<string>();
  const aliveUntil = new Map<string, number>();
  return (ownerId, owner, here) => {
    if (ended.has(ownerId)) return true;
    if (performance.now() < (aliveUntil.get(ownerId) ?? 0)) return false;
    if (hasEnded(owner, here)) {
      ended.add(ownerId);
      return true;
    }
    aliveUntil.set(ownerId, performance.now() + STILL_ALIVE_FOR_MS);
    return false;
  };
}
