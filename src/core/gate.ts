/** Whose turn it is: `late` work waits for all `early` work, so that what is nearly done is not held up by what has just begun. */
export type Turn = 'early' | 'late';

interface Waiting {
  readonly weight: number;
  readonly turn: Turn;
  readonly start: () => void;
}

/**
 * Lets so many pieces of work run at once, and so much weight of them together (such as pixels): fifty items in flight must not
 * mean fifty open pictures.
 */
export class Gate {
  private readonly slots: number;
  private readonly weightAtOnce: number;
  private readonly waiting: Waiting[] = [];
  private running = 0;
  private weight = 0;

  constructor(slots: number, weightAtOnce = Number.POSITIVE_INFINITY) {
    this.slots = slots;
    this.weightAtOnce = weightAtOnce;
  }

  /**
   * Runs `work` when its turn comes, first come first served among equals. What is heavier than the whole allowance runs alone.
   * Rejects with the signal's reason when aborted while waiting; work that has begun is not interrupted.
   */
  async run<T>(weight: number, signal: AbortSignal | undefined, work: () => Promise<T>, turn: Turn = 'early'): Promise<T> {
    signal?.throwIfAborted();
    await this.enter(weight, signal, turn);
    try {
      return await work();
    } finally {
      this.running -= 1;
      this.weight -= weight;
      this.letIn();
    }
  }

  private enter(weight: number, signal: AbortSignal | undefined, turn: Turn): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.waiting.splice(this.waiting.indexOf(entry), 1);
        reject(signal?.reason as Error);
        this.letIn();
      };
      const entry: Waiting = {
        weight,
        turn,
        start: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      const firstLate = turn === 'early' ? this.waiting.findIndex((other) => other.turn === 'late') : -1;
      this.waiting.splice(firstLate < 0 ? this.waiting.length : firstLate, 0, entry);
      this.letIn();
    });
  }

  private letIn(): void {
    for (let next = this.waiting[0]; next && this.hasRoomFor(next.weight); next = this.waiting[0]) {
      this.waiting.shift();
      this.running += 1;
      this.weight += next.weight;
      next.start();
    }
  }

  private hasRoomFor(weight: number): boolean {
    return this.running === 0 || (this.running < this.slots && this.weight + weight <= this.weightAtOnce);
  }
}
