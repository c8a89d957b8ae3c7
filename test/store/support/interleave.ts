import { isEasyflipError } from '../../../src/core/errors.ts';
import type { ItemId } from '../../../src/core/item.ts';
import type { Claim, Store } from '../../../src/core/ports/store.ts';

/** What one of several programs on a database does next. `claim` is the claim of the item that this program took last. */
export type Step =
  | { readonly do: 'take'; readonly item: number; readonly leaseMs: number }
  | { readonly do: 'renew' | 'release'; readonly item: number }
  | { readonly do: 'record'; readonly item: number; readonly value: number }
  | { readonly do: 'reserve'; readonly run: number; readonly microUsd: number; readonly limit: number }
  | { readonly do: 'settle'; readonly microUsd: number }
  | { readonly do: 'sent' | 'answered' | 'drop'; readonly key: number; readonly value: number };

/** The answer in plain JSON; a reservation is only said to be one, since its number is the database's business. */
export type Answer = string | number | null;

/** One program on an open store: does steps, and remembers its claims and its last reservation. */
export function program(store: Store, ids: readonly string[], namespace: string): (step: Step) => Promise<Answer> {
  const claims = new Map<number, Claim>();
  let reservation: number | undefined;
  const at = '2026-01-02T03:04:05.000Z';

  const act = async (step: Step): Promise<Answer> => {
    switch (step.do) {
      case 'take': {
        const claim = await store.claims.take(ids[step.item] as ItemId, step.leaseMs);
        if (claim) claims.set(step.item, claim);
        return claim?.token ?? null;
      }
      case 'renew':
      case 'release': {
        const claim = claims.get(step.item);
        if (!claim) return null;
        await (step.do === 'renew' ? store.claims.renew([claim], 60_000) : store.claims.release(claim));
        return 'ok';
      }
      case 'record': {
        const claim = claims.get(step.item);
        if (!claim) return null;
        const itemId = claim.itemId as ItemId;
        const outcome = { itemId, stage: 'draft', fingerprint: String(step.value), kind: 'done', attempts: 1, startedAt: at } as const;
        await store.outcomes.record({ ...outcome, output: { value: step.value } }, claim);
        return 'recorded';
      }
      case 'reserve': {
        const entry = { runId: `${namespace}${step.run}`, service: 'model', operation: 'draft', limits: { run: step.limit } } as const;
        const got = await store.ledger.reserve({ ...entry, microUsd: step.microUsd });
        if ('over' in got) return got.over;
        reservation = got.reservation;
        return 'reserved';
      }
      case 'settle':
        if (reservation === undefined) return null;
        await store.ledger.settle(reservation, step.microUsd);
        return 'settled';
      case 'sent':
        await store.journal.sent(`${namespace}${step.key}`, 's');
        return 'ok';
      case 'answered':
        await store.journal.answered(`${namespace}${step.key}`, 's', step.value);
        return 'ok';
      case 'drop':
        await store.journal.drop(`${namespace}${step.key}`);
        return 'ok';
    }
  };
  return (step) =>
    act(step).catch((error: unknown) => {
      if (!isEasyflipError(error)) throw error;
      return error.code;
    });
}
