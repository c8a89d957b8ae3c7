import { afterEach, describe, expect, it } from 'vitest';
import { type Bench, call, fullReply, openBench, photosIn, request } from './support.ts';

let bench: Bench;
afterEach(() => bench.close());

const REPLY = JSON.stringify(fullReply);
const answer = (content: unknown, more = {}): string =>
  JSON.stringify({ id: 'x', object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content }, ...more }] });

/** As servers answer that speak OpenAI's chat completions and are not OpenAI: what they leave out, and what they add. */
const ANSWERS: Readonly<Record<string, string>> = {
  'Ollama: no refusal, no logprobs, no details of usage': JSON.stringify({
    id: 'chatcmpl-12',
    object: 'chat.completion',
    created: 1_790_000_000,
    model: 'llama3.2-vision:11b',
    system_fingerprint: 'fp_ollama',
    choices: [{ index: 0, message: { role: 'assistant', content: REPLY }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 3_000, completion_tokens: 500, total_tokens: 3_500 },
  }),
  'vLLM: nulls, and keys of its own': JSON.stringify({
    id: 'chatcmpl-a',
    object: 'chat.completion',
    model: 'Qwen/Qwen2.5-VL-7B-Instruct',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', reasoning_content: null, content: REPLY, tool_calls: [] },
        logprobs: null,
        finish_reason: 'stop',
        stop_reason: null,
      },
    ],
    usage: { prompt_tokens: 3_000, total_tokens: 3_500, completion_tokens: 500, prompt_tokens_details: null },
    prompt_logprobs: null,
  }),
  'LM Studio: no usage': answer(REPLY, { finish_reason: 'stop' }),
  'a code fence around the JSON': answer(`\`\`\`json\n${REPLY}\n\`\`\``),
  'thoughts before it': answer(`<think>\nA shirt? {"facts": [it may be}\n</think>\n\n${REPLY}`, { finish_reason: 'stop' }),
  'keys that nobody asked for': answer(JSON.stringify({ ...fullReply, price: 0.01, notes: 'nice' }), { finish_reason: 'eos' }),
};

describe('a service that speaks like OpenAI', () => {
  it.each(Object.entries(ANSWERS))('%s', async (_what, body) => {
    bench = await openBench(() => fullReply, { model: 'llama3.2-vision:11b' });
    bench.server.fail({ status: 200, body });
    const { facts, model } = await bench.describer.describe(request(await photosIn(bench.folder, 4)), call());
    expect(model).toBe('llama3.2-vision:11b');
    expect(Object.keys(facts)).toHaveLength(fullReply.facts.length);
    expect(bench.server.asked).toHaveLength(1);
    const [asked] = bench.server.asked;
    // What all of them know, and nothing that only OpenAI's newest models do.
    expect(Object.keys(asked?.body ?? {}).sort()).toEqual(['max_completion_tokens', 'messages', 'model', 'response_format', 'temperature']);
    expect(asked?.pictures.map(({ detail }) => detail)).toEqual(['high', 'high', 'high', 'high']);
    expect(await bench.store.ledger.spending()).toMatchObject([{ model: 'llama3.2-vision:11b', calls: 1, microUsd: 0, pictures: 4 }]);
  });

  it('an error that comes as a good answer is a failure, and no description', async () => {
    bench = await openBench(() => fullReply, { service: { tries: 1 } });
    bench.server.fail({ status: 200, body: JSON.stringify({ error: { code: 502, message: 'Provider returned error' } }) });
    await expect(bench.describer.describe(request(await photosIn(bench.folder, 1)), call())).rejects.toMatchObject({
      code: 'provider.empty-reply',
      retryable: true,
    });
  });
});
