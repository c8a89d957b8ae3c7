import type { RunEvent, WatchCounts } from '../../core/events.ts';
import type { Outcome } from '../../core/outcome.ts';

/** What came of the items since the watch began, from its events. Items that are live only count, so that it stays small. */
export class Tally {
  #listed = 0;
  #underWay = 0;
  /** Items that may end once more. */
  readonly #open = new Map<string, Outcome>();

  take(event: RunEvent): void {
    if (event.type !== 'item.finished') return;
    this.#underWay = Math.max(0, this.#underWay - 1);
    this.#open.delete(event.item);
    if (event.outcome === 'listed') this.#listed += 1;
    else if (event.outcome === 'held' || event.outcome === 'failed' || event.outcome === 'deferred')
      this.#open.set(event.item, event.outcome);
  }

  began(items: number): void {
    this.#underWay += items;
  }

  /** Whatever it was, it is over. */
  runEnded(): void {
    this.#underWay = 0;
  }

  /** Items that were begun and have not ended. */
  get underWay(): number {
    return this.#underWay;
  }

  get counts(): WatchCounts {
    const of = (outcome: Outcome): number => [...this.#open.values()].filter((one) => one === outcome).length;
    return { listed: this.#listed, held: of('held'), failed: of('failed'), deferred: of('deferred') };
  }
}
