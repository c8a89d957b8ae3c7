import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Clock } from '../../../src/core/clock.ts';
import type { Item } from '../../../src/core/item.ts';
import type { Claim, Store } from '../../../src/core/ports/store.ts';
import { openStore } from '../../../src/store/sqlite-store.ts';

const folders: string[] = [];
const stores: Store[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'easyflip-store-'));
  folders.push(folder);
  return folder;
}

export const tempFile = (): string => join(tempFolder(), 'practice.db');

/** Opens and closes itself after the test. */
export async function open(file: string, clock?: Clock): Promise<Store> {
  const store = await openStore(file, { environment: 'practice', ...(clock ? { clock } : {}) });
  stores.push(store);
  return store;
}

export interface MovableClock extends Clock {
  ms: number;
}

export function movableClock(ms = Date.UTC(2026, 0, 2, 3, 4, 5)): MovableClock {
  return {
    ms,
    now() {
      return this.ms;
    },
    sleep: () => Promise.reject(new Error('the store must not sleep on this clock')),
  };
}

export async function claimed(store: Store, { id }: Item): Promise<Claim> {
  const claim = await store.claims.take(id, 60_000);
  if (!claim) throw new Error('the item is claimed by another');
  return claim;
}
