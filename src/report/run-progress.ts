import type { RunEvent } from '../core/events.ts';

type StageFinished = Extract<RunEvent, { readonly type: 'stage.finished' }>;

/** What people are shown of the way of an item, and the stages that lead there. */
export const MILESTONES = [
  { percent: 25, label: 'images processed', stages: ['prepare'] },
  { percent: 50, label: 'AI analysis complete', stages: ['read', 'draft'] },
  { percent: 75, label: 'data enriched', stages: ['classify', 'specify', 'price', 'check'] },
  { percent: 100, label: 'listing created', stages: ['upload', 'publish'] },
] as const satisfies readonly { percent: number; label: string; stages: readonly string[] }[];

/** Each stage's share of an item's 100 points, and the milestone it belongs to. */
const STAGES = new Map(
  MILESTONES.flatMap(({ stages }, milestone) =>
    stages.map((stage) => [stage as string, { points: 25 / stages.length, milestone }] as const),
  ),
);

const WRITING: ReadonlySet<string> = new Set(MILESTONES[3].stages);

interface ItemProgress {
  readonly finished: Set<string>;
  points: number;
}

/** How far all items together are with one stage. */
export interface StageProgress {
  readonly name: string;
  readonly state: 'waiting' | 'under way' | 'done';
  /** Items that are through. */
  readonly done: number;
  /** Of how many: those that ended before it do not count. */
  readonly expected: number;
  /** Items that are in it now. */
  readonly atWork: number;
  /** What it took an item on average, waiting for its turn included; undefined while no item was worked on. */
  readonly meanMs: number | undefined;
  /** What it took all items together. */
  readonly workedMs: number;
}

interface StageCount {
  done: number;
  endedBefore: number;
  atWork: number;
  worked: number;
  workedMs: number;
}

/**
 * How far a run is, from its events. Only items in flight are remembered, so that its size does not
 * grow with the run. An item that ends counts as whole, whatever its outcome.
 */
export class RunProgress {
  readonly #open = new Map<string, ItemProgress>();
  #announced = 0;
  #ended = 0;
  #openPoints = 0;
  #dryRun = false;
  readonly #counts = new Map<string, StageCount>(
    [...STAGES.keys()].map((stage) => [stage, { done: 0, endedBefore: 0, atWork: 0, worked: 0, workedMs: 0 }]),
  );
  readonly #passed = MILESTONES.map(() => 0);
  /** Milestones that an item reached by work since they were last said. */
  readonly #fresh = MILESTONES.map(() => false);

  take(event: RunEvent): void {
    if (event.type === 'run.started') this.#dryRun = event.dryRun;
    else if (event.type === 'scan.finished') this.#announced += event.items;
    else if (event.type === 'item.started') this.#itemOf(event.item);
    else if (event.type === 'stage.started') this.#count(event.stage, (count) => ++count.atWork);
    else if (event.type === 'stage.finished') this.#stageFinished(event);
    else if (event.type === 'item.finished') this.#itemEnded(event.item);
  }

  /** Items in all, as far as known. A scan that found fewer than were started does not make it go backwards. */
  get items(): number {
    return Math.max(this.#announced, this.#ended + this.#open.size);
  }

  get ended(): number {
    return this.#ended;
  }

  /** 0 to 1. */
  get share(): number {
    return this.items === 0 ? 0 : (this.#ended * 100 + this.#openPoints) / (this.items * 100);
  }

  /** By stage, in the order of the way; a dry run ends before the stages that write. */
  get stages(): readonly StageProgress[] {
    const { items } = this;
    const over = items > 0 && this.#ended === items;
    const counts = [...this.#counts].filter(([name]) => !(this.#dryRun && WRITING.has(name)));
    return counts.map(([name, { done, endedBefore, atWork, worked, workedMs }]) => {
      const expected = items - endedBefore;
      const state = over || (expected > 0 && done >= expected) ? 'done' : done + atWork > 0 ? 'under way' : 'waiting';
      return { name, state, done, expected, atWork, meanMs: worked > 0 ? workedMs / worked : undefined, workedMs };
    });
  }

  /** Milliseconds that stages of this run worked, of all items together: what a rate can be made of. Never falls. */
  get earnedMs(): number {
    return this.stages.reduce((sum, { workedMs }) => sum + workedMs, 0);
  }

  /** The same for what is left, by what each stage took so far; one that nobody saw yet counts as the average stage. */
  get remainingMs(): number {
    const { stages } = this;
    const seen = stages.flatMap(({ meanMs }) => (meanMs === undefined ? [] : [meanMs]));
    const average = seen.reduce((sum, ms) => sum + ms, 0) / Math.max(1, seen.length);
    // Never nothing while something is left.
    return stages.reduce((sum, { done, expected, meanMs }) => sum + Math.max(0, expected - done) * Math.max(1, meanMs ?? average), 0);
  }

  /** For each milestone: how many items are past it, or ended. */
  get passed(): readonly number[] {
    return this.#passed;
  }

  /** Milestones that all items have passed by now, said once. */
  milestonesReached(): readonly (typeof MILESTONES)[number][] {
    return MILESTONES.filter((_, at) => {
      const reached = this.#fresh[at] === true && this.items > 0 && this.#passed[at] === this.items;
      if (reached) this.#fresh[at] = false;
      return reached;
    });
  }

  #itemOf(id: string): ItemProgress {
    let item = this.#open.get(id);
    if (!item) {
      item = { finished: new Set(), points: 0 };
      this.#open.set(id, item);
    }
    return item;
  }

  #count(stage: string, change: (count: StageCount) => void): void {
    const count = this.#counts.get(stage);
    if (count) change(count);
  }

  #stageFinished({ item, stage, kind, known, ms }: StageFinished): void {
    this.#count(stage, (count) => {
      count.atWork = Math.max(0, count.atWork - 1);
      if (kind === 'reused' || kind === 'deferred' || known) return;
      count.worked += 1;
      count.workedMs += ms;
    });
    if (kind === 'done' || kind === 'reused') this.#stageDone(item, stage, kind === 'done');
  }

  #stageDone(id: string, stage: string, byWork: boolean): void {
    const share = STAGES.get(stage);
    const item = this.#itemOf(id);
    if (!share || item.finished.has(stage)) return;
    item.finished.add(stage);
    item.points += share.points;
    this.#openPoints += share.points;
    this.#count(stage, (count) => ++count.done);
    if (MILESTONES[share.milestone]?.stages.some((each) => !item.finished.has(each))) return;
    this.#passed[share.milestone] = (this.#passed[share.milestone] ?? 0) + 1;
    if (byWork) this.#fresh[share.milestone] = true;
  }

  #itemEnded(id: string): void {
    const item = this.#itemOf(id);
    for (const [at, { stages }] of MILESTONES.entries()) {
      if (stages.some((stage) => !item.finished.has(stage))) this.#passed[at] = (this.#passed[at] ?? 0) + 1;
    }
    for (const [stage, count] of this.#counts) if (!item.finished.has(stage)) count.endedBefore += 1;
    this.#openPoints -= item.points;
    this.#open.delete(id);
    this.#ended += 1;
  }
}
