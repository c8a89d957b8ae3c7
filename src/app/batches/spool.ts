import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ItemId } from '../../core/item.ts';
import type { PatientQuestion } from '../../core/ports/index.ts';
import { sealedLine } from '../../sealing/sealed-folders.ts';
import type { BatchContext } from './batch-context.ts';

/** A batch as long as it is on this machine: a file with a line for each question. */
export interface Part {
  /** Of the batch; its file is named after it. */
  readonly id: string;
  readonly path: string;
  requests: number;
  bytes: number;
  readonly items: Set<ItemId>;
  /** A line could not be written whole: the file must not be sent. */
  broken?: unknown;
}

export interface Spool {
  /** Parts that are not sent, oldest first. */
  readonly parts: readonly Part[];
  /** Writes a question down, first by `record` (true: it is to be asked), then in the file. Errors: those of either. */
  add(question: PatientQuestion, item: ItemId | undefined, record: (batchId: string) => Promise<boolean>): Promise<void>;
  /** It is sent or given up: its file goes. */
  remove(part: Part): Promise<void>;
}

export const spoolFile = (folder: string, batchId: string): string => join(folder, `${batchId}.jsonl`);

/** Questions on disk until their batch is sent: pictures of a thousand items do not fit into memory. */
export function createSpool({ folder, settings, store, service }: BatchContext): Spool {
  const parts: Part[] = [];
  const maxBytes = settings.maxMegabytes * 1_000_000;
  let last: Promise<unknown> = Promise.resolve();

  /** One line after the other: half a line inside another would spoil both. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };

  const partFor = async (bytes: number): Promise<Part> => {
    const current = parts.at(-1);
    if (current && !current.broken && current.requests < settings.maxRequests && current.bytes + bytes <= maxBytes) return current;
    const id = randomUUID();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await store.batches.begin({ id, account: service.account, provider: service.provider, model: service.model });
    const part: Part = { id, path: spoolFile(folder, id), requests: 0, bytes: 0, items: new Set() };
    parts.push(part);
    return part;
  };

  return {
    parts,
    add: ({ line }, item, record) =>
      inTurn(async () => {
        const bytes = Buffer.byteLength(line) + 1;
        const part = await partFor(bytes);
        if (!(await record(part.id))) return;
        try {
          await appendFile(part.path, sealedLine(part.path, line), { mode: 0o600 });
        } catch (error) {
          part.broken = error;
          throw error;
        }
        part.requests += 1;
        part.bytes += bytes;
        if (item !== undefined) part.items.add(item);
      }),
    remove: (part) =>
      inTurn(async () => {
        parts.splice(parts.indexOf(part), 1);
        await rm(part.path, { force: true });
      }),
  };
}
