import type { IncomingHttpHeaders } from 'node:http';
import { misfit, strictMisfit } from './openai-document.ts';

/** What becomes of a batch; by default it is completed, whatever its lines give. */
export interface Fate {
  readonly end?: 'completed' | 'failed' | 'expired' | 'cancelled';
  /** Of an expired or cancelled one: so many lines had been answered. */
  readonly answered?: number;
  /** Of a failed one: why its validation failed. */
  readonly error?: { readonly code: string; readonly message: string };
  /** Instead of an answer, by the number of the line (0 is the first). */
  readonly lines?: Readonly<Record<number, { readonly status: number; readonly code: string }>>;
  /** Lines of the output come backwards, the first of them twice, with a stranger's among them. */
  readonly untidy?: boolean;
}

interface Line {
  readonly custom_id: string;
  readonly method: string;
  readonly url: string;
  readonly body: { readonly model: string };
}

interface StoredFile {
  readonly id: string;
  readonly filename: string;
  readonly purpose: string;
  readonly text: string;
}

interface StandInBatch {
  readonly id: string;
  readonly input: string;
  readonly metadata: Readonly<Record<string, string>>;
  status: string;
  lines: readonly Line[];
  looks: number;
  completed: number;
  failed: number;
  output?: string;
  errors?: string;
  problem?: { readonly code: string; readonly message: string };
  readonly fate: Fate;
}

export type BatchStep = 'list' | 'upload' | 'create' | 'look' | 'read';
export type Send = (status: number, body: unknown, headers?: Readonly<Record<string, string>>) => void;

/** Answers one line as the model would; undefined: refused, with what is wrong. */
type Answer = (body: Line['body']) => Promise<{ readonly completion: unknown } | { readonly problem: string }>;

const MAX_LINES = 50_000;
const MAX_BYTES = 200_000_000;

/** Files and batches of the stand-in: kept as OpenAI's document describes them. */
export class OpenAiBatches {
  readonly files = new Map<string, StoredFile>();
  readonly all: StandInBatch[] = [];
  readonly problems: string[] = [];
  /** False: nothing is known under these addresses, as with services that speak chat completions only. */
  exist = true;
  /** Looks at a batch until it is over. */
  looks = 2;
  /** True: batches stay in progress. */
  held = false;
  /** One for each of the next batches. */
  readonly fates: Fate[] = [];
  /** Before a step is done; a promise that never ends is an answer that never comes. */
  before: (step: BatchStep, nth: number) => void | Promise<void> = () => {};
  /** When it is done, and before the answer leaves. */
  after: (step: BatchStep, nth: number) => void | Promise<void> = () => {};
  readonly steps: BatchStep[] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  /** False: not for here. */
  async serve(method: string, url: URL, raw: Buffer, headers: IncomingHttpHeaders, send: Send): Promise<boolean> {
    const [, , kind, id, more] = url.pathname.split('/');
    if (kind !== 'files' && kind !== 'batches') return false;
    if (!this.exist) {
      send(404, { error: { message: 'Not Found', type: 'invalid_request_error', param: null, code: null } });
      return true;
    }
    const step = stepOf(method, kind, id, more);
    const nth = step ? this.steps.push(step) && this.steps.filter((one) => one === step).length : 0;
    if (step) await this.before(step, nth);
    const checked = (schema: string, body: unknown): unknown => {
      const wrong = misfit(schema, body);
      if (wrong) this.problems.push(`answer: ${wrong}`);
      return body;
    };
    const reply = await this.#do(method, kind, id, more, url, raw, headers, checked);
    if (step) await this.after(step, nth);
    send(reply.status, reply.body);
    return true;
  }

