import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isEasyflipError } from '../../../src/core/errors.ts';
import type { Fault } from '../../support/openai-server.ts';
import { type Bench, call, fullReply, openBench, photosIn, request } from './support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench(() => fullReply);
});
afterEach(() => bench.close());

const described = async () => bench.describer.describe(request(await photosIn(bench.folder, 1)), call());
const spent = async (): Promise<number> => (await bench.store.ledger.spending()).reduce((sum, { microUsd }) => sum + microUsd, 0);
const api = (status: number, code: string, message = 'It failed.', headers: Readonly<Record<string, string>> = {}): Fault => ({
  status,
  error: { message, code, type: 'invalid_request_error', param: null },
  headers,
});

interface Case {
  readonly fault: Fault;
  readonly code: string;
  /** Attempts in all; the service's setting is two. */
  readonly attempts: number;
  /** What a failed attempt costs. */
  readonly costs: 'nothing' | 'its tokens' | 'the worst case';
}

const CASES: Readonly<Record<string, Case>> = {
  'a refusal': {
    fault: { finish: 'stop', content: null, refusal: "I can't help with that." },
    code: 'provider.refused',
    attempts: 1,
    costs: 'its tokens',
  },
  'an answer cut off': { fault: { finish: 'length', content: '{"facts":[' }, code: 'provider.cut-off', attempts: 1, costs: 'its tokens' },
  'a filtered answer': {
    fault: { finish: 'content_filter', content: '' },
    code: 'provider.content-filter',
    attempts: 1,
    costs: 'its tokens',
  },
  'broken JSON': { fault: { finish: 'stop', content: '{"facts": [oops' }, code: 'provider.wrong-shape', attempts: 2, costs: 'its tokens' },
  'another shape': {
    fault: { finish: 'stop', content: '{"facts":[{"brand":"Nike"}]}' },
    code: 'provider.wrong-shape',
    attempts: 2,
    costs: 'its tokens',
  },
  'an empty answer': { fault: { finish: 'stop', content: '  ' }, code: 'provider.empty-reply', attempts: 2, costs: 'its tokens' },
  "a gateway's page": {
    fault: { status: 200, body: '<html>Welcome</html>' },
    code: 'provider.bad-reply',
    attempts: 2,
    costs: 'the worst case',
  },
  'a filtered request': { fault: api(400, 'content_policy_violation'), code: 'provider.content-filter', attempts: 1, costs: 'nothing' },
  'a request it does not take': { fault: api(400, 'unsupported_value'), code: 'provider.request-refused', attempts: 1, costs: 'nothing' },
  'a wrong key': { fault: api(401, 'invalid_api_key'), code: 'provider.auth', attempts: 1, costs: 'nothing' },
  'a key without the right': { fault: api(403, 'model_forbidden'), code: 'provider.auth', attempts: 1, costs: 'nothing' },
  'no such model': { fault: api(404, 'model_not_found'), code: 'provider.model-missing', attempts: 1, costs: 'nothing' },
  'no credit': { fault: api(429, 'insufficient_quota'), code: 'provider.no-credit', attempts: 1, costs: 'nothing' },
  'too fast': {
    fault: api(429, 'rate_limit_exceeded', 'Slow down.', { 'retry-after-ms': '20' }),
    code: 'provider.rate-limited',
    attempts: 2,
    costs: 'nothing',
  },
  'too fast for an hour': {
    fault: api(429, 'rate_limit_exceeded', 'Slow down.', { 'retry-after': '3600' }),
    code: 'provider.rate-limited',
    attempts: 1,
    costs: 'nothing',
  },
  'a server error': { fault: api(500, 'server_error'), code: 'provider.unavailable', attempts: 2, costs: 'nothing' },
  'an overload': { fault: { status: 503, body: '<h1>503</h1>' }, code: 'provider.unavailable', attempts: 2, costs: 'nothing' },
  'a gateway that gave up': { fault: { status: 504, body: '' }, code: 'provider.unavailable', attempts: 2, costs: 'the worst case' },
  'a connection that breaks': { fault: { connection: 'reset' }, code: 'provider.unavailable', attempts: 2, costs: 'the worst case' },
  'a connection that breaks in the answer': {
    fault: { connection: 'reset-in-answer' },
    code: 'provider.unavailable',
    attempts: 2,
    costs: 'the worst case',
  },
};

