import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Tiktoken } from 'js-tiktoken/lite';
import o200k from 'js-tiktoken/ranks/o200k_base';
import sharp from 'sharp';
import { OpenAiBatches } from './openai-batches.ts';
import { misfit, unknownCall } from './openai-document.ts';

/** A chat completion as it was asked for, with the pictures opened. */
export interface Asked {
  readonly headers: IncomingMessage['headers'];
  readonly body: ChatRequest;
  readonly system: string;
  /** The text parts of the user's message. */
  readonly text: string;
  readonly pictures: readonly { readonly width: number; readonly height: number; readonly detail: string; readonly bytes: Buffer }[];
}

interface ChatRequest {
  readonly model: string;
  readonly max_completion_tokens?: number;
  readonly temperature?: number;
  readonly reasoning_effort?: string;
  readonly response_format?: { readonly json_schema?: { readonly name: string; readonly strict?: boolean; readonly schema?: unknown } };
  readonly messages: readonly {
    readonly role: string;
    readonly content:
      | string
      | readonly {
          readonly type: string;
          readonly text?: string;
          readonly image_url?: { readonly url: string; readonly detail?: string };
        }[];
  }[];
}

/** What happens to one request instead of a good answer. */
export type Fault =
  | {
      readonly status: number;
      readonly error?: Record<string, unknown>;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | { readonly finish: 'length' | 'content_filter' | 'stop'; readonly content?: string | null; readonly refusal?: string }
  | { readonly connection: 'reset' | 'reset-in-answer' | 'silent' };

/** What was paid for: one entry for each answer that left, in millionths of a dollar at the prices of gpt-4o. */
export interface Billed {
  /** SHA-256 over the request. */
  readonly request: string;
  readonly microUsd: number;
  readonly inBatch: boolean;
}

/** What it answers, or a promise of it. */
export type Model = (asked: Asked) => unknown;

/**
 * A stand-in for OpenAI, made from its published description: it takes chat completions with pictures and a strict schema,
 * counts tokens (o200k; pictures by the guide's formula for gpt-4o) and answers what `model` says, or the next fault.
 * A request that the description does not know is answered with 400 and kept in `problems`.
 */
export class OpenAiServer {
  readonly asked: Asked[] = [];
  /** Those of batches, when they were answered. */
  readonly askedInBatches: Asked[] = [];
  readonly billed: Billed[] = [];
  readonly problems: string[] = [];
  readonly batches: OpenAiBatches;
  /** Called when an answer has been handed to the program. */
  onAnswered: () => void = () => {};
  delayMs = 0;
  model: Model;
  readonly #faults: (Fault | undefined)[] = [];
  readonly #server: Server;

  private constructor(model: Model) {
    this.model = model;
    this.batches = new OpenAiBatches((body) => this.#answerLine(body as ChatRequest));
    this.#server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing).catch(() => outgoing.destroy()));
  }

  static async open(model: Model): Promise<OpenAiServer> {
    const server = new OpenAiServer(model);
    await new Promise<void>((done) => server.#server.listen(0, '127.0.0.1', done));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  get env(): Readonly<Record<string, string>> {
    return { OPENAI_API_KEY: 'sk-test-0123456789abcdef', OPENAI_BASE_URL: this.url };
  }

  /** One for each of the next requests; undefined lets it pass. */
  fail(...faults: readonly (Fault | undefined)[]): void {
    this.#faults.push(...faults);
  }

  /** Every request passes from now on. */
  clearFaults(): void {
    this.#faults.length = 0;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((done) => this.#server.close(() => done()));
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const bytes = Buffer.concat(await incoming.toArray());
    if (incoming.headers.connection !== 'close') this.problems.push('a request leaves its line open for the next one');
    const send = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void => {
      const wrong = status >= 400 && typeof body !== 'string' ? misfit('ErrorResponse', body) : undefined;
      if (wrong) this.problems.push(`answer ${status}: ${wrong}`);
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      outgoing.writeHead(status, { 'content-type': 'application/json', 'x-request-id': `req_${this.asked.length}`, ...headers });
      outgoing.end(text, () => status === 200 && this.onAnswered());
    };
    const refuse = (problem: string): void => {
      this.problems.push(problem);
      send(400, { error: { message: problem, type: 'invalid_request_error', code: null, param: null } });
    };
    if (
      incoming.method === 'GET' &&
      incoming.url === '/v1/models/gpt-4o' &&
      incoming.headers.authorization === `Bearer ${this.env.OPENAI_API_KEY}`
    )
      return send(200, { id: 'gpt-4o', object: 'model', created: 1, owned_by: 'system' });
    if (incoming.method === 'GET' && incoming.url?.startsWith('/v1/models/')) {
      const known = incoming.headers.authorization === `Bearer ${this.env.OPENAI_API_KEY}`;
      return known
        ? send(404, errorBody('The model does not exist', 'model_not_found'))
        : send(401, errorBody('Incorrect API key provided: sk-wrong.', 'invalid_api_key'));
    }
    const method = incoming.method ?? '';
    const url = new URL(incoming.url ?? '', this.url);
    const unknown = unknownCall(method, url);
    if (unknown) return refuse(unknown);
    if (!incoming.headers.authorization?.startsWith('Bearer sk-'))
      return send(401, errorBody('Incorrect API key provided: sk-bad***key.', 'invalid_api_key'));
    if (await this.batches.serve(method, url, bytes, incoming.headers, send)) return;
    if (method !== 'POST' || url.pathname !== '/v1/chat/completions') return refuse(`${method} ${incoming.url} is not known`);
    const body = JSON.parse(bytes.toString()) as ChatRequest;
    const wrong = misfit('CreateChatCompletionRequest', body) ?? strictProblem(body);
    if (wrong) return refuse(wrong);
    const asked = await opened(body, incoming.headers);
    this.asked.push(asked);
    // Read once: the bench draws another one each time.
    const { delayMs } = this;
    if (delayMs > 0) await new Promise((done) => setTimeout(done, delayMs));
    const fault = this.#faults.shift();
    if (fault && 'connection' in fault) {
      if (fault.connection === 'silent') return;
      if (fault.connection === 'reset-in-answer') {
        outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' }).write('{"id":');
        await new Promise((done) => setTimeout(done, 50));
      }
      return void incoming.socket.destroy();
    }
    if (fault && 'status' in fault)
      return send(
        fault.status,
        fault.body ?? { error: { message: 'It failed.', type: 'server_error', param: null, code: null, ...fault.error } },
        fault.headers,
      );
    const content = fault && 'content' in fault ? fault.content : JSON.stringify(await this.model(asked));
    send(200, this.#billedCompletion(asked, content ?? null, fault, false));
  }

  async #answerLine(body: ChatRequest): Promise<{ readonly completion: unknown } | { readonly problem: string }> {
    const problem = strictProblem(body);
    if (problem) return { problem };
    const asked = await opened(body, {});
    this.askedInBatches.push(asked);
    return { completion: this.#billedCompletion(asked, JSON.stringify(await this.model(asked)), undefined, true) };
  }

  #billedCompletion(
    asked: Asked,
    content: string | null,
    fault: Extract<Fault, { finish: string }> | undefined,
    inBatch: boolean,
  ): unknown {
    const completion = completionOf(asked, content, fault);
    const wrong = misfit('CreateChatCompletionResponse', completion);
    if (wrong) this.problems.push(`answer 200: ${wrong}`);
    const { prompt_tokens: input, completion_tokens: output } = completion.usage;
    const request = createHash('sha256').update(JSON.stringify(asked.body)).digest('hex');
    this.billed.push({ request, microUsd: (input * 2.5 + output * 10) * (inBatch ? 0.5 : 1), inBatch });
    return completion;
  }
}

const errorBody = (message: string, code: string, type = 'invalid_request_error') => ({
  error: { message, type, code, param: null },
});

const tokenizer = new Tiktoken(o200k);
export const textTokens = (text: string): number => tokenizer.encode(text).length;

function completionOf(asked: Asked, content: string | null, fault: Extract<Fault, { finish: string }> | undefined) {
  const prompt = promptTokens(asked);
  const completion = textTokens(content ?? '');
  const usage = {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
  };
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_790_000_000,
    model: asked.body.model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: fault?.refusal ?? null },
        finish_reason: fault?.finish ?? 'stop',
        logprobs: null,
      },
    ],
    usage,
  };
}

