import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StateBusy } from './ground/state.ts';
import type { Practice } from './server.ts';

export type Claim =
  | { readonly kind: 'started'; readonly practice: Practice; readonly release: () => void }
  | { readonly kind: 'joined'; readonly url: string };

interface Address {
  readonly url: string;
  readonly pid: number;
}

/** Longer than a slow machine needs from taking the lock to listening. */
const PATIENCE_MS = 20_000;
const PAUSE_MS = 100;

/**
 * Starts the server, or finds the one that holds the state file. The lock in the file decides, not the address
 * file beside it: an address only counts when somebody answers there under the process id it names.
 * Errors: StateBusy when the holder stays silent.
 */
export async function claimOrJoin(state: string, start: () => Promise<Practice>): Promise<Claim> {
  const file = addressFile(state);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      const practice = await start();
      writeAddress(file, { url: practice.url, pid: process.pid });
      return { kind: 'started', practice, release: () => removeOwn(file) };
    } catch (error) {
      if (!(error instanceof StateBusy)) throw error;
      const url = await liveAddress(file);
      if (url !== undefined) return { kind: 'joined', url };
      if (Date.now() > deadline) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

/** `{ url, pid }` of the process that holds the state file. */
function addressFile(state: string): string {
  return `${resolve(state)}.address.json`;
}

async function liveAddress(file: string): Promise<string | undefined> {
  const address = readAddress(file);
  if (address === undefined) return undefined;
  try {
    const response = await fetch(`${address.url}/_practice/health`, { signal: AbortSignal.timeout(2_000) });
    const health = (await response.json()) as { readonly pid?: number };
    return health.pid === address.pid ? address.url : undefined;
  } catch {
    return undefined;
  }
}

function readAddress(file: string): Address | undefined {
  try {
    const address = JSON.parse(readFileSync(file, 'utf8')) as Address;
    return typeof address.url === 'string' ? address : undefined;
  } catch {
    return undefined;
  }
}

/** Renamed into place, so that nobody reads half an address. */
function writeAddress(file: string, address: Address): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(address), { mode: 0o600 });
  renameSync(draft, file);
}

function removeOwn(file: string): void {
  if (readAddress(file)?.pid === process.pid) rmSync(file, { force: true });
}
