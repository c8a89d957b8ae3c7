import type { RunEvent } from '../core/events.ts';

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

interface ItemProgress {
  readonly finished: Set<string>;
  points: number;
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
  /** Points earned by work of this run: what a rate can be made of. */
  #earned = 0;
  readonly #passed = MILESTONES.map(() => 0);
  /** Milestones that an item reached by work since they were last said. */
  readonly #fresh = MILESTONES.map(() => false);

  take(event: RunEvent): void {
    if (event.type === 'scan.finished') this.#announced += event.items;
    else if (event.type === 'item.started') this.#itemOf(event.item);
    else if (event.type === 'stage.finished' && (event.kind === 'done' || event.kind === 'reused')) {
      this.#stageDone(event.item, event.stage, event.kind === 'done');
    } else if (event.type === 'item.finished') this.#itemEnded(event.item);
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

  get earnedPoints(): number {
    return this.#earned;
  }

  get remainingPoints(): number {
    return this.items * 100 - this.#ended * 100 - this.#openPoints;
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

  #stageDone(id: string, stage: string, byWork: boolean): void {
    const share = STAGES.get(stage);
    const item = this.#itemOf(id);
    if (!share || item.finished.has(stage)) return;
    item.finished.add(stage);
    item.points += share.points;
    this.#openPoints += share.points;
    if (byWork) this.#earned += share.points;
    if (MILESTONES[share.milestone]?.stages.some((each) => !item.finished.has(each))) return;
    this.#passed[share.milestone] = (this.#passed[share.milestone] ?? 0) + 1;
    if (byWork) this.#fresh[share.milestone] = true;
  }

  #itemEnded(id: string): void {
    const item = this.#itemOf(id);
    for (const [at, { stages }] of MILESTONES.entries()) {
      if (stages.some((stage) => !item.finished.has(stage))) this.#passed[at] = (this.#passed[at] ?? 0) + 1;
    }
    this.#openPoints -= item.points;
    this.#open.delete(id);
    this.#ended += 1;
  }
}
