import { beforeEach, describe, expect, it } from 'vitest';
import { EasyflipError } from '../../src/core/errors.ts';
import type { Claim, StageOutcome, Store } from '../../src/core/ports/index.ts';
import { defineStage, hold, type StageContext } from '../../src/pipeline/stage.ts';
import { runStep, type StepResult } from '../../src/pipeline/step.ts';

let recorded: StageOutcome[];
let runs: number;
let answer: () => unknown;
let version: number;
let valid: boolean;

beforeEach(() => {
  recorded = [];
  runs = 0;
  answer = () => ({ n: runs });
  version = 1;
  valid = true;
});

const context = { item: { id: 'I' }, ports: { clock: { now: () => 0 } } } as unknown as StageContext;
const outcomes = {
  record: async (outcome: StageOutcome) => {
    recorded.push(outcome);
  },
} as unknown as Store['outcomes'];

const step = (more: { retryHold?: boolean } = {}): Promise<StepResult> =>
  runStep({
    stage: defineStage({
      name: 'test',
      version,
      needs: {},
      ...more,
      stillValid: () => valid,
      run: async () => {
        runs += 1;
        return answer() as { n: number };
      },
    }),
    inputs: {},
    recorded: recorded.at(-1),
    context,
    claim: { itemId: 'I', token: 1 } as unknown as Claim,
    outcomes,
    defers: (error) => error instanceof EasyflipError && error.code === 'breaker.open',
  });

describe('a step looks up, else runs and records', () => {
  it('a finished stage is not run again', async () => {
    expect(await step()).toEqual({ kind: 'done', output: { n: 1 } });
    expect(await step()).toEqual({ kind: 'reused', output: { n: 1 } });
    expect(runs).toBe(1);
    expect(recorded.map(({ kind }) => kind)).toEqual(['started', 'done']);
  });

  it('it is, when its version changed or its result serves no more', async () => {
    await step();
    version = 2;
    expect((await step()).kind).toBe('done');
    valid = false;
    expect((await step()).kind).toBe('done');
    expect(runs).toBe(3);
  });

  it('one that died in the middle is run again and counts its attempts', async () => {
    await step();
    recorded = recorded.slice(0, 1);
    expect((await step()).kind).toBe('done');
    expect(recorded.at(-1)).toMatchObject({ kind: 'done', attempts: 2 });
  });

  it('a hold is kept, unless it may dissolve by itself', async () => {
    const reason = { code: 'price.no-basis', message: 'none', hint: 'set one' } as const;
    answer = () => hold(reason, { so: 'far' });
    expect(await step()).toEqual({ kind: 'held', reason });
    expect(recorded.at(-1)).toMatchObject({ kind: 'held', partial: { so: 'far' } });
    await step();
    expect(runs).toBe(1);
    await step({ retryHold: true });
    expect(runs).toBe(2);
  });

  it('a failure is remembered when it is permanent and tried again when it is of the moment', async () => {
    const failWith = (code: 'listing.rejected' | 'provider.timeout'): void => {
      answer = () => {
        throw new EasyflipError(code, 'no', { hint: 'do' });
      };
    };
    failWith('listing.rejected');
    expect((await step()).kind).toBe('failed');
    expect((await step()).kind).toBe('failed');
    expect(runs).toBe(1);
    recorded = [];
    failWith('provider.timeout');
    await step();
    await step();
    expect(runs).toBe(3);
  });

  it('what defers is recorded as nothing but begun', async () => {
    answer = () => {
      throw new EasyflipError('breaker.open', 'down', { hint: 'wait' });
    };
    await expect(step()).rejects.toMatchObject({ code: 'breaker.open' });
    expect(recorded.map(({ kind }) => kind)).toEqual(['started']);
  });

  it('a bug fails its item and says so', async () => {
    answer = () => {
      throw new TypeError('x is not a function');
    };
    expect(await step()).toMatchObject({ kind: 'failed', reason: { code: 'bug' } });
  });
});
