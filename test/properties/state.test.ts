import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reason } from '../../src/core/errors.ts';
import { deriveState, isOver } from '../../src/core/item-state.ts';
import type { Decision, StageOutcome, StoredItem } from '../../src/core/ports/store.ts';
import { item } from '../store/support/samples.ts';
import { runs } from './runs.ts';

const STAGES = ['prepare', 'read', 'draft', 'classify', 'specify', 'price', 'check', 'upload', 'publish'];
const reason = fc.constantFrom<Reason>(
  { code: 'facts.missing', message: 'm', hint: 'h' },
  { code: 'provider.timeout', message: 'm', hint: 'h' },
);
const at = '2026-01-02T03:04:05.000Z';

const outcome = fc
  .record({
    stage: fc.constantFrom('admit', 'gone-stage', ...STAGES),
    kind: fc.constantFrom<StageOutcome['kind']>('started', 'done', 'held', 'failed'),
    why: fc.option(reason, { nil: undefined }),
  })
  .map(
    ({ stage, kind, why }): StageOutcome => ({
      itemId: item('mug').id,
      stage,
      fingerprint: 'f',
      kind,
      ...(kind === 'done' ? { output: { listingId: '110', url: 'https://x/110' } } : {}),
      ...(why && (kind === 'held' || kind === 'failed') ? { reason: why } : {}),
      attempts: 1,
      startedAt: at,
    }),
  );
const outcomes = fc.uniqueArray(outcome, { maxLength: 11, selector: ({ stage }) => stage });
const stored: fc.Arbitrary<StoredItem> = fc
  .record(
    {
      decision: fc.constantFrom<Decision>({ kind: 'approve', at }, { kind: 'hold', at }, { kind: 'skip', at }),
      intakeHold: reason,
      adopted: fc.constant({ listingId: '220', url: 'https://x/220' }),
      withdrawnAt: fc.constant(at),
      listingEnd: fc.constantFrom({ kind: 'sold', at } as never, { kind: 'ended', at } as never),
    },
    { requiredKeys: [] },
  )
  .map((more) => ({ item: item('mug'), firstSeenAt: at, sidecar: {}, set: {}, ...more }));

/** What DESIGN says of states, rule by rule, in no hurry. */
function expected({ withdrawnAt, adopted, listingEnd, decision, intakeHold }: StoredItem, of: readonly StageOutcome[]): string {
  const kindOf = (stage: string): string | undefined => of.find((one) => one.stage === stage)?.kind;
  const isListed = !withdrawnAt && (kindOf('publish') === 'done' || (adopted !== undefined && kindOf('publish') !== 'started'));
  if (isListed) return listingEnd?.kind ?? 'live';
  if (decision?.kind === 'skip') return 'skipped';
  if (withdrawnAt) return 'withdrawn';
  if (decision?.kind === 'hold' || (intakeHold && decision?.kind !== 'approve')) return 'held';
  for (const stage of ['admit', ...STAGES]) {
    const kind = kindOf(stage);
    if (kind === 'held' || kind === 'failed') return kind;
    if (kind !== 'done' && stage !== 'admit') return `waiting for ${stage}`;
  }
  return 'waiting';
}

describe('the state of an item', () => {
  it('follows from what was recorded, and from nothing else: not from its order', () => {
    fc.assert(
      fc.property(stored, outcomes, (what, of) => {
        const derived = deriveState(what, of, STAGES);
        const told = derived.state === 'waiting' && derived.stage ? `waiting for ${derived.stage}` : derived.state;
        expect(told).toBe(expected(what, of));
        expect(deriveState(what, [...of].reverse(), STAGES)).toEqual(derived);
        expect(deriveState(what, [...of, ...of], STAGES)).toEqual(derived);
      }),
      runs(1_000),
    );
  });

  it('what has a listing names it, what was withdrawn has none, and what waits says for what', () => {
    fc.assert(
      fc.property(stored, outcomes, (what, of) => {
        const { state, listing, stage, reason: why } = deriveState(what, of, STAGES);
        expect(listing !== undefined).toBe(state === 'live' || isOver(state));
        if (what.withdrawnAt) expect(listing).toBeUndefined();
        if (state === 'waiting' && stage === undefined)
          expect(of.find((one) => one.stage === 'publish')?.kind ?? 'withdrawn').not.toBe('started');
        if (state === 'skipped' || state === 'withdrawn') expect(why).toBeDefined();
        if (stage !== undefined) expect(['admit', ...STAGES]).toContain(stage);
      }),
      runs(500),
    );
  });
});
