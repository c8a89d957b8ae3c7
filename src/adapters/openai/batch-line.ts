import * as z from 'zod';
import type { BatchedAnswer } from '../../core/ports/batches.ts';
import type { ModelPrice } from '../../core/settings.ts';
import { costOf } from './price.ts';
import { usageOf } from './read-completion.ts';

/** Of an identity, `openai:<hash>`, the hash is the request's `custom_id`. */
const PREFIX = 'openai:';

/** One line of the file that is sent (guide "Batch API", Preparing your batch file). */
export const batchLine = (key: string, body: unknown): string =>
  JSON.stringify({ custom_id: key.slice(PREFIX.length), method: 'POST', url: '/v1/chat/completions', body });

const answerLine = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown() }).nullish(),
});

/**
 * One line of an output or error file. A request that got no good answer (429, 500, expired) was not billed. Of what was
 * billed the answer tells the tokens; no rebate for cached ones is counted, because batches are not promised one.
 * Undefined: no line of ours.
 */
export function readBatchLine(line: string, price: ModelPrice | undefined, batchFactor: number): BatchedAnswer | undefined {
  const read = answerLine.safeParse(parsed(line));
  if (!read.success) return undefined;
  const { custom_id: id, response } = read.data;
  const key = `${PREFIX}${id}`;
  if (response?.status_code !== 200) return { key, microUsd: 0 };
  const usage = usageOf(response.body);
  // Without a price nothing is reckoned; without a count of tokens the worst case stands.
  if (!usage) return { key, reply: response.body ?? null };
  return { key, reply: response.body, usage, microUsd: batchCostOf(costOf(price, { ...usage, cached: 0 }), batchFactor) };
}

/** Part of a millionth counts whole. */
export const batchCostOf = (microUsd: number, batchFactor: number): number => Math.ceil(microUsd * batchFactor);

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
