import type { Reason } from '../../src/core/errors.ts';
import type { ItemFinished, RunEvent, RunFinished } from '../../src/core/events.ts';
import type { ItemId, Sku } from '../../src/core/item.ts';
import type { Outcome } from '../../src/core/outcome.ts';
import { newTally } from '../../src/core/outcome.ts';
import type { OutStream } from '../../src/report/report-context.ts';
import type { ReporterOptions } from '../../src/report/reporter.ts';

/** A stream that keeps what was written; both streams of a test may share one log, to see the order. */
export class FakeStream implements OutStream {
  readonly isTTY: boolean;
  columns?: number;
  rows?: number;
  readonly written: string[];

  constructor(isTTY = false, written: string[] = []) {
    this.isTTY = isTTY;
    this.written = written;
  }

  write(text: string): boolean {
    this.written.push(text);
    return true;
  }

  get text(): string {
    return this.written.join('');
  }

  get lines(): string[] {
    return this.text.split('\n').slice(0, -1);
  }
}

export const CWD = '/home/seller';

export const options = (out: OutStream, err: OutStream, more: Partial<ReporterOptions> = {}): ReporterOptions => ({
  format: 'plain',
  out,
  err,
  quiet: false,
  verbose: false,
  color: false,
  columns: 100,
  cwd: CWD,
  now: () => 0,
  ...more,
});

export const reason = (code: Reason['code'], message = 'A sentence.', hint = 'Do this.'): Reason => ({ code, message, hint });

export const finished = (name: string, outcome: Outcome, more: Partial<ItemFinished> = {}): ItemFinished => ({
  type: 'item.finished',
  item: name.toUpperCase() as ItemId,
  sku: `EF${name.toUpperCase()}` as Sku,
  source: `${CWD}/photos/${name}`,
  outcome,
  ...more,
});

export const runStarted = (dryRun = false): RunEvent => ({
  type: 'run.started',
  run: 'r1',
  environment: 'practice',
  dryRun,
  at: '2026-05-01T10:00:00.000Z',
});

export const runFinished = (items: readonly ItemFinished[], more: Partial<RunFinished> = {}): RunFinished => ({
  type: 'run.finished',
  run: 'r1',
  environment: 'practice',
  dryRun: false,
  counts: tallied(items),
  removed: { photos: 0, kinds: {} },
  costUsd: 0.1234,
  seconds: 204,
  exitCode: 0,
  ...more,
});

export const STAGE_NAMES = ['prepare', 'read', 'draft', 'classify', 'specify', 'price', 'check', 'upload', 'publish'] as const;

export const stageDone = (name: string, stage: string, kind: 'done' | 'reused' | 'held' = 'done'): RunEvent => ({
  type: 'stage.finished',
  item: name.toUpperCase() as ItemId,
  stage,
  kind,
  ms: 1200,
});

export const stageStarted = (name: string, stage: string): RunEvent => ({
  type: 'stage.started',
  item: name.toUpperCase() as ItemId,
  stage,
});

export const itemStarted = (name: string): RunEvent => ({
  type: 'item.started',
  item: name.toUpperCase() as ItemId,
  source: `${CWD}/photos/${name}`,
});

function tallied(all: readonly ItemFinished[]) {
  const tally = newTally();
  for (const one of all) tally.add(one);
  return tally.counts();
}
