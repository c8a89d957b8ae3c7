import { expect, it } from 'vitest';
import type { ErrorCode } from '../../src/core/errors.ts';
import { EasyflipError } from '../../src/core/errors.ts';
import { defers, endsRun } from '../../src/resilience/deferring.ts';

const CASES: readonly (readonly [ErrorCode, 'deferred' | 'failed', 'run ends' | 'run goes on'])[] = [
  ['breaker.open', 'deferred', 'run goes on'],
  ['provider.quota-exhausted', 'deferred', 'run goes on'],
  ['provider.rate-limited', 'deferred', 'run goes on'],
  ['claim.lost', 'deferred', 'run goes on'],
  ['run.cancelled', 'deferred', 'run goes on'],
  ['budget.exhausted', 'deferred', 'run ends'],
  ['time.exhausted', 'deferred', 'run ends'],
  ['provider.auth', 'deferred', 'run ends'],
  ['listing.selling-limit', 'deferred', 'run ends'],
  ['store.full', 'deferred', 'run ends'],
  ['store.damaged', 'deferred', 'run ends'],
  ['provider.unavailable', 'failed', 'run goes on'],
  ['provider.timeout', 'failed', 'run goes on'],
  ['provider.bad-reply', 'failed', 'run goes on'],
  ['listing.rejected', 'failed', 'run goes on'],
];

it.each(CASES)('%s: %s, %s', (code, item, run) => {
  const error = new EasyflipError(code, 'What is the case.', { hint: 'Do this.' });
  expect([defers(error) ? 'deferred' : 'failed', endsRun(error) ? 'run ends' : 'run goes on']).toEqual([item, run]);
});

it('takes nothing else for a reason to wait', () => {
  for (const error of [new Error('breaker.open'), 'store.full', undefined, { code: 'store.full' }]) {
    expect([defers(error), endsRun(error)]).toEqual([false, false]);
  }
});