describe('each failure has its code and its cure, costs what it may have cost, and keeps no answer', () => {
  it.each(Object.entries(CASES))('%s', async (_what, { fault, code, attempts, costs }) => {
    bench.server.fail(...Array.from({ length: attempts }, () => fault));
    const error: unknown = await described().catch((thrown: unknown) => thrown);
    if (!isEasyflipError(error)) throw error;
    expect(error.code).toBe(code);
    expect(error.message).toMatch(/^\S.*\.$/s);
    expect(error.hint).toMatch(/^(?:Run|Set|Add|Name|Look|Raise|Use|Check) .*\.$/s);
    expect(bench.server.asked).toHaveLength(attempts);

    const cost = await spent();
    if (costs === 'nothing') expect(cost).toBe(0);
    // One picture, a fixed prompt and a short answer; 1500 tokens of answer are what is reserved.
    if (costs === 'its tokens') expect(cost / attempts).toBeLessThan(6_000);
    if (costs === 'the worst case') expect(cost / attempts).toBeGreaterThan(15_000);

    // The next run asks anew.
    expect(Object.keys((await described()).facts).length).toBeGreaterThan(5);
    expect(bench.server.asked).toHaveLength(attempts + 1);
  });
});

it('a silent service is given up in time, and the attempt counts at its worst', async () => {
  await bench.close();
  bench = await openBench(() => fullReply, { service: { timeoutMs: 400, tries: 1 } });
  bench.server.fail({ connection: 'silent' });
  await expect(described()).rejects.toMatchObject({ code: 'provider.timeout', mayHaveHappened: true });
  expect(await spent()).toBeGreaterThan(15_000);
});

it('a service that is not there was paid nothing', async () => {
  await bench.server.close();
  await expect(described()).rejects.toMatchObject({ code: 'provider.unavailable', message: expect.stringContaining('cannot be reached') });
  expect(await spent()).toBe(0);
});

it('a stream of faults in between changes no answer', async () => {
  await bench.close();
  bench = await openBench(() => fullReply, { service: { tries: 5 } });
  bench.server.fail(api(500, 'server_error'), { connection: 'reset' }, api(429, 'rate_limit_exceeded', '', { 'retry-after-ms': '5' }), {
    finish: 'stop',
    content: 'no json',
  });
  expect((await described()).facts.type?.value).toBe('T-Shirt');
  expect(bench.events.filter(({ type }) => type === 'call.retried')).toHaveLength(4);
});

it('five failures in a row open the breaker: the service is left alone', async () => {
  await bench.close();
  bench = await openBench(() => fullReply, { service: { tries: 5 } });
  bench.server.fail(...Array.from({ length: 8 }, () => api(500, 'server_error')));
  await expect(described()).rejects.toMatchObject({ code: 'provider.unavailable' });
  await expect(bench.describer.describe(request(await photosIn(bench.folder, 2)), call())).rejects.toMatchObject({ code: 'breaker.open' });
  expect(bench.server.asked).toHaveLength(5);
});

it('nothing that a service says carries the key or a picture on', async () => {
  const key = bench.server.env.OPENAI_API_KEY ?? '';
  bench.server.fail(api(400, 'bad', `You sent Bearer ${key} with data:image/jpeg;base64,AAAA/BBBB==`));
  const error: unknown = await described().catch((thrown: unknown) => thrown);
  expect(JSON.stringify([error, (error as Error).message, (error as Error).cause])).not.toMatch(/sk-test|AAAA/);
});
