import { expect, it } from 'vitest';
import { evalPage } from '../../src/report/eval-page.ts';
import type { EvalComparison, EvalRun, FieldTally } from '../../src/report/eval-view.ts';
import { escapeHtml } from '../../src/report/listings-style.ts';

// The contact sheet, the listings page and the pages of the practice marketplace have tests of their own (SECURITY.md).
const EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'&\u001b[2J\u202e';

it('escapes all that has a meaning in HTML, in text and in attributes', () => {
  expect(escapeHtml('<>&"\'')).not.toMatch(/[<>"']/);
  expect(escapeHtml(EVIL)).not.toContain('\u001b');
});

it('the page of `eval` shows what models and files say, and runs nothing', () => {
  const counts: FieldTally = { right: 0, wrong: 1, missing: 0, 'rightly-absent': 0, wrongAndCertain: 1, wrongRate: 1, recall: 0 };
  const faults = { 'too-long': 0, short: 0, repeats: 0, shouts: 0, filler: 0 };
  const tally: EvalRun['tally'] = {
    all: counts,
    fields: { [EVIL]: counts } as never,
    abstention: { kept: null, justified: null },
    inventions: 1,
    categories: { judged: 0, top1: null, top3: null },
    titles: { built: 1, sound: 0, faults },
    items: 1,
    failed: 1,
    costUsd: 0,
    costPerItemUsd: null,
    medianSeconds: null,
  };
  const field = { field: EVIL as never, verdict: 'wrong' as const, stated: EVIL, expected: [EVIL], confidence: 1, certain: true };
  const item = {
    item: EVIL,
    fields: [field],
    inventions: [EVIL],
    title: EVIL,
    titleFaults: [],
    categoryRank: 0,
    seconds: 1,
    costUsd: 0,
    failed: EVIL,
  };
  const run: EvalRun = { folder: EVIL, provider: EVIL, model: EVIL, at: EVIL, tally, items: [item], notes: [EVIL] };
  const change = { verdict: 'wrong' as const, stated: EVIL };
  const comparison: EvalComparison = {
    with: EVIL,
    better: 0,
    worse: 1,
    changes: [{ item: EVIL, field: EVIL as never, before: change, now: change }],
    before: tally,
  };
  const html = evalPage(run, comparison);
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toMatch(/<script|<img|\sonerror=alert\(1\)>/);
  expect(html).not.toContain('\u001b');
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`);
});
