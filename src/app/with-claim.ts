import { EasyflipError } from '../core/errors.ts';
import type { Claim, StoredItem } from '../core/ports/index.ts';
import type { App } from './app.ts';

/** Works on one item while no other process does, for as long as it takes. Errors: `usage.wrong-state` when another has it. */
export async function withClaim<T>({ store, settings }: App, { item }: StoredItem, work: (claim: Claim) => Promise<T>): Promise<T> {
  const { leaseMs } = settings.pipeline;
  const claim = await store.claims.take(item.id, leaseMs);
  if (!claim) {
    throw new EasyflipError('usage.wrong-state', `Item ${item.id} is being worked on by another easyflip.`, {
      hint: 'Wait for it to finish, then say it again.',
    });
  }
  // A renewal that fails shows itself at the next record, which checks the claim.
  const heartbeat = setInterval(() => void store.claims.renew([claim], leaseMs).catch(() => {}), leaseMs / 3);
  try {
    return await work(claim);
  } finally {
    clearInterval(heartbeat);
    await store.claims.release(claim);
  }
}