/** Text by the model's own tokens, the schema included; pictures by the guide's formula for gpt-4o. */
export function promptTokens({ body, system, text, pictures }: Asked): number {
  const schema = JSON.stringify(body.response_format?.json_schema?.schema ?? '');
  return textTokens(system) + textTokens(text) + textTokens(schema) + 20 + pictures.reduce((sum, picture) => sum + tilesOf(picture), 0);
}

function tilesOf({ width, height, detail }: Asked['pictures'][number]): number {
  if (detail === 'low') return 85;
  const first = Math.min(1, 2048 / Math.max(width, height));
  const second = Math.min(1, 768 / (Math.min(width, height) * first));
  const [w, h] = [width * first * second, height * first * second];
  return 85 + 170 * Math.ceil(Math.round(w) / 512) * Math.ceil(Math.round(h) / 512);
}

async function opened(body: ChatRequest, headers: Asked['headers']): Promise<Asked> {
  const parts = body.messages.flatMap(({ role, content }) => (role === 'user' && typeof content !== 'string' ? content : []));
  const pictures = await Promise.all(
    parts
      .flatMap(({ image_url }) => (image_url ? [image_url] : []))
      .map(async ({ url, detail = 'auto' }) => {
        const bytes = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
        const { width = 0, height = 0 } = await sharp(bytes).metadata();
        return { width, height, detail, bytes };
      }),
  );
  const system = body.messages
    .flatMap(({ role, content }) => (role === 'system' && typeof content === 'string' ? [content] : []))
    .join('\n');
  return { headers, body, system, text: parts.flatMap(({ text }) => text ?? []).join('\n'), pictures };
}

/** What OpenAI demands of a strict schema: every key required, none besides (guide "Structured outputs"). */
function strictProblem({ response_format }: ChatRequest): string | undefined {
  const wanted = response_format?.json_schema;
  if (!wanted?.strict || wanted.schema === undefined) return 'the answer has no strict schema';
  const walk = (node: unknown, path: string): string | undefined => {
    if (typeof node !== 'object' || node === null) return undefined;
    const { type, properties, required, additionalProperties } = node as {
      type?: string;
      properties?: Record<string, unknown>;
      required?: string[];
      additionalProperties?: unknown;
    };
    if (type === 'object') {
      if (additionalProperties !== false) return `${path}: additionalProperties is not false`;
      const missing = Object.keys(properties ?? {}).filter((key) => !required?.includes(key));
      if (missing.length > 0) return `${path}: ${missing.join()} not required`;
    }
    for (const [key, member] of Object.entries(node)) {
      const problem = walk(member, `${path}/${key}`);
      if (problem) return problem;
    }
    return undefined;
  };
  return walk(wanted.schema, '');
}
