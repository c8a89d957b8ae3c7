import * as z from 'zod';
import { EasyflipError } from '../../core/errors.ts';
import type { TokenUsage } from '../../core/ports/outgoing.ts';

const count = z.number().min(0);

/** The part of a chat completion that is read; compatible servers leave much of the rest out. */
const completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
});

const usage = z.object({
  usage: z.object({
    prompt_tokens: count,
    completion_tokens: count,
    prompt_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish(),
  }),
});

/** What was billed; undefined when the answer does not say. */
export function usageOf(answer: unknown): TokenUsage | undefined {
  const read = usage.safeParse(answer);
  if (!read.success) return undefined;
  const { prompt_tokens: input, completion_tokens: output, prompt_tokens_details: details } = read.data.usage;
  return { input, cached: details?.cached_tokens ?? 0, output };
}

/**
 * The JSON inside a chat completion. Errors, each after a paid call: `provider.refused`, `provider.content-filter`,
 * `provider.cut-off`, `provider.empty-reply`, `provider.wrong-shape`.
 */
export function readCompletion(answer: unknown, model: string, maxOutput: number): unknown {
  const choice = completion.safeParse(answer).data?.choices?.[0];
  if (choice?.message?.refusal)
    throw new EasyflipError('provider.refused', `${model} does not want to describe these photos.`, {
      hint: 'Look whether a photo shows something that may not be sold; else say the facts yourself, or use another `--model`.',
    });
  if (choice?.finish_reason === 'content_filter')
    throw new EasyflipError('provider.content-filter', `The answer of ${model} was stopped by the service's filter.`, {
      hint: 'Look whether a photo shows something that may not be sold; else say the facts yourself, or use another `--model`.',
    });
  if (choice?.finish_reason === 'length')
    throw new EasyflipError('provider.cut-off', `The answer of ${model} was cut off at ${maxOutput} tokens.`, {
      hint: 'Raise analysis.maxAnswerLength in the settings, then run `easyflip retry-failed`.',
    });
  const content = choice?.message?.content?.trim() ?? '';
  if (content === '')
    throw new EasyflipError('provider.empty-reply', `${model} gave an empty answer.`, {
      hint: 'Run `easyflip retry-failed`; if it stays so, use another `--model`.',
      retryable: true,
    });
  try {
    // Some models wrap their JSON in a code fence, or think aloud before it, although they were given a schema.
    return JSON.parse(content.replace(/^<think>[\s\S]*?<\/think>\s*/, '').replace(/^```(?:json)?\s*|\s*```$/g, ''));
  } catch {
    throw new EasyflipError('provider.wrong-shape', `The answer of ${model} is no JSON.`, {
      hint: 'Run `easyflip retry-failed`; if it stays so, use a model with structured output (`--model`).',
      retryable: true,
    });
  }
}
