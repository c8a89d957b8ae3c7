import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { App } from '../../src/app/app.ts';
import { figuresOf } from '../../src/app/metrics/figures.ts';
import { stageNames, statusView } from '../../src/app/status.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Reason } from '../../src/core/errors.ts';
import type { StageKind } from '../../src/core/outcome.ts';
import { openStore } from '../../src/store/sqlite-store.ts';
import { done, item } from '../store/support/samples.ts';
import { defaultSettings } from '../support/settings.ts';

const REASON: Reason = { code: 'bug', message: 'Something.', hint: 'Do.' };
/** Numbers that look random and are the same each time. */
function drawn(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

it('figures say of every item what status says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'easyflip-standing-'));
  const store = await openStore(join(folder, 'practice.sqlite'), { environment: 'practice' });
  try {
    const draw = drawn(7);
    const at = '2026-03-01T10:00:00.000Z';
    for (let n = 0; n < 200; n += 1) {
      const one = item(`item-${n}`);
      await store.items.save(one, draw(6) === 0 ? REASON : undefined);
      const claim = await store.claims.take(one.id, 60_000);
      if (claim === undefined) throw new Error('somebody else has it');
      const reached = draw(stageNames.length + 1);
      for (const [index, stage] of stageNames.entries()) {
        if (index > reached) break;
        const kind: StageKind = index < reached ? 'done' : ((['started', 'done', 'held', 'failed'] as const)[draw(4)] ?? 'done');
        const output = stage === 'publish' ? { listingId: `11${n}`, url: 'http://x' } : { stage };
        const { output: _output, ...plain } = done(one, stage, output);
        await store.outcomes.record(kind === 'done' ? { ...plain, output } : { ...plain, kind, reason: REASON }, claim);
      }
      if (draw(12) === 0) await store.outcomes.record({ ...done(one, 'admit'), kind: 'held', reason: REASON }, claim);
      if (draw(5) === 0) await store.items.decide(one.id, { kind: (['approve', 'hold', 'skip'] as const)[draw(3)] ?? 'hold', at });
      if (draw(6) === 0) await store.items.adopt(one.id, one.sku, { listingId: `22${n}`, url: 'http://x' });
      if (draw(7) === 0) await store.items.markListingEnd(one.id, { kind: draw(2) === 0 ? 'sold' : 'ended', at });
      if (draw(9) === 0) await store.items.markWithdrawn(one.id, at);
    }
    const app = { store, settings: defaultSettings(), clock: systemClock, env: {}, folders: { data: folder } } as unknown as App;
    const { states, queue } = await figuresOf(app);
    const { items } = await statusView(app);
    const count = (of: (one: (typeof items)[number]) => boolean): number => items.filter(of).length;
    expect(states).toEqual(Object.fromEntries(Object.keys(states).map((state) => [state, count((one) => one.state === state)])));
    expect(queue).toEqual(stageNames.map((stage) => ({ stage, items: count((one) => one.state === 'waiting' && one.stage === stage) })));
    // The draw has met every state, or this would prove little.
    expect(Object.values(states).filter((items) => items === 0)).toEqual([]);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