  async #do(
    method: string,
    kind: string,
    id: string | undefined,
    more: string | undefined,
    url: URL,
    raw: Buffer,
    headers: IncomingHttpHeaders,
    checked: (schema: string, body: unknown) => unknown,
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    if (kind === 'files' && method === 'POST') return await this.#upload(raw, headers, checked);
    if (kind === 'files' && id === undefined)
      return { status: 200, body: checked('ListFilesResponse', listOf([...this.files.values()].reverse().map(fileJson))) };
    if (kind === 'files') {
      const file = this.files.get(id ?? '');
      if (!file) return absent(`No such File object: ${id}`);
      if (more === 'content') return { status: 200, body: file.text };
      if (method === 'DELETE') {
        this.files.delete(file.id);
        return { status: 200, body: checked('DeleteFileResponse', { id: file.id, object: 'file', deleted: true }) };
      }
      return { status: 200, body: checked('OpenAIFile', fileJson(file)) };
    }
    if (method === 'POST') return this.#create(raw, checked);
    if (id === undefined) {
      const newest = [...this.all].reverse();
      const from = newest.findIndex((one) => one.id === url.searchParams.get('after')) + 1;
      const limit = Number(url.searchParams.get('limit') ?? 20);
      return {
        status: 200,
        body: checked('ListBatchesResponse', listOf(newest.slice(from, from + limit).map(batchJson), newest.length > from + limit)),
      };
    }
    const batch = this.all.find((one) => one.id === id);
    if (!batch) return absent(`No batch found with id '${id}'.`);
    await this.#advance(batch);
    return { status: 200, body: checked('Batch', batchJson(batch)) };
  }

  async #upload(raw: Buffer, headers: IncomingHttpHeaders, checked: (schema: string, body: unknown) => unknown) {
    const form = await new Response(raw, { headers: { 'content-type': headers['content-type'] ?? '' } }).formData();
    const file = form.get('file');
    const rest = Object.fromEntries([...form.entries()].filter(([name]) => name !== 'file'));
    if (!(file instanceof File)) return this.#refused('there is no file');
    const wrong = strictMisfit('CreateFileRequest', { ...rest, file: 'bytes' });
    if (wrong || rest.purpose !== 'batch') return this.#refused(wrong ?? 'the purpose is not batch');
    if (!file.name.endsWith('.jsonl')) return this.#refused('it is no .jsonl file');
    const stored: StoredFile = {
      id: `file-${this.files.size + this.steps.length}`,
      filename: file.name,
      purpose: 'batch',
      text: await file.text(),
    };
    this.files.set(stored.id, stored);
    return { status: 200, body: checked('OpenAIFile', fileJson(stored)) };
  }

  #create(raw: Buffer, checked: (schema: string, body: unknown) => unknown) {
    const body = JSON.parse(raw.toString()) as { input_file_id: string; endpoint: string; metadata?: Record<string, string> };
    const wrong = strictMisfit('CreateBatchRequest', body);
    if (wrong) return this.#refused(wrong);
    const file = this.files.get(body.input_file_id);
    if (!file) return this.#refused(`File ${body.input_file_id} does not exist.`, false);
    const fate = this.fates.shift() ?? {};
    const batch: StandInBatch = {
      id: `batch_${this.all.length + 1}`,
      input: file.id,
      metadata: body.metadata ?? {},
      status: 'validating',
      lines: [],
      looks: 0,
      completed: 0,
      failed: 0,
      fate,
    };
    const problem = fate.error ?? this.#read(batch, file.text, body.endpoint);
    if (problem) batch.problem = problem;
    this.all.push(batch);
    return { status: 200, body: checked('Batch', batchJson(batch)) };
  }

  /** As the guide tells: one request a line, each id once, one model, 50,000 lines, 200 MB. */
  #read(batch: StandInBatch, text: string, endpoint: string): { readonly code: string; readonly message: string } | undefined {
    const lines = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line);
    const invalid = (message: string) => {
      this.problems.push(message);
      return { code: 'invalid_request', message };
    };
    for (const line of lines) {
      if (Object.keys(line).sort().join() !== 'body,custom_id,method,url')
        return invalid(`a line has the keys ${Object.keys(line).join()}`);
      if (line.method !== 'POST' || line.url !== endpoint) return invalid('a line goes elsewhere');
      const wrong = misfit('CreateChatCompletionRequest', line.body);
      if (wrong) return invalid(wrong);
    }
    if (lines.length === 0) return invalid('the file is empty');
    if (lines.length > MAX_LINES || Buffer.byteLength(text) > MAX_BYTES) return invalid('the file is too large');
    if (new Set(lines.map(({ custom_id: id }) => id)).size < lines.length) return invalid('a custom_id stands twice');
    if (new Set(lines.map(({ body }) => body.model)).size > 1) return invalid('several models in one file');
    batch.lines = lines;
    return undefined;
  }

  async #advance(batch: StandInBatch): Promise<void> {
    if (['completed', 'failed', 'expired', 'cancelled'].includes(batch.status)) return;
    if (batch.problem) {
      batch.status = 'failed';
      return;
    }
    batch.looks += 1;
    batch.status = 'in_progress';
    if (this.held || batch.looks < this.looks) return;
    await this.#finish(batch);
  }

  async #finish(batch: StandInBatch): Promise<void> {
    const { end = 'completed', answered = batch.lines.length, lines: faults = {}, untidy = false } = batch.fate;
    const output: string[] = [];
    const errors: string[] = [];
    for (const [at, line] of batch.lines.entries()) {
      const fault = faults[at];
      const out = (response: unknown, error: unknown): string =>
        JSON.stringify({ id: `batch_req_${at}`, custom_id: line.custom_id, response, error });
      if (at >= answered)
        errors.push(
          out(null, { code: `batch_${end}`, message: 'This request could not be executed before the completion window expired.' }),
        );
      else if (fault) {
        const body = { error: { message: 'It failed.', type: 'server_error', param: null, code: fault.code } };
        errors.push(out({ status_code: fault.status, request_id: 'req', body }, null));
      } else {
        const answer = await this.#answer(line.body);
        if ('problem' in answer) this.problems.push(answer.problem);
        else output.push(out({ status_code: 200, request_id: 'req', body: answer.completion }, null));
      }
    }
    if (untidy) {
      output.reverse();
      output.push(
        output[0] ?? '',
        'no json',
        JSON.stringify({ id: 'x', custom_id: 'a-stranger', response: { status_code: 200, body: {} }, error: null }),
      );
    }
    batch.completed = output.length;
    batch.failed = errors.length;
    if (output.length > 0) batch.output = this.#keep(batch, 'output', output);
    if (errors.length > 0) batch.errors = this.#keep(batch, 'error', errors);
    batch.status = end;
  }

  #keep(batch: StandInBatch, what: string, lines: readonly string[]): string {
    const file: StoredFile = {
      id: `file-${batch.id}-${what}`,
      filename: `${batch.id}_${what}.jsonl`,
      purpose: 'batch_output',
      text: `${lines.join('\n')}\n`,
    };
    this.files.set(file.id, file);
    return file.id;
  }

  #refused(message: string, isProblem = true) {
    if (isProblem) this.problems.push(message);
    return { status: 400, body: { error: { message, type: 'invalid_request_error', param: null, code: null } } };
  }
}

