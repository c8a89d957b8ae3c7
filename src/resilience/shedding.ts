import { statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import type { Clock } from '../core/clock.ts';
import { EasyflipError } from '../core/errors.ts';
import type { Settings } from '../core/settings.ts';

export interface SheddingOptions {
  /** Where pictures and database are. */
  readonly folder: string;
  readonly limits: Pick<Settings['limits'], 'minFreeDiskMegabytes' | 'minFreeMemoryMegabytes'>;
  readonly clock: Clock;
  /** Bytes; handed in by tests. */
  readonly freeMemory?: () => number;
}

const LOOK_EVERY_MS = 2_000;
/** Items under way give memory back when they end; for that long a new one waits. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 1_000;

/**
 * Asked before an item is begun. Errors: `machine.disk-low` at once, because waiting frees no disk; `machine.memory-low` when
 * memory stays short for half a minute; the signal's reason. A file system that does not tell its space counts as roomy.
 */
export function createShedding({
  folder,
  limits,
  clock,
  freeMemory = availableMemory,
}: SheddingOptions): (signal: AbortSignal) => Promise<void> {
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let looking: Promise<number> | undefined;
  const memoryLow = (): boolean => freeMemory() < limits.minFreeMemoryMegabytes * 1e6;

  return async (signal) => {
    // Items that begin together share one look.
    if (looking === undefined || Math.abs(clock.now() - lookedAtMs) >= LOOK_EVERY_MS) {
      lookedAtMs = clock.now();
      looking = freeDiskOf(folder);
    }
    const freeDisk = await looking;
    if (freeDisk < limits.minFreeDiskMegabytes * 1e6) throw diskLow(folder, freeDisk, limits.minFreeDiskMegabytes);
    for (const giveUpAtMs = clock.now() + PATIENCE_MS; memoryLow(); ) {
      if (clock.now() >= giveUpAtMs) throw memoryShort(freeMemory(), limits.minFreeMemoryMegabytes);
      await clock.sleep(PAUSE_MS, signal);
    }
  };
}

/** What a process may still take, also inside a container; older systems tell what nobody uses. */
const availableMemory = (): number => process.availableMemory?.() ?? freemem();

async function freeDiskOf(folder: string): Promise<number> {
  const space = await statfs(folder).catch(() => undefined);
  return space === undefined ? Number.POSITIVE_INFINITY : space.bavail * space.bsize;
}

const megabytes = (bytes: number): string => `${Math.floor(bytes / 1e6)} MB`;

const diskLow = (folder: string, free: number, wanted: number): EasyflipError =>
  new EasyflipError('machine.disk-low', `Only ${megabytes(free)} of disk are left at ${folder}; no new item is begun below ${wanted} MB.`, {
    hint: 'Free some disk space, then run `easyflip resume`; or lower limits.minFreeDiskMegabytes.',
  });

const memoryShort = (free: number, wanted: number): EasyflipError =>
  new EasyflipError('machine.memory-low', `Only ${megabytes(free)} of memory are left; no new item is begun below ${wanted} MB.`, {
    hint: 'End other programs or lower pipeline.itemsInFlight, then run `easyflip resume`.',
  });
