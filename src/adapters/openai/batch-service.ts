import { openAsBlob } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type OpenAI from 'openai';
import type { Batch } from 'openai/resources/batches';
import type { Clock } from '../../core/clock.ts';
import { EasyflipError, isEasyflipError } from '../../core/errors.ts';
import { sha256 } from '../../core/hash.ts';
import type { BatchedAnswer, BatchReport, BatchService } from '../../core/ports/batches.ts';
import type { Call, Outgoing } from '../../core/ports/outgoing.ts';
import type { Settings } from '../../core/settings.ts';
import { openedLines } from '../../sealing/sealed-folders.ts';
import { readBatchLine } from './batch-line.ts';
import { addressOf, createClient, hostOf, type OpenAiAccess } from './client.ts';
import { translateFailure } from './errors.ts';
import { priceOf } from './price.ts';

export interface BatchServiceOptions {
  readonly access: OpenAiAccess;
  readonly model: string;
  readonly settings: Pick<Settings, 'models' | 'services'>;
  readonly outgoing: Outgoing;
  readonly clock: Clock;
  readonly env: NodeJS.ProcessEnv;
}

/** Answers that are handed over at once: a file of 50,000 is never held whole. */
const PORTION = 200;
/** Names a batch at OpenAI, so that one is found again whose id was lost. */
const NAME_KEY = 'easyflip_batch';
/** A search goes no further back than so many batches or files: ours is the newest but for a few. */
const SEARCHED = 500;

/** OpenAI's Batch API: a file of chat completions, answered within a day at the batch price. */
export function createBatchService({ access, model, settings, outgoing, clock, env }: BatchServiceOptions): BatchService {
  const host = hostOf(access);
  let client: Promise<OpenAI> | undefined;

  const send = <T>(operation: string, call: Call, request: (api: OpenAI, signal: AbortSignal) => Promise<T>): Promise<T> =>
    outgoing.run({ service: 'batch', operation: `batch.${operation}` }, call, async ({ signal }) => {
      client ??= createClient(access, { timeoutMs: settings.services.batch.timeoutMs, env });
      try {
        return await request(await client, signal);
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        throw isAbsent(error) ? noBatches(host) : translateFailure(error, { model, host, apiKey: access.apiKey, nowMs: clock.now() });
      }
    });

  return {
    provider: 'openai',
    model,
    host,
    account: sha256(`${addressOf(access)} ${access.apiKey}`),

    check: async (call) => void (await send('list', call, (api, signal) => api.batches.list({ limit: 1 }, { signal }))),

    upload: (path, name, call) =>
      send('upload', call, async (api, signal) => {
        // Sent from disk: it may be 200 MB. One that is encrypted is opened in memory.
        const file = new File([(await openedLines(path)) ?? (await openAsBlob(path))], fileNameOf(name), { type: 'application/jsonl' });
        return (await api.files.create({ file, purpose: 'batch' }, { signal })).id;
      }),

    create: (fileId, name, call) =>
      send('create', call, async (api, signal) =>
        reportOf(
          await api.batches.create(
            { input_file_id: fileId, endpoint: '/v1/chat/completions', completion_window: '24h', metadata: { [NAME_KEY]: name } },
            { signal },
          ),
        ),
      ),

    findByName: (name, call) =>
      send('find', call, async (api, signal) => {
        const found = await among(api.batches.list({ limit: 100 }, { signal }), ({ metadata }) => metadata?.[NAME_KEY] === name);
        return found[0] && reportOf(found[0]);
      }),

    look: (id, call) =>
      send('look', call, async (api, signal) => {
        try {
          return reportOf(await api.batches.retrieve(id, { signal }));
        } catch (error) {
          if (isStatus(error, 404)) return undefined;
          throw error;
        }
      }),

    read: ({ id, model: asked }, take, call) =>
      send('read', call, async (api, signal) => {
        const { body } = await contentOf(api, id, signal);
        if (!body) return;
        const price = priceOf(asked, settings.models);
        let portion: BatchedAnswer[] = [];
        for await (const line of createInterface({
          input: Readable.fromWeb(body as ReadableStream),
          crlfDelay: Number.POSITIVE_INFINITY,
        })) {
          const answer = readBatchLine(line, price, settings.models.batchFactor);
          if (answer && portion.push(answer) >= PORTION) {
            await take(portion);
            portion = [];
          }
        }
        await take(portion);
      }),

    removeFiles: (ids, call) =>
      send('remove', call, async (api, signal) => {
        for (const id of ids) {
          await api.files.delete(id, { signal }).catch((error: unknown) => {
            if (!isStatus(error, 404)) throw error;
          });
        }
      }),

    filesNamed: (name, call) =>
      send('files', call, async (api, signal) => {
        const found = await among(
          api.files.list({ purpose: 'batch', limit: 100, order: 'desc' }, { signal }),
          ({ filename }) => filename === fileNameOf(name),
        );
        return found.map(({ id }) => id);
      }),
  };
}

/** Without a body where the file is gone: it expired, or was read and removed before. */
async function contentOf(api: OpenAI, fileId: string, signal: AbortSignal): Promise<Pick<Response, 'body'>> {
  try {
    return await api.files.content(fileId, { signal });
  } catch (error) {
    if (isStatus(error, 404)) return { body: null };
    throw error;
  }
}

const fileNameOf = (name: string): string => `easyflip-${name}.jsonl`;

/** Pages are asked for as they are needed. */
async function among<T>(pages: AsyncIterable<T>, fits: (one: T) => boolean): Promise<readonly T[]> {
  const found: T[] = [];
  let seen = 0;
  for await (const one of pages) {
    if (fits(one)) found.push(one);
    seen += 1;
    if (found.length > 0 || seen >= SEARCHED) break;
  }
  return found;
}

const OVER: ReadonlySet<Batch['status']> = new Set(['completed', 'failed', 'expired', 'cancelled']);

function reportOf(batch: Batch): BatchReport {
  const { id, status, request_counts: counts, input_file_id: input, output_file_id: output, error_file_id: errors } = batch;
  const answerFiles = [output, errors].filter((file) => typeof file === 'string');
  const problem = status === 'failed' ? batch.errors?.data?.[0] : undefined;
  return {
    id,
    state: OVER.has(status) ? 'over' : 'running',
    word: status,
    total: counts?.total ?? 0,
    completed: counts?.completed ?? 0,
    failed: counts?.failed ?? 0,
    ...(problem ? { problem: `${problem.message ?? problem.code ?? 'no reason was given'}`.replace(/\s+/g, ' ').slice(0, 200) } : {}),
    answerFiles,
    files: [input, ...answerFiles],
  };
}

const isStatus = (error: unknown, ...statuses: readonly number[]): boolean =>
  error instanceof Error && 'status' in error && statuses.includes(error.status as number);

/** A service that speaks chat completions only has nothing under these addresses. */
const isAbsent = (error: unknown): boolean => !isEasyflipError(error) && isStatus(error, 404, 405, 501);

const noBatches = (host: string): EasyflipError =>
  new EasyflipError('provider.no-batches', `${host} has no Batch API.`, {
    hint: 'Run the same command without `--batch`; its calls then cost the ordinary price.',
  });