function stepOf(method: string, kind: string, id: string | undefined, more: string | undefined): BatchStep | undefined {
  if (kind === 'files') return method === 'POST' ? 'upload' : more === 'content' ? 'read' : undefined;
  if (method === 'POST') return 'create';
  return id === undefined ? 'list' : 'look';
}

const absent = (message: string) => ({ status: 404, body: { error: { message, type: 'invalid_request_error', param: 'id', code: null } } });

const fileJson = ({ id, filename, purpose, text }: StoredFile) => ({
  id,
  object: 'file',
  bytes: Buffer.byteLength(text),
  created_at: 1_790_000_000,
  filename,
  purpose,
  status: 'processed',
});

const listOf = (data: readonly { readonly id: string }[], more = false) => ({
  object: 'list',
  data,
  first_id: data[0]?.id ?? '',
  last_id: data.at(-1)?.id ?? '',
  has_more: more,
});

function batchJson({ id, input, metadata, status, lines, completed, failed, output, errors, problem }: StandInBatch) {
  return {
    id,
    object: 'batch' as const,
    endpoint: '/v1/chat/completions',
    input_file_id: input,
    completion_window: '24h',
    status,
    created_at: 1_790_000_000,
    request_counts: { total: lines.length, completed, failed },
    metadata,
    ...(output ? { output_file_id: output } : {}),
    ...(errors ? { error_file_id: errors } : {}),
    ...(problem && status === 'failed' ? { errors: { object: 'list', data: [{ ...problem, param: null, line: null }] } } : {}),
  };
}
