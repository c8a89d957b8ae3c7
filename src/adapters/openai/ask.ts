import type { ChatCompletionContentPart, ChatCompletionCreateParamsNonStreaming } from 'openai/resources/chat/completions';
import * as z from 'zod';
import type { Clock } from '../../core/clock.ts';
import { EasyflipError, isEasyflipError, type Reason } from '../../core/errors.ts';
import { hashOf, sha256 } from '../../core/hash.ts';
import type { BatchedQuestions } from '../../core/ports/batches.ts';
import type { Call, Outgoing } from '../../core/ports/outgoing.ts';
import type { JournalStore } from '../../core/ports/store.ts';
import type { Settings } from '../../core/settings.ts';
import { once } from '../../resilience/journaled.ts';
import { batchCostOf, batchLine } from './batch-line.ts';
import { addressOf, answerOf, createClient, dataUrl, hostOf, type OpenAiAccess, parsedBody, textOf } from './client.ts';
import { translateFailure } from './errors.ts';
import { type Detail, pictureBilling, pictureTokens } from './picture-tokens.ts';
import { costOf, foreignTextTokens, ownTextTokens, priceOf } from './price.ts';
import { readCompletion, usageOf } from './read-completion.ts';

export interface SentPicture {
  readonly photo: number;
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly detail: Detail;
}

interface Question<Shape extends z.ZodType> {
  /** For events, the ledger and the identity of the answer. */
  readonly name: 'describe' | 'labels' | 'look-again';
  /** Raise it with every change of the words: prompt and shape. */
  readonly version: string;
  readonly shape: Shape;
  /** The same for every item, so that the service's prompt cache serves it: it goes first. */
  readonly instructions: string;
  readonly pictures: readonly SentPicture[];
  /** What belongs to this item: data, quoted as JSON. Goes last. */
  readonly data: string;
}

export interface Asker {
  /**
   * One paid question. An answered one is never bought again: its identity is a hash over model, versions, words and the
   * bytes of the pictures. Errors: `provider.*`, `breaker.open`, `budget.*`; the signal's reason.
   */
  ask<Shape extends z.ZodType>(question: Question<Shape>, call: Call): Promise<z.output<Shape>>;
  readonly model: string;
}

export interface AskerOptions {
  readonly access: OpenAiAccess;
  readonly model: string;
  readonly settings: Pick<Settings, 'analysis' | 'models' | 'services'>;
  readonly outgoing: Outgoing;
  readonly journal: JournalStore;
  readonly clock: Clock;
  readonly env: NodeJS.ProcessEnv;
  /** Where questions may wait for a lower price, and answers may have arrived. */
  readonly batched?: BatchedQuestions;
}

/** Tokens that the service adds around messages and pictures. */
const FRAME_TOKENS = 50;

