import { afterAll, beforeAll, expect, it } from 'vitest';
import { onlyColour } from '../support/items.ts';
import { misfit } from '../support/openai-document.ts';
import { type Fault, OpenAiServer } from '../support/openai-server.ts';

let server: OpenAiServer;
beforeAll(async () => {
  server = await OpenAiServer.open(() => onlyColour);
});
afterAll(() => server.close());

const ask = async (path: string, { body, key = 'sk-test-0123456789abcdef' }: { readonly body?: unknown; readonly key?: string } = {}) => {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  return await fetch(`${server.url}${path}`, { ...init, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } });
};

const question = {
  model: 'gpt-4o',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'What is it?' }] }],
  response_format: {
    type: 'json_schema',
    json_schema: { name: 'describe', strict: true, schema: { type: 'object', properties: {}, required: [], additionalProperties: false } },
  },
};
const wanted = process.env.EASYFLIP_SPECS ? it : it.skip;

wanted.each([
  ['an unknown model', 404, '/models/nothing', {}],
  ['a wrong key', 401, '/models/gpt-4o', { key: 'wrong' }],
  ['a wrong key for a question', 401, '/chat/completions', { body: question, key: 'wrong' }],
  ['a question without strict schema', 400, '/chat/completions', { body: { model: 'gpt-4o', messages: question.messages } }],
  ['a call that is not documented', 400, '/nothing', {}],
  ['no such file', 404, '/files/file-0', {}],
  ['no such batch', 404, '/batches/batch_0', {}],
  [
    'a batch without its file',
    400,
    '/batches',
    { body: { input_file_id: 'file-0', endpoint: '/v1/chat/completions', completion_window: '24h' } },
  ],
  [
    'a batch of another window',
    400,
    '/batches',
    { body: { input_file_id: 'file-0', endpoint: '/v1/chat/completions', completion_window: '1h' } },
  ],
  [
    'an unknown key of a batch',
    400,
    '/batches',
    { body: { input_file_id: 'f', endpoint: '/v1/chat/completions', completion_window: '24h', price: 0 } },
  ],
] as const)('the stand-in refuses in the documented form: %s', async (_what, status, path, how) => {
  const answer = await ask(path, how);
  expect(answer.status).toBe(status);
  expect(misfit('ErrorResponse', await answer.json())).toBeUndefined();
});

wanted.each<[number, Extract<Fault, { status: number }>['error']]>([
  [400, { message: 'No.', code: 'content_policy_violation' }],
  [401, { message: 'Incorrect API key.', code: 'invalid_api_key' }],
  [403, { message: 'Not for you.', code: 'model_forbidden' }],
  [404, { message: 'The model does not exist', code: 'model_not_found' }],
  [429, { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' }],
  [429, { message: 'Slow down.', code: 'rate_limit_exceeded' }],
  [500, undefined],
  [503, undefined],
])('and so do its faults: %i %o', async (status, error) => {
  server.fail({ status, ...(error ? { error } : {}) });
  const answer = await ask('/chat/completions', { body: question });
  expect(answer.status).toBe(status);
  expect(misfit('ErrorResponse', await answer.json())).toBeUndefined();
});

wanted('a good answer has the documented form, and a form that is not documented is noticed', async () => {
  const answer = await ask('/chat/completions', { body: question });
  expect(answer.status).toBe(200);
  expect(misfit('CreateChatCompletionResponse', await answer.json())).toBeUndefined();
  expect(misfit('ErrorResponse', { error: { message: 'No param, no code', type: 'x' } })).toContain('ErrorResponse');
});