export function createAsker({ access, model, settings, outgoing, journal, clock, env, batched }: AskerOptions): Asker {
  const price = priceOf(model, settings.models);
  const billing = pictureBilling(model, price?.picturesLike);
  const maxOutput = settings.analysis.maxAnswerLength ?? (thinks(model) ? 6_000 : 1_500);
  const host = hostOf(access);
  let client: ReturnType<typeof createClient> | undefined;

  return {
    model,
    ask: async (question, call) => {
      const body = bodyOf(question, model, maxOutput);
      const key = identityOf(question, body, access);
      const answer = await once(journal, { key, scope: `model:${question.name}`, signal: call.signal }, async () => {
        const arrived = await fromBatch(key, question, body, call);
        return arrived ? arrived.reply : await buy(question, body, call);
      });
      const read = question.shape.safeParse(answer);
      if (!read.success) throw new Error('an answer that was kept has another shape than the question: raise its version');
      return read.data;
    },
  };

  /**
   * What a batch has answered, or the question handed to one. Undefined: ask by an ordinary call; a batch has failed at it, or
   * its answer is such that another one may be better. Errors: `batch.waiting`, those of an answer.
   */
  async function fromBatch(
    key: string,
    question: Question<z.ZodType>,
    body: ChatCompletionCreateParamsNonStreaming,
    call: Call,
  ): Promise<{ readonly reply: unknown } | undefined> {
    const found = await batched?.find(key);
    if (!batched || found?.state === 'failed') return undefined;
    if (found?.state === 'waiting') throw waits(found.reason);
    if (found?.state === 'answered') {
      try {
        return { reply: replyOf(found.reply, question) };
      } catch (error) {
        await batched.forget(key);
        if (isEasyflipError(error) && error.retryable) return undefined;
        throw error;
      }
    }
    if (!batched.accepts) return undefined;
    const worstCaseMicroUsd = batchCostOf(worstCaseOf(question, body), settings.models.batchFactor);
    const paid = { provider: 'openai', model, pictures: question.pictures.length };
    return await batched.hand({ key, line: batchLine(key, body), paid, operation: `batch.${question.name}`, worstCaseMicroUsd }, call);
  }

  function worstCaseOf(question: Question<z.ZodType>, body: ChatCompletionCreateParamsNonStreaming): number {
    const input =
      FRAME_TOKENS +
      ownTextTokens(question.instructions + JSON.stringify(body.response_format)) +
      foreignTextTokens(question.data) +
      question.pictures.reduce((sum, picture) => sum + 12 + pictureTokens(picture, billing, picture.detail), 0);
    return costOf(price, { input, cached: 0, output: maxOutput });
  }

  async function buy(question: Question<z.ZodType>, body: ChatCompletionCreateParamsNonStreaming, call: Call): Promise<unknown> {
    const worstCaseMicroUsd = worstCaseOf(question, body);
    const paid = { provider: 'openai', model, pictures: question.pictures.length };
    return await outgoing.run({ service: 'model', operation: `model.${question.name}`, worstCaseMicroUsd, paid }, call, async (attempt) => {
      client ??= createClient(access, { timeoutMs: settings.services.model.timeoutMs, env });
      const api = await client;
      let text: string;
      try {
        const response = await api.chat.completions.create(body, { signal: attempt.signal }).asResponse();
        attempt.answered(answerOf(response));
        text = await textOf(response, host);
      } catch (error) {
        if (attempt.signal.aborted) throw attempt.signal.reason;
        attempt.answered(answerOf(error as Partial<Response>));
        const failure = translateFailure(error, { model, host, apiKey: access.apiKey, nowMs: clock.now() });
        // Stopped at the door: unlike an answer that a filter cuts off, it is not billed.
        if (isEasyflipError(failure) && failure.code === 'provider.content-filter') attempt.settle(0);
        throw failure;
      }
      const completion = parsedBody(text, host);
      // Also a useless answer was billed: its price is told before its use is judged.
      const usage = usageOf(completion);
      if (usage) attempt.settle(costOf(price, usage), usage);
      return replyOf(completion, question);
    });
  }

  /** What a completion says, from wherever it came. Errors: those of `readCompletion`; `provider.wrong-shape`. */
  function replyOf(completion: unknown, question: Question<z.ZodType>): unknown {
    const reply = readCompletion(completion, model, maxOutput);
    const read = question.shape.safeParse(reply);
    if (read.success) return reply;
    throw new EasyflipError('provider.wrong-shape', `The answer of ${model} has not the promised shape: ${firstIssue(read.error)}.`, {
      hint: 'Run `easyflip retry-failed`; if it stays so, use a model with structured output (`--model`).',
      retryable: true,
    });
  }
}

const waits = ({ message, hint }: Reason): EasyflipError => new EasyflipError('batch.waiting', message, { hint });

/** Models that think before they answer take an effort in place of a temperature; ours is a task for little of it. */
const thinks = (model: string): boolean => /^(?:.*\/)?(?:o\d|gpt-(?:[5-9]|\d\d))/.test(model) && !/chat/.test(model);

function bodyOf(question: Question<z.ZodType>, model: string, maxOutput: number): ChatCompletionCreateParamsNonStreaming {
  const pictures = question.pictures.flatMap((picture): ChatCompletionContentPart[] => [
    { type: 'text', text: `Photo ${picture.photo}:` },
    { type: 'image_url', image_url: { url: dataUrl(picture.jpeg), detail: picture.detail } },
  ]);
  return {
    model,
    messages: [
      { role: 'system', content: question.instructions },
      { role: 'user', content: [...pictures, { type: 'text', text: question.data }] },
    ],
    response_format: {
      type: 'json_schema',
      json_schema: { name: question.name.replace('-', '_'), strict: true, schema: strictSchema(question.shape) },
    },
    max_completion_tokens: maxOutput,
    ...(thinks(model) ? { reasoning_effort: 'low' as const } : { temperature: 0 }),
  };
}

/** What strict output takes: every key required, none besides, no `$schema`. Strict zod objects come out so by themselves. */
function strictSchema(shape: z.ZodType): Record<string, unknown> {
  const { $schema: _schema, ...schema } = z.toJSONSchema(shape, { target: 'draft-7' }) as Record<string, unknown>;
  return schema;
}

/** Over everything that makes the answer: pictures by their bytes, and whose model it is. */
function identityOf(question: Question<z.ZodType>, body: ChatCompletionCreateParamsNonStreaming, access: OpenAiAccess): string {
  const pictures = question.pictures.map(({ photo, jpeg, detail }) => ({ photo, detail, sha256: sha256(jpeg) }));
  const { messages: _messages, response_format: _format, ...parameters } = body;
  const { name, version, instructions, data } = question;
  return `openai:${hashOf({ address: addressOf(access), name, version, instructions, data, pictures, parameters })}`;
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.join('.') || 'it'} is not as agreed (${issue.code})` : 'it is not as agreed';
}
